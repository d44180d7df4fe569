"""The first page, the language switch, and what machines ask: health, readiness and metrics."""

import hmac
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, Form, Request
from prometheus_client import CONTENT_TYPE_LATEST
from sqlalchemy import text
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response

from app.errors import N_, Forbidden, Unavailable
from app.web.addresses import is_loopback, local_path
from app.web.cookies import set_cookie
from app.web.language import COOKIE, LANGUAGES
from app.web.metrics import figures
from app.web.state import State, here
from app.web.templates import draw, page

router = APIRouter()

YEAR = 365 * 24 * 3600


@router.get("/")
async def first_page(request: Request) -> Response:
    """Show where to type a code, and where trainers sign in."""
    return page(request, "web/first.html", wrong={}, code="")


@router.post("/")
async def typed_code(request: Request, code: Annotated[str, Form(max_length=200)] = "") -> Response:
    """Go to the workshop whose code somebody typed."""
    # Only its outline is looked at here: whether it opens a door, the door itself says.
    symbols = "".join(symbol for symbol in code if symbol.isalnum())
    if not symbols:
        wrong = {"code": N_("Type the code that the trainer shows.")}
        return page(request, "web/first.html", status=422, wrong=wrong, code="")
    return RedirectResponse(f"/join/{quote(symbols.upper()[:40])}", 303)


@router.post("/language")
async def switch_language(
    state: Annotated[State, Depends(here)], lang: Annotated[str, Form()], back: Annotated[str, Form()] = "/"
) -> Response:
    """Keep the language somebody chose, and come back to the page it was chosen on."""
    reply = RedirectResponse(local_path(back), 303)
    if lang in LANGUAGES:
        set_cookie(reply, COOKIE, lang, state=state, seconds=YEAR)
    return reply


@router.get("/icon.svg")
async def icon() -> Response:
    """Give the icon that browsers show beside the title."""
    return Response(draw("en", "web/icon.svg"), media_type="image/svg+xml", headers={"Cache-Control": "max-age=86400"})


@router.get("/healthz")
async def health() -> Response:
    """Say that the process answers."""
    return PlainTextResponse("ok\n")


@router.get("/readyz")
async def readiness(request: Request, state: Annotated[State, Depends(here)]) -> Response:
    """Say whether the database answers, and how the doorbell between workers is."""
    try:
        await state.db.run(lambda session: session.connection().execute(text("SELECT 1")).scalar_one())
    except Unavailable:
        return JSONResponse({"database": "unreachable", "broker": _doorbell(request, state)}, 503)
    return JSONResponse({"database": "ok", "broker": _doorbell(request, state)})


@router.get("/metrics")
async def metrics(request: Request, state: Annotated[State, Depends(here)]) -> Response:
    """Give this worker's figures to Prometheus: with the token, or from this very machine."""
    if not _may_read_metrics(request, state.settings.metrics_token):
        raise Forbidden(N_("The figures are for whoever runs this Concord."))
    return Response(figures(state.figures), media_type=CONTENT_TYPE_LATEST)


def _doorbell(request: Request, state: State) -> str:
    # Without its doorbell Concord works on, somewhat later; without its database it does not.
    if not state.settings.redis_url:
        return "memory"
    return "ok" if request.app.state.live.broker.healthy else "unreachable"


def _may_read_metrics(request: Request, token: str | None) -> bool:
    if token:
        given = request.headers.get("authorization", "").removeprefix("Bearer ")
        return hmac.compare_digest(given.encode(), token.encode())
    # A proxy on this machine is loopback, too, but says for whom it asks.
    forwarded = any(name in request.headers for name in ("forwarded", "x-forwarded-for", "x-real-ip"))
    return not forwarded and request.client is not None and is_loopback(request.client.host)
