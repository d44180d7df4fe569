"""The summary's pages: the trainer's, with all that leads out of it, and the one that participants read and print.

Law: a page shows what a report holds and nothing besides; whose table is told in full comes from the seat's cookie.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, get_args

from fastapi import APIRouter, Query, Request
from starlette.responses import RedirectResponse, Response

from app.accounts.service import record
from app.activities.summary import Version
from app.errors import N_, Closed, NotFound, Phrase, SignedOut
from app.exports import drawn, links
from app.exports.report import FOR
from app.exports.showing import Shown, Wish, show
from app.exports.start import making_of
from app.web.addresses import phones_address
from app.web.language import LANGUAGES, language_of
from app.web.state import State
from app.web.templates import page
from app.web.tokens import new_token
from app.workshops.deps import Found, FoundWorkshop, Here, LedWorkshop, address_code, wrong_code
from app.workshops.find import id_of
from app.workshops.forms import Sent, Wrong
from app.workshops.models import Table, Workshop
from app.workshops.people import Id
from app.workshops.preparing import Me, frame
from app.workshops.qr import qr_path

router = APIRouter()

# How many of the things that are left out stand open; the others are folded.
MOST_AT_ONCE = 4
VERSIONS: tuple[Version, ...] = get_args(Version)
NO_SUCH_LINK = N_("No summary has this address. Look at the link again: the end of it may have been cut off.")
NOT_YOURS = N_(
    "This page is for those who took part, on the device they sat with, until a day after the workshop. "
    "Come back with your seat code, or ask the trainer for a link to the summary."
)


@dataclass(frozen=True, slots=True)
class Format:
    """A format as the page offers it."""

    name: str
    title: str
    told: str


FORMATS = (
    Format("pdf", N_("PDF"), N_("To read, to print and to hand on")),
    Format("docx", N_("Word"), N_("To go on writing in")),
    Format("xlsx", N_("Excel"), N_("A sheet for each part")),
    Format("csv", N_("CSV"), N_("The same sheets, for any program")),
    Format("json", N_("JSON"), N_("The whole record; Concord reads it back")),
    Format("preflib", N_("PrefLib"), N_("The orders, for research programs")),
    Format("all", N_("All of them"), N_("One zip file")),
)


@dataclass(frozen=True, slots=True)
class MadeLink:
    """A link that has just been made, as it is shown this once."""

    address: str
    qr: str
    size: int


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which version is looked at, and in which language."""

    version: Version
    language: str


def chosen(workshop: Workshop, version: str = "", language: str = "") -> Chosen:
    """Read a choice; what is none of the choices is the first, and the workshop's own language."""
    told: Version = next((one for one in VERSIONS if one == version), VERSIONS[0])
    return Chosen(told, language if language in LANGUAGES else workshop.language)


@router.get("/trainer/w/{code}/summary")
async def trainers_page(
    request: Request,
    here: Here,
    workshop: LedWorkshop,
    version: Annotated[str, Query(max_length=20)] = "",
    language: Annotated[str, Query(max_length=5)] = "",
    saved: Annotated[str, Query(max_length=20)] = "",
) -> Response:
    """Show a trainer what each version holds and leaves out, and every way to take it home."""
    making_of(request).queue.warm()  # a download is near
    return await around(request, here, workshop, chosen(workshop, version, language), saved=SAVED.get(saved))


@router.post("/trainer/w/{code}/summary/links")
async def make_link(request: Request, here: Here, me: Me, workshop: LedWorkshop, form: Sent) -> Response:
    """Make a link to the participants' page, and show it once."""

    def make(session: Any) -> str:
        known = session.get_one(Workshop, workshop.id)
        token = links.make_link(session, known, here.now(), here.settings.key, form.get("once", "")[:100])
        record(session, me, "summary link made", here.now(), workshop.id)
        return token

    token = await here.db.run(make)
    address = f"{phones_address(request)}/summary/{token}"
    return await around(
        request,
        here,
        workshop,
        chosen(workshop, language=form.get("language", "")),
        made=MadeLink(address, *qr_path(address)),
    )


@router.post("/trainer/w/{code}/summary/links/{link_id}/withdraw")
async def withdraw_link(here: Here, me: Me, workshop: LedWorkshop, link_id: Id) -> Response:
    """Withdraw a link."""

    def withdraw(session: Any) -> None:
        links.withdraw_link(session, session.get_one(Workshop, workshop.id), link_id, here.now())
        record(session, me, "summary link withdrawn", here.now(), workshop.id)

    await here.db.run(withdraw)
    return RedirectResponse(f"/trainer/w/{address_code(here, workshop)}/summary?saved=withdrawn#links", 303)


@router.get("/w/{code}/summary")
async def seats_page(request: Request, here: Here, code: str, room: FoundWorkshop) -> Response:
    """Show somebody who took part the summary, with their own table's part in full."""
    seat = a_seat(room)
    own = await here.db.read(lambda session: session.get_one(Table, seat.table_id).number)
    at = f"/w/{address_code(here, room.workshop)}"
    back = "" if room.workshop.closed_at else at
    return await participants_page(request, room.workshop, f"{at}/review.ics", own=own, back=back)


@router.get("/summary/{link}")
async def linked_page(request: Request, here: Here, link: str) -> Response:
    """Show the summary to whoever has a link to it."""
    workshop = await by_link(request, here, link)
    return await participants_page(request, workshop, f"/summary/{link}/review.ics")


def a_seat(room: Found) -> Any:
    """Insist on the seat of somebody who took part."""
    if room.seat is None:
        raise SignedOut(NOT_YOURS)
    return room.seat


async def by_link(request: Request, here: State, link: str) -> Workshop:
    """Find the workshop that a link opens; an address from which many wrong ones come is slowed down."""
    workshop = await here.db.read(lambda session: links.opened_by(session, link[:100]))
    if workshop is None:
        # No code was guessed, so none is counted: nobody could spend a hall's guesses here.
        await wrong_code(request, "")
        raise NotFound(NO_SUCH_LINK)
    return workshop


async def participants_page(
    request: Request, workshop: Workshop, calendar: str, own: int | None = None, back: str = ""
) -> Response:
    """Draw the page to read and to print; `calendar` gives the review date, `back` leads to the seat."""
    reads = language_of(request)
    try:
        shown = await show(request, Wish(id_of(workshop), "participant", reads, own))
    except Closed as nothing:
        return page(request, "exports/nothing.html", status=nothing.status, sentence=nothing.sentence, back=back)
    return page(
        request,
        "exports/taken.html",
        workshop=workshop,
        shown=shown,
        facts=drawn.facts(shown.report, reads) if shown.report.facts else "",
        own=own,
        calendar=calendar,
        back=back,
    )


async def around(
    request: Request,
    here: State,
    workshop: Workshop,
    choice: Chosen,
    *,
    status: int = 200,
    wrong: Wrong | None = None,
    form: Mapping[str, str] | None = None,
    made: MadeLink | None = None,
    saved: tuple[str, Phrase] | None = None,
) -> Response:
    """Draw the trainer's page around a version; `saved` says what has just been done, and where."""
    shown, nothing = await _look(request, workshop, choice)
    rows = await here.db.read(lambda session: links.links_of(session, id_of(workshop)))
    at = f"/trainer/w/{address_code(here, workshop)}"
    review = workshop.review_on.isoformat() if workshop.review_on else ""
    telling = frame(here, workshop) | {
        # A form that was sent leaves its address behind, where no page is to be had.
        "request_path": f"{at}/summary?version={choice.version}&language={choice.language}",
        "chosen": choice,
        "versions": FOR,
        "most": MOST_AT_ONCE,
        "formats": FORMATS,
        "shown": shown,
        "facts": drawn.facts(shown.report, choice.language) if shown and shown.report.facts else "",
        "nothing": nothing,
        "links": rows,
        "made": made,
        "once": new_token(),
        "mail": bool(here.settings.smtp_url),
        "saved": saved or ("", Phrase("")),
        "wrong": wrong or {},
        "form": {"review_on": review, "to": ""} | dict(form or {}),
    }
    return page(request, "exports/summary.html", status=status, **telling)


# What has just been done, and beside which part of the page it is said.
SAVED = {
    "review": ("review", Phrase(N_("The review date is kept."))),
    "no-review": ("review", Phrase(N_("There is no review date any more."))),
    "withdrawn": ("links", Phrase(N_("The link is withdrawn. It opens nothing from now on."))),
}


async def _look(request: Request, workshop: Workshop, choice: Chosen) -> tuple[Shown | None, Phrase | None]:
    try:
        return await show(request, Wish(id_of(workshop), choice.version, choice.language)), None
    except Closed as nothing:
        return None, nothing.sentence
