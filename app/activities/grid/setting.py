"""A grid's setup, made from a library item or from the setup page."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from itertools import count
from typing import Any

from app.activities.grid.shapes import MOST_COLUMNS, MOST_ROWS, Setup
from app.errors import N_, Unclear

FEWEST_COLUMNS = 2
LONGEST_PROMPT, LONGEST_LABEL, LONGEST_HINT, LONGEST_HEAD = 300, 80, 200, 120
FEWEST_WORDS, MOST_WORDS, USUAL_WORDS = 5, 200, 40
SCOPES = ("table", "room")
USUAL_HEAD = "Joint statement agreed by all"


def from_item(item: Mapping[str, Any]) -> dict[str, Any]:
    """Make a setup from a library item's fields."""
    fields = {name: item[name] for name in ("rows", "words", "scope", "source") if name in item}
    fields |= {"columns": item["perspectives"], "agreed": item["agreed"]["label"]}
    return Setup.model_validate(fields).model_dump(mode="json")


def from_form(form: Mapping[str, str], before: Mapping[str, Any] | None) -> dict[str, Any]:
    """Make a setup from the setup page: rows and columns one a line; a line that was there keeps its id."""
    was = before or {}
    setup = {
        "rows": rows_of(form.get("rows", ""), was.get("rows", [])),
        "columns": columns_of(form.get("columns", ""), was.get("columns", [])),
        "agreed": head_of(form.get("agreed", was.get("agreed", USUAL_HEAD))),
        "words": words_of(form.get("words", str(was.get("words", USUAL_WORDS)))),
        "scope": scope_of(form.get("scope", was.get("scope", SCOPES[0]))),
        "source": was.get("source", ""),
    }
    return Setup.model_validate(setup).model_dump(mode="json")


def lines_of(text: str) -> list[str]:
    """Read the lines that have anything in them, with single spaces."""
    lines = (" ".join(line.split()) for line in text.splitlines())
    return [line for line in lines if line]


def rows_of(text: str, before: list[dict[str, str]]) -> list[dict[str, str]]:
    """Read sentence openings, one a line."""
    prompts = lines_of(text)
    if not 1 <= len(prompts) <= MOST_ROWS:
        raise Unclear(
            N_("There are {found} sentences; a grid takes 1 to {most}, one on a line."),
            found=len(prompts),
            most=MOST_ROWS,
        )
    twice = first_twice(prompts)
    if twice:
        raise Unclear(N_("Sentence {number} stands in the list twice."), number=twice)
    for number, prompt in enumerate(prompts, 1):
        not_longer(N_("Sentence {number} has {found} characters; at most {most} fit."), number, prompt, LONGEST_PROMPT)
    had = {one["prompt"]: one["id"] for one in before}
    fresh = free("r{}", {one["id"] for one in before})
    return [{"id": had.get(prompt) or next(fresh), "prompt": prompt} for prompt in prompts]


def columns_of(text: str, before: list[dict[str, str]]) -> list[dict[str, str]]:
    """Read columns, one a line, each with a hint after a bar if it has one."""
    pairs = [line.partition("|") for line in lines_of(text)]
    told = [(label.strip(), hint.strip()) for label, _, hint in pairs]
    if not FEWEST_COLUMNS <= len(told) <= MOST_COLUMNS:
        raise Unclear(
            N_("There are {found} columns; a grid takes {fewest} to {most}, one on a line."),
            found=len(told),
            fewest=FEWEST_COLUMNS,
            most=MOST_COLUMNS,
        )
    for number, (label, hint) in enumerate(told, 1):
        if not label:
            raise Unclear(N_("Column {number} has no name before its bar."), number=number)
        not_longer(
            N_("The name of column {number} has {found} characters; at most {most} fit."), number, label, LONGEST_LABEL
        )
        not_longer(
            N_("The hint of column {number} has {found} characters; at most {most} fit."), number, hint, LONGEST_HINT
        )
    twice = first_twice([label for label, _ in told])
    if twice:
        raise Unclear(N_("Column {number} stands in the list twice."), number=twice)
    had = {one["label"].casefold(): one["id"] for one in before}
    # As the workshop's agencies are named, so that people find the column of theirs.
    taken = {one["id"] for one in before} | {"none"}
    made = []
    for label, hint in told:
        name = had.get(label.casefold()) or slug(label, taken)
        taken.add(name)
        made.append({"id": name, "label": label, "hint": hint})
    return made


def slug(label: str, taken: set[str]) -> str:
    """Make an id from a label, as a workshop makes one for an agency.

    >>> slug("Iechyd y cyhoedd", set()), slug("Health", {"health"}), slug("教育", set())
    ('iechyd-y-cyhoedd', 'health-2', 'agency')
    """
    plain = unicodedata.normalize("NFKD", label.lower()).encode("ascii", "ignore").decode()
    base = re.sub("[^a-z0-9]+", "-", plain).strip("-")[:32] or "agency"
    return base if base not in taken else next(free(base + "-{}", taken, 2))


def free(pattern: str, taken: set[str], first: int = 1) -> Iterator[str]:
    """Number names and leave out those that are taken."""
    return (name for name in (pattern.format(number) for number in count(first)) if name not in taken)


def first_twice(texts: list[str]) -> int | None:
    """Find the number of the first line that repeats an earlier one, whatever its capitals.

    >>> first_twice(["Health", "Police", "health"]), first_twice(["Health", "Police"])
    (3, None)
    """
    seen: set[str] = set()
    for number, text in enumerate(texts, 1):
        if text.casefold() in seen:
            return number
        seen.add(text.casefold())
    return None


def not_longer(sentence: str, number: int, text: str, most: int) -> None:
    """Refuse a line that is too long, and say by how much."""
    if len(text) > most:
        raise Unclear(sentence, number=number, found=len(text), most=most)


def head_of(text: str) -> str:
    """Read what heads the column of joint statements."""
    head = " ".join(text.split())
    if not head:
        raise Unclear(N_("Say what heads the column of joint statements."))
    if len(head) > LONGEST_HEAD:
        raise Unclear(
            N_("What heads the joint statements has {found} characters; at most {most} fit."),
            found=len(head),
            most=LONGEST_HEAD,
        )
    return head


def words_of(text: str) -> int:
    """Read how many words a statement should have."""
    try:
        number = int(text)
    except ValueError:
        raise Unclear(N_("“{text}” is not a whole number."), text=text[:20]) from None
    if not FEWEST_WORDS <= number <= MOST_WORDS:
        raise Unclear(
            N_("{found} words are out of range; advise {fewest} to {most}."),
            found=number,
            fewest=FEWEST_WORDS,
            most=MOST_WORDS,
        )
    return number


def scope_of(text: str) -> str:
    """Read whether each table fills a grid, or the whole room one."""
    if text not in SCOPES:
        raise Unclear(N_("That is none of the choices. Choose one of those on the page."))
    return text
