"""A workshop's summary, taken out from a terminal."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlmodel import Session

from app.cli.migrate import upgrade
from app.config import Settings
from app.db import Database
from app.errors import N_, NotFound
from app.exports.formats import File
from app.exports.making import PARTS, Wish, file_name, make
from app.workshops.find import id_of, workshop_by_code


def export(settings: Settings, code: str, wish: Wish, out: Path | None) -> Path:
    """Make the file and write it, and tell where; a bar says how far it is, on a terminal only."""
    upgrade(settings)
    with closing(Database(settings.database_address)) as db, bar() as tell:

        def made(session: Session) -> tuple[str, File]:
            workshop = workshop_by_code(session, settings.key, code)
            if workshop is None:
                raise NotFound(N_("There is no such workshop."))
            return workshop.title, make(session, id_of(workshop), wish, tell)

        title, file = db.run_now(made)
    written = out or Path(f"{file_name(title, wish.version)}.{file.ending}")
    written.write_bytes(file.content)
    return written


@contextmanager
def bar() -> Iterator[Callable[[int, int], None]]:
    """Show how far it is: on a terminal, beside whatever else is printed; nothing elsewhere."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn

    console = Console(stderr=True, highlight=False)
    if not console.is_terminal:
        yield lambda done, total: None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn())
    with Progress(*columns, console=console, transient=True) as shown:
        task = shown.add_task("Writing", total=PARTS)
        yield lambda done, total: shown.update(task, completed=done, total=total)
