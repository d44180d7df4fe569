"""The server's end of the process that makes files: starts it, asks it for one file at a time, and ends it.

Law: nothing of the server's environment, no file and no socket is handed to it.
"""

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from threading import Event, Lock, Timer

import structlog

from app.errors import N_, Closed, NotFound, Refusal, Unclear
from app.exports.formats import CannotWrite, File
from app.exports.frames import Garbled, receive_news, send_job, written
from app.exports.making import NotMade

log = structlog.get_logger()

SECONDS = 240.0
"""What one file may take by the clock; then its making is stopped."""

# Where fonts are looked for, and how dates and texts are read; no setting of ours is among them.
KEPT = ("PATH", "HOME", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "XDG_CACHE_HOME", "FONTCONFIG_FILE", "FONTCONFIG_PATH")
LIBRARIES = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "DYLD_FALLBACK_LIBRARY_PATH")
# One file at a time on one processor: the others are the workshops'.
ALONE = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "PYTHONDONTWRITEBYTECODE"), "1")
APP = Path(__file__).parents[2]

REFUSALS: dict[str, type[Refusal]] = {one.code: one for one in (Closed, NotFound, Unclear, CannotWrite)}

BROKE = N_("This file could not be made. It has been written down what broke; what you saved is all there.")
TOO_LONG = N_("Making this file took too long, so it was stopped. Ask for it once more, or for another format.")


class Child:
    """The process, started when it is first asked, and again after it has ended. `ask` is for one thread at a time."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self.seconds = seconds
        self._program: subprocess.Popen[bytes] | None = None
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._turn = Lock()

    @property
    def pid(self) -> int | None:
        """The process's id while it runs."""
        running = self._program is not None and self._program.poll() is None
        return self._program.pid if running and self._program is not None else None

    def start(self) -> None:
        """Start the process, so that it gets ready, unless it runs."""
        with self._turn:
            if self.pid is None:
                self._end()
                self._folder = tempfile.TemporaryDirectory(prefix="concord-files-", ignore_cleanup_errors=True)
                self._program = subprocess.Popen(
                    [sys.executable, "-P", "-m", "app.exports.worker"],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,
                    env=environment(self._folder.name),
                    cwd=self._folder.name,
                )

    def ask(self, job: bytes, tell: Callable[[int, int], None]) -> File:
        """Have a file made, and wait for it; what it refuses is raised here. Whatever breaks ends the process."""
        self.start()
        program = self._program
        if program is None:
            raise NotMade(BROKE)
        late = Event()

        def stop() -> None:
            late.set()
            program.kill()

        watch = Timer(self.seconds, stop)
        watch.start()
        try:
            return self._exchange(program, job, tell)
        except (Garbled, OSError, ValueError, KeyError) as trouble:
            program.kill()
            ended = program.wait()
            log.error("a file was not made", kind=type(trouble).__name__, ended=ended)  # noqa: TRY400  # no quotes
            raise NotMade(TOO_LONG if late.is_set() or ended == -signal.SIGXCPU else BROKE) from None
        finally:
            watch.cancel()

    def kill(self) -> None:
        """Stop whatever is being made, from any thread."""
        program = self._program
        if program is not None and program.poll() is None:
            program.kill()

    def end(self) -> None:
        """End the process."""
        with self._turn:
            self._end()

    def _end(self) -> None:
        program, self._program = self._program, None
        if program is not None:
            program.kill()
            program.wait()
            for pipe in (program.stdin, program.stdout):
                with contextlib.suppress(OSError):  # what was still to be sent goes nowhere
                    if pipe is not None:
                        pipe.close()
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None

    def _exchange(self, program: subprocess.Popen[bytes], job: bytes, tell: Callable[[int, int], None]) -> File:
        if program.stdin is None or program.stdout is None:
            raise Garbled("no pipes")
        send_job(program.stdin, job)
        while True:
            news, content = receive_news(program.stdout)
            if "done" in news:
                tell(int(news["done"]), int(news["total"]))
            elif "refused" in news:
                refusal = REFUSALS.get(news["refused"], NotMade)
                raise refusal(str(news["text"]), **{str(name): value for name, value in dict(news["values"]).items()})
            elif "broke" in news:
                log.error("a file broke", kind=str(news["broke"])[:80], where=list(news["where"])[:6])
                raise NotMade(BROKE)
            else:
                return written(news, content)


def environment(folder: str) -> dict[str, str]:
    """Say what the process is to know of the machine; `folder` is its own for what libraries write on their way."""
    found = {name: value for name in (*KEPT, *LIBRARIES) if (value := os.environ.get(name)) is not None}
    return found | ALONE | {"PYTHONPATH": str(APP), "TMPDIR": folder, "PYTHONUTF8": "1"}
