"""Writing in a shared text within the test's own app: a page's line, one frame after the other."""

from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager, suppress

from pycrdt import Doc, Text
from starlette.testclient import TestClient, WebSocketTestSession
from starlette.websockets import WebSocketDisconnect

from app.texts import frames
from app.texts.frames import Reader
from app.texts.updates import ROOT
from tests.cast import Cast


class Pad:
    """A page at one text; `told` is what it was told that it may, `refused` why words were not taken."""

    def __init__(self, line: WebSocketTestSession) -> None:
        self.line = line
        self.doc: Doc[Text] = Doc()
        self.words: Text = self.doc.get(ROOT, type=Text)
        self.told: list[str] = []
        self.refused: list[str] = []
        self.settled = 0
        self.sent = 0

    def sync(self) -> "Pad":
        """Take what stands in the text."""
        self.line.send_bytes(frames.sync(frames.STEP_1, self.doc.get_state()))
        self._hear(lambda kind, step: kind == frames.SYNC and step == frames.STEP_2)
        return self

    def write(self, words: str) -> str:
        """Write at the end and wait until that is saved or refused; gives the text as it is then."""
        before = self.doc.get_state()
        self.words += words
        self.line.send_bytes(frames.sync(frames.UPDATE, self.doc.get_update(before)))
        self.sent += 1
        try:
            self._hear(lambda kind, step: bool(self.refused) or self.settled >= self.sent)
        except WebSocketDisconnect:
            self.refused.append("gone")
        return str(self.words)

    def _hear(self, done: Callable[[int, int], bool]) -> None:
        while True:
            reader = Reader(self.line.receive_bytes())
            kind, step = reader.number(), 0
            if kind == frames.SYNC:
                step = reader.number()
                piece = reader.piece()
                if step == frames.STEP_1:
                    self.line.send_bytes(frames.sync(frames.STEP_2, self.doc.get_update(piece)))
                    self.sent += 1
                else:
                    self.doc.apply_update(piece)
            elif kind == frames.SAVED:
                reader.piece()
                self.settled = reader.number()
            elif kind == frames.MAY:
                self.told.append(reader.string())
            elif kind == frames.REFUSED:
                self.refused.append(reader.string())
            if done(kind, step):
                return


@contextmanager
def pad(cast: Cast, device: TestClient, name: str, table: int = 1, wanted: str = "seat") -> Iterator[Pad]:
    """Open a text of the step under way; one that is not this device's raises `WebSocketDisconnect`."""
    address = f"/w/{cast.code}/texts/{cast.step()}/{table}/{name}?as={wanted}"
    # As its page goes, the test's client cancels what the server still does about it; all that was told is stored.
    with suppress(CancelledError), device.websocket_connect(address) as line:
        yield Pad(line).sync()


def write(cast: Cast, device: TestClient, name: str, words: str, table: int = 1) -> str:
    """Write in a text and leave; gives the whole text."""
    with pad(cast, device, name, table) as page:
        return page.write(words)
