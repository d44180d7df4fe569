"""What a seat does alone: jots, whose view it writes, and when it is done."""

import pytest

from app.activities.grid import activity, alone
from app.activities.grid.naming import column_given
from app.errors import Closed, Forbidden, Refusal, Unclear
from tests.activities.grid.playing import GridTable


def test_a_jot_that_is_sent_twice_is_two_jots_up_to_three() -> None:
    table = GridTable()
    for _ in range(3):
        table.make(1, "jot", row="r1", text="One plan")
    assert [one.id for one in table.answer(1).jots["r1"]] == ["j1", "j2", "j3"]
    with pytest.raises(Unclear, match="3 jots"):
        table.make(1, "jot", row="r1", text="One plan")
    table.make(1, "jot", row="r2", text="One plan")
    assert len(table.answer(1).jots["r2"]) == 1


def test_a_jot_that_is_too_long_names_both_numbers_and_loses_nothing() -> None:
    table = GridTable()
    table.make(1, "jot", row="r1", text="x" * 140)
    before = table.answer(1)
    with pytest.raises(Unclear, match=r"151 characters.* takes 140"):
        table.make(1, "jot", row="r1", text="y" * 151)
    assert table.answer(1) == before


def test_the_name_of_a_jot_that_is_gone_is_not_given_again() -> None:
    table = GridTable()
    table.make(1, "jot", row="r1", text="One")
    table.make(1, "drop_jot", id="j1")
    table.make(1, "jot", row="r1", text="Two")
    assert [one.id for one in table.answer(1).jots["r1"]] == ["j2"]


def test_a_seat_without_an_agency_chooses_a_column_before_it_jots() -> None:
    table = GridTable(agencies=(None, "health"))
    with pytest.raises(Unclear, match="Choose first"):
        table.make(1, "jot", row="r1", text="One")
    table.make(1, "speak_for", column="police")
    table.make(1, "jot", row="r1", text="One")
    assert table.board.speakers == {1: "police"}
    assert column_given(table.setup, table.given()[0]) == "police"
    table.make(1, "speak_for", column="")
    assert table.board.speakers == {}


def test_a_seat_whose_agency_has_no_column_may_choose_one() -> None:
    table = GridTable(agencies=("housing", "health"))
    table.make(1, "speak_for", column="education")
    assert table.board.speakers == {1: "education"}


def test_a_seat_whose_agency_has_a_column_writes_there_and_nowhere_else() -> None:
    table = GridTable()
    with pytest.raises(Forbidden):
        table.make(1, "speak_for", column="police")
    assert table.board.speakers == {}


def test_who_sees_the_jots_of_one_view_does_not_go_on_to_another() -> None:
    table = GridTable(agencies=(None, "housing", "health"))
    table.to("caucus")
    table.make(1, "speak_for", column="police")
    for column in ("health", ""):
        with pytest.raises(Closed, match="it stays"):
            table.make(1, "speak_for", column=column)
    assert table.board.speakers == {1: "police"}
    table.make(2, "speak_for", column="education")
    assert table.board.speakers == {1: "police", 2: "education"}


@pytest.mark.parametrize("column", ["army", "EDUCATION", "r1", "-"])
def test_a_column_that_is_not_there_is_refused_with_its_name(column: str) -> None:
    table = GridTable(agencies=(None,))
    with pytest.raises(Unclear, match=column):
        table.make(1, "speak_for", column=column)


def test_who_leaves_the_table_speaks_for_nobody_there() -> None:
    table = GridTable(agencies=(None, "health"))
    table.make(1, "speak_for", column="police")
    table.gone.add(1)
    table.settle()
    assert table.board.speakers == {}


def test_an_answer_says_something_once_it_has_a_jot() -> None:
    table = GridTable()
    table.make(1, "done", done=True)
    assert not alone.says(table.answer(1))
    table.make(1, "jot", row="r3", text="One")
    assert alone.says(table.answer(1))
    table.make(1, "drop_jot", id="j1")
    assert not alone.says(table.answer(1))


def test_jots_and_the_column_go_along_to_another_table_and_marks_and_checks_stay() -> None:
    table = GridTable(agencies=(None, "education"))
    table.make(1, "speak_for", column="police")
    table.make(1, "jot", row="r1", text="One")
    table.to("caucus")
    table.write(2, "cell-r1-education", "Words.")
    table.to("reveal")
    table.make(1, "mark", row="r1", column="education", mark="shared")
    table.to("joint")
    table.write(2, "joint-r1", "Ours.")
    table.make(2, "open_check", row="r1")
    table.make(1, "answer_check", value=4, row="r1")
    left = activity.leave(table.answer(1))
    assert (left.marks, left.check) == ({}, None)  # type: ignore[attr-defined]
    assert (left.column, [one.text for one in left.jots["r1"]]) == ("police", ["One"])  # type: ignore[attr-defined]


@pytest.mark.parametrize("row", ["r9", "grid", "__proto__", "-"])
@pytest.mark.parametrize("name", ["jot", "agree_cell", "mark", "reply", "guess", "draw_on", "open_check", "lock_row"])
def test_a_row_that_is_not_there_is_refused_with_a_sentence(name: str, row: str) -> None:
    move = activity.move(name)
    assert move is not None
    table = GridTable(phase="joint" if "joint" in move.phases else sorted(move.phases)[0])
    fields = {"row": row, "column": "police", "mark": "shared", "text": "One"}
    known = {key: value for key, value in fields.items() if key in move.shape.model_fields}
    with pytest.raises(Refusal, match="no sentence") as refused:
        table.make(1, name, **known)
    assert refused.value.status == 422
