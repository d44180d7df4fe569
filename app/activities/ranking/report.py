"""The ranking's part of a workshop's record.

Law: no seat and no single answer is in it, nothing that the trainer hid, and no count of people below three.
Table 0 is the whole room of a workshop whose record has the room's figures alone: nobody's words are in that.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from app import disclosure
from app.activities import checks
from app.activities.base import TableScene
from app.activities.checks import Check, Reason
from app.activities.ranking import discard
from app.activities.ranking.mirror import Mirror, Nomination, Said, digest_of, entry_of
from app.activities.ranking.shapes import Answer, Board, Discarded, Either, Result, Setup

Plain = dict[str, Any]


class Teller:
    """Writes statements with their words, and leaves out what was hidden."""

    def __init__(self, setup: Setup, hidden: Iterable[str]) -> None:
        self._texts = {one.id: one.text for one in setup.statements}
        self._hidden = frozenset(hidden)

    def statement(self, id_: str) -> Plain:
        """Write a statement's id and words; of anything else the id."""
        return {"statement": id_, "text": self._texts.get(id_, "")}

    def said(self, id_: str, text: str) -> str:
        """Write what somebody said, unless it was hidden."""
        return "" if id_ in self._hidden else text

    def shown(self, all_: Iterable[Said]) -> list[str]:
        """Write the reasons that were not hidden."""
        return [one.text for one in all_ if one.id not in self._hidden]


def record(scene: TableScene) -> Plain:
    """Record what one table has revealed and agreed so far, as plain data."""
    setup: Setup = scene.setup
    board: Board = scene.board
    mirror: Mirror | None = scene.revealed.get("solo")
    tell = Teller(setup, board.hidden)
    kept: Plain = {
        "phase": scene.phase,
        "statements": [one.model_dump() for one in setup.statements],
        "clarifications": [one.model_dump() for one in board.clarifications],
    }
    if mirror is not None:
        kept["nominations"] = nominations(mirror, tell, with_reasons=scene.number > 0)
        if scene.phase != "discard" or discard.is_settled(setup, board):
            kept["mirror"] = the_mirror(mirror)
    return kept | talk(setup, board, tell) if scene.number else kept


def record_seat(answer: Answer, board: Board) -> Plain:
    """Record what one seat had said alone, in a workshop that names people: never what it answered to a check.

    A reason is left out where it was hidden, or another one in the same words.
    """
    entry = entry_of(digest_of(answer.reason))
    hidden = any(one.startswith(entry) for one in board.hidden)
    ballot = answer.ballot.model_dump(mode="json") if answer.ballot else None
    return {"done": answer.done, "paper": answer.paper, "ballot": ballot, "reason": "" if hidden else answer.reason}


def the_mirror(mirror: Mirror) -> Plain:
    """Record the starting mirror."""
    figures = mirror.figures
    return {
        "orders": disclosure.count_for_export(mirror.orders),
        "left_out": disclosure.count_for_export(mirror.left_out),
        "agreement": mirror.words.say(str) if mirror.words else None,
        "places": [
            {"statement": place.id, "text": place.text, "first": place.first, "last": place.last}
            | {"contested": place.contested}
            for place in mirror.places
        ],
        "most_shared": list(mirror.most_shared),
        "most_split": list(mirror.most_split),
        "camps": mirror.camps.say(str) if mirror.camps else None,
        "keep_in_mind": [one.say(str) for one in mirror.warnings],
        "kendall_w": figures.w if figures else None,
        "tau": figures.tau if figures else None,
        "p": figures.p if figures else None,
    }


def nominations(mirror: Mirror, tell: Teller, *, with_reasons: bool) -> Plain:
    """Record what was named to be discarded, as far as it may be counted, and why."""
    named = mirror.nominations
    counts: list[str] | list[None] = [None] * len(named)
    if all(one.count is not None for one in named):
        counts = disclosure.counts_for_export([one.count or 0 for one in named])
    told = [tell.statement(one.id) | {"count": count} for one, count in zip(named, counts, strict=True)]
    if not with_reasons:
        return {"statements": told}
    return {"statements": told, "reasons": reasons(mirror.reasons, named, tell)}


def reasons(apart: tuple[Said, ...], named: tuple[Nomination, ...], tell: Teller) -> list[Plain]:
    """Record the reasons, with the statements they are about where that was shown."""
    found: list[Plain] = [{"statement": "", "text": "", "reason": text} for text in tell.shown(apart)]
    for one in named:
        found += [tell.statement(one.id) | {"reason": text} for text in tell.shown(one.reasons)]
    return found


def talk(setup: Setup, board: Board, tell: Teller) -> Plain:
    """Record what the table has done together."""
    marks = board.marks
    proposals = {one.id: one.statement for one in board.proposals}
    return {
        "discarded": [discarded(one, tell) for one in board.discarded],
        "discarded_before_reopening": [discarded(one, tell) for one in board.earlier],
        "nothing_discarded": board.nothing_discarded and not board.discarded,
        "proposals": [
            tell.statement(one.statement) | {"reason": tell.said(one.id, one.reason), "how": one.how}
            for one in board.proposals
        ],
        "board": [
            tell.statement(one) | {"place": place} for place, one in enumerate(board.places, 1) if one is not None
        ],
        "links": [
            {"relation": one.relation, "a": one.a, "a_text": tell.statement(one.a)["text"]}
            | {"b": one.b, "b_text": tell.statement(one.b)["text"], "note": one.note}
            for one in board.links
            if tell.said(one.id, "shown")
        ],
        "marks": None
        if marks is None
        else {
            "in_for_all": [tell.statement(one) for one in marks.for_all],
            "contested": [tell.statement(one) for one in marks.contested],
            "out_for_all": [tell.statement(one) for one in marks.out],
        },
        "top": tiers(board.top, board.settled, tell),
        "checks": [checked(one, proposals, tell) for one in board.checks if one.outcome],
        "either_or": [either(one, tell) for one in board.eithers if one.outcome],
        "results": [locked(one, board, tell) for one in board.results],
    }


def discarded(one: Discarded, tell: Teller) -> Plain:
    """Record a discard: how it came about and why."""
    return tell.statement(one.statement) | {
        "reason": tell.said(one.reason_id, one.reason),
        "how": one.how,
        "ending": one.ending,
    }


def tiers(top: tuple[tuple[str, ...], ...], settled: Mapping[str, str], tell: Teller) -> list[Plain]:
    """Record a list of top places, and of each statement how its place was settled."""
    return [
        tell.statement(one) | {"place": place, "shared": len(tier) > 1, "settled_by": settled.get(one, "talk")}
        for place, tier in enumerate(top, 1)
        for one in tier
    ]


def checked(check: Check, proposals: dict[str, str], tell: Teller) -> Plain:
    """Record how a check came out, as its number of answers allows."""
    on = proposals.get(check.subject)
    told: Plain = {
        "number": check.id,
        "version": check.round + 1,
        "about": "list" if on is None else "discard",
        "statement": on or "",
        "rule": check.rule,
    }

    def reason(one: Reason) -> Plain | None:
        text = tell.said(one.id, one.text)
        return tell.statement(one.about) | {"number": check.id, "reason": text} if text else None

    return told | checks.record(check, reason)


def either(one: Either, tell: Teller) -> Plain:
    """Record a private either/or."""
    outcome = one.outcome
    told: Plain = {"about": one.subject, "a": one.a, "a_text": tell.statement(one.a)["text"]}
    told |= {"b": one.b, "b_text": tell.statement(one.b)["text"]}
    if outcome is None:
        return told
    counts = None if outcome.counts is None else disclosure.counts_for_export(outcome.counts)
    return told | {
        "winner": outcome.winner,
        "how": outcome.how,
        "answered": disclosure.count_for_export(outcome.answered),
        "for_a": counts[0] if counts else None,
        "for_b": counts[1] if counts else None,
    }


def locked(result: Result, board: Board, tell: Teller) -> Plain:
    """Record a result; the last one is what holds, and of earlier ones nobody knows any more what lots had settled."""
    settled = board.settled if result.number == len(board.results) else {}
    return {
        "version": result.number,
        "ending": result.ending,
        "checks": result.checks,
        "amended": result.amended,
        "open_place": result.open_place,
        "minority": tell.said("note", result.note),
        "top": [{"version": result.number} | one for one in tiers(result.top, settled, tell)],
        "board": [
            {"version": result.number, "place": place} | tell.statement(one)
            for place, one in enumerate(result.order, 1)
            if one is not None
        ],
        "discarded": [{"version": result.number} | discarded(one, tell) for one in result.discarded],
    }
