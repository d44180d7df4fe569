"""Files to take home, for trainers who lead the workshop: given at once, or made beside a page that tells how far."""

import asyncio
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Request
from sqlmodel import Session
from starlette.responses import RedirectResponse, Response

from app.accounts.deps import trainer
from app.accounts.models import Trainer
from app.accounts.service import known, record
from app.activities.summary import Version
from app.errors import N_, NotFound
from app.exports import jobs
from app.exports.formats import FORMATS, File, Paper
from app.exports.jobs import Made, Progress, read_job
from app.exports.making import Language, Wish, file_name
from app.exports.start import making_of
from app.web.errors import is_htmx
from app.web.language import language_of
from app.web.state import State
from app.web.templates import draw, page
from app.workshops.deps import Here, LedWorkshop, address_code
from app.workshops.find import id_of
from app.workshops.models import Workshop

router = APIRouter(prefix="/trainer/w/{code}/export")

Me = Annotated[Trainer, Depends(trainer)]

TAKEN_OUT = "summary taken out"
NO_SUCH_FORMAT = N_("Concord does not write that format.")
NO_SUCH_FILE = N_("There is no such file any more: files are kept for an hour. Ask for it once more.")
NAMES = {
    "pdf": N_("PDF"),
    "docx": N_("Word"),
    "xlsx": N_("Excel"),
    "csv": N_("CSV"),
    "json": N_("JSON"),
    "preflib": N_("PrefLib"),
    "all": N_("All formats in one zip"),
}
"""What people call the formats."""


@router.get("/{format}")
async def export(
    request: Request,
    here: Here,
    me: Me,
    workshop: LedWorkshop,
    format: str,
    version: Version = "trainer",
    language: Language | None = None,
    paper: Paper = "a4",
) -> Response:
    """Give a workshop's summary as a file, once it is its turn to be made."""
    wish = wished(request, format, version, language, paper)
    making = making_of(request)

    def made() -> asyncio.Task[File]:
        reading = making.queue.make(lambda: read_job(here, id_of(workshop), wish), Progress())
        return asyncio.create_task(reading)

    file = await unless_hung_up(request, made())
    if file is None:
        return Response(status_code=204)  # nobody reads it
    await here.db.run(lambda session: record(session, me, TAKEN_OUT, here.now(), workshop.id))
    return download(file, f"{file_name(workshop.title, version)}.{file.ending}")


@router.post("")
async def begin(
    request: Request,
    here: Here,
    me: Me,
    workshop: LedWorkshop,
    format: Annotated[str, Form()],
    version: Annotated[Version, Form()] = "trainer",
    language: Annotated[Language | None, Form()] = None,
    paper: Annotated[Paper, Form()] = "a4",
) -> Response:
    """Begin to make a file, and go to the page that says how far it is."""
    wish = wished(request, format, version, language, paper)
    file_id = await making_of(request).jobs.begin(workshop, known(me), wish)
    await here.db.run(lambda session: record(session, me, TAKEN_OUT, here.now(), workshop.id))
    return RedirectResponse(f"/trainer/w/{address_code(here, workshop)}/export/made/{file_id}", 303)


@router.get("/made/{file_id}")
async def progress(request: Request, here: Here, me: Me, workshop: LedWorkshop, file_id: str) -> Response:
    """Show how far a file is; a page's script asks for the part that changes alone."""
    made = await here.db.read(lambda session: found(session, file_id, workshop, me, here))
    told: dict[str, Any] = {
        "code": address_code(here, workshop),
        "made": made,
        "format_name": NAMES[made.wish["format"]],
    }
    if is_htmx(request):
        return Response(draw(language_of(request), "exports/_making.html", **told), media_type="text/html")
    return page(request, "exports/making.html", workshop=workshop, **told)


@router.get("/made/{file_id}/file")
async def made_file(here: Here, me: Me, workshop: LedWorkshop, file_id: str) -> Response:
    """Give a file that has been made."""
    now = here.now()
    given = await here.db.read(lambda session: jobs.give(session, file_id, id_of(workshop), known(me), now))
    if given is None:
        raise NotFound(NO_SUCH_FILE)
    return download(given[1], given[0])


def wished(request: Request, format: str, version: Version, language: Language | None, paper: Paper) -> Wish:
    """Say which file somebody asks for; without a language, in the one that the device reads."""
    if format not in FORMATS:
        raise NotFound(NO_SUCH_FORMAT)
    reads: Language = "cy" if language_of(request) == "cy" else "en"
    return Wish(format, version, language or reads, paper)


def found(session: Session, file_id: str, workshop: Workshop, me: Trainer, here: State) -> Made:
    """Find a file of this trainer's; anybody else's is not there."""
    made = jobs.look(session, file_id, id_of(workshop), known(me), here.now())
    if made is None:
        raise NotFound(NO_SUCH_FILE)
    return made


def download(file: File, name: str) -> Response:
    """Send a file to be kept, never to be shown within our pages."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(file.content, media_type=file.media_type, headers=headers)


async def unless_hung_up(request: Request, making: asyncio.Task[File]) -> File | None:
    """Wait for a file; None, and its place in the queue is free, once nobody waits for it any more."""
    gone = asyncio.create_task(_hung_up(request))
    try:
        await asyncio.wait({making, gone}, return_when=asyncio.FIRST_COMPLETED)
        return making.result() if making.done() else None
    finally:
        for task in (making, gone):
            task.cancel()
        await asyncio.gather(making, gone, return_exceptions=True)


async def _hung_up(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
