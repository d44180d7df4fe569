"""Canaries: a word in everybody's private input is looked for in every byte that others receive."""

import io
import zipfile

from httpx2 import Response

from app.activities.base import Region
from app.activities.ranking.shapes import Board
from app.live import scenes, screens
from app.live.audiences import DESK, WALL, Audience
from app.live.place import Place
from app.live.snapshot import Snapshot, read
from app.workshops.find import id_of
from tests.cast import Cast
from tests.live.acting import move, phase

ORDERS = {
    "Ann": ["s4", "s2", "s3", "s1"],
    "Ben": ["s1", "s2", "s3", "s4"],
    "Dan": ["s3", "s2", "s1", "s4"],
    "Eve": ["s2", "s4", "s3", "s1"],
    "Fay": ["s1", "s3", "s4", "s2"],
    "Cat": ["s2", "s3", "s1", "s4"],
}


def reading(cast: Cast) -> Snapshot:
    """Read the workshop as it is."""
    snapshot = cast.read(lambda session: read(session, cast.workshop_id))
    assert snapshot is not None
    return snapshot


def looks(snapshot: Snapshot, audience: Audience) -> tuple[Region, ...]:
    """List what an audience sees."""
    screen = screens.screen(snapshot, audience, "en", Place("http://concord.example", b"key"))
    assert screen is not None
    return screen.regions


def test_nobodys_screen_changes_when_somebody_else_answers_in_private(cast: Cast) -> None:
    for name in ("Dan", "Eve", "Fay"):
        cast.join(name, "education", 1)
    phase(cast, "solo")
    seats = {name: id_of(cast.seat(name)) for name in ORDERS}
    for mover, order in ORDERS.items():
        others = [Audience("seat", seat) for name, seat in seats.items() if name != mover] + [DESK, WALL]
        before = reading(cast)
        assert move(cast, cast.seats[mover], "put_ballot", discard="s5", order=order).status_code == 200
        after = reading(cast)
        assert after.version == before.version + 1
        for audience in others:
            assert looks(after, audience) == looks(before, audience)


def test_what_a_table_sees_of_its_mirror_is_the_same_for_all_whatever_their_own_order(cast: Cast) -> None:
    for name in ("Dan", "Eve", "Fay"):
        cast.join(name, "education", 1)
    phase(cast, "solo")
    for name, order in ORDERS.items():
        move(cast, cast.seats[name], "put_ballot", discard="s5", order=order)
    phase(cast, "compare")
    snapshot = reading(cast)
    at_table = [id_of(cast.seat(name)) for name in ORDERS if name != "Cat"]
    mirrors = {
        region for seat in at_table for region in looks(snapshot, Audience("seat", seat)) if region.id == "mirror"
    }
    assert len(mirrors) == 1


def test_names_are_on_no_desk_and_on_no_wall(cast: Cast) -> None:
    cast.join("Canary Winifred", "education", 1)
    for name in ("read", "solo", "compare"):
        phase(cast, name)
        page = cast.trainer.get(f"/trainer/w/{cast.code}").text
        assert "Winifred" not in page
        assert "Winifred" not in cast.ann.get(f"/w/{cast.code}").text


def test_a_removed_seat_sees_nothing_any_more(cast: Cast) -> None:
    rob = cast.removed.cookies.get(f"concord_seat_{cast.workshop_id}")
    assert rob is not None
    snapshot = reading(cast)
    known = set(snapshot.seats)
    missing = next(number for number in range(1, 99) if number not in known)
    assert screens.screen(snapshot, Audience("seat", missing), "en", Place("http://concord.example", b"key")) is None


TABLE = {"Ann", "Ben", "Dan", "Eve", "Fay"}
EXPORTS = ("participant", "commissioner", "trainer")


def readers(cast: Cast, word: str) -> set[str]:
    """Find who reads a word: on their page, on the desk, on the wall, in an export."""
    snapshot, place = reading(cast), Place("http://concord.example", b"key")
    everybody = {name: Audience("seat", id_of(cast.seat(name))) for name in (*TABLE, "Cat")}
    found = set()
    for name, audience in (everybody | {"desk": DESK, "wall": WALL}).items():
        screen = screens.screen(snapshot, audience, "en", place)
        assert screen is not None
        if word in screens.whole(screen):
            found.add(name)
    for version in EXPORTS:
        for written in ("json", "csv"):
            reply = cast.trainer.get(f"/trainer/w/{cast.code}/export/{written}?version={version}")
            assert reply.status_code == 200
            if word in unpacked(reply):
                found.add(f"{version} export")
    return found


def unpacked(reply: Response) -> str:
    """Read a file, unpacked where it is packed."""
    if "zip" not in reply.headers["content-type"]:
        return reply.text
    with zipfile.ZipFile(io.BytesIO(reply.content)) as packed:
        return "".join(packed.read(name).decode("utf-8-sig") for name in packed.namelist())


def gather_five(cast: Cast) -> None:
    """Let five at table 1 and one at table 2 rank alone, each with a reason of their own."""
    for name in ("Dan", "Eve", "Fay"):
        cast.join(name, "education", 1)
    phase(cast, "solo")
    for name, order in ORDERS.items():
        move(cast, cast.seats[name], "put_ballot", discard="s5", order=order)
        move(cast, cast.seats[name], "say_why", reason=f"why{name}thimble")
        move(cast, cast.seats[name], "done", done=True)


def answer(cast: Cast, **values: int) -> None:
    """Answer the open check, each with a note of their own."""
    for name in sorted(TABLE):
        reply = move(cast, cast.seats[name], "answer_check", value=values.get(name, 4), note=f"note{name}gannet")
        assert reply.status_code == 200


def hide(cast: Cast, entry: str, *, hidden: bool = True) -> None:
    """Hide an entry of table 1, or show it again."""
    assert move(cast, cast.trainer, "hide", table=1, entry=entry, hidden=hidden).status_code == 200


def board_of(cast: Cast) -> Board:
    """Read table 1's board."""
    snapshot = reading(cast)
    board: Board = snapshot.boards[min(snapshot.boards)].content
    return board


def told(found: set[str]) -> set[str]:
    """Leave out the desk and the files, to which a word may or need not go once its table reads it."""
    return {one for one in found if one != "desk" and "export" not in one}


def test_a_private_reason_is_read_by_its_own_table_once_solo_has_closed_and_not_where_it_was_hidden(cast: Cast) -> None:
    gather_five(cast)
    assert readers(cast, "whyBenthimble") <= {"Ben"}
    phase(cast, "discard")
    assert told(readers(cast, "whyBenthimble")) == TABLE
    assert told(readers(cast, "whyCatthimble")) <= {"Cat"}
    snapshot = reading(cast)
    assert snapshot.step is not None
    mirror = scenes.revealed(snapshot.step, min(snapshot.boards), snapshot.boards[min(snapshot.boards)])["solo"]
    entry = next(said.id for one in mirror.nominations for said in one.reasons if "Ben" in said.text)
    hide(cast, entry)
    assert readers(cast, "whyBenthimble") <= {"desk"}
    hide(cast, entry, hidden=False)
    assert told(readers(cast, "whyBenthimble")) == TABLE


def test_a_proposals_reason_is_read_at_its_table_and_nowhere_once_it_is_hidden(cast: Cast) -> None:
    gather_five(cast)
    phase(cast, "discard")
    move(cast, cast.ben, "nominate_discard", statement="s5", reason="The plover follows.")
    assert told(readers(cast, "plover")) == TABLE
    answer(cast)
    assert [one.statement for one in board_of(cast).discarded] == ["s5"]
    assert told(readers(cast, "plover")) == TABLE
    hide(cast, "p1")
    assert readers(cast, "plover") <= {"desk"}
    phase(cast, "locked")
    assert readers(cast, "plover") <= {"desk"}


def test_what_is_said_in_a_check_is_read_by_nobody_else_until_it_closes(cast: Cast) -> None:
    gather_five(cast)
    phase(cast, "discard")
    move(cast, cast.ben, "nominate_discard", statement="s5", reason="")
    move(cast, cast.ben, "answer_check", value=1, note="noteBengannet")
    assert readers(cast, "gannet") == {"Ben"}
    answer(cast, Ben=1)
    found = readers(cast, "noteBengannet")
    assert told(found) == TABLE
    reason = next(one for one in board_of(cast).checks[0].outcome.reasons if "Ben" in one.text)  # type: ignore[union-attr]
    hide(cast, reason.id)
    assert readers(cast, "noteBengannet") <= {"desk", "Ben"}


def test_a_links_note_and_an_endings_are_read_at_their_table_and_nowhere_once_hidden(cast: Cast) -> None:
    gather_five(cast)
    phase(cast, "compare")
    move(cast, cast.ben, "link", a="s1", b="s2", relation="alike", note="The dunlin is the same.")
    assert told(readers(cast, "dunlin")) == TABLE
    hide(cast, "l1")
    assert readers(cast, "dunlin") <= {"desk"}
    phase(cast, "top", table=1)
    move(cast, cast.ann, "place_top", statement="s1", position=1)
    phase(cast, "check", table=1)
    for _ in range(2):
        answer(cast, Fay=0)
        move(cast, cast.ann, "check_again")
    answer(cast, Fay=0)
    assert (
        move(cast, cast.seats["Fay"], "choose_ending", ending="not_agreed", note="Keep the curlew.").status_code == 200
    )
    assert told(readers(cast, "curlew")) == TABLE
    phase(cast, "locked", table=1)
    assert told(readers(cast, "curlew")) == TABLE
    hide(cast, "note")
    assert readers(cast, "curlew") <= {"desk"}
