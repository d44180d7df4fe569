"""Concord as a program of its own: `concord serve` on a port, with its own database, killed and restarted at will."""

import os
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from app.config import Settings
from tests.programs import end, wait_until
from tests.services import free_port


@dataclass(slots=True)
class Served:
    """A server that runs, or has been killed and can be started again on the same port."""

    settings: Settings
    port: int
    log: Path
    workers: int = 1
    environment: Mapping[str, str] = field(default_factory=dict)
    program: subprocess.Popen[bytes] | None = None

    @property
    def process(self) -> psutil.Process:
        """The server's process, for its processor time and its memory."""
        assert self.program is not None
        return psutil.Process(self.program.pid)

    def start(self) -> None:
        """Start, and return once it is ready."""
        self.launch()
        wait_until(self.ready, "Concord answer", 60)

    def launch(self) -> None:
        """Start without waiting."""
        command = [
            "-m",
            "app",
            "serve",
            "--host",
            "127.0.0.1",
            "--port",
            str(self.port),
            "--workers",
            str(self.workers),
        ]
        with self.log.open("ab") as words:
            self.program = subprocess.Popen(
                [sys.executable, *command],
                stdin=subprocess.DEVNULL,
                stdout=words,
                stderr=words,
                env=self._environment(),
            )

    def _environment(self) -> dict[str, str]:
        told = {name: value for name, value in os.environ.items() if not name.startswith("CONCORD_")}
        known = {
            "CONCORD_DATA_DIR": str(self.settings.data_dir),
            "CONCORD_DATABASE_URL": self.settings.database_url or "",
            "CONCORD_REDIS_URL": self.settings.redis_url or "",
            "CONCORD_SECRET_KEY": self.settings.secret_key or "",
        }
        return told | {name: value for name, value in known.items() if value} | dict(self.environment)

    def ready(self) -> bool:
        """Say whether it answers that it is ready."""
        assert self.program is not None
        if self.program.poll() is not None:
            raise AssertionError(f"Concord ended: {self.log.read_text()[-2000:]}")
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/readyz", timeout=2) as reply:
                return bool(reply.status == 200)
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            return False

    def kill(self) -> None:
        """Kill it where it stands, with all its workers, and wait until it is gone."""
        assert self.program is not None
        for process in [*self.process.children(recursive=True), self.process]:
            process.send_signal(signal.SIGKILL)
        self.program.wait(10)

    def stop(self) -> None:
        """End it properly."""
        if self.program is not None:
            end(self.program)


@contextmanager
def served(
    settings: Settings, *, workers: int = 1, environment: Mapping[str, str] | None = None, port: int = 0
) -> Iterator[Served]:
    """Serve while the block runs; the log lies beside the data."""
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    server = Served(settings, port or free_port(), settings.data_dir / "server.log", workers, environment or {})
    try:
        server.start()
        yield server
    finally:
        server.stop()
