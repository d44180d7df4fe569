"""Saved means saved: a server is killed on the first byte of its reply, and nothing it acknowledged is lost."""

import select
import socket
from dataclasses import dataclass
from multiprocessing.process import BaseProcess
from typing import Any

import pytest
from sqlmodel import Session
from sqlmodel import select as rows

from app.config import Settings
from app.workshops.models import Answer
from tests.phones import move_request
from tests.reliability.forked import forked
from tests.rooms import Held, Room, prepare, reading
from tests.services import free_port

KILLS = {"sqlite": 42, "postgresql": 6}
FAR = 10**8  # of any version, so that no move is stale


@dataclass(slots=True)
class Phone:
    """A seat that makes one kind of move, and what its answer must be by what it was told."""

    room: Room
    seat: Held
    kind: str
    told: list[Any]
    sent: Any = None

    def send(self, port: int, turn: int) -> socket.socket:
        """Send the next move and leave the reply unread."""
        fields = self.room.ballot(turn) if self.kind == "put_ballot" else {"move": self.kind}
        if self.kind == "done":
            fields["done"] = str(turn % 2 == 0).lower()
        elif self.kind == "flag":
            fields["statement"] = self.room.statements[turn % len(self.room.statements)]
        self.sent = fields
        line = socket.create_connection(("127.0.0.1", port), timeout=10)
        line.sendall(move_request(self.room.code, self.room.step, self.seat.cookie, fields | {"version": FAR}))
        return line

    def stands(self, content: dict[str, Any] | None) -> bool:
        """Say whether a stored answer holds all that this phone was told; what was in flight may be there or not."""
        return holds(self.kind, content, self.told) or holds(self.kind, content, [*self.told, self.sent])


def holds(kind: str, content: dict[str, Any] | None, moves: list[Any]) -> bool:
    """Say whether an answer is what those moves make of it."""
    if content is None:
        return not moves
    if kind == "put_ballot":
        return bool(moves) and content["ballot"] == {name: moves[-1][name] for name in ("discard", "order")}
    if kind == "done":
        return bool(content["done"]) == bool(moves and moves[-1]["done"] == "true")
    flagged = {one["statement"] for one in moves if [m["statement"] for m in moves].count(one["statement"]) % 2}
    return set(content["unclear"]) == flagged


@pytest.mark.parametrize("database_settings", ["sqlite", "postgresql"], indirect=True)
def test_no_acknowledged_move_is_lost_when_the_server_is_killed(
    database_settings: Settings, request: pytest.FixtureRequest
) -> None:
    kills = KILLS["sqlite" if database_settings.database_url is None else "postgresql"]
    solo, read = prepare(database_settings, seats=4)[0], prepare(database_settings, seats=2, phase="read")[0]
    phones = [
        Phone(solo, solo.seats[0], "put_ballot", []),
        Phone(solo, solo.seats[1], "done", []),
        Phone(read, read.seats[0], "flag", []),
    ]
    port = free_port()
    for turn in range(kills):
        with forked(database_settings, port) as server:
            acknowledged(server, port, phones, turn)
        answers = read_answers(database_settings)
        assert [phone.kind for phone in phones if not phone.stands(answers.get(phone.seat.id))] == []
        for phone in phones:
            # what was in flight and is there counts from now on
            if not holds(phone.kind, answers.get(phone.seat.id), phone.told):
                phone.told.append(phone.sent)
    assert min(len(phone.told) for phone in phones) >= kills // 3


def acknowledged(server: BaseProcess, port: int, phones: list[Phone], turn: int) -> None:
    """Send all phones' moves at once and kill the server on the first byte that any of them hears."""
    lines = {phone.send(port, turn): phone for phone in phones[turn % 3 :] + phones[: turn % 3]}
    heard, _, _ = select.select(list(lines), [], [], 10)
    server.kill()
    assert heard, "nobody was answered"
    server.join(10)
    for line, phone in lines.items():
        if first_line(line).startswith(b"HTTP/1.1 200"):
            phone.told.append(phone.sent)
        line.close()


def first_line(line: socket.socket) -> bytes:
    """Read what has arrived before the server was gone."""
    line.settimeout(1)
    try:
        return line.recv(64)
    except OSError:
        return b""


def read_answers(settings: Settings) -> dict[int, dict[str, Any]]:
    """Read all answers by seat, as a server that starts now finds them."""

    def read(session: Session) -> dict[int, dict[str, Any]]:
        return {one.seat_id: one.content for one in session.exec(rows(Answer))}

    return reading(settings, read)
