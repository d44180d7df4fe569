"""The process that makes files: `python -m app.exports.worker`, kept warm beside a server and given one job at a time.

Law: it opens no socket, starts no program, writes and reads no file but what Python and its libraries need, and holds
no secret; all it can tell is what it was given.
"""

import contextlib
import gc
import os
import resource
import select
import signal
import site
import sys
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import IO, Any

from app.errors import Refusal
from app.exports.copied import opened
from app.exports.formats import FORMATS, Work, write
from app.exports.frames import Job, receive_job, send_news
from app.exports.making import make
from app.exports.record import Outline, Record
from app.exports.report import report
from app.exports.wording import in_words
from app.web.logs import where

MEGABYTE = 1024 * 1024
NICE = 15
MEMORY = 2048 * MEGABYTE
LARGEST_WRITTEN = 256 * MEGABYTE
OPEN_FILES = 128
CPU_SECONDS = 120
"""Seconds of the processor for one file."""

# What of Python's own audit no file needs: sockets, and whatever starts another program.
REFUSED = ("socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.fork", "os.spawn", "os.kill", "pty.")
WRITES = os.O_WRONLY | os.O_RDWR
# Beside Python and the app: fonts, time zones, and what systems keep for all programs.
READ_BY_ALL = (
    "/usr/share/",
    "/usr/lib/",
    "/usr/local/share/",
    "/System/Library/",
    "/Library/",
    "/etc/fonts/",
    "/etc/mime.types",
    "/etc/localtime",
    "/dev/null",
)


def main() -> None:
    """Make files until nobody is left to ask for any."""
    with _pipes() as (jobs, news):
        limit()
        sys.addaudithook(Seal())
        # A document is many small objects that stay until it is written: to look for others meanwhile is slow.
        gc.disable()
        warmth = warm()
        while True:
            # Whoever waits comes first; nobody does, so get ready for whoever comes next.
            while not select.select([jobs], [], [], 0)[0] and next(warmth, None):
                pass
            job = receive_job(jobs)
            if job is None:
                return
            work(job, news)
            gc.collect()


def limit() -> None:
    """Be nice to the server, and take no more than is allowed, where the system can tell."""
    os.nice(NICE)
    with contextlib.suppress(AttributeError, OSError):
        # Linux then lets whatever else wants the processor have it at once, and the room notices nothing.
        os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))
    for what, most in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_FSIZE, LARGEST_WRITTEN),
        (resource.RLIMIT_NOFILE, OPEN_FILES),
    ):
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(what, (most, most))
    # Ctrl+C on the terminal is for the server, which ends this process by closing its pipe.
    signal.signal(signal.SIGINT, signal.SIG_IGN)


class Seal:
    """An audit hook, which nothing can take off again: refuses what no file needs.

    It is there against what libraries do with a text that names a file or an address, not against foreign code.
    """

    def __init__(self) -> None:
        folders = (sys.prefix, sys.base_prefix, site.getusersitepackages(), Path(__file__).parents[1])
        self.writable = f"{Path(tempfile.gettempdir()).resolve()}{os.sep}"
        self.readable = (*(f"{Path(one).resolve()}{os.sep}" for one in folders), self.writable, *READ_BY_ALL)

    def __call__(self, event: str, told: tuple[Any, ...]) -> None:
        """Refuse an event by raising."""
        if event.startswith(REFUSED):
            raise PermissionError(f"{event} is not for the process that makes files")
        if event == "open" and isinstance(told[0], str | bytes | os.PathLike):
            path = os.path.realpath(os.fsdecode(told[0]))
            if not path.startswith(self.writable if told[2] & WRITES else self.readable):
                raise PermissionError("this is no file for the process that makes files")


def warm() -> Iterator[str]:
    """Write a small file in format after format, so that the first to be asked for is as quick as all."""
    outline = Outline(title="–", disclosure="confidential", people="0", opened=date(2026, 1, 1))
    record = Record(version="participant", workshop=outline)
    nothing = Work(record, in_words(report(record), "en"))
    for name in (name for name in FORMATS if name != "all"):
        with contextlib.suppress(Exception):  # whatever it is, whoever asks for the format will be told
            write(name, nothing, lambda done, total: None)
        yield name


def work(job: Job, news: IO[bytes]) -> None:
    """Make a file and send it, with news of how far it is; or say why it cannot be made."""
    spent = resource.getrusage(resource.RUSAGE_SELF)
    most = int(spent.ru_utime + spent.ru_stime) + CPU_SECONDS
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CPU, (most, resource.RLIM_INFINITY))
    try:
        with opened(job.copy) as session:
            file = make(session, job.workshop_id, job.wish, Teller(news))
    except Refusal as refusal:
        send_news(news, {"refused": refusal.code, "text": refusal.sentence.text, "values": _plain(refusal)})
    except Exception as trouble:
        # Not what it said: that may quote what people typed.
        send_news(news, {"broke": type(trouble).__name__, "where": where(trouble)})
    else:
        send_news(news, {"ending": file.ending, "media_type": file.media_type}, file.content)


class Teller:
    """Tells how far a file is, each part once."""

    def __init__(self, news: IO[bytes]) -> None:
        self.news = news
        self.last = (-1, 0)

    def __call__(self, done: int, total: int) -> None:
        """Tell."""
        if (done, total) != self.last:
            self.last = (done, total)
            send_news(self.news, {"done": done, "total": total})


def _plain(refusal: Refusal) -> dict[str, str | int]:
    return {name: value if isinstance(value, int) else str(value) for name, value in refusal.sentence.values.items()}


@contextlib.contextmanager
def _pipes() -> Iterator[tuple[IO[bytes], IO[bytes]]]:
    # Whatever a library prints goes nowhere, and never between the news.
    news = os.fdopen(os.dup(1), "wb")
    jobs = os.fdopen(os.dup(0), "rb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for taken in (0, 1, 2):
        os.dup2(nowhere, taken)
    with jobs, news, contextlib.suppress(BrokenPipeError):
        yield jobs, news


if __name__ == "__main__":
    main()
