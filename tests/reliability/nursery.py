"""Servers that are up in no time: forked from one that has made every move before, so that hundreds can be killed."""

import contextlib
import gc
import os
import signal
import socket
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from typing import Generic, TypeVar

import uvicorn

from app.cli.serve import configured, listen
from app.config import Settings
from tests.reliability.forked import NURSERY, enter, environment_of, preload

T = TypeVar("T")


class Nursery(Generic[T]):
    """A process that forks one server after the other; `found` is what it came upon as it warmed up."""

    def __init__(self, line: "Connection[bool, tuple[int, int]]", found: T) -> None:
        self.line = line
        self.found = found

    @contextmanager
    def server(self) -> Iterator["Doomed"]:
        """Fork a server on a port of its own; it is gone when the block is over."""
        self.line.send(True)
        doomed = Doomed(*self.line.recv())
        try:
            yield doomed
        finally:
            doomed.kill()
            self.line.recv()


class Doomed:
    """A server that will not end in peace."""

    def __init__(self, pid: int, port: int) -> None:
        self.pid = pid
        self.port = port
        self.killed = False

    def kill(self) -> None:
        """Kill it where it stands; only once, for its id may be another's soon after."""
        if not self.killed:
            os.kill(self.pid, signal.SIGKILL)
            self.killed = True


@contextmanager
def nursery(settings: Settings, warm_up: Callable[[Settings], T]) -> Iterator[Nursery[T]]:
    """Rear servers while the block runs; `warm_up` runs first, in the process that they are forked from."""
    preload()
    ours, theirs = NURSERY.Pipe()
    rearing = NURSERY.Process(target=rear, args=(environment_of(settings), theirs, warm_up), daemon=True)
    rearing.start()
    theirs.close()
    try:
        found, trouble = ours.recv()
        assert not trouble, trouble
        yield Nursery(ours, found)
    finally:
        ours.close()
        rearing.join(10)
        rearing.kill()
        rearing.join(10)
        rearing.close()


def rear(environment: dict[str, str], line: "Connection[object, bool]", warm_up: Callable[[Settings], object]) -> None:
    """Warm up, then fork a server whenever one is asked for, and see it off."""
    settings = enter(environment)
    try:
        line.send((warm_up(settings), ""))
    except Exception:
        line.send((None, traceback.format_exc()))
        raise
    brief(settings)
    with contextlib.suppress(EOFError):
        while line.recv():
            listening = listen("127.0.0.1", 0)
            listening.listen()
            pid = os.fork()
            if pid == 0:
                serve(settings, listening)
            # Taken by the one server alone: what it leaves unheard goes down with it.
            port = listening.getsockname()[1]
            listening.close()
            line.send((pid, port))
            os.waitpid(pid, 0)
            line.send((pid, 0))


def brief(settings: Settings) -> None:
    """Start and stop a server, so that its children find all loaded; what is there by now they need not go through."""
    with listen("127.0.0.1", 0) as listening:
        server = uvicorn.Server(configured(settings, 1))
        server.should_exit = True
        server.run(sockets=[listening])
    gc.collect()
    gc.freeze()


def serve(settings: Settings, listening: socket.socket) -> None:
    """Serve until killed."""
    try:
        uvicorn.Server(configured(settings, 1)).run(sockets=[listening])
    finally:
        os._exit(1)
