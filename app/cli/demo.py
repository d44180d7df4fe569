"""A demonstration: a throw-away database, a ready workshop, a server, and robots that play it.

Law: robots come in by the public addresses alone; nothing stays once it has ended.
"""

import asyncio
import contextlib
import io
import signal
import socket
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import segno
import uvicorn
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn
from sqlmodel import Session

from app.accounts.service import FIRST_EMAIL, find_trainer_by_email, make_link
from app.activities.registry import activity
from app.cli.migrate import upgrade
from app.cli.serve import configured, listen
from app.cli.terminal import fail, say
from app.config import Settings
from app.db import Database
from app.errors import N_, NotFound
from app.library import loader
from app.main import create_app
from app.robots.device import Gone, Server
from app.robots.play import Outcome, Plan, Room
from app.web.addresses import is_loopback, served_at
from app.web.logs import configure_logs
from app.web.state import utc_now
from app.web.templates import assets
from app.workshops import codes
from app.workshops.seed import seed

AGENDA = "joint-training-half-day"
ROOM_FOR_PEOPLE = 2
"""Places that robots leave free at each table."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was asked for on the command line."""

    tables: int
    seats: int
    seed: int
    speed: float
    host: str
    port: int
    agenda: str = AGENDA


@dataclass(frozen=True, slots=True)
class Stage:
    """A server's settings and workshop, ready to be played: its addresses and the leader's own way in."""

    settings: Settings
    told: dict[str, Any]
    at: str
    link: str


def demo(wanted: Wanted) -> None:
    """Play, and keep serving until it is stopped."""
    if not assets().built:
        fail("The front end is not built: run `make setup`.")
    with (
        tempfile.TemporaryDirectory(prefix="concord-demo-") as folder,
        closing(listen(wanted.host, wanted.port)) as listening,
        quiet_signals(),
    ):
        stage = prepare(wanted, Path(folder))
        asyncio.run(run(wanted, stage, listening))


def prepare(wanted: Wanted, folder: Path) -> Stage:
    """Make the database and the workshop; the environment's own settings are left alone."""
    settings = Settings(
        data_dir=folder,
        database_url=None,
        redis_url=None,
        public_url=None,
        secret_key=None,
        environment="development",
        trusted_proxy=None,
        smtp_url=None,
        log_level="WARNING",
    )
    configure_logs(settings)
    upgrade(settings)
    at = f"http://localhost:{wanted.port}" if is_loopback(wanted.host) else served_at(settings, wanted.port)
    places = wanted.seats + ROOM_FOR_PEOPLE
    with closing(Database(settings.database_address)) as db:
        told = seed(
            db,
            settings,
            utc_now(),
            agenda=wanted.agenda,
            tables=wanted.tables,
            seats=places,
            base=at,
            seated=False,
            joins="chosen",
        )

        def link(session: Session) -> str:
            trainer = find_trainer_by_email(session, FIRST_EMAIL)
            if trainer is None:
                raise NotFound(N_("No trainer has this e-mail address; make an account with: concord trainer add"))
            return make_link(session, trainer, utc_now(), goes_to=f"/trainer/w/{told['workshop']}")

        return Stage(settings, told, at, f"/sign-in/{db.run_now(link)}")


async def run(wanted: Wanted, stage: Stage, listening: socket.socket) -> None:
    """Serve, let the robots in, and stay until somebody stops it."""
    server = uvicorn.Server(configured(stage.settings, 1, lambda: create_app(stage.settings)))
    serving = asyncio.create_task(server.serve(sockets=[listening]))
    while not server.started and not serving.done():  # noqa: ASYNC110  # uvicorn tells nobody
        await asyncio.sleep(0.02)
    if serving.done():
        fail("Concord could not start; the lines above say why.")
    say(welcome(stage), plain=True)
    playing = asyncio.create_task(play(wanted, stage))
    while not (server.should_exit or serving.done()):  # noqa: ASYNC110  # uvicorn tells nobody
        await asyncio.sleep(0.1)
    playing.cancel()
    await asyncio.gather(playing, return_exceptions=True)
    await serving


async def play(wanted: Wanted, stage: Stage) -> None:
    """Let robots play, tell how far they are, and stay seated."""
    plan = Plan(
        server=Server(f"http://127.0.0.1:{wanted.port}"),
        code=stage.told["workshop"],
        tables=wanted.tables,
        seats=wanted.seats,
        seed=wanted.seed,
        speed=wanted.speed,
        link=stage.link,
    )
    with telling(wanted.agenda) as moved:
        room = Room(plan, moved)
        try:
            say(ended(await room.play()), plain=True)
            await room.stay()
        except Gone as gone:
            say(f"The robots have left: {gone}. Concord keeps running; stop with Ctrl+C.", plain=True)
        finally:
            await room.leave()


def welcome(stage: Stage) -> str:
    """Write where to look while robots play."""
    code = stage.told["workshop"]
    join = f"{stage.at}/join/{code}"
    drawn = io.StringIO()
    segno.make(join, error="m").terminal(drawn, border=2, compact=True)
    return (
        "\nConcord shows itself: robots take seats and play a whole workshop. Look at it here:\n\n"
        f"  Desk  {stage.told['desk']}\n"
        f"        (signs you in once; the room is led by a robot)\n"
        f"  Wall  {stage.told['wall']}\n"
        f"  Join  {join}\n"
        f"        (code {codes.shown(code)}; take a seat yourself, robots wait a while for you)\n\n"
        f"{drawn.getvalue()}\nNothing of it is kept. Stop with Ctrl+C.\n"
    )


def ended(outcome: Outcome) -> str:
    """Write how it came out."""
    locked = [number for number, result in outcome.results.items() if result and all(outcome.locked[number])]
    lines = [f"The play is over: {len(locked)} of {len(outcome.results)} tables have locked what they agreed."]
    lines += [f"  A robot stumbled: {trouble.who}, {trouble.what}" for trouble in outcome.troubles]
    return "\n".join([*lines, "Desk, wall and seats stay open. Stop with Ctrl+C."])


@contextmanager
def telling(agenda: str) -> Iterator[Callable[[str], None]]:
    """Show how far the play is: a bar on a terminal, a line for each phase elsewhere."""
    phases = [phase for item in loader.held(loader.find(agenda)) for phase in activity(item.kind).phases]
    titles = {phase.name: phase.title for phase in phases}
    console = Console(highlight=False)
    if not console.is_terminal:
        yield lambda phase: say(f"Now: {titles.get(phase, phase)}", plain=True)
        return
    columns = (TextColumn("{task.description:<14}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        bar: TaskID = progress.add_task("Taking seats", total=len(phases))
        yield lambda phase: progress.update(bar, advance=1, description=titles.get(phase, phase))


@contextmanager
def quiet_signals() -> Iterator[None]:
    """Let Ctrl+C and SIGTERM end the server properly: it hears them first, and sends them on when it is done."""
    stops = (signal.SIGINT, signal.SIGTERM)
    before = {stop: signal.getsignal(stop) for stop in stops}
    heard: list[int] = []

    def hear(stop: int, _frame: object) -> None:
        # Before the server runs there is nothing to end but ourselves.
        heard.append(stop)
        raise KeyboardInterrupt

    for stop in stops:
        signal.signal(stop, hear)
    try:
        with contextlib.suppress(KeyboardInterrupt):
            yield
    finally:
        for stop, held in before.items():
            signal.signal(stop, held)
