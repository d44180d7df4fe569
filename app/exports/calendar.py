"""A calendar's entry for the day on which people come back to what was agreed."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from icalendar import Calendar, Event, vText


@dataclass(frozen=True, slots=True)
class Review:
    """What the entry says: `uid` stays the same when the day is changed, `turn` rises with each change."""

    uid: str
    day: date
    title: str
    text: str
    link: str
    language: str
    turn: int


def entry(review: Review, now: datetime) -> bytes:
    """Write an all-day event that takes up nobody's time, as RFC 5545 has it."""
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//Concord//Review date//EN")
    calendar.add("method", "PUBLISH")
    event = Event()
    event.add("uid", review.uid)
    event.add("dtstamp", now)
    event.add("dtstart", review.day)
    event.add("dtend", review.day + timedelta(days=1))
    event.add("summary", _words(review.title, review.language))
    event.add("description", _words(review.text, review.language))
    if review.link:
        event.add("url", review.link)
    event.add("sequence", review.turn)
    event.add("transp", "TRANSPARENT")
    event.add("status", "CONFIRMED")
    calendar.add_component(event)
    written: bytes = calendar.to_ical()
    return written


def _words(text: str, language: str) -> vText:
    said = vText(text)
    said.params["LANGUAGE"] = language
    return said
