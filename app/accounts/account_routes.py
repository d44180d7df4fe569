"""A trainer's own account: name, e-mail, password, and the devices that are signed in."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from starlette.responses import RedirectResponse, Response

from app.accounts import passwords, service
from app.accounts.deps import COOKIE, trainer
from app.accounts.models import SignedIn, Trainer
from app.errors import N_, Phrase, Unclear
from app.typed import clean_line
from app.web.cookies import KEYS_COOKIE, clear_cookie, read_cookie, set_cookie
from app.web.limits import FOR_ONE_ACCOUNT, address_of
from app.web.state import State, here
from app.web.templates import page

router = APIRouter(prefix="/trainer/account")

Here = Annotated[State, Depends(here)]
Me = Annotated[Trainer, Depends(trainer)]
Wrong = dict[str, Phrase]

KEYS_SECONDS = 365 * 24 * 3600


@router.get("")
async def show_account(request: Request, here: Here, me: Me, saved: bool = False) -> Response:
    """Show a trainer's account."""
    return await _account(request, here, me, saved=saved)


@router.post("")
async def keep_account(
    request: Request,
    here: Here,
    me: Me,
    email: Annotated[str, Form(max_length=1000)] = "",
    name: Annotated[str, Form(max_length=1000)] = "",
) -> Response:
    """Keep a trainer's e-mail address and name."""
    wrong: Wrong = {}
    try:
        called = clean_line(name, 80)
    except Unclear as refusal:
        wrong["name"], called = refusal.sentence, ""
    try:
        plain = service.clean_email(email)
        if not wrong:
            await here.db.run(lambda session: service.change_account(session, me, plain, called, here.now()))
    except Unclear as refusal:
        wrong["email"] = refusal.sentence
    if wrong:
        return await _account(request, here, me, wrong=wrong, email=email, name=name)
    return RedirectResponse("/trainer/account?saved=1", 303)


@router.post("/keys")
async def switch_keys(here: Here, me: Me, keys: Annotated[str, Form(max_length=3)] = "on") -> Response:
    """Switch this device's single-letter shortcuts off, or on again."""
    reply = RedirectResponse("/trainer/account?saved=1", 303)
    set_cookie(reply, KEYS_COOKIE, "off" if keys == "off" else "on", state=here, seconds=KEYS_SECONDS)
    return reply


@router.post("/password")
async def keep_password(
    request: Request,
    here: Here,
    me: Me,
    new: Annotated[str, Form(max_length=1000)] = "",
    old: Annotated[str, Form(max_length=1000)] = "",
) -> Response:
    """Keep a new password, and sign out every other device."""
    token = read_cookie(request, COOKIE) or ""
    device = await here.db.run(lambda session: service.find_device(session, token, here.now()))
    wrong: Wrong = {}
    if service.needs_old_password(me, device, here.now()) and not await _is_own(request, here, me, old):
        wrong["old"] = Phrase(N_("That is not your present password. Look at it, then try again."))
    try:
        passwords.refuse_weak(new, me.email)
    except Unclear as refusal:
        wrong["new"] = refusal.sentence
    if wrong:
        return await _account(request, here, me, wrong=wrong)
    kept = await passwords.hashed(new)
    await here.db.run(lambda session: service.keep_password(session, me, kept, token, here.now()))
    return RedirectResponse("/trainer/account?saved=1", 303)


@router.post("/sign-out-everywhere")
async def leave_everywhere(here: Here, me: Me) -> Response:
    """Sign out on every device, this one included."""
    await here.db.run(lambda session: service.sign_out_devices(session, me, here.now()))
    reply = RedirectResponse("/", 303)
    clear_cookie(reply, COOKIE, state=here)
    return reply


async def _is_own(request: Request, here: State, me: Trainer, old: str) -> bool:
    who = ("password", address_of(request), me.email)
    here.limits.check(FOR_ONE_ACCOUNT, *who)
    right = await passwords.fits(old, me.password_hash)
    if not right:
        here.limits.failed(FOR_ONE_ACCOUNT, *who)
    return right


async def _account(
    request: Request,
    here: State,
    me: Trainer,
    *,
    wrong: Wrong | None = None,
    email: str | None = None,
    name: str | None = None,
    saved: bool = False,
) -> Response:
    token = read_cookie(request, COOKIE) or ""
    device: SignedIn | None = await here.db.run(lambda session: service.find_device(session, token, here.now()))
    devices = await here.db.run(lambda session: service.devices_of(session, me, here.now()))
    return page(
        request,
        "accounts/account.html",
        status=422 if wrong else 200,
        request_path="/trainer/account",
        wrong=wrong or {},
        email=me.email if email is None else email,
        name=me.name if name is None else name,
        saved=saved,
        asks_old=service.needs_old_password(me, device, here.now()),
        has_password=me.password_hash is not None,
        device=device,
        devices=devices,
        least=passwords.SHORTEST,
    )
