import pytest
from sqlmodel import Session

from app.activities.grid.shapes import Setup
from app.workshops.models import Step, Workshop
from tests.cast import GRID, SETUP, STATEMENTS, Cast


def test_worksheets_are_as_many_as_asked_for(cast_on_sqlite: Cast) -> None:
    cast = cast_on_sqlite
    html = cast.trainer.get(f"/trainer/w/{cast.code}/worksheets?people=3&tables=2").text
    numbers = {
        name: html.count(f'data-testid="{name}"') for name in ("sheet-alone", "sheet-table", "sheet-slips", "slip")
    }
    assert numbers == {"sheet-alone": 3, "sheet-table": 2, "sheet-slips": 2, "slip": 3}


def test_worksheet_holds_every_statement_with_its_letter_and_the_whole_check(cast_on_sqlite: Cast) -> None:
    cast = cast_on_sqlite
    html = cast.trainer.get(f"/trainer/w/{cast.code}/worksheets/{cast.step()}").text
    letters = [f'letter">{letter}</td><td>{one["text"]}</td>' for letter, one in zip("ABCDE", STATEMENTS, strict=True)]
    assert [one for one in letters if one not in html] == []
    assert [n for n in range(6) if f"<li><b>{n}</b><span>" not in html] == []


@pytest.mark.parametrize(("statements", "diamond"), [(10, True), (9, False), (12, False)])
def test_nine_left_make_a_diamond_and_any_other_number_a_list(
    cast_on_sqlite: Cast, statements: int, diamond: bool
) -> None:
    cast = cast_on_sqlite
    setup = SETUP | {"statements": [{"id": f"s{n}", "text": f"Statement {n}"} for n in range(statements)]}

    step_id = cast.step()

    def change(session: Session, version: int) -> None:
        step = session.get_one(Step, step_id)
        step.setup = setup
        session.add(step)

    cast.concord.db.change_now(cast.workshop_id, change)
    html = cast.trainer.get(f"/trainer/w/{cast.code}/worksheets").text
    assert ('class="sheet-diamond"' in html) == diamond
    assert ('class="sheet-places' in html) != diamond


def test_worksheets_speak_the_workshops_language(cast_on_sqlite: Cast) -> None:
    cast = cast_on_sqlite

    def change(session: Session, version: int) -> None:
        workshop = session.get_one(Workshop, cast.workshop_id)
        workshop.language = "cy"
        session.add(workshop)

    cast.concord.db.change_now(cast.workshop_id, change)
    html = cast.trainer.get(f"/trainer/w/{cast.code}/worksheets", headers={"Accept-Language": "en"}).text
    assert '<html lang="cy"' in html
    assert "Bwrdd" in html


def test_worksheets_say_nothing_of_people_or_answers(cast_on_sqlite: Cast) -> None:
    cast = cast_on_sqlite
    html = cast.trainer.get(f"/trainer/w/{cast.code}/worksheets").text
    assert [name for name in ("Ann", "Ben", "Cat") if f">{name}<" in html] == []


@pytest.mark.parametrize("query", ["people=0", "people=61", "tables=0", "tables=many"])
def test_worksheets_of_impossible_numbers_are_refused(cast_on_sqlite: Cast, query: str) -> None:
    cast = cast_on_sqlite
    assert cast.trainer.get(f"/trainer/w/{cast.code}/worksheets?{query}").status_code == 422


def test_worksheets_of_a_step_that_is_not_there_are_not_there(cast_on_sqlite: Cast) -> None:
    cast = cast_on_sqlite
    assert cast.trainer.get(f"/trainer/w/{cast.code}/worksheets/9999").status_code == 404


def grid_sheets(cast: Cast, query: str = "") -> str:
    """Read the worksheets of a joint vision grid."""
    step_id = cast.step()

    def change(session: Session, version: int) -> None:
        step = session.get_one(Step, step_id)
        step.kind, step.setup = "grid", Setup.model_validate(GRID).model_dump(mode="json")
        session.add(step)

    cast.concord.db.change_now(cast.workshop_id, change)
    return cast.trainer.get(f"/trainer/w/{cast.code}/worksheets{query}").text


def test_grid_prints_jots_for_each_person_a_whole_grid_for_each_table_and_slips(cast_on_sqlite: Cast) -> None:
    html = grid_sheets(cast_on_sqlite, "?people=3&tables=2")
    found = [html.count(f'data-testid="{name}"') for name in ("sheet-alone", "sheet-table", "sheet-slips", "slip")]
    assert found == [3, 2, 2, 3]


def test_grid_on_paper_has_a_field_for_every_cell_and_every_joint_statement(cast_on_sqlite: Cast) -> None:
    html = grid_sheets(cast_on_sqlite)
    assert html.count("<td></td>") == len(GRID["rows"]) * len(GRID["columns"])
    assert html.count('<td class="sheet-grid__agreed"></td>') == len(GRID["rows"])
    assert html.count("<span></span>") == 3 * len(GRID["rows"])
