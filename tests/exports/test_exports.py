"""Taking a workshop home: what is in the files, what never is, and who gets them."""

import csv
import io
import json
import zipfile
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import Session

from app.activities.registry import KINDS
from app.exports.as_csv import as_csv, cell, sheet
from app.exports.routes import file_name
from app.workshops.find import id_of
from app.workshops.models import Board, Workshop
from tests.cast import Cast, assemble
from tests.running import Concord

ORDERS = (("s1", "s2", "s3", "s4"), ("s2", "s1", "s3", "s4"), ("s1", "s3", "s2", "s4"))


def reveal(cast: Cast, phase: str = "compare", board: dict[str, Any] | None = None) -> None:
    """Let everybody have ranked, and the tables be in a phase, all with the same board."""
    step = cast.step()
    seats = [cast.seat(name) for name in cast.seats if name != "Rob"]

    def write(session: Session, version: int) -> None:
        for table in {seat.table_id for seat in seats}:
            answers = [
                {
                    "seat": seat.id,
                    "agency": seat.agency,
                    "answer": {"done": True, "ballot": {"discard": "s5", "order": list(ORDERS[place % 3])}},
                }
                for place, seat in enumerate(seats)
                if seat.table_id == table
            ]
            session.add(
                Board(
                    step_id=step,
                    table_id=table,
                    workshop_id=cast.workshop_id,
                    version=version,
                    phase=phase,
                    since=cast.concord.clock(),
                    content=board or KINDS["ranking"].start_board(None).model_dump(mode="json"),
                    frozen={"solo": {"version": version, "answers": answers}},
                )
            )

    cast.concord.db.change_now(cast.workshop_id, write)


def locked(cast: Cast, **more: Any) -> dict[str, Any]:
    """Make the board of a table that has been through everything; `CANARY` marks what never leaves."""
    ann = cast.seat("Ann").id
    order = ["s2", "s1", "s3", "s4"]
    gone = {"statement": "s5", "reason": "Too vague.", "reason_id": "p1", "check": 1}
    said = [{"id": "c1r1", "about": "s1", "text": "Put it first."}, {"id": "c1r2", "about": "", "text": "CANARY rude"}]
    counts = [0, 1, 0, 0, 4, 0]
    outcome = {"passed": True, "answered": 5, "counts": counts, "reasons": said}
    board = {
        "clarifications": [],
        "proposals": [{"id": "p1", "statement": "s5", "reason": "Too vague.", "seat": ann, "how": "talk"}],
        "discarded": [gone],
        "checks": [{"id": 1, "subject": "top", "rule": "all-at-3", "outcome": outcome}],
        "eithers": [
            {"id": 1, "a": "s1", "b": "s2", "subject": "top"}
            | {"outcome": {"winner": "s2", "answered": 5, "counts": [2, 3], "how": "either"}}
        ],
        "places": order,
        "last": [{"seat": ann, "statement": "s1", "to": 2, "before": [None, "s2", "s3", "s4"]}],
        "moved": {str(ann): 987654},
        "lists": {str(ann): {"discard": None, "order": ["s4", "s3", "s2", "s1"]}},
        "links": [
            {"id": "l1", "a": "s1", "b": "s2", "relation": "alike", "note": "Both are about time.", "seat": ann},
            {"id": "l2", "a": "s1", "b": "s3", "relation": "apart", "note": "CANARY name", "seat": ann},
        ],
        "marks": {"answered": 5, "for_all": ["s1"], "contested": ["s2"], "out": ["s4"]},
        "top": [["s2"], ["s1"]],
        "settled": {"s2": "either"},
        "results": [
            {"number": 1, "top": [["s2"], ["s1"]], "order": order, "discarded": [gone], "ending": "agreed", "checks": 1}
        ],
        "hidden": ["c1r2", "l2"],
    }
    return board | more


def crowd(concord: Concord, **details: object) -> Cast:
    """Bring five to table 1 and two to table 2."""
    cast = assemble(concord, **details)
    for name in ("Dee", "=Eve()", "Fay"):
        cast.join(name, "health", 1)
    cast.join("Gus", "police", 2)
    return cast


def as_json(cast: Cast, query: str = "") -> dict[str, Any]:
    reply = cast.trainer.get(f"/trainer/w/{cast.code}/export/json{query}")
    assert reply.status_code == 200
    found: dict[str, Any] = json.loads(reply.text)
    return found


def csv_sheets(content: bytes) -> dict[str, list[list[str]]]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        read = {name: archive.read(name) for name in archive.namelist()}
    assert all(text.startswith(b"\xef\xbb\xbf") for text in read.values())
    return {name: list(csv.reader(io.StringIO(text.decode("utf-8-sig"), newline=""))) for name, text in read.items()}


def test_json_holds_the_agenda_and_what_tables_revealed(concord: Concord) -> None:
    cast = crowd(concord)
    reveal(cast)
    record = as_json(cast)
    assert record["workshop"]["title"] == "Joint training"
    assert record["workshop"]["tables"] == [{"table": 1, "people": "5"}, {"table": 2, "people": "1–2"}]
    step = record["steps"][0]
    assert (step["title"], len(step["setup"]["statements"])) == ("What matters most", 5)
    assert [(table["table"], table["phase"]) for table in step["tables"]] == [(1, "compare"), (2, "compare")]
    assert step["tables"][0]["mirror"]["places"][0]["statement"] == "s1"


@pytest.mark.parametrize("disclosure", ["confidential", "aggregate"])
@pytest.mark.parametrize("format", ["json", "csv"])
def test_no_name_and_no_ranking_leaves_a_workshop_that_is_not_named(
    concord_on_sqlite: Concord, disclosure: str, format: str
) -> None:
    cast = crowd(concord_on_sqlite, disclosure=disclosure)
    reveal(cast)
    reply = cast.trainer.get(f"/trainer/w/{cast.code}/export/{format}")
    content = reply.content
    if format == "csv":
        content = b"".join(",".join(row).encode() for rows in csv_sheets(content).values() for row in rows)
    for canary in ("Ann", "Ben", "Cat", "Dee", "Eve", "Fay", "Gus", '"order"', "ballot"):
        assert canary.encode() not in content


def test_aggregate_only_gives_the_room_and_no_table(concord: Concord) -> None:
    cast = crowd(concord, disclosure="aggregate")
    reveal(cast)
    record = as_json(cast)
    assert "tables" not in record["workshop"]
    assert "tables" not in record["steps"][0]
    assert record["steps"][0]["room"]["mirror"]["orders"] == "7"


def test_record_tells_how_a_table_came_to_its_result(concord: Concord) -> None:
    cast = crowd(concord)
    reveal(cast, "locked", locked(cast))
    table = as_json(cast)["steps"][0]["tables"][0]
    assert table["discarded"] == [
        {"statement": "s5", "text": "Statement 5", "reason": "Too vague.", "how": "talk", "ending": "agreed"}
    ]
    assert [one["statement"] for one in table["board"]] == ["s2", "s1", "s3", "s4"]
    assert [(one["statement"], one["place"], one["settled_by"]) for one in table["top"]] == [
        ("s2", 1, "either"),
        ("s1", 2, "talk"),
    ]
    assert [(one["relation"], one["note"]) for one in table["links"]] == [("alike", "Both are about time.")]
    assert [one["statement"] for one in table["marks"]["contested"]] == ["s2"]
    assert [one["reason"] for one in table["checks"][0]["reasons"]] == ["Put it first."]
    assert (table["results"][0]["ending"], len(table["results"])) == ("agreed", 1)
    assert [one["statement"] for one in table["mirror"]["places"]][:2] == ["s1", "s2"]
    assert "s5" not in [one["statement"] for one in table["mirror"]["places"]]


def test_counts_below_three_are_masked_and_cannot_be_had_from_the_others(concord_on_sqlite: Concord) -> None:
    cast = crowd(concord_on_sqlite)
    reveal(cast, "locked", locked(cast))
    table = as_json(cast)["steps"][0]["tables"][0]
    assert [one["count"] for one in table["checks"][0]["counts"]] == ["0", "1–2", "0", "0", "3 or more", "0"]
    assert (table["either_or"][0]["for_a"], table["either_or"][0]["for_b"]) == ("1–2", "3 or more")
    assert table["nominations"]["statements"] == [{"statement": "s5", "text": "Statement 5", "count": "5"}]


@pytest.mark.parametrize("disclosure", ["confidential", "aggregate", "named"])
@pytest.mark.parametrize("format", ["json", "csv"])
@pytest.mark.parametrize("version", ["participant", "commissioner"])
def test_no_seat_and_nothing_hidden_is_in_the_record(
    concord_on_sqlite: Concord, disclosure: str, format: str, version: str
) -> None:
    cast = crowd(concord_on_sqlite, disclosure=disclosure)
    reveal(cast, "locked", locked(cast))
    content = cast.trainer.get(f"/trainer/w/{cast.code}/export/{format}?version={version}").content
    if format == "csv":
        content = b"\n".join(
            name.encode() + ",".join(row).encode() for name, rows in csv_sheets(content).items() for row in rows
        )
    for canary in ("CANARY", "987654", "seat", "moved", "before", "lists", "ballot", "s4,s3,s2,s1"):
        assert canary.encode() not in content.replace(b"discarded_before_reopening", b"")


def test_the_room_stands_beside_its_tables(concord: Concord) -> None:
    cast = crowd(concord)
    reveal(cast, "locked", locked(cast))
    plenary = as_json(cast)["steps"][0]["plenary"]
    assert [row["statement"] for row in plenary["statements"]] == ["s2", "s1", "s3", "s4", "s5"]
    assert plenary["likeness"] == [{"one": 1, "other": 2, "tau": 1.0}]
    # The two at table 2 could be had by subtraction.
    assert plenary["orders"] == 5
    assert plenary["statements"][4]["places"][1] == {
        "statement": "s5",
        "table": 2,
        "place": None,
        "shared": False,
        "top": False,
        "discarded": True,
    }


def test_aggregate_only_gives_the_room_s_order_and_no_words_of_anybody(concord_on_sqlite: Concord) -> None:
    cast = crowd(concord_on_sqlite, disclosure="aggregate")
    reveal(cast, "locked", locked(cast))
    step = as_json(cast)["steps"][0]
    assert "plenary" not in step
    assert set(step["room"]["plenary"]) == {"tables_counted", "statements"}
    assert step["room"]["plenary"]["statements"][0]["in_the_top_of"] == 2
    assert set(step["room"]) == {"phase", "statements", "clarifications", "nominations", "mirror", "plenary"}
    told = json.dumps(step)
    for words in ("Too vague.", "Put it first.", "Both are about time.", "table 1", '"table"'):
        assert words not in told


def test_order_is_not_told_while_the_discard_is_open(concord_on_sqlite: Concord) -> None:
    cast = crowd(concord_on_sqlite)
    reveal(cast, "discard")
    table = as_json(cast)["steps"][0]["tables"][0]
    assert "mirror" not in table
    assert table["nominations"]["statements"][0]["statement"] == "s5"


def test_what_people_wrote_is_never_a_formula(concord_on_sqlite: Concord) -> None:
    cast = crowd(concord_on_sqlite)
    proposals = [{"id": "p1", "statement": "s5", "reason": "=HYPERLINK(1)", "seat": None, "how": "talk"}]
    reveal(cast, "locked", locked(cast, proposals=proposals))
    found = csv_sheets(cast.trainer.get(f"/trainer/w/{cast.code}/export/csv").content)
    assert ["1", "locked", "s5", "Statement 5", "'=HYPERLINK(1)", "talk"] in found["1-ranking-proposals.csv"]
    assert found["1-ranking-plenary-likeness.csv"] == [["one", "other", "tau"], ["1", "2", "1.0"]]


def test_named_workshop_gives_names_with_their_answers_to_its_trainer(concord: Concord) -> None:
    cast = crowd(concord, disclosure="named")
    reveal(cast)
    people = as_json(cast)["people"]
    assert [one["name"] for one in people] == ["Ann", "Ben", "Dee", "=Eve()", "Fay", "Cat", "Gus"]
    assert people[0]["agency"] == "Health"
    assert people[0]["answers"][0]["answer"]["ballot"]["order"] == list(ORDERS[0])
    for version in ("participant", "commissioner"):
        assert "people" not in as_json(cast, f"?version={version}")


@pytest.mark.parametrize("disclosure", ["named", "confidential", "aggregate"])
def test_nothing_leaves_before_it_is_revealed(concord_on_sqlite: Concord, disclosure: str) -> None:
    cast = crowd(concord_on_sqlite, disclosure=disclosure)
    reveal(cast, phase="solo")
    told = json.dumps(as_json(cast))
    for what in ('"mirror": {', '"nominations"', "ballot", '"plenary": {'):
        assert what not in told


def test_workshop_that_has_not_begun_can_be_taken_home(cast: Cast) -> None:
    assert as_json(cast)["steps"][0]["tables"] == []
    assert cast.trainer.get(f"/trainer/w/{cast.code}/export/csv").status_code == 200


def test_closed_workshop_still_has_its_results(concord: Concord) -> None:
    cast = crowd(concord)
    reveal(cast)
    before = as_json(cast)["steps"][0]["tables"][0]["mirror"]
    cast.trainer.post(f"/trainer/w/{cast.code}/close")
    record = as_json(cast)
    assert record["steps"][0]["tables"][0]["mirror"] == before
    assert record["workshop"]["closed"] is True


def test_csv_has_a_sheet_for_each_list_and_no_formula(concord: Concord) -> None:
    cast = crowd(concord, disclosure="named", title="=1+1")
    reveal(cast)
    reply = cast.trainer.get(f"/trainer/w/{cast.code}/export/csv")
    assert reply.headers["content-type"] == "application/zip"
    assert reply.headers["content-disposition"] == 'attachment; filename="concord-1-1.csv.zip"'
    found = csv_sheets(reply.content)
    assert found["1-ranking-setup-statements.csv"][:2] == [["id", "text"], ["s1", "Statement 1"]]
    assert found["people.csv"][4] == ["'=Eve()", "Health", "1"]
    places = found["1-ranking-mirror-places.csv"]
    assert places[0][:4] == ["table", "phase", "statement", "text"]
    orders = found["people-answers-answer-ballot-order.csv"]
    assert orders[0] == ["table", "name", "step", "phase", "place", "value"]
    assert [row[4:] for row in orders[1:5]] == [["1", "s1"], ["2", "s2"], ["3", "s3"], ["4", "s4"]]
    assert ["what", "value"] in found["facts.csv"]
    cells = [cell for rows in found.values() for row in rows for cell in row]
    assert [cell for cell in cells if cell[:1] in ("=", "+", "-", "@")] == []


@given(st.text())
def test_cell_is_never_a_formula(text: str) -> None:
    made = str(cell(text))
    assert made.lstrip()[:1] not in tuple("=+-@＝＋－＠")


@given(st.lists(st.dictionaries(st.sampled_from("abc"), st.text() | st.integers() | st.none(), min_size=1), min_size=1))
def test_sheet_reads_back_row_for_row(rows: list[dict[str, Any]]) -> None:
    columns = list(dict.fromkeys(name for row in rows for name in row))
    read = list(csv.reader(io.StringIO(sheet(rows).decode("utf-8-sig"), newline="")))
    assert read[0] == columns
    assert read[1:] == [[str(cell(row.get(name))) for name in columns] for row in rows]


def test_csv_is_the_same_for_the_same_record() -> None:
    record = {"workshop": {"title": "T"}, "steps": []}
    assert as_csv(record) == as_csv(record)


def test_file_name_says_nothing_that_breaks_a_header() -> None:
    assert file_name('x"\r\nSet-Cookie: a=b') == "concord-x-set-cookie-a-b"


@pytest.mark.parametrize("format", ["json", "csv"])
def test_exports_are_for_the_workshop_s_trainer_alone(cast_on_sqlite: Cast, format: str) -> None:
    cast = cast_on_sqlite
    address = f"/trainer/w/{cast.code}/export/{format}"
    assert cast.trainer.get(address).status_code == 200
    assert cast.other_trainer.get(address).status_code == 404
    for device in (cast.nobody, cast.ann, cast.removed):
        assert device.get(address).headers["location"].startswith("/trainer/sign-in")


def test_formats_that_are_not_written_are_not_there(cast_on_sqlite: Cast) -> None:
    assert cast_on_sqlite.trainer.get(f"/trainer/w/{cast_on_sqlite.code}/export/exe").status_code == 404
    assert cast_on_sqlite.trainer.get(f"/trainer/w/{cast_on_sqlite.code}/export/json?version=mine").status_code == 422


def test_export_of_a_removed_seat_s_table_names_only_who_is_there(concord: Concord) -> None:
    cast = assemble(concord, disclosure="named")
    assert "Rob" not in json.dumps(as_json(cast))
    assert cast.read(lambda session: id_of(session.get_one(Workshop, cast.workshop_id))) == cast.workshop_id
