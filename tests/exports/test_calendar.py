"""The review date: kept by those who lead, and read by calendars."""

from datetime import date

import pytest
from icalendar import Calendar, Event

from app.workshops.models import Workshop
from tests.cast import Cast
from tests.exports.test_links import make

DAY = "2027-02-01"


def keep(cast: Cast, day: str = DAY) -> int:
    """Set the day by the trainer's page; gives the status."""
    return cast.trainer.post(f"/trainer/w/{cast.code}/review", data={"review_on": day}).status_code


def events(cast: Cast, path: str = "") -> list[Event]:
    """Read the entries of a calendar file as a calendar does."""
    device = cast.ann if path.startswith("/w/") else cast.trainer
    reply = device.get(path or f"/trainer/w/{cast.code}/review.ics")
    assert (reply.status_code, reply.headers["content-type"]) == (200, "text/calendar; charset=utf-8")
    assert reply.headers["content-disposition"] == 'attachment; filename="concord-review.ics"'
    assert all(len(line) <= 75 for line in reply.content.split(b"\r\n"))
    return [one for one in Calendar.from_ical(reply.content).walk() if isinstance(one, Event)]


def test_day_is_an_entry_for_the_whole_day_that_takes_up_nobody_s_time(cast: Cast) -> None:
    assert keep(cast) == 303
    (event,) = events(cast)
    assert (event.decoded("dtstart"), event.decoded("dtend")) == (date(2027, 2, 1), date(2027, 2, 2))
    assert str(event["summary"]) == "Joint training: back to what we agreed"
    assert str(event["transp"]) == "TRANSPARENT"
    assert str(event["url"]).endswith(f"/trainer/w/{cast.code}/summary")
    assert event.decoded("dtstamp") == cast.concord.clock()


def test_entry_stays_the_same_one_when_its_day_changes(cast_on_sqlite: Cast) -> None:
    keep(cast_on_sqlite)
    (before,) = events(cast_on_sqlite)
    keep(cast_on_sqlite, "2027-03-01")
    (after,) = events(cast_on_sqlite, f"/w/{cast_on_sqlite.code}/review.ics")
    assert str(before["uid"]) == str(after["uid"])
    assert before.decoded("sequence") < after.decoded("sequence")
    assert cast_on_sqlite.code not in str(after["uid"])


def test_everybody_s_entry_leads_to_the_page_they_may_read(cast_on_sqlite: Cast) -> None:
    cast = cast_on_sqlite
    keep(cast)
    (at_seat,) = events(cast, f"/w/{cast.code}/review.ics")
    assert str(at_seat["url"]).endswith(f"/w/{cast.code}/summary")
    address = make(cast)
    (linked,) = events(cast, f"{address}/review.ics")
    assert str(linked["url"]).endswith(address)


def test_what_somebody_typed_stays_within_its_line(cast_on_sqlite: Cast) -> None:
    cast = cast_on_sqlite
    title = "Vision; plan, \\n “and” more\\, " + "ŵ" * 80

    def name(session: object, version: int) -> None:
        workshop = session.get_one(Workshop, cast.workshop_id)  # type: ignore[attr-defined]  # a Session
        workshop.title, workshop.purpose = title, "One\nEND:VEVENT\nBEGIN:VALARM"

    cast.concord.db.change_now(cast.workshop_id, name)
    keep(cast)
    (event,) = events(cast)
    assert str(event["summary"]) == f"{title}: back to what we agreed"
    assert str(event["description"]) == "One\nEND:VEVENT\nBEGIN:VALARM"


def test_there_is_no_entry_without_a_day(cast_on_sqlite: Cast) -> None:
    cast = cast_on_sqlite
    assert cast.trainer.get(f"/trainer/w/{cast.code}/review.ics").status_code == 404
    assert "review.ics" not in cast.ann.get(f"/w/{cast.code}/summary").text
    keep(cast)
    assert f'href="/w/{cast.code}/review.ics"' in cast.ann.get(f"/w/{cast.code}/summary").text
    assert keep(cast, "") == 303
    assert cast.workshop().review_on is None
    assert cast.trainer.get(f"/trainer/w/{cast.code}/review.ics").status_code == 404


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("soon", "Give the day as year, month and day"),
        ("2027-02-30", "Give the day as year, month and day"),
        ("9999-12-31", "That year is too far away."),
        ("2026-11-22", "That day is over."),
    ],
)
def test_day_that_cannot_be_is_asked_for_again(cast_on_sqlite: Cast, day: str, said: str) -> None:
    reply = cast_on_sqlite.trainer.post(f"/trainer/w/{cast_on_sqlite.code}/review", data={"review_on": day})
    assert (reply.status_code, said in reply.text, f'value="{day}"' in reply.text) == (422, True, True)
    assert cast_on_sqlite.workshop().review_on is None


def test_closed_workshop_can_be_given_a_day(cast: Cast) -> None:
    cast.trainer.post(f"/trainer/w/{cast.code}/close")
    assert keep(cast) == 303
    assert cast.workshop().review_on == date(2027, 2, 1)


def test_day_is_planned_with_the_other_details_and_not_copied(cast_on_sqlite: Cast) -> None:
    cast = cast_on_sqlite
    keep(cast)
    page = cast.trainer.get(f"/trainer/w/{cast.code}/edit?step=details").text
    assert f'name="review_on" type="date" value="{DAY}"' in page
    seen = page.split('name="seen" value="')[1].split('"')[0]
    form = {"title": "Joint training", "agencies": "Education\nHealth\nPolice", "tables": "2", "places": "5"}
    kept = cast.trainer.post(f"/trainer/w/{cast.code}/details", data=form | {"seen": seen, "review_on": "2027-05-03"})
    assert kept.status_code == 303
    assert cast.workshop().review_on == date(2027, 5, 3)
    copied = cast.trainer.post(f"/trainer/w/{cast.code}/copy").headers["location"]
    assert 'name="review_on" type="date" value=""' in cast.trainer.get(f"{copied}?step=details").text
