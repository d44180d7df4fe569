"""Saved means saved: a server is killed on the first byte of its reply, and nothing it acknowledged is lost."""

import socket
from collections.abc import Iterator
from contextlib import ExitStack, closing

import pytest
from hypothesis import settings

from app.activities.registry import KINDS
from app.config import Settings
from tests.reliability.nursery import Nursery, nursery
from tests.reliability.trials import Brink, Trial, bring_to_the_brink, contents, put_back
from tests.reliability.ways import BY_LOT, WAYS

MOVES = {(kind, move.name) for kind in KINDS for move in KINDS[kind].moves}
TOLD = tuple((kind, move) for kind in WAYS for move in WAYS[kind])
# Of every kind of move: forty where the profile is thorough. PostgreSQL's commit is the same for all of them.
THOROUGH = settings.default is not None and settings.default.max_examples >= 1000
KILLS = {"sqlite": 40 if THOROUGH else 4, "postgresql": 2 if THOROUGH else 1}


def test_every_move_has_its_way_and_every_way_its_move() -> None:
    missing = [f"{kind} {move} has no way in tests/reliability/ways.py" for kind, move in MOVES - {*TOLD} - BY_LOT]
    gone = [f"{kind} {move} has a way, but is no move of Concord" for kind, move in {*TOLD} - MOVES]
    assert sorted(missing + gone) == []


@pytest.fixture(scope="module")
def reared(module_settings: Settings) -> Iterator[Nursery[Brink]]:
    """Servers to kill, on a database in which every move may be made now."""
    with nursery(module_settings, bring_to_the_brink) as made:
        yield made


@pytest.mark.parametrize("named", TOLD, ids=" ".join)
def test_no_acknowledged_move_is_lost_when_the_server_is_killed(
    module_settings: Settings, reared: Nursery[Brink], named: tuple[str, str]
) -> None:
    at, brink = TOLD.index(named), reared.found
    # Another's is in flight beside it.
    trials = [brink.trials[one] for one in (named, TOLD[at - 1])]
    for _ in range(KILLS["sqlite" if module_settings.database_url is None else "postgresql"]):
        put_back(module_settings, brink.stored)
        told = killed_at_once(reared, trials)
        assert told[0], "the move was not acknowledged"
        stored = contents(module_settings, (trial.room for trial in trials))
        for trial, acknowledged, found in zip(trials, told, stored, strict=True):
            # What was in flight may be there or not, but never in part.
            assert found in ([trial.after] if acknowledged else [trial.before, trial.after])


def killed_at_once(reared: Nursery[Brink], trials: list[Trial]) -> list[bool]:
    """Make moves at once and kill the server on the first byte of the first one's reply; gives what was saved."""
    with reared.server() as server, ExitStack() as lines:
        opened = [
            lines.enter_context(closing(socket.create_connection(("127.0.0.1", server.port), 10))) for _ in trials
        ]
        for line, trial in zip(opened, trials, strict=True):
            line.sendall(trial.request())
        # Taken, not only looked at: a line that is reset as its server dies throws away what nobody has read.
        first = opened[0].recv(64)
        server.kill()
        return [reply.startswith(b"HTTP/1.1 200") for reply in (first, *map(heard, opened[1:]))]


def heard(line: socket.socket) -> bytes:
    """Read what had arrived before the server was gone."""
    line.settimeout(1)
    try:
        return line.recv(64)
    except OSError:
        return b""
