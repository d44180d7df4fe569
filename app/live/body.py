"""Bodies of moves and acts: JSON or a form, read into plain fields with nothing hostile in them."""

import json
from typing import Any

from starlette.requests import Request

from app.errors import N_, Unclear
from app.typed import clean_line, clean_text
from app.web.forms import read_form

# More than any field of a move takes; the shapes have limits of their own.
LONGEST = 64 * 1024
# Versions and seconds fit, and so does every column that a number is looked for in.
MOST_DIGITS = 9


async def read_body(request: Request) -> dict[str, Any]:
    """Read a body of JSON or of a form; texts in it are cleaned of control and direction marks."""
    kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if kind == "application/json":
        fields = read_json(await request.body())
    elif kind in ("application/x-www-form-urlencoded", "multipart/form-data"):
        form = await read_form(request, 100)
        fields = {}
        for name, value in form.multi_items():
            held = fields.get(name)
            fields[name] = value if held is None else [*held, value] if isinstance(held, list) else [held, value]
    else:
        raise Unclear(N_("A move is sent as JSON or as a form."))
    cleaned: dict[str, Any] = cleaned_value(fields)
    return cleaned


def read_json(body: bytes) -> dict[str, Any]:
    """Read a JSON object."""
    try:
        fields = json.loads(body)
    except (ValueError, RecursionError):
        raise Unclear(N_("This move is not readable JSON.")) from None
    if not isinstance(fields, dict):
        raise Unclear(N_("This move is not a JSON object."))
    return fields


def cleaned_value(value: Any, depth: int = 0) -> Any:
    """Clean every text in a body; nothing Concord takes is deeper than four levels."""
    if depth > 4:
        raise Unclear(N_("This move is nested too deeply."))
    if isinstance(value, str):
        return clean_text(value, LONGEST)
    if isinstance(value, list):
        return [cleaned_value(one, depth + 1) for one in value]
    if isinstance(value, dict):
        return {clean_line(str(name), LONGEST): cleaned_value(one, depth + 1) for name, one in value.items()}
    return value


def whole(value: object, otherwise: str) -> int:
    """Read a whole number of at least 0 from JSON or a form; what is none is refused with the sentence `otherwise`."""
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) <= MOST_DIGITS:
        return int(value)
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**MOST_DIGITS:
        return value
    raise Unclear(otherwise)


def went_by_form(request: Request) -> bool:
    """Tell whether a page without scripts sent this, which expects a page back."""
    return (
        request.headers.get("hx-request") != "true"
        and "text/html" in request.headers.get("accept", "")
        and not request.headers.get("content-type", "").startswith("application/json")
    )
