"""Who is signed in, for routes that ask: `signed_in` may find nobody, `trainer` insists."""

from typing import Annotated
from urllib.parse import quote

from fastapi import Depends
from starlette.requests import HTTPConnection

from app.accounts.models import Trainer
from app.accounts.service import find_trainer_by_token
from app.errors import N_
from app.web.cookies import read_cookie
from app.web.errors import SignInFirst
from app.web.state import state

COOKIE = "concord_trainer"


async def signed_in(connection: HTTPConnection) -> Trainer | None:
    """Find the trainer who is signed in on this device, if anybody is."""
    token = read_cookie(connection, COOKIE)
    if token is None:
        return None
    here = state(connection)
    found = await here.db.run(lambda session: find_trainer_by_token(session, token, here.now()))
    connection.state.trainer = found  # pages show it in their bar
    return found


async def trainer(connection: HTTPConnection, found: Annotated[Trainer | None, Depends(signed_in)]) -> Trainer:
    """Insist on a signed-in trainer; a page goes to sign in first and comes back."""
    if found is None:
        path = connection.url.path + (f"?{connection.url.query}" if connection.url.query else "")
        raise SignInFirst(N_("Sign in as a trainer first."), f"/trainer/sign-in?next={quote(path, safe='/')}")
    return found
