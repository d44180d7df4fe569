"""Replies that say no: every refusal and every accident, in the form its reader understands.

Law: a reply tells the refusal's sentence and nothing of what went on inside.
"""

from typing import Any

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.websockets import WebSocket

from app.errors import N_, NotFound, Refusal, SignedOut, TooLarge, TooMany, Unclear
from app.web.language import language_of
from app.web.templates import draw, page, say

TITLES = {
    "unclear": N_("That was not clear to us"),
    "stale": N_("Somebody was quicker"),
    "closed": N_("This part is closed"),
    "signed-out": N_("Come in first"),
    "forbidden": N_("That is not possible from here"),
    "not-found": N_("There is nothing here"),
    "gone": N_("This is not here any more"),
    "too-large": N_("That is too much at once"),
    "too-many": N_("Wait a moment"),
    "unavailable": N_("We cannot save at the moment"),
    "not-made": N_("This file could not be made"),
    "cannot-write": N_("This file could not be made"),
    "accident": N_("Something broke on our side"),
}


class SignInFirst(SignedOut):
    """A page that needs somebody signed in; `address` is where to do that."""

    def __init__(self, sentence: str, address: str) -> None:
        super().__init__(sentence)
        self.address = address


class Accident(Refusal):
    """Something of ours that broke."""

    status = 500
    code = "accident"


def add_refusals(app: FastAPI) -> None:
    """Teach an app how to say no."""
    app.add_exception_handler(Refusal, on_refusal)  # type: ignore[arg-type]  # one handler for requests and sockets
    app.add_exception_handler(RequestValidationError, on_unreadable)
    app.add_exception_handler(HTTPException, on_http_exception)


def refusal_reply(request: Request, refusal: Refusal) -> Response:
    """Answer a refusal as a page, as a region for htmx, or as JSON, with its status."""
    if wants_json(request):
        sentence = say(language_of(request), refusal.sentence)
        reply: Response = JSONResponse({"code": refusal.code, "sentence": sentence}, refusal.status)
    elif is_htmx(request):
        html = draw(language_of(request), "web/refusal_notice.html", sentence=refusal.sentence)
        reply = Response(html, refusal.status, media_type="text/html")
    elif isinstance(refusal, SignInFirst) and request.method == "GET":
        reply = RedirectResponse(refusal.address, 303)
    else:
        title = TITLES.get(refusal.code, TITLES["forbidden"])
        said: dict[str, Any] = {"title": title, "sentence": refusal.sentence}
        if request.method != "GET":
            said["request_path"] = "/"  # the language switch cannot send the form again
        reply = page(request, "web/refusal.html", status=refusal.status, **said)
    if isinstance(refusal, TooMany):
        reply.headers["Retry-After"] = str(refusal.wait)
    return reply


def accident_reply(request: Request) -> Response:
    """Answer something of ours that broke, without any detail of it."""
    return refusal_reply(request, Accident(N_("It has been written down. Try again; nothing you saved is lost.")))


def is_htmx(request: Request) -> bool:
    """Tell whether a page's script asked, which swaps regions."""
    return request.headers.get("hx-request") == "true"


def wants_json(request: Request) -> bool:
    """Tell whether whoever asked reads JSON rather than pages."""
    accept = request.headers.get("accept", "")
    return "application/json" in accept and "text/html" not in accept


async def on_refusal(connection: Request | WebSocket, refusal: Exception) -> Response | None:
    """Answer a Refusal that a route raised."""
    assert isinstance(refusal, Refusal)  # noqa: S101  # what the handler is registered for
    if isinstance(connection, Request):
        return refusal_reply(connection, refusal)
    # A socket is accepted first: only then does the browser hear why, and stay away.
    if connection.client_state.name == "CONNECTING":
        await connection.accept()
    await connection.close(4000 + refusal.status)
    return None


async def on_unreadable(request: Request, error: Exception) -> Response:
    """Answer a request whose fields are missing or not what they should be."""
    return refusal_reply(
        request, Unclear(N_("Something is missing, or is not what we expected. Look at it again, then send it again."))
    )


async def on_http_exception(request: Request, error: Exception) -> Response:
    """Answer what the framework refuses: unknown addresses, wrong methods, unreadable bodies."""
    assert isinstance(error, HTTPException)  # noqa: S101  # what the handler is registered for
    refusal: Refusal
    if error.status_code == 404:
        refusal = NotFound(N_("There is nothing at this address."))
    elif error.status_code == 413:
        refusal = TooLarge(N_("That is more than we can take in one piece. Shorten it, then send it again."))
    else:
        refusal = Unclear(N_("We could not read that. Go back, then try again."))
        refusal.status = error.status_code
    reply = refusal_reply(request, refusal)
    for name, value in (error.headers or {}).items():
        reply.headers[name] = value
    return reply
