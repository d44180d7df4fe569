"""The robots' trainer: signs in by a one-time link, and moves the tables on from the desk."""

import asyncio
import contextlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from app.robots.device import Device, Gone, Server
from app.robots.page import Page
from app.robots.robot import TRIES, Trouble, said
from app.robots.sayings import say
from app.robots.talk import Pace, Talk

BREATH = 5.0
"""Seconds in which everybody looks up before the room goes on."""
MOST_WAITED = 600.0
"""Seconds after which a phase is over, whatever the tables do."""
MOST_PHASES = 60


@dataclass(slots=True, eq=False)
class Leader:
    """Somebody at the desk. `moved` hears the name of each phase that the room comes to."""

    device: Device
    link: str
    pace: Pace
    moved: Callable[[str], None] = lambda _: None
    page: Page = field(default_factory=lambda: Page(""))
    code: str = ""
    troubles: list[Trouble] = field(default_factory=list)
    shown: dict[int, str] = field(default_factory=dict)

    @classmethod
    def new(cls, server: Server, link: str, pace: Pace, seed: str) -> "Leader":
        """Give a trainer's one-time link a laptop."""
        return cls(Device(server, f"{seed}:leader"), link, pace)

    async def sign_in(self) -> None:
        """Use the link, and open the desk that it leads to."""
        path, reply = await self.device.follow(self.link)
        if reply.status != 200 or "/trainer/w/" not in path:
            raise Gone(f"the link leads to no desk ({reply.status})")
        self.code = path.rpartition("/")[2]
        self.page = Page(reply.html)
        self.device.listen(f"/w/{self.code}/live?as=desk&v={self.page.version}", self.page.take)

    async def leave(self) -> None:
        """Sign out, and switch the laptop off."""
        with contextlib.suppress(Gone):
            await self.device.send("/trainer/sign-out", {})
        await self.device.close()

    async def look(self) -> None:
        """Make sure that the desk is as new as the server's."""
        reply = await self.device.get(f"/w/{self.code}/regions?as=desk&v={self.page.version}")
        if reply.is_gone:
            raise Gone(f"the desk is gone ({reply.status})")
        if reply.status == 200:
            self.page.take(reply.html)

    async def lead(self, talks: Sequence[Talk]) -> None:
        """Move the room on, phase by phase, as the tables finish, to the end of the agenda."""
        for _ in range(MOST_PHASES):
            await self._wait_for(talks)
            await self._clarify()
            await asyncio.sleep(self.pace.of(BREATH))
            if not await self.press_next():
                return
            for talk in talks:
                talk.call()

    async def press_next(self) -> bool:
        """Press the one big button; False where there is none."""
        for _ in range(TRIES):
            await self.look()
            form = next((one for one in self.page.forms(phase="*") if one.element.all(data_testid="next-phase")), None)
            if form is None:
                return False
            reply = await self.device.make(form.action, {"phase": form.fields["phase"]})
            self.page.take(reply.html)
            if reply.status == 200:
                self.moved(form.fields["phase"])
                return True
            self.troubles.append(Trouble("leader", f"next: {reply.status} {said(reply)}"))
            await asyncio.sleep(1)
        return False

    async def close(self, table: int) -> None:
        """Close what is open at a table that waits for somebody who has gone."""
        await self._make(table, "close_check")

    async def show(self, talk: Talk) -> None:
        """Let the wall show the sentence that a table is at, once for each."""
        if self.shown.get(talk.number, "") != talk.row:
            self.shown[talk.number] = talk.row
            await self._make(talk.number, "show_row", row=talk.row)

    async def _make(self, table: int, move: str, **fields: str) -> None:
        await self.look()
        address = next((one.action for one in self.page.forms() if one.action.endswith("/time")), "")
        if address:
            told = {"version": self.page.version, "move": move, "table": table, **fields}
            reply = await self.device.make(address.removesuffix("/time") + "/moves", told)
            self.page.take(reply.html)

    async def _wait_for(self, talks: Sequence[Talk]) -> None:
        loop = asyncio.get_running_loop()
        until = loop.time() + MOST_WAITED
        while loop.time() < until and not all(talk.finished for talk in talks):
            for talk in talks:
                if talk.waits:
                    await self.close(talk.number)
                await self.show(talk)
            await asyncio.sleep(max(0.02, min(0.5, self.pace.of(0.5))))

    async def _clarify(self) -> None:
        """Explain one of the statements that somebody found unclear."""
        flagged = self.page.region("flagged").all(id="*")
        for form in self.page.moves("clarify"):
            offered = [one.get("value") for one in form.element.all("option")]
            asked = [one for one in offered if any(part.get("id").endswith(f"-{one}") for part in flagged)]
            if asked:
                fields = form.fields | {"statement": asked[0], "text": say(self._language(), "clear", 0)}
                reply = await self.device.make(form.action, fields | {"version": self.page.version})
                self.page.take(reply.html)
            return

    def _language(self) -> str:
        return next((one.get("lang") for one in self.page.root.all("html")), "en")
