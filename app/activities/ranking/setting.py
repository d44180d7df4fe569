"""A ranking's setup, made from a library item or from the setup page."""

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from app.activities.ranking.shapes import FEWEST, MOST, Setup
from app.errors import N_, Unclear

PROMPTS = ("read", "solo", "discard", "rank", "compare", "top")
STARTS = ("mirror", "blank")


def from_item(item: Mapping[str, Any]) -> dict[str, Any]:
    """Make a setup from a library item's fields."""
    fields = {name: item[name] for name in ("statements", "discard", "top", "prompts", "source") if name in item}
    return Setup.model_validate(fields).model_dump(mode="json")


def from_form(form: Mapping[str, str], before: Mapping[str, Any] | None) -> dict[str, Any]:
    """Make a setup from the setup page: statements one a line; a line that was there keeps its id."""
    lines = [" ".join(line.split()) for line in form.get("statements", "").splitlines()]
    texts = [line for line in lines if line]
    if not FEWEST <= len(texts) <= MOST:
        raise Unclear(N_("There are {found} statements; a ranking takes 3 to 30, one on a line."), found=len(texts))
    if len(set(texts)) != len(texts):
        raise Unclear(N_("A statement stands in the list twice."))
    too_long = next((number for number, text in enumerate(texts, 1) if len(text) > 300), None)
    if too_long:
        raise Unclear(N_("Statement {number} is longer than 300 characters."), number=too_long)
    start = form.get("start") or (before or {}).get("start", STARTS[0])
    if start not in STARTS:
        raise Unclear(N_("That is none of the choices. Choose one of those on the page."))
    prompts = dict((before or {}).get("prompts", {}))
    prompts.update({name: form[f"prompt-{name}"].strip()[:300] for name in PROMPTS if f"prompt-{name}" in form})
    setup = {
        "statements": keep_ids(texts, (before or {}).get("statements", [])),
        "discard": whole(form.get("discard", "1")),
        "top": whole(form.get("top", "5")),
        "start": start,
        "prompts": {name: text for name, text in prompts.items() if text},
        "source": (before or {}).get("source", ""),
    }
    try:
        return Setup.model_validate(setup).model_dump(mode="json")
    except ValidationError as wrong:
        raise Unclear(
            N_("{count} statements are too few to discard {discard} and agree on {top}."),
            count=len(texts),
            discard=setup["discard"],
            top=setup["top"],
        ) from wrong


def keep_ids(texts: list[str], before: list[dict[str, str]]) -> list[dict[str, str]]:
    """Give every text an id: the one it had, or the next that is free."""
    had = {one["text"]: one["id"] for one in before}
    taken = {one["id"] for one in before}
    fresh = (name for name in (f"s{number}" for number in range(1, len(before) + len(texts) + 1)) if name not in taken)
    return [{"id": had.get(text) or next(fresh), "text": text} for text in texts]


def whole(text: str) -> int:
    """Read a small whole number from a form."""
    try:
        number = int(text)
    except ValueError:
        raise Unclear(N_("“{text}” is not a whole number."), text=text[:20]) from None
    if not 0 <= number <= MOST:
        raise Unclear(N_("{number} is out of range here."), number=number)
    return number
