"""Canaries: a word in everybody's private input is looked for in every byte that others receive."""

from app.activities.base import Region
from app.live import screens
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
