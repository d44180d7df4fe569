"""What a summary of many tables tells: each in short, the reader's own at length, and all of it in sheets."""

from app.activities.pictures import Journeys
from app.activities.summary import MANY_TABLES, Part, Picture, Section, Table
from app.errors import Phrase
from tests.activities.grid.telling import blocks
from tests.activities.ranking_told import agreed, told
from tests.activities.sitting import Sitting

MANY = MANY_TABLES + 1


def hall(tables: int) -> tuple[Sitting, ...]:
    """Play tables that came to the same list, one after another."""
    return (agreed(4),) * tables


def journeys(part: Part) -> int:
    """Count the tables whose way is drawn."""
    return sum(isinstance(one.drawing, Journeys) for one in blocks(part, Picture))


def lists(part: Part) -> list[str]:
    """Name the tables that are told."""
    titles = [one.title for one in part.blocks if isinstance(one, Section)]
    return [one.text for one in titles if isinstance(one, Phrase) and "number" in one.values]


def test_each_of_many_tables_is_told_in_short_and_sheets_hold_the_rest() -> None:
    part = told(*hall(MANY))
    assert (len(lists(part)), journeys(part)) == (MANY, 0)
    assert [one.name for one in blocks(part.blocks, Table) if one.name == "likeness"] == []
    pairs = next(one for one in part.sheets if one.name == "likeness")
    assert len(pairs.rows) == MANY * MANY_TABLES // 2
    assert len({row[0] for row in part.sheets[1].rows}) == MANY


def test_a_few_tables_less_are_told_at_length() -> None:
    part = told(*hall(MANY_TABLES))
    assert (len(lists(part)), journeys(part)) == (MANY_TABLES, MANY_TABLES)
    assert [one.name for one in part.sheets if one.name == "likeness"] == []


def test_a_reader_s_own_table_is_told_at_length_among_many() -> None:
    assert journeys(told(*hall(MANY), version="participant", own=3)) == 1
