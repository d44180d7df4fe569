"""The ranking told: what each version reads first, what a list is called, and that all that was agreed is there."""

from dataclasses import replace
from typing import Any

import pytest

from app.activities.pictures import Diamond, Heat, Histogram, Journeys, Meter, SideBySide
from app.activities.ranking import activity
from app.activities.ranking.record import Record
from app.activities.summary import Picture, Places, Quotes, SeatRecord, Section, Telling
from tests.activities.grid.telling import blocks, rows, texts, titled
from tests.activities.ranking_told import (
    TEN,
    TEXTS,
    agreed,
    agreed_up_to_check,
    ended,
    placed,
    recorded,
    room_of,
    seated,
    telling,
    told,
)
from tests.activities.sitting import Sitting

LIST = {"1": (0, 1, 2, 3, 4), "2": (1, 0, 3, 5, 4)}


def said(value: Any) -> list[str]:
    """List everything that can be read."""
    return list(texts(value))


def drawings(value: Any) -> list[type]:
    """List what is drawn, in the order it is read."""
    return [type(one.drawing) for one in blocks(value, Picture)]


def headings(value: Any) -> list[str]:
    """List the titles of the outermost sections."""
    return [said(one.title)[0] for one in value.blocks if isinstance(one, Section)]


def listed(value: Any) -> list[tuple[int, str, bool, bool]]:
    """Read the first list in order."""
    found = blocks(value, Places)[0]
    return [(one.place, one.text, one.shared, one.open) for one in found.places]


def three() -> tuple[Sitting, Sitting, Sitting]:
    """Play three tables to their ends."""
    return (
        agreed(5),
        ended(6, "with_reservations", "Only if training is paid."),
        agreed(4, "2 3 1 5 4 7 6 8 9", "2 3 1 5 7"),
    )


@pytest.mark.parametrize("people", [1, 2, 3, 4, 5, 8])
@pytest.mark.parametrize("phase", ["read", "solo", "discard", "check", "locked"])
def test_record_comes_back_from_json(people: int, phase: str) -> None:
    if phase in ("check", "locked") and people > 1:
        table = agreed(people) if phase == "locked" else agreed_up_to_check(people)
    else:
        table = seated(people) if phase != "read" else Sitting(people=people, setup=TEN)
        table.phase = phase if phase != "locked" else "discard"
    for inner in (True, False):
        kept = recorded(table, inner=inner)
        assert Record.model_validate_json(kept.model_dump_json()) == kept
        made = activity.summary(Telling("T", TEN, "trainer" if inner else "commissioner", tables=((1, kept),)))
        assert made.title == "T"


def test_commissioner_reads_the_room_first_and_then_each_table() -> None:
    part = told(*three(), version="commissioner")
    assert headings(part) == [
        "The room’s five, in order",
        "What to take from it",
        "Tables side by side",
        "How alike the tables are",
        "How the tables ended",
        "The last checks, all tables",
        "Discarded, and why",
        "Table 1",
        "Table 2",
        "Table 3",
    ]
    assert [one[:2] for one in listed(part)] == [(at, TEXTS[one]) for at, one in enumerate((1, 0, 2, 3, 4), 1)]
    assert said(part.facts) == ["How the ranking ended", "2 agreed, 1 with reservations"]
    assert Diamond not in drawings(part)


def test_participant_reads_the_own_table_first_and_the_others_in_short() -> None:
    part = told(*three(), version="participant", own=2)
    assert headings(part)[0] == "Your table: table 2"
    assert headings(part)[-2:] == ["Table 1", "Table 3"]
    own, other = part.blocks[0], part.blocks[-1]
    assert drawings(own)[:4] == [Meter, Journeys, Diamond, Histogram]
    assert drawings(other) == []
    assert [one[1] for one in listed(other)] == [TEXTS[one] for one in (1, 2, 0, 4, 6)]
    assert "Only if training is paid." in said(own)


def test_trainer_reads_the_room_and_every_table_in_full() -> None:
    part = told(*three())
    tables = [one for one in part.blocks if isinstance(one, Section) and said(one.title)[0].startswith("Table ")]
    assert [drawings(one)[:3] for one in tables] == [[Meter, Journeys, Diamond]] * 3
    assert [SideBySide, Heat] == [one for one in drawings(part) if one in (SideBySide, Heat)]
    assert "Alone, seat 6 found it goes without saying." in said(tables[1])


def test_what_is_inner_is_in_no_other_table_of_a_participant_and_nowhere_for_the_commissioner() -> None:
    tables = three()
    alone = [one for one in said(told(*tables, version="trainer")) if one.startswith("Alone, seat")]
    assert len(set(alone)) == 6
    assert [one for one in said(told(*tables, version="commissioner")) if one.startswith("Alone, seat")] == []
    own = told(*tables, version="participant", own=1)
    assert {one for one in said(own) if one.startswith("Alone, seat")} == {
        f"Alone, seat {seat} found it goes without saying." for seat in range(1, 6)
    }
    assert not any(one.startswith("Alone") for section in own.blocks[1:] for one in said(section))


@pytest.mark.parametrize("version", ["participant", "commissioner", "trainer"])
@pytest.mark.parametrize("own", [None, 1, 3])
def test_every_text_that_a_table_agreed_is_in_every_version(version: Any, own: int | None) -> None:
    tables = (*three(), ended(3, "all_but_one", "Place four splits us.", 4), ended(5, "not_agreed", "We see it apart."))
    read = said(told(*tables, version=version, own=own if version == "participant" else None).blocks)
    for table in tables:
        result = table.board.results[-1]
        for tier in result.top:
            for one in tier:
                assert TEXTS[int(one[1:]) - 1] in read
        assert {gone.reason for gone in result.discarded} <= set(read)
        assert not result.note or result.note in read


@pytest.mark.parametrize("version", ["participant", "commissioner", "trainer"])
def test_nothing_that_was_hidden_is_told(version: Any) -> None:
    tables = three()
    one = tables[1]
    for entry in ("note", "l1", "p1"):
        one.board = one.board.model_copy(update={"hidden": (*one.board.hidden, entry)})
    part = told(*tables, version=version, own=2 if version == "participant" else None)
    read = said(part)
    assert "Only if training is paid." not in read
    assert "It follows from the others." not in read
    own = next(one for one in blocks(part.blocks, Section) if said(one.title)[0].endswith("able 2"))
    assert not any("about trust" in text for text in said(own))
    assert "Entries that the trainer has hidden" in said(part.withheld)


@pytest.mark.parametrize(
    ("ending", "title", "sentence"),
    [
        ("with_reservations", "The five, in order", "The list stands. What some still miss is kept beside it."),
        ("all_but_one", "The five, in order", f"Place 5 stays open: “{TEXTS[4][:-1]}”. The others stand."),
        (
            "not_agreed",
            "The majority’s list, in order",
            "Most go with this list. What the others say stands beside it, in their own words.",
        ),
    ],
)
def test_an_ending_is_told_in_its_own_words(ending: str, title: str, sentence: str) -> None:
    part = told(ended(5, ending, "Our reason."), version="commissioner")
    assert titled(part.blocks, title).blocks
    assert sentence in said(part.blocks)
    label = "What the others say, in their own words" if ending == "not_agreed" else "Kept beside the list"
    quotes = [one for one in blocks(part.blocks, Quotes) if said(one.label) == [label]]
    assert [quote.text for one in quotes for quote in one.quotes] == ["Our reason."]
    assert [one[0] for one in listed(part) if one[3]] == ([5] if ending == "all_but_one" else [])


def test_a_list_without_a_passed_check_is_called_that() -> None:
    table = agreed_up_to_check(4)
    table.go("locked")
    part = told(table)
    assert said(part.facts)[1] == "1 without a passed check"
    assert "The list as it was locked" in said(part.blocks)


def test_places_that_are_shared_or_were_settled_by_lots_say_so() -> None:
    table = seated(4)
    placed(table, "1 2 3 4 5 6 7 8 9", "1 2 3 4 5")
    table.check(4, 4, 4, 2)
    table.make(1, "place_top", statement="s5", position=4, joint=True)
    table.make(None, "open_check")
    table.board = table.board.model_copy(update={"settled": {**table.board.settled, "s2": "lots"}})
    table.check(4, 4, 4, 4)
    table.go("locked")
    part = told(table)
    assert [(place, shared) for place, _, shared, _ in listed(part)] == [
        (1, False),
        (2, False),
        (3, False),
        (4, True),
        (4, True),
    ]
    places = blocks(part.blocks, Places)[0].places
    assert said(places[1].notes) == ["settled by lots"]
    assert said(places[3].notes) == ["shared by choice"]
    assert said(places[4].notes) == ["shared by choice", "contested at first", "moved here after the first check"]
    assert part.orders[0].ballots[0][1][:4] == ((0,), (1,), (2,), (3, 4))


@pytest.mark.parametrize(
    ("people", "words", "figures", "counts"),
    [(2, False, False, False), (3, True, False, False), (4, True, True, False), (5, True, True, True)],
)
def test_small_tables_are_told_in_words_alone(people: int, words: bool, figures: bool, counts: bool) -> None:
    part = told(agreed(people), agreed(6))
    section = next(one for one in part.blocks if isinstance(one, Section) and said(one.title) == ["Table 1"])
    assert (Meter in drawings(section)) is words
    assert (Journeys in drawings(section)) is words
    assert ("Figures of agreement" in said(section)) is figures
    assert (Histogram in drawings(section)) is counts
    why = said(part.withheld)
    assert ("First answers of tables at which fewer than three ranked" in why) is not words
    assert ("Figures of agreement of some tables" in why) is (words and not figures)


def test_a_workshop_under_way_tells_what_is_shown_and_no_room() -> None:
    part = told(agreed(5), agreed_up_to_check(4), seated(4), Sitting(people=3, setup=TEN))
    assert headings(part) == ["Table 1", "Table 2", "Table 3"]
    assert said(part.facts)[1] == "1 agreed, 2 under way"
    assert "Nothing had been shown here yet when this was written: Table 4." in said(part.blocks)
    third = part.blocks[2]
    assert Meter not in drawings(third)
    assert "The table has not locked its list. What stands here is as far as it had come." in said(third)
    assert "The list as far as it had come" in said(part.blocks[1])


def test_a_workshop_that_has_shown_nothing_says_so() -> None:
    part = told(Sitting(people=3, setup=TEN), Sitting(people=5, setup=TEN))
    assert said(part.blocks) == ["Nothing was agreed here yet.", "note"]
    assert (part.orders, part.sheets, part.facts) == ((), (), ())


def test_a_list_that_was_opened_again_is_told_as_an_earlier_version() -> None:
    table = agreed(5)
    table.reopen("top")
    part = told(table)
    assert said(part.facts)[1] == "under way"
    assert "The table had locked its list and opened it again. What stands here is as far as it is." in said(
        part.blocks
    )
    assert TEXTS[0] in said(titled(part.blocks, "Version 1, which was opened again"))
    assert part.orders[0].name == "first-answers"


def test_one_table_alone_has_no_room() -> None:
    assert headings(told(agreed(5), version="commissioner"))[:2] == ["The five, in order", "Discarded, and why"]


def test_the_room_s_figures_alone_are_told_where_nothing_else_may_be() -> None:
    tables = three()
    whole = Record(phase="locked", mirror=recorded(tables[1]).mirror)
    aggregate = Telling("T", TEN, "trainer", whole=whole, room=room_of(*tables, whole=False))
    part = activity.summary(aggregate)
    assert [one[:2] for one in listed(part)] == [(at, TEXTS[one]) for at, one in enumerate((1, 0, 2, 3, 4), 1)]
    assert drawings(part) == [Meter]
    read = said(part)
    for never in ("Table 1", "Only if training is paid.", "It is not why we do this.", "Both are about trust."):
        assert never not in read
    assert activity.summary(replace(aggregate, whole=None, room=None)).blocks == told(Sitting(setup=TEN)).blocks


def test_what_to_take_from_it_follows_from_the_record() -> None:
    part = told(*three())
    points = said(titled(part.blocks, "What to take from it").blocks)
    assert points[:3] == [
        "3 statements hold at every table and can go into the joint agreement as they stand.",
        "Table 2 agreed with reservations; what is still missed stands with the list, in people’s own words.",
        f"Every table discarded “{TEXTS[9][:-1]}”.",
    ]
    apart = told(agreed(5), ended(5, "not_agreed", "Apart."))
    first = said(titled(apart.blocks, "What to take from it").blocks)[0]
    assert first == "4 statements are on every table’s list, though not every table has agreed on its list."


def test_side_by_side_has_the_places_of_every_table() -> None:
    picture = next(one for one in blocks(told(*three()).blocks, Picture) if isinstance(one.drawing, SideBySide))
    assert rows(picture.table)[0] == (TEXTS[1], "2", "1", "1", "3 of 3")
    assert rows(picture.table)[-1] == (TEXTS[9], "discarded", "discarded", "discarded", "none")
    counts = next(one for one in blocks(told(*three()).blocks, Picture) if isinstance(one.drawing, Heat))
    assert [sum(row[1:]) for row in rows(counts.table)] == [3] * 10


def test_orders_for_programs_count_each_table_once_with_the_discarded_last() -> None:
    found = told(*three()).orders
    assert [(one.name, one.single, len(one.ballots)) for one in found] == [("tables", False, 3)]
    assert found[0].ballots[1] == (1, ((1,), (0,), (3,), (5,), (4,), (2,), (6,), (8,), (7,), (9,)))
    assert found[0].statements == TEXTS


def test_people_have_orders_of_their_own_only_where_they_are_named() -> None:
    answer = {"ballot": {"discard": "s10", "order": [f"s{n}" for n in range(9, 0, -1)]}, "reason": "Mine."}
    people = (SeatRecord("Ann", "Health", 1, {"solo": answer}), SeatRecord("Ben", "", 1, {}))
    part = told(agreed(5), people=people)
    assert part.orders[1].ballots == ((1, (*((n,) for n in range(8, -1, -1)), (9,))),)
    assert part.orders[1].single
    own = next(sheet for sheet in part.sheets if sheet.name == "own-orders")
    assert rows(own)[0] == ("Ann", "Health", 1, 1, TEXTS[8], None)
    assert rows(own)[-1] == ("Ann", "Health", 1, None, TEXTS[9], "Mine.")
    assert [sheet.name for sheet in told(agreed(5)).sheets if sheet.name == "own-orders"] == []


def test_sheets_have_a_row_for_each_statement_and_table() -> None:
    part = told(*three())
    found = {sheet.name: sheet for sheet in part.sheets}
    assert (len(found["results"].rows), len(found["places"].rows)) == (15, 30)
    assert all(len(row) == len(sheet.columns) for sheet in part.sheets for row in sheet.rows)
    checks = rows(found["checks"])
    assert [row[:5] for row in checks if row[0] == 3] == [(3, 1, TEXTS[9], 1, "yes"), (3, 2, "the list", 1, "yes")]
    assert {cell for row in checks if row[0] == 3 for cell in row[6:]} == {None}


def test_pictures_hold_nothing_that_their_tables_do_not() -> None:
    for picture in blocks(telling_of_all(), Picture):
        read = set(said(picture.table))
        if isinstance(picture.drawing, Diamond):
            assert set(picture.drawing.statements) <= read
        if isinstance(picture.drawing, Journeys):
            assert {way.text for way in picture.drawing.ways} <= read
        assert picture.alt


def telling_of_all() -> Any:
    """Tell three tables to their trainer."""
    return activity.summary(telling(*three())).blocks
