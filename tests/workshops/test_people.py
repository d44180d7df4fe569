"""The people page: moving people, balancing tables, the lock on the room, and what it advises."""

from collections import Counter
from collections.abc import Iterator

import pytest
from sqlmodel import Session, select

from app.accounts.models import Act
from app.workshops import leaving
from app.workshops.find import id_of, seats_of, tables_of
from app.workshops.models import Answer
from tests.cast import Cast, assemble
from tests.live.acting import move, phase
from tests.running import Concord

Left = list[tuple[int, int, tuple[int, ...]]]


@pytest.fixture
def told_of_leaving() -> Iterator[Left]:
    """What is told when seats leave tables."""
    told: Left = []

    def note(session: Session, version: int, workshop_id: int, table_ids: tuple[int, ...]) -> None:
        told.append((version, workshop_id, table_ids))

    leaving.AFTER.append(note)
    yield told
    leaving.AFTER.remove(note)


def people_page(cast: Cast) -> str:
    return cast.trainer.get(f"/trainer/w/{cast.code}/people").text


def act(cast: Cast, path: str, **sent: str) -> int:
    return cast.trainer.post(f"/trainer/w/{cast.code}/{path}", data=sent).status_code


def sitting(cast: Cast) -> dict[int, Counter[str | None]]:
    """Read how many of each agency sit at each table."""

    def read(session: Session) -> dict[int, Counter[str | None]]:
        seats = seats_of(session, cast.workshop_id)
        tables = tables_of(session, cast.workshop_id)
        return {one.number: Counter(seat.agency for seat in seats if seat.table_id == one.id) for one in tables}

    return cast.read(read)


def table_ids(cast: Cast) -> tuple[int, ...]:
    return cast.read(lambda session: tuple(id_of(table) for table in tables_of(session, cast.workshop_id)))


def crowd(cast: Cast, at_first: int, at_second: int = 0) -> None:
    """Bring more people in, and the places they need."""

    def more_places(session: Session) -> None:
        for table in tables_of(session, cast.workshop_id):
            table.places = 12
            session.add(table)

    cast.read(more_places)
    for number in range(at_first):
        cast.join(f"Crowd {number}", ("health", "police", "education")[number % 3], 1)
    for number in range(at_second):
        cast.join(f"Others {number}", "health", 2)


def test_moved_seat_takes_its_answer_along_under_a_free_number(cast: Cast, told_of_leaving: Left) -> None:
    phase(cast, "solo")
    move(cast, cast.ben, "put_ballot", discard="s5", order=["s1", "s2", "s3", "s4"])
    ben = cast.seat("Ben")
    answers = select(Answer).where(Answer.seat_id == ben.id)
    before = cast.read(lambda session: session.exec(answers).one().content)
    assert act(cast, f"seats/{ben.id}/table", table="2") == 303
    first, second = table_ids(cast)
    moved = cast.seat("Ben")
    assert (moved.table_id, moved.number) == (second, 2)
    assert cast.read(lambda session: session.exec(answers).one().content) == before
    assert told_of_leaving == [(cast.workshop().version, cast.workshop_id, (first, second))]
    assert "Table 2" in cast.ben.get(f"/w/{cast.code}").text


def test_moving_to_the_same_table_changes_nothing(cast_on_sqlite: Cast, told_of_leaving: Left) -> None:
    cast = cast_on_sqlite
    before = cast.workshop().version
    assert act(cast, f"seats/{cast.seat('Ben').id}/table", table="1") == 303
    assert (cast.workshop().version, told_of_leaving) == (before, [])


@pytest.mark.parametrize("table", ["3", "", "two", "99999"])
def test_moving_to_a_table_that_there_is_not_is_refused(cast_on_sqlite: Cast, table: str) -> None:
    assert act(cast_on_sqlite, f"seats/{cast_on_sqlite.seat('Ben').id}/table", table=table) == 404


def test_seat_that_was_taken_away_cannot_be_moved(cast_on_sqlite: Cast, told_of_leaving: Left) -> None:
    cast = cast_on_sqlite
    ben = cast.seat("Ben").id
    act(cast, f"seats/{ben}/remove")
    assert told_of_leaving == [(cast.workshop().version, cast.workshop_id, table_ids(cast)[:1])]
    assert act(cast, f"seats/{ben}/table", table="2") == 404


def test_balancing_evens_tables_and_mixes_agencies(cast: Cast, told_of_leaving: Left) -> None:
    crowd(cast, 7, 2)
    assert "3 people would move" in people_page(cast)
    assert act(cast, "balance") == 303
    at = sitting(cast)
    assert [there.total() for there in at.values()] == [6, 6]
    assert max((at[1] - at[2]).values(), default=0) <= 1
    assert max((at[2] - at[1]).values(), default=0) <= 1
    assert told_of_leaving == [(cast.workshop().version, cast.workshop_id, table_ids(cast))]
    before = cast.workshop().version
    assert "Nobody has to move" in people_page(cast)
    assert (act(cast, "balance"), cast.workshop().version, len(told_of_leaving)) == (303, before, 1)


def test_tables_past_their_private_phase_stay_as_they_are(cast: Cast) -> None:
    crowd(cast, 5)
    phase(cast, "solo")
    assert "would move" in people_page(cast)
    phase(cast, "compare", table=1)
    page = people_page(cast)
    assert "Table 1 has closed a private phase, so it stays as it is." in page
    assert "would move" not in page
    before = sitting(cast)
    assert (act(cast, "balance"), sitting(cast)) == (409, before)


def test_locked_room_takes_nobody_new_but_everybody_back(cast: Cast) -> None:
    act(cast, "lock", locked="true")
    assert "The room is locked" in people_page(cast)
    newcomer = cast.concord.visitor()
    for reply in (
        newcomer.get(f"/join/{cast.code}"),
        newcomer.post(f"/join/{cast.code}", data={"name": "New", "agency": "none", "table": "1"}),
    ):
        assert "The trainer has locked the room, so nobody new can join." in reply.text
        assert "Come back to a seat" in reply.text
    assert reply.status_code == 409
    page = cast.ben.get(f"/w/{cast.code}").text
    assert cast.ben.get(f"/w/{cast.code}").status_code == 200
    code = page.partition('data-testid="seat-code"')[2].partition(">")[2].partition("<")[0].strip()
    back = newcomer.post("/rejoin", data={"code": cast.code, "seat_code": code})
    assert (back.status_code, newcomer.get(f"/w/{cast.code}").status_code) == (303, 200)
    act(cast, "lock", locked="false")
    cast.join("New", "none", 1)


@pytest.mark.parametrize(
    ("at_first", "said"),
    [(0, "A table of two sees no figures"), (5, ""), (6, "Tables work best with up to seven people.")],
)
def test_tables_too_small_or_too_large_get_a_word_of_advice(cast_on_sqlite: Cast, at_first: int, said: str) -> None:
    crowd(cast_on_sqlite, at_first)
    page = people_page(cast_on_sqlite)
    assert ('data-testid="advice-1"' in page) is bool(said)
    assert said in page
    assert "One person alone has nobody to agree with" in page  # Cat, at table 2


def test_people_of_one_name_are_pointed_out(cast_on_sqlite: Cast) -> None:
    assert "somebody else has this name, too" not in people_page(cast_on_sqlite)
    cast_on_sqlite.join("ANN", "police", 2)
    assert people_page(cast_on_sqlite).count("somebody else has this name, too") == 2


@pytest.mark.parametrize("path", ["seats/{ben}/table", "balance", "lock"])
def test_nobody_is_seated_anew_once_a_workshop_is_over(concord_on_sqlite: Concord, path: str) -> None:
    cast = assemble(concord_on_sqlite, disclosure="named")
    ben = cast.seat("Ben").id
    cast.trainer.post(f"/trainer/w/{cast.code}/close")
    assert act(cast, path.format(ben=ben), table="2", locked="true") == 409
    assert [word in people_page(cast) for word in ("Lock the room", "Take the seat away")] == [False, False]


def test_acts_on_people_are_written_to_the_audit(cast_on_sqlite: Cast) -> None:
    cast = cast_on_sqlite
    crowd(cast, 3)
    act(cast, f"seats/{cast.seat('Ben').id}/table", table="2")
    act(cast, "balance")
    act(cast, "lock", locked="true")
    act(cast, "lock", locked="false")
    done = cast.read(lambda session: session.exec(select(Act.what).where(Act.workshop_id == cast.workshop_id)).all())
    assert list(done) == ["seat moved", "tables balanced", "room locked", "room unlocked"]
