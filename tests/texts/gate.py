"""A gate for tests in place of a kind's, and servers that have it."""

import asyncio
import importlib
import time
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape

from fastapi import FastAPI
from fastapi.responses import HTMLResponse
from sqlmodel import Session

from app.activities.base import TextRight
from app.config import Settings
from app.main import create_app
from app.web.templates import assets
from app.workshops.models import Workshop
from app.workshops.wording import GATES
from tests.reliability.nursery import Nursery, nursery

SEED = "We begin with "


def gate(session: Session, workshop_id: int, seat_id: int | None, step_id: int, table: int, name: str) -> TextRight:
    """Let seats write their table's texts; the trainer reads, and nobody knows of those called hidden."""
    if name.startswith("hidden") or session.get_one(Workshop, workshop_id).message == "nothing":
        return TextRight()
    if seat_id is None or name.startswith("shown") or session.get_one(Workshop, workshop_id).message == "read":
        return TextRight("read")
    return TextRight("write", SEED if name.startswith("seeded") else "")


def install(_: Settings | None = None) -> None:
    """Put the gate in, and have apps made that tell how long their loop was held up."""
    if gate not in GATES:
        GATES.append(gate)
    watch()


def watch(_: Settings | None = None) -> None:
    """Have apps made that tell how long their loop was held up, with the kinds' own gate alone."""
    # Not by its name: the package has a command of that name, too.
    importlib.import_module("app.cli.serve").__dict__["create_app"] = watched


def watched(settings: Settings | None = None) -> FastAPI:
    """Make an app with an address that tells the longest pause of its loop since it was last asked."""
    app = create_app(settings)
    pauses = Pauses()
    app.add_api_route("/pauses", pauses.tell)
    app.add_api_route("/pad", pad, response_class=HTMLResponse)
    return app


async def pad(text: str) -> str:
    """Draw a page with one shared text and all that can be shown about it."""
    named = ("none", "saving", "saved", "not", "read", "stopped")
    states = "".join(f"<b data-when={one} hidden>{one}</b>" for one in named)
    reasons = "".join(f"<b data-why={one} hidden>{one}</b>" for one in ("long", "closed", "gap", "unclear"))
    writers = "".join(f"<b data-writer=1:{one} hidden>{one}</b>" for one in (1, 2))
    return f"""<!doctype html><html lang=en><title>Pad</title><link rel=icon href='data:,'><body>
        <div id=sheet><label for=pad>Text</label>
        <textarea id=pad rows=8 data-may=write data-text="{escape(text)}"></textarea></div>
        <p data-state-of=pad>{states}</p><p data-writers-of=pad hidden>{writers}</p>
        <p><span data-words-of=pad data-advised=3></span></p>
        <div data-left-over-of=pad hidden>{reasons}<textarea id=left readonly></textarea></div>
        <script type=module src="{assets().address("text-pad.js")}"></script>"""


class Pauses:
    """How long the loop did not come round; begins to look when it is first asked."""

    def __init__(self) -> None:
        self.longest = 0.0
        self.watch: asyncio.Task[None] | None = None

    async def tell(self) -> float:
        """Tell, and begin anew."""
        if self.watch is None:
            self.watch = asyncio.create_task(self.look())
        longest, self.longest = self.longest, 0.0
        return longest

    async def look(self) -> None:
        """Look for ever."""
        before = time.perf_counter()
        while True:
            await asyncio.sleep(0.002)
            now = time.perf_counter()
            self.longest, before = max(self.longest, now - before - 0.002), now


@contextmanager
def reared(settings: Settings) -> Iterator[Nursery[None]]:
    """Rear servers with the gate, that can be killed."""
    with nursery(settings, install) as made:
        yield made


@contextmanager
def reared_alone(settings: Settings) -> Iterator[Nursery[None]]:
    """Rear servers as they are, that can be killed: the kinds say who may do what."""
    with nursery(settings, watch) as made:
        yield made
