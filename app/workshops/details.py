"""Reading what a trainer says of a workshop as a whole from its form."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from app.errors import N_, Unclear
from app.typed import clean_text
from app.web.templates import say
from app.web.wording import lines, title
from app.workshops import choices
from app.workshops.forms import Asking, day, whole
from app.workshops.service import MOST_PLACES, MOST_TABLES, PURPOSE_LIMIT, Details, agencies_of

USUAL_AGENCIES = (N_("Education"), N_("Health"), N_("Social care"), N_("Police"), N_("Voluntary sector"))

# All choices of the form, by the name of their field.
CHOICES = {"joins": choices.JOINS, "disclosure": choices.DISCLOSURES, "language": choices.LANGUAGES}


def read_details(form: Mapping[str, str], asking: Asking, before: Details) -> Details:
    """Read the form; what is unclear is kept in `asking`, and has then its value from before."""
    titled = asking.hear("title", lambda: title(form.get("title", "")))
    agencies = asking.hear("agencies", lambda: _agencies(form.get("agencies", "")))
    tables = asking.hear("tables", lambda: _number(form.get("tables"), MOST_TABLES))
    places = asking.hear("places", lambda: _number(form.get("places"), MOST_PLACES))
    chosen = {name: asking.hear(name, partial(_choice, name, form, before)) for name in CHOICES}
    purpose = asking.hear("purpose", lambda: clean_text(form.get("purpose", before.purpose), PURPOSE_LIMIT))
    kept = before.review_on.isoformat() if before.review_on else ""
    review_on = asking.hear("review_on", lambda: day(form.get("review_on", kept)))
    return Details(
        title=titled or before.title,
        agencies=before.agencies if agencies is None else agencies,
        tables=tables or before.tables,
        places=places or before.places,
        purpose=purpose or "",
        review_on=review_on,
        **{name: value or getattr(before, name) for name, value in chosen.items()},
    )


def usual(language: str) -> Details:
    """Say what a new workshop's form begins with, in the trainer's language."""
    return Details(title="", agencies=tuple(say(language, agency) for agency in USUAL_AGENCIES), language=language)


def filled(details: Details, form: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Fill the form: with details as they are, and over them whatever was typed."""
    values = {
        "title": details.title,
        "agencies": "\n".join(details.agencies),
        "tables": str(details.tables),
        "places": str(details.places),
        "joins": details.joins,
        "disclosure": details.disclosure,
        "language": details.language,
        "purpose": details.purpose,
        "review_on": details.review_on.isoformat() if details.review_on else "",
    }
    return values | {name: value for name, value in (form or {}).items() if name in values}


def _choice(name: str, form: Mapping[str, str], before: Details) -> str:
    return choices.chosen(CHOICES[name], form.get(name, getattr(before, name)))


def _agencies(text: str) -> tuple[str, ...]:
    return tuple(agency["label"] for agency in agencies_of(lines(text)))


def _number(text: str | None, most: int) -> int:
    number = whole(text)
    if number is None or not 1 <= number <= most:
        raise Unclear(N_("Give a whole number from 1 to {most}."), most=most)
    return number
