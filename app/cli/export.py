"""A workshop's record, taken out from a terminal."""

from contextlib import closing
from pathlib import Path

from sqlmodel import Session

from app.cli.migrate import upgrade
from app.config import Settings
from app.db import Database
from app.errors import N_, NotFound
from app.exports.build import build
from app.exports.routes import FORMATS, file_name
from app.workshops.find import id_of, workshop_by_code


def export(settings: Settings, code: str, format: str, version: str, out: Path | None) -> Path:
    """Write the record, and give the file; only the trainer's version may name people."""
    upgrade(settings)
    write, _, ending = FORMATS[format]

    def record(session: Session) -> tuple[Path, bytes]:
        workshop = workshop_by_code(session, settings.key, code)
        if workshop is None:
            raise NotFound(N_("There is no such workshop."))
        file = out or Path(f"{file_name(workshop.title)}.{ending}")
        return file, write(build(session, id_of(workshop), version))  # type: ignore[arg-type]  # the command asks

    with closing(Database(settings.database_address)) as db:
        file, content = db.run_now(record)
    file.write_bytes(content)
    return file
