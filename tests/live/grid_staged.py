"""A workshop with a grid that a machine plays on: moves as any kind's, and words in its shared texts."""

from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, select

from app.errors import N_, Closed, Refusal
from app.texts import documents, keeping, service, versions
from app.texts.models import SharedText
from app.texts.rights import Who, ask
from app.texts.service import Key
from app.workshops.agenda import StepDetails, add_step
from app.workshops.find import id_of
from app.workshops.models import Workshop
from app.workshops.service import Details, create_workshop, open_workshop
from app.workshops.wording import begun
from tests.live.staged import AGENCIES, Stage

Place = tuple[int, str]
"""A shared text: its table's number and its name."""


@dataclass(frozen=True)
class Kept:
    """A shared text as it is stored."""

    id: int
    words: str
    is_open: bool
    versions: tuple[str, ...]


class GridStage(Stage):
    """One workshop with a grid."""

    def make(self, session: Session, setup: dict[str, Any], tables: int, rule: str, moved_by: str) -> tuple[int, int]:
        """Make and open the workshop."""
        now, key = self.concord.clock(), self.concord.settings.key
        workshop = create_workshop(session, self.trainer, Details("Joint", AGENCIES, tables, 9, "chosen"), now, key)
        step = add_step(session, workshop, "grid", StepDetails("What we mean", setup))
        step.rule, step.moved_by = rule, moved_by
        session.add(step)
        open_workshop(session, workshop, now)
        session.flush()
        return id_of(workshop), id_of(step)

    def write(self, seat: int, at: Place, words: str) -> bool:
        """Write at the end of a text, if its gate lets this seat; its first words are news to the workshop."""

        def first(session: Session, version: int) -> None:
            key = self.key(at)
            right = ask(session, Who(self.id, seat), key)
            if right.may != "write":
                raise Closed(N_("This text is closed, so nothing more can be written in it."))
            service.begin(session, key, right.seed)
            if add(session, key, words) == 1:
                begun(session, version, key.step_id, key.table, key.name)

        def more(session: Session) -> None:
            first(session, 0)

        try:
            if at in (texts := self.texts()) and texts[at].words:
                self.concord.db.run_now(more)
            else:
                self.concord.db.change_now(self.id, first)
        except Refusal as refusal:
            self.refused.append((refusal.status, str(refusal)))
            return False
        return True

    def write_late(self, at: Place, words: str) -> bool:
        """Write as a page does that has not heard yet what happened: nobody asks the gate again."""
        try:
            self.concord.db.run_now(lambda session: add(session, self.key(at), words))
        except Refusal as refusal:
            self.refused.append((refusal.status, str(refusal)))
            return False
        return True

    def bring_back(self, text_id: int, number: int) -> bool:
        """Let the trainer bring an earlier version back."""

        def back(session: Session) -> None:
            workshop = session.get_one(Workshop, self.id)
            versions.bring_back(session, workshop, text_id, number, self.concord.clock())

        try:
            self.concord.db.run_now(back)
        except Refusal as refusal:
            self.refused.append((refusal.status, str(refusal)))
            return False
        return True

    def texts(self) -> dict[Place, Kept]:
        """Read all shared texts, with what was kept of them, the oldest first."""

        def read(session: Session) -> dict[Place, Kept]:
            rows = session.exec(select(SharedText).where(SharedText.workshop_id == self.id))
            return {(row.table_number, row.name): self.kept(session, row) for row in rows}

        found: dict[Place, Kept] = self.read(read)
        return found

    def kept(self, session: Session, row: SharedText) -> Kept:
        """Read one shared text."""
        key = self.key((row.table_number, row.name))
        told = tuple(one.content for one in keeping.versions(session, key))
        return Kept(row.id or 0, keeping.flatten(session, key), row.is_open, told)

    def key(self, at: Place) -> Key:
        """Name a shared text."""
        return Key(self.id, self.step, *at)


def add(session: Session, key: Key, words: str) -> int:
    """Add words at the end of a text; gives how many updates it has then."""
    row = service.lock(session, key)
    held = service.stored(session, row)
    made = documents.rewritten(held.snapshot, held.updates, documents.flatten(held.snapshot, held.updates) + words)
    assert made is not None
    return service.add(session, held.id, held.number, [made]).number
