"""Downloads of a workshop's record, for the trainer who leads it."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Literal

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from app.errors import N_, NotFound
from app.exports.as_csv import as_csv
from app.exports.as_json import as_json
from app.exports.build import build
from app.exports.record import Record
from app.workshops.deps import Here, LedWorkshop
from app.workshops.find import id_of

router = APIRouter()

Version = Literal["participant", "commissioner", "trainer"]

# By the name in the address: how it is written, its media type, and how the file's name ends.
FORMATS: Mapping[str, tuple[Callable[[Record], bytes], str, str]] = {
    "json": (as_json, "application/json", "json"),
    "csv": (lambda record: as_csv(record.model_dump(mode="json")), "application/zip", "csv.zip"),
}


@router.get("/trainer/w/{code}/export/{format}")
async def export(here: Here, workshop: LedWorkshop, format: str, version: Version = "trainer") -> Response:
    """Give a workshop's record as a file; only the trainer's version may name people."""
    if format not in FORMATS:
        raise NotFound(N_("Concord does not write that format."))
    write, media_type, ending = FORMATS[format]
    record = await here.db.read(lambda session: build(session, id_of(workshop), version))
    content = await run_in_threadpool(write, record)
    headers = {
        "Content-Disposition": f'attachment; filename="{file_name(workshop.title)}.{ending}"',
        "Cache-Control": "no-store",
    }
    return Response(content, media_type=media_type, headers=headers)


def file_name(title: str) -> str:
    """Make a file's name from a title.

    >>> file_name("Joint training: Môn, half a day/../"), file_name("工作坊")
    ('concord-joint-training-mon-half-a-day', 'concord-workshop')
    """
    plain = unicodedata.normalize("NFKD", title.lower()).encode("ascii", "ignore").decode()
    return f"concord-{re.sub('[^a-z0-9]+', '-', plain).strip('-')[:60] or 'workshop'}"
