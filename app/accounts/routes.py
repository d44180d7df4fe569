"""Signing in and out: by one-time link, and by e-mail and password."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from starlette.responses import RedirectResponse, Response

from app.accounts import account_routes, service
from app.accounts.deps import COOKIE, signed_in
from app.accounts.devices import device_name
from app.accounts.models import Trainer
from app.accounts.passwords import fits
from app.errors import N_, Unclear
from app.web.addresses import local_path
from app.web.cookies import clear_cookie, read_cookie, set_cookie
from app.web.limits import FOR_ONE_ACCOUNT, FROM_ONE_ADDRESS, address_of
from app.web.state import State, here
from app.web.templates import page

router = APIRouter()
router.include_router(account_routes.router)

Here = Annotated[State, Depends(here)]


@router.get("/sign-in/{token}")
async def come_by_link(
    request: Request, token: str, here: Here, trainer: Annotated[Trainer | None, Depends(signed_in)]
) -> Response:
    """Sign in by a one-time link, and go on to a clean address."""
    device = device_name(request.headers.get("user-agent", ""))
    try:
        cookie, goes_to = await here.db.run(lambda session: service.spend_link(session, token, device, here.now()))
    except service.LinkSpent as spent:
        if trainer is not None:  # the back button, or the same link tapped twice
            return RedirectResponse("/trainer", 303)
        return page(request, "accounts/link_spent.html", status=spent.status, sentence=spent.sentence)
    return await _let_in(request, here, cookie, goes_to)


@router.get("/trainer/sign-in")
async def show_sign_in(
    request: Request, trainer: Annotated[Trainer | None, Depends(signed_in)], next: str = "/trainer"
) -> Response:
    """Ask for e-mail and password, or go on if somebody is signed in."""
    goes_to = local_path(next, "/trainer")
    if trainer is not None:
        return RedirectResponse(goes_to, 303)
    return page(request, "accounts/sign_in.html", wrong={}, email="", goes_to=goes_to)


@router.post("/trainer/sign-in")
async def send_sign_in(
    request: Request,
    here: Here,
    email: Annotated[str, Form(max_length=300)] = "",
    password: Annotated[str, Form(max_length=1000)] = "",
    next: Annotated[str, Form()] = "/trainer",
) -> Response:
    """Sign in by e-mail and password; what does not fit is never told apart."""
    goes_to = local_path(next, "/trainer")
    address, account = address_of(request), email.strip().lower()
    here.limits.check(FROM_ONE_ADDRESS, "sign-in", address)
    here.limits.check(FOR_ONE_ACCOUNT, "sign-in", address, account)
    trainer = await _find(here, email)
    if await fits(password, trainer.password_hash if trainer else None) and trainer is not None:
        device = device_name(request.headers.get("user-agent", ""))
        cookie = await here.db.run(lambda session: service.sign_in(session, trainer, device, here.now()))
        return await _let_in(request, here, cookie, goes_to)
    here.limits.failed(FROM_ONE_ADDRESS, "sign-in", address)
    here.limits.failed(FOR_ONE_ACCOUNT, "sign-in", address, account)
    wrong = {"email": N_("E-mail address and password do not fit together. Look at both, then try again.")}
    return page(request, "accounts/sign_in.html", status=422, wrong=wrong, email=email, goes_to=goes_to)


@router.post("/trainer/sign-out")
async def leave(request: Request, here: Here) -> Response:
    """Sign this device out."""
    await _drop(request, here)
    reply = RedirectResponse("/", 303)
    clear_cookie(reply, COOKIE, state=here)
    return reply


async def _find(here: State, email: str) -> Trainer | None:
    try:
        plain = service.clean_email(email)
    except Unclear:
        return None
    return await here.db.run(lambda session: service.find_trainer_by_email(session, plain))


async def _let_in(request: Request, here: State, cookie: str, goes_to: str) -> Response:
    await _drop(request, here)  # whoever was signed in here before
    reply = RedirectResponse(local_path(goes_to, "/trainer"), 303)
    set_cookie(reply, COOKIE, cookie, state=here, seconds=int(service.SIGNED_IN_LASTS.total_seconds()))
    return reply


async def _drop(request: Request, here: State) -> None:
    token = read_cookie(request, COOKIE)
    if token:
        await here.db.run(lambda session: service.sign_out(session, token))
