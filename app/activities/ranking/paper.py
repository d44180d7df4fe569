"""A seat's answers from paper: what the trainer may enter for it now, and the moves that a filled-in sheet comes to."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.activities.checks import VALUES
from app.activities.letters import letter, listed
from app.activities.ranking.discard import left, proposed
from app.activities.ranking.shapes import Board, Setup
from app.activities.ranking.top import placed
from app.errors import N_, Unclear

Made = tuple[tuple[str, dict[str, Any]], ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A statement as the worksheet prints it."""

    id: str
    letter: str
    text: str


@dataclass(frozen=True, slots=True)
class PaperCheck:
    """The check that is open, and the statements it is on."""

    id: int
    lines: tuple[Line, ...]
    on_list: bool
    values: tuple[str, ...] = VALUES


@dataclass(frozen=True, slots=True)
class PaperView:
    """What can be entered now. `ballot`: "" not, "counts" before solo has closed, "late" for the seat alone."""

    lines: tuple[Line, ...]
    ballot: str
    discards: bool
    last: int
    check: PaperCheck | None = None
    either: tuple[int, Line, Line] | None = None
    marks: int = 0
    left: tuple[Line, ...] = ()


def form(setup: Setup, phase: str, board: Board) -> PaperView | None:
    """Say what of a sheet can be entered in a phase; None when nothing can."""
    if phase in ("read", "locked"):
        return None
    lines = {one.id: Line(one.id, letter(number), one.text) for number, one in enumerate(setup.statements)}
    check, either = board.check, board.either
    found = proposed(board, check) if check else None
    on = (found.statement,) if found else placed(board)
    return PaperView(
        lines=tuple(lines.values()),
        ballot="counts" if phase == "solo" else "late",
        discards=setup.discard > 0,
        last=len(setup.ids) - min(setup.discard, 1),
        check=PaperCheck(check.id, tuple(lines[one] for one in on), found is None) if check else None,
        either=(either.id, lines[either.a], lines[either.b]) if either else None,
        marks=setup.top if phase == "top" and board.marks is None else 0,
        left=tuple(lines[one] for one in left(setup, board)),
    )


def read(setup: Setup, phase: str, sent: Mapping[str, str]) -> Made:
    """Read a filled-in sheet: which of its parts was sent, as the moves that a phone would have made."""
    part = sent.get("part", "")
    if part == "ballot":
        why = (("say_why", {"reason": sent.get("why", "")}),) if phase == "solo" else ()
        return (("put_ballot", ballot(setup, sent)), *why, ("done", {"done": True}))
    if part == "check":
        if not sent.get("value"):
            raise Unclear(N_("Choose the value that is ringed on the sheet, 0 to 5."))
        return (("answer_check", {name: sent.get(name, "") for name in ("value", "note", "about", "check")}),)
    if part == "marks":
        marked = tuple(one for one in setup.ids if sent.get(f"mark-{one}"))
        return (("mark_top", {"statements": marked}),)
    if part == "either":
        if not sent.get("choice"):
            raise Unclear(N_("Choose one of the two."))
        return (("answer_either", {"choice": sent["choice"], "either": sent.get("either", "")}),)
    raise Unclear(N_("Say which part of the sheet this is."))


def ballot(setup: Setup, sent: Mapping[str, str]) -> dict[str, Any]:
    """Read an order: what was typed in order, or else a place for each; what alone has none is the discarded one."""
    discard = sent.get("discard") or None
    typed = sent.get("order", "").strip()
    order = listed(setup.ids, typed) if typed else by_place(setup, sent, discard)
    missing = [one for one in setup.ids if one not in order and one != discard]
    if setup.discard and discard is None and len(missing) == 1:
        discard = missing.pop()
    if missing:
        names = {one: letter(number) for number, one in enumerate(setup.ids)}
        raise Unclear(N_("These have no place yet: {letters}."), letters=", ".join(names[one] for one in missing))
    return {"discard": discard, "order": order}


def by_place(setup: Setup, sent: Mapping[str, str], discard: str | None) -> tuple[str, ...]:
    """Put the statements in the order of the places that were written beside them."""
    places: dict[int, tuple[str, str]] = {}
    for number, one in enumerate(setup.ids):
        told = sent.get(f"place-{one}", "").strip()
        if not told or one == discard:
            continue
        place = int(told) if told.isascii() and told.isdigit() and len(told) <= 3 else 0
        if not 1 <= place <= len(setup.ids):
            raise Unclear(
                N_("The place of {letter} is a whole number from 1 to {last}."),
                letter=letter(number),
                last=len(setup.ids),
            )
        if place in places:
            raise Unclear(
                N_("{one} and {other} both stand on place {place}. Each has a place of its own."),
                one=places[place][1],
                other=letter(number),
                place=place,
            )
        places[place] = one, letter(number)
    return tuple(places[place][0] for place in sorted(places))
