import time
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlmodel import Session, col, select

from app.rehearsals import service
from app.rehearsals.running import Rehearsals
from app.workshops import codes
from app.workshops.find import id_of, seats_of, steps_of
from app.workshops.models import Board, Workshop
from tests.cast import AGENCIES, Cast
from tests.running import Concord


def rehearsals(cast: Cast) -> list[Workshop]:
    return cast.read(lambda session: list(session.exec(select(Workshop).where(col(Workshop.rehearsal)))))


def quick(cast: Cast) -> Rehearsals:
    """Let robots play without pauses."""
    found: Rehearsals = cast.concord.app.state.rehearsals
    found.speed = 0
    return found


def rehearse(cast: Cast, **sent: str) -> str:
    """Press the button; gives the rehearsal's code."""
    quick(cast)
    reply = cast.trainer.post(f"/trainer/w/{cast.code}/rehearse", data=sent)
    assert reply.status_code == 303, reply.text
    return str(reply.headers["location"].removeprefix("/trainer/w/"))


def seated(cast: Cast, code: str) -> int:
    found = next(one for one in rehearsals(cast) if code_of(cast, one) == code)
    return len(cast.read(lambda session: seats_of(session, id_of(found))))


def code_of(cast: Cast, workshop: Workshop) -> str:
    return codes.join_code(cast.concord.settings.key, id_of(workshop), workshop.code_turn)


def wait_for(cast: Cast, happened: Callable[[], bool], what: str, seconds: float = 30) -> None:
    """Let the robots go on until something has happened."""
    until = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < until, f"robots did not {what}"
        cast.trainer.get("/healthz")


def test_rehearsal_is_a_marked_copy_that_is_open_and_has_the_same_agenda(cast_on_sqlite: Cast) -> None:
    cast = cast_on_sqlite
    code = rehearse(cast)
    (copy,) = rehearsals(cast)
    assert code_of(cast, copy) == code
    assert (copy.title, copy.rehearsal_of) == ("Rehearsal: Joint training", cast.workshop_id)
    assert copy.opened_at is not None
    assert [step.setup for step in cast.read(lambda s: steps_of(s, id_of(copy)))] == [one.setup for one in cast.steps()]
    assert not cast.workshop().rehearsal


def test_robots_take_seats_in_the_rehearsal_and_never_in_the_workshop(cast_on_sqlite: Cast) -> None:
    cast = cast_on_sqlite
    before = cast.read(lambda session: [seat.id for seat in seats_of(session, cast.workshop_id)])
    code = rehearse(cast)
    wait_for(cast, lambda: seated(cast, code) == 9, "take their seats")
    assert cast.read(lambda session: [seat.id for seat in seats_of(session, cast.workshop_id)]) == before


def test_robot_whose_name_is_taken_takes_a_seat_all_the_same(cast_on_sqlite: Cast) -> None:
    cast = cast_on_sqlite
    code = rehearse(cast)
    cast.concord.visitor().post(f"/join/{code}", data={"name": "Bryn", "agency": "none", "table": "2"})
    wait_for(cast, lambda: seated(cast, code) >= 10, "take their seats")


def test_robots_follow_whatever_phase_the_trainer_chooses(cast_on_sqlite: Cast) -> None:
    cast = cast_on_sqlite
    code = rehearse(cast)
    wait_for(cast, lambda: seated(cast, code) == 9, "take their seats")
    (copy,) = rehearsals(cast)
    step = cast.read(lambda session: id_of(steps_of(session, id_of(copy))[0]))
    for phase in ("read", "solo"):
        reply = cast.trainer.post(
            f"/w/{code}/steps/{step}/phase", data={"phase": phase}, headers={"HX-Request": "true"}
        )
        assert reply.status_code == 200

    def ready() -> bool:
        return cast.trainer.get(f"/trainer/w/{code}").text.count(">Ready<") == 2

    wait_for(cast, ready, "say that they are done")


def test_a_robot_may_lead_a_rehearsal_to_its_end(cast_on_sqlite: Cast) -> None:
    cast = cast_on_sqlite
    code = rehearse(cast, lead="robots")

    def over() -> bool:
        return "This was the last of the agenda" in cast.trainer.get(f"/trainer/w/{code}").text

    wait_for(cast, over, "play to the end", 60)


def test_robots_write_together_in_a_rehearsal_that_has_no_address(cast_on_sqlite: Cast) -> None:
    cast = cast_on_sqlite
    made_a_grid(cast)
    code = rehearse(cast, lead="robots")
    copy = next(one for one in rehearsals(cast) if code_of(cast, one) == code)

    def over() -> bool:
        return "This was the last of the agenda" in cast.trainer.get(f"/trainer/w/{code}").text

    wait_for(cast, over, "play to the end", 60)
    boards = cast.read(lambda s: list(s.exec(select(Board).where(col(Board.workshop_id) == id_of(copy)))))
    texts = [joint["text"] for board in boards for joint in board.content["joints"].values()]
    assert (len(texts), {text for text in texts if not text.startswith("We begin by beginning with one thing")}) == (
        2,
        set(),
    )


def made_a_grid(cast: Cast) -> None:
    """Put a small grid in the place of the ranking."""
    columns = [{"id": name.casefold(), "label": name} for name in AGENCIES]
    setup = {"rows": [{"id": "r1", "prompt": "We begin by …"}], "columns": columns, "agreed": "Joint statement"}

    def change(session: Session, version: int) -> None:
        (step,) = steps_of(session, cast.workshop_id)
        step.kind, step.setup = "grid", setup
        session.add(step)

    cast.concord.db.change_now(cast.workshop_id, change)


def test_a_robot_takes_over_from_the_trainer(cast_on_sqlite: Cast) -> None:
    cast = cast_on_sqlite
    code = rehearse(cast)
    wait_for(cast, lambda: seated(cast, code) == 9, "take their seats")
    reply = cast.trainer.post(f"/trainer/w/{code}/rehearse/lead")
    assert (reply.status_code, reply.headers["location"]) == (303, f"/trainer/w/{code}")
    wait_for(cast, lambda: "On your own" in cast.trainer.get(f"/trainer/w/{code}").text, "move on")
    assert cast.trainer.post(f"/trainer/w/{code}/rehearse/lead").status_code == 409


def test_no_robot_leads_a_workshop_that_is_no_rehearsal(cast_on_sqlite: Cast) -> None:
    cast = cast_on_sqlite
    assert cast.trainer.post(f"/trainer/w/{cast.code}/rehearse/lead").status_code == 409


def test_beginning_again_ends_the_rehearsal_before(cast_on_sqlite: Cast) -> None:
    cast = cast_on_sqlite
    first = rehearse(cast)
    second = rehearse(cast)
    assert first != second
    assert [one.closed_at is None for one in sorted(rehearsals(cast), key=id_of)] == [False, True]


def test_rehearsing_a_rehearsal_copies_the_workshop_again(cast_on_sqlite: Cast) -> None:
    cast = cast_on_sqlite
    first = rehearse(cast)
    cast.trainer.post(f"/trainer/w/{first}/rehearse")
    assert [(one.title, one.rehearsal_of) for one in rehearsals(cast)] == [
        ("Rehearsal: Joint training", cast.workshop_id)
    ] * 2


@pytest.mark.parametrize("screen", ["seat", "desk", "wall"])
def test_every_screen_of_a_rehearsal_says_so_and_no_other(cast_on_sqlite: Cast, screen: str) -> None:
    cast = cast_on_sqlite
    code = rehearse(cast)
    for one, told in ((code, 1), (cast.code, 0)):
        device = cast.trainer if screen == "desk" else cast.concord.visitor()
        workshop = next(
            w for w in cast.read(lambda session: list(session.exec(select(Workshop)))) if code_of(cast, w) == one
        )
        key = codes.wall_key(cast.concord.settings.key, id_of(workshop), workshop.code_turn)
        if screen == "seat":
            device.post(f"/join/{one}", data={"name": "Eve", "agency": "none", "table": "1"})
        if screen == "wall":
            device.get(f"/wall/{one}?key={key}")
        path = {"seat": f"/w/{one}", "desk": f"/trainer/w/{one}", "wall": f"/wall/{one}"}[screen]
        reply = device.get(path)
        assert (reply.status_code, reply.text.count('data-testid="rehearsal"')) == (200, told)


def test_rehearsals_are_not_offered_to_take_home(cast_on_sqlite: Cast) -> None:
    cast = cast_on_sqlite
    code = rehearse(cast)
    html = cast.trainer.get("/trainer").text
    assert f"/trainer/w/{cast.code}/summary" in html
    assert f"/trainer/w/{code}/summary" not in html


def test_rehearsals_of_yesterday_are_swept_away_with_their_seats(cast: Cast) -> None:
    code = rehearse(cast)
    wait_for(cast, lambda: seated(cast, code) > 0, "take a seat")
    cast.trainer.post(f"/trainer/w/{cast.code}/rehearse")
    now = cast.concord.clock() + timedelta(hours=23)
    sweep(cast.concord, now)
    assert len(rehearsals(cast)) == 2
    cast.concord.first.portal.call(cast.concord.app.state.rehearsals.close)  # type: ignore[union-attr]  # it runs
    sweep(cast.concord, now + timedelta(hours=2))
    assert rehearsals(cast) == []
    assert not cast.workshop().rehearsal


def sweep(concord: Concord, now: datetime) -> None:
    def away(session: Session) -> None:
        service.sweep(session, now)

    concord.db.run_now(away)
