"""Taking people off what they answered and did: what is left on the boards when a workshop closes."""

import json

import pytest
from pydantic import BaseModel
from sqlmodel import Session, select

from app.activities.base import Activity, BoardShape, Shape
from app.activities.ranking.shapes import Board as RankingBoard
from app.activities.registry import KINDS
from app.workshops.models import Board
from app.workshops.unlink import nobodys
from tests.cast import assemble
from tests.running import Concord

SEAT = 424242
BOARD = {
    "proposals": [{"id": "p1", "statement": "s1", "reason": "Vague.", "seat": SEAT, "how": "talk"}],
    "places": ["s2", "s1"],
    "last": [{"seat": SEAT, "statement": "s1", "to": 2, "before": ["s2", None]}],
    "moved": {str(SEAT): 3},
    "lists": {str(SEAT): {"discard": None, "order": ["s1", "s2"]}},
    "links": [{"id": "l1", "a": "s1", "b": "s2", "relation": "alike", "note": "Both.", "seat": SEAT}],
    "settled": {"s1": "lots"},
    "top": [["s2"], ["s1"]],
}


def test_a_board_keeps_what_the_table_did_and_not_who() -> None:
    before = RankingBoard.model_validate(BOARD)
    after = RankingBoard.model_validate(nobodys(before))
    assert str(SEAT) not in json.dumps(nobodys(before))
    assert (after.moved, after.lists, after.links[0].seat, after.last[0].seat) == ({}, {}, None, None)
    assert after.proposals[0] == before.proposals[0].model_copy(update={"seat": None})
    assert after.model_copy(update={name: getattr(before, name) for name in ("moved", "lists", "links", "last")}) == (
        before.model_copy(update={"proposals": after.proposals})
    )


class Note(Shape):
    """A thing on a board that somebody wrote."""

    seat: int | None
    text: str


class Deep(BoardShape):
    """A board that names seats in the depth of it."""

    cells: dict[str, tuple[Note, ...]]


def test_seats_are_found_however_deep_they_are() -> None:
    board = Deep(cells={"7": (Note(seat=SEAT, text="Yes."),)})
    assert nobodys(board) == {"version": 1, "cells": {"7": [{"seat": None, "text": "Yes."}]}}


def shapes(model: type[BaseModel], seen: set[type[BaseModel]]) -> set[type[BaseModel]]:
    """Collect a shape and all shapes in it."""
    if model not in seen:
        seen.add(model)
        for field in model.model_fields.values():
            stack = [field.annotation]
            while stack:
                one = stack.pop()
                stack += getattr(one, "__args__", ())
                if isinstance(one, type) and issubclass(one, BaseModel):
                    shapes(one, seen)
    return seen


@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
def test_every_kind_names_seats_so_that_they_can_be_taken_off(kind: Activity) -> None:
    for shape in shapes(kind.Board, set()):
        for name, field in shape.model_fields.items():
            if "seat" in name:
                assert name == "seat"
                assert type(None) in getattr(field.annotation, "__args__", ())


@pytest.mark.parametrize(("disclosure", "left"), [("confidential", False), ("aggregate", False), ("named", True)])
def test_closing_takes_seats_off_the_boards_unless_the_workshop_is_named(
    concord_on_sqlite: Concord, disclosure: str, left: bool
) -> None:
    cast = assemble(concord_on_sqlite, disclosure=disclosure)
    seat = cast.seat("Ann")
    step = cast.step()
    written = json.loads(json.dumps(BOARD).replace(str(SEAT), "987654321"))

    def prepare(session: Session, version: int) -> None:
        board = Board(
            step_id=step,
            table_id=seat.table_id,
            workshop_id=cast.workshop_id,
            version=version,
            phase="locked",
            since=cast.concord.clock(),
            content=written,
        )
        session.add(board)

    cast.concord.db.change_now(cast.workshop_id, prepare)
    cast.trainer.post(f"/trainer/w/{cast.code}/close")
    content = cast.read(lambda session: session.exec(select(Board)).one().content)
    assert ("987654321" in json.dumps(content)) is left
    assert content["places"] == ["s2", "s1"]
