"""What every kind must keep, tried with the examples in its own folder."""

import json
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from app.activities import base
from app.activities.base import Activity, Gathering, Given, Person, SeatScene, TableScene, Turn
from app.activities.registry import KINDS
from app.errors import Refusal
from app.web.templates import draw
from tests.activities.words import PaperTexts

LANGUAGES = ("en", "cy")


def examples(kind: str) -> Any:
    """Read a kind's own examples."""
    return json.loads((Path(base.__file__).parent / kind / "examples.json").read_text())


def cases(name: str) -> list[Any]:
    """List one sort of example over all kinds, each with a readable id."""
    found = [(kind, number, one) for kind in KINDS for number, one in enumerate(examples(kind)[name])]
    return [pytest.param(KINDS[kind], one, id=f"{kind}-{name}-{number}") for kind, number, one in found]


def setup_of(kind: Activity) -> Any:
    """Read a kind's example setup."""
    return kind.Setup.model_validate(examples(kind.kind)["setup"])


@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
def test_a_kind_is_named_as_its_folder(kind: Activity) -> None:
    assert KINDS[kind.kind] is kind
    assert len({phase.name for phase in kind.phases}) == len(kind.phases)
    assert {name for move in kind.moves for name in move.phases} <= {phase.name for phase in kind.phases}


@pytest.mark.parametrize(("kind", "setup"), cases("refused_setups"))
def test_a_setup_that_does_not_fit_is_refused(kind: Activity, setup: Any) -> None:
    with pytest.raises(ValidationError):
        kind.Setup.model_validate(setup)


@pytest.mark.parametrize(("kind", "example"), cases("moves"))
def test_a_move_gives_what_its_example_says(kind: Activity, example: Any) -> None:
    move = kind.move(example["move"])
    assert move is not None
    shape = kind.Answer if move.changes == "answer" else kind.Board
    held = shape.model_validate(example.get("before", {}))
    seat = 1 if move.by == "seat" else None
    setup = setup_of(kind)
    board = kind.Board.model_validate(
        example.get("board", example.get("before", {}) if move.changes == "board" else {})
    )
    answers = [kind.Answer.model_validate(one) for one in example.get("answers", [])]
    texts = PaperTexts(example.get("texts"))
    phase = example.get("phase", sorted(move.phases)[0])
    table = Gathering(setup, phase, "all-at-3", board, given_by(answers), {}, texts)
    turn = Turn(
        setup,
        phase,
        seat,
        held,
        board=lambda: board,
        gather=lambda: table,
        draw=lambda n: n - 1,
        texts=texts,
    )
    fields = move.shape.model_validate(example["fields"])
    if "refused" in example:
        with pytest.raises(Refusal) as refusal:
            move.apply(turn, fields)
        assert refusal.value.status == example["refused"]
    else:
        assert move.apply(turn, fields) == shape.model_validate(example["after"])


@pytest.mark.parametrize(("kind", "example"), cases("forms"))
def test_a_form_makes_the_setup_that_its_example_says(kind: Activity, example: Any) -> None:
    if "refused" in example:
        with pytest.raises(Refusal) as refusal:
            kind.from_form(example["form"], example.get("before"))
        assert refusal.value.status == example["refused"]
    else:
        made = kind.Setup.model_validate(kind.from_form(example["form"], example.get("before")))
        assert made == kind.Setup.model_validate(example["setup"])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
def test_every_audience_is_drawn_in_every_phase(kind: Activity, language: str) -> None:
    setup = setup_of(kind)
    answers = [kind.Answer.model_validate(one) for one in examples(kind.kind)["answers"]]
    boards = [kind.Board.model_validate(one) for one in examples(kind.kind)["boards"]]
    for few in range(len(answers) + 1):
        for phase in kind.path(setup):
            for board in boards:
                for region in regions(kind, setup, phase.name, board, answers[:few]):
                    assert hash(region) == hash(region)
                    html = draw(language, region.template, view=region.view)
                    assert f'id="{region.id}"' in html


def given_by(answers: list[Any]) -> tuple[Given, ...]:
    """Number the seats that hold these answers."""
    return tuple(Given(seat, "health", answer) for seat, answer in enumerate(answers, 1))


def regions(kind: Activity, setup: Any, phase: str, board: Any, answers: list[Any]) -> list[base.Region]:
    """Draw up what everybody sees of one table."""
    names = [one.name for one in kind.path(setup)]
    given = given_by(answers)
    people = tuple(Person(one.seat, one.seat, "Health", True) for one in given)
    closed = [one.name for one in kind.path(setup) if one.private and names.index(one.name) < names.index(phase)]
    left_out = kind.leaves_out(board)
    revealed = {name: kind.reveal(setup, name, given, left_out) for name in closed}
    table = TableScene(setup, phase, 1, board, 7, "/moves", revealed, tuple(answers), 0, len(answers), people=people)
    at_end = phase == kind.path(setup)[-1].name
    room = kind.room(setup, (table,), (given,)) if at_end else None
    kept = kind.record(table)
    assert kind.Record.model_validate_json(kept.model_dump_json()) == kept
    found = [*kind.desk((table,)), *kind.wall((table,), room)]
    assert all(hash(cue) for cue in kind.cues(table))
    for seat, answer in [*enumerate(answers, 1), (99, kind.start_answer(setup))]:
        own = dict.fromkeys(closed, answer) if seat != 99 else {}
        found += kind.seat(
            SeatScene(
                setup,
                phase,
                seat,
                1,
                answer,
                7,
                board,
                7,
                revealed,
                own,
                0,
                len(answers),
                "/moves",
                late=bool(closed) and seat == 99,
                people=people,
                room=room,
            )
        )
    kind.seat_words(setup, phase, board)
    kind.wall_words(setup, phase)
    kind.fact(table)
    return found
