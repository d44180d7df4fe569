"""The ranking's part of a workshop's record.

Law: no seat and no single answer is in it, nothing that the trainer hid, and no count of people below three.
Table 0 is the whole room of a workshop whose record has the room's figures alone: nobody's words are in that.
"""

from collections.abc import Iterable
from typing import Any

from app import disclosure
from app.activities import checks_told
from app.activities.base import TableScene
from app.activities.checks import Check
from app.activities.checks_told import CheckRecord
from app.activities.ranking import discard
from app.activities.ranking.mirror import Mirror, digest_of, entry_of
from app.activities.ranking.record import (
    BoardRecord,
    ClarificationRecord,
    DiscardRecord,
    EitherRecord,
    FiguresRecord,
    LinkRecord,
    MarksRecord,
    MirrorPlaceRecord,
    MirrorRecord,
    NominationRecord,
    NominationsRecord,
    ProposalRecord,
    ReasonRecord,
    Record,
    ResultRecord,
    TopRecord,
)
from app.activities.ranking.shapes import Answer, Board, Discarded, Either, Result, Setup
from app.activities.summary import kept


def record(scene: TableScene) -> Record:
    """Record what one table has revealed and agreed so far."""
    setup: Setup = scene.setup
    board: Board = scene.board
    mirror: Mirror | None = scene.revealed.get("solo")
    told = Record(
        phase=scene.phase,
        clarifications=tuple(
            ClarificationRecord(statement=one.statement, text=one.text) for one in board.clarifications
        ),
    )
    if mirror is not None:
        found = nominations(setup, mirror, board, with_reasons=scene.number > 0)
        open_yet = scene.phase == "discard" and not discard.is_settled(setup, board)
        told = told.model_copy(update={"nominations": found, "mirror": None if open_yet else the_mirror(mirror)})
    return talk(told, board, mirror) if scene.number else told


def record_seat(answer: Answer, board: Board) -> dict[str, Any]:
    """Record what one seat had said alone, in a workshop that names people: never what it answered to a check.

    A reason is left out where it was hidden, or another one in the same words.
    """
    entry = entry_of(digest_of(answer.reason))
    hidden = any(one.startswith(entry) for one in board.hidden)
    ballot = answer.ballot.model_dump(mode="json") if answer.ballot else None
    return {"done": answer.done, "paper": answer.paper, "ballot": ballot, "reason": "" if hidden else answer.reason}


def said(board: Board, entry: str, text: str) -> str:
    """Give what somebody said, unless it was hidden."""
    return "" if entry in board.hidden else text


def the_mirror(mirror: Mirror) -> MirrorRecord:
    """Record the starting mirror; its figures as screens show them, for more digits would tell more of few orders."""
    figures = mirror.figures
    return MirrorRecord(
        orders=disclosure.count_for_export(mirror.orders),
        left_out=disclosure.count_for_export(mirror.left_out),
        agreement=kept(mirror.words),
        meter=mirror.meter,
        likeness=kept(mirror.likeness) if figures is not None else None,
        figures=None
        if figures is None
        else FiguresRecord(
            w=round(figures.w, 2),
            chance_w=round(figures.chance_w, 2),
            r=round(figures.r, 2),
            tau=None if figures.tau is None else round(figures.tau, 2),
            p=None if figures.p is None else round(figures.p, 3),
            method=figures.method,
        ),
        places=tuple(
            MirrorPlaceRecord(statement=one.id, first=one.first, last=one.last, contested=one.contested)
            for one in mirror.places
        ),
        most_shared=mirror.most_shared,
        most_split=mirror.most_split,
        warnings=tuple(told for one in mirror.warnings if (told := kept(one)) is not None),
        camps=kept(mirror.camps),
    )


def nominations(setup: Setup, mirror: Mirror, board: Board, *, with_reasons: bool) -> NominationsRecord:
    """Record what was named to be discarded, as far as it may be counted, and why.

    In the trainer's order: the most named first would tell two masked counts apart.
    """
    named = sorted(mirror.nominations, key=lambda one: setup.ids.index(one.id))
    counts: list[str] | list[None] = [None] * len(named)
    if all(one.count is not None for one in named):
        counts = disclosure.counts_for_export([one.count or 0 for one in named])
    return NominationsRecord(
        statements=tuple(
            NominationRecord(statement=one.id, count=count) for one, count in zip(named, counts, strict=True)
        ),
        reasons=reasons(mirror, board) if with_reasons else (),
    )


def reasons(mirror: Mirror, board: Board) -> tuple[ReasonRecord, ...]:
    """Record the reasons, with the statements they are about where that was shown."""
    apart = [("", one) for one in mirror.reasons]
    beside = [(named.id, one) for named in mirror.nominations for one in named.reasons]
    return tuple(
        ReasonRecord(statement=statement, text=one.text)
        for statement, one in [*apart, *beside]
        if one.id not in board.hidden
    )


def talk(told: Record, board: Board, mirror: Mirror | None) -> Record:
    """Record what the table has done together, beside what it had said before."""
    proposals = {one.id: one.statement for one in board.proposals}
    locked = tuple(result(one, board) for one in board.results)
    marks = board.marks
    return told.model_copy(
        update={
            "discarded": tuple(discarded(one, board) for one in board.discarded),
            "taken_back": tuple(discarded(one, board) for one in board.earlier),
            "nothing_discarded": board.nothing_discarded and not board.discarded,
            "proposals": tuple(
                ProposalRecord(statement=one.statement, reason=said(board, one.id, one.reason), how=one.how)
                for one in board.proposals
            ),
            "board": tuple(
                BoardRecord(place=place, statement=one) for place, one in enumerate(board.places, 1) if one is not None
            ),
            "links": tuple(
                LinkRecord(relation=one.relation, a=one.a, b=one.b, note=one.note)
                for one in board.links
                if one.id not in board.hidden
            ),
            "marks": None
            if marks is None
            else MarksRecord(for_all=marks.for_all, contested=marks.contested, out=marks.out),
            "top": tiers(board.top, board.settled),
            "checks": tuple(kept for one in board.checks if (kept := checked(one, proposals, board)) is not None),
            "eithers": tuple(either(one) for one in board.eithers if one.outcome is not None),
            "result": locked[-1] if locked else None,
            "earlier": locked[:-1],
            "hidden": not entries(board, mirror).isdisjoint(board.hidden),
        }
    )


def entries(board: Board, mirror: Mirror | None) -> set[str]:
    """Name everything here that the trainer could have hidden."""
    named = () if mirror is None else mirror.nominations
    apart = () if mirror is None else mirror.reasons
    spoken = [one.id for one in board.proposals] + [one.id for one in board.links] + [one.id for one in apart]
    spoken += [one.id for there in named for one in there.reasons]
    spoken += [one.id for check in board.checks if check.outcome for one in check.outcome.reasons]
    return {"note", *spoken}


def discarded(one: Discarded, board: Board) -> DiscardRecord:
    """Record a discard: how it came about and why."""
    return DiscardRecord(
        statement=one.statement,
        reason=said(board, one.reason_id, one.reason),
        how=one.how,
        ending=one.ending,
        hidden=bool(one.reason) and one.reason_id in board.hidden,
    )


def tiers(top: Iterable[tuple[str, ...]], settled: dict[str, Any]) -> tuple[TopRecord, ...]:
    """Record a list of top places, and of each statement how its place was settled."""
    return tuple(
        TopRecord(place=place, statement=one, shared=len(tier) > 1, settled=settled.get(one, "talk"))
        for place, tier in enumerate(top, 1)
        for one in tier
    )


def checked(check: Check, proposals: dict[str, str], board: Board) -> CheckRecord | None:
    """Record how a check came out, as its number of answers allows; nothing of one that is open."""
    held = checks_told.keep(check, lambda one: said(board, one.id, one.text))
    return held if held is None else held.model_copy(update={"subject": proposals.get(check.subject, "")})


def either(one: Either) -> EitherRecord:
    """Record a private either/or: which of the two, never how many were for it."""
    told = EitherRecord(subject=one.subject, a=one.a, b=one.b)
    outcome = one.outcome
    if outcome is None:
        return told
    answered = disclosure.count_for_export(outcome.answered)
    return told.model_copy(update={"winner": outcome.winner, "how": outcome.how, "answered": answered})


def result(held: Result, board: Board) -> ResultRecord:
    """Record a result; the last one is what holds, and of earlier ones nobody knows any more what lots had settled."""
    return ResultRecord(
        version=held.number,
        ending=held.ending,
        checks=held.checks,
        check=held.check,
        changes=held.changes,
        changed=held.changed,
        open_place=held.open_place,
        note=said(board, "note", held.note),
        top=tiers(held.top, dict(board.settled) if held.number == len(board.results) else {}),
        order=held.order,
        discarded=tuple(discarded(one, board) for one in held.discarded),
    )
