"""Logs: events with fields, as lines on a terminal and as JSON in production.

Law: no token, nothing anybody typed and no query string is ever logged.
"""

import contextlib
import logging
import sys
import traceback
from typing import TextIO, cast

import structlog

from app.config import Settings


class Unfailing:
    """Standard error, but for its failures: when the disk that takes the log is full, people are still answered."""

    def write(self, text: str) -> None:
        """Write what can be written."""
        with contextlib.suppress(OSError):
            sys.stderr.write(text)

    def flush(self) -> None:
        """Send on what can be sent on."""
        with contextlib.suppress(OSError):
            sys.stderr.flush()


def configure_logs(settings: Settings) -> None:
    """Send our events, and what the server beneath us warns of, to standard error."""
    level = logging.getLevelNamesMapping()[settings.log_level]
    production = settings.environment == "production"
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer() if production else structlog.dev.ConsoleRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        # Looked up at each line, so that whoever redirects standard error is followed.
        logger_factory=lambda *_: structlog.PrintLogger(cast(TextIO, Unfailing())),
        cache_logger_on_first_use=False,
    )
    logging.basicConfig(level=max(level, logging.WARNING), format="%(levelname)s %(name)s %(message)s")
    # At INFO the server writes down every socket with its address, which holds the workshop's code.
    logging.getLogger("uvicorn").setLevel(max(level, logging.WARNING))


def where(error: BaseException) -> list[str]:
    """Say where something broke, without what it said: messages of databases quote what people typed."""
    frames = traceback.extract_tb(error.__traceback__)[-6:]
    return [f"{frame.filename.rpartition('site-packages/')[2]}:{frame.lineno} {frame.name}" for frame in frames]
