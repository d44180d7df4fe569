"""One robot: a mind and a device, and what it knows from the pages it has read."""

import asyncio
from dataclasses import dataclass, field
from typing import Any

from app.robots import screens
from app.robots.device import Device, Gone, Reply, Server
from app.robots.page import Element, Page, form_of
from app.robots.temperaments import Mind

RATHER_NOT = "none"
TRIES = 4


@dataclass(slots=True)
class Trouble:
    """What a robot met that no person should meet."""

    who: str
    what: str


@dataclass(slots=True, eq=False)
class Robot:
    """Somebody at a table who is none. `news` is set whenever the socket has told something."""

    mind: Mind
    device: Device
    code: str
    page: Page = field(default_factory=lambda: Page(""))
    agency: str = ""
    table: int = 0
    statements: dict[str, str] = field(default_factory=dict)
    discards: int = 0
    troubles: list[Trouble] = field(default_factory=list)
    news: asyncio.Event = field(default_factory=asyncio.Event)

    @classmethod
    def new(cls, mind: Mind, server: Server, code: str) -> "Robot":
        """Give a mind a device."""
        return cls(mind, Device(server, f"{mind.seed}:{mind.table}:{mind.place}"), code)

    @property
    def phase(self) -> str:
        """The phase that this robot's page shows."""
        return screens.phase(self.page)

    @property
    def order(self) -> tuple[str, ...]:
        """All statements in this robot's own order, best first."""
        return self.mind.order(tuple(self.statements), self.agency)

    @property
    def language(self) -> str:
        """The language of the page."""
        return next((one.get("lang") for one in self.page.root.all("html")), "en")

    async def join(self) -> None:
        """Take a seat by the code, as everybody does; who is asked about the name or the table answers once more."""
        _, reply = await self.device.follow(f"/join/{self.code}")
        for _ in range(TRIES):
            form = Page(reply.html).root.by_id("join")
            if form is None:
                raise Gone(f"the door is closed ({reply.status})")
            reply = await self.device.send(f"/join/{self.code}", self._told(form))
            if reply.goes_to:
                await self.open()
                return
        raise Gone(f"no seat was given ({reply.status})")

    def _told(self, form: Element) -> dict[str, str]:
        """Fill in the form at the door."""
        offered = {
            one.get("name"): [option.get("value") for option in one.all("option") if not option.has({"disabled": "*"})]
            for one in form.all("select")
        }
        fields = form_of(form).fields | {"name": self.mind.name}
        agencies = [one for one in offered.get("agency", []) if one not in ("", RATHER_NOT)]
        self.agency = agencies[self.mind.place % len(agencies)] if agencies else RATHER_NOT
        if "agency" in offered:
            fields["agency"] = self.agency
        tables = [one for one in offered.get("table", []) if one]
        if tables:
            wanted = str(self.mind.table + 1)
            fields["table"] = wanted if wanted in tables else tables[0]
        return fields

    async def open(self) -> None:
        """Open the seat page and its socket."""
        reply = await self.device.get(f"/w/{self.code}")
        if reply.status != 200:
            raise Gone(f"the seat page is gone ({reply.status})")
        self.page = Page(reply.html)
        self.table = screens.table(self.page)
        self._learn()
        self.device.listen(f"/w/{self.code}/live?as=seat&v={self.page.version}", self.hear)

    def hear(self, frame: str) -> None:
        """Take in what the socket sends."""
        self.page.take(frame)
        self.news.set()

    async def look(self) -> None:
        """Make sure that the page is as new as the server's."""
        reply = await self.device.get(f"/w/{self.code}/regions?as=seat&v={self.page.version}")
        if reply.is_gone:
            raise Gone(f"the seat is gone ({reply.status})")
        if reply.status == 200:
            self.page.take(reply.html)
        elif reply.status == 500:
            self.troubles.append(Trouble(self.mind.name, f"look: {reply.status} {said(reply)}"))
        if screens.is_over(self.page):
            raise Gone("the workshop is closed")
        self._learn()

    async def act(self, move: str, **fields: Any) -> bool:
        """Make a move; one that came too late is made again on the fresh page, as long as it is the same phase."""
        begun = self.phase
        for _ in range(TRIES):
            address = screens.moves_url(self.page)
            if not address:
                return False
            reply = await self.device.make(address, {"version": self.page.version, "move": move, **fields})
            self.page.take(reply.html)
            self._learn()
            if reply.status == 200:
                return True
            if reply.status in (429, 503):
                await asyncio.sleep(0.5)
            elif reply.status != 409:
                self.troubles.append(Trouble(self.mind.name, f"{move} {fields}: {reply.status} {said(reply)}"))
                return False
            if self.phase != begun:
                return False
        return False

    def _learn(self) -> None:
        found = screens.statements(self.page)
        if len(found) >= len(self.statements):
            self.statements = found or self.statements
        self.discards = screens.discards(self.page) or self.discards

    async def leave(self) -> None:
        """Go away: the phone is switched off."""
        await self.device.close()


def said(reply: Reply) -> str:
    """Take the words of a refusal."""
    return Page(reply.html).root.text[-200:]
