"""How Concord and the process that makes files speak with each other, through two pipes.

Law: what comes from that process is read as JSON and plain bytes alone, so that it can make nothing happen here.
"""

import json
import pickle
import struct
from dataclasses import dataclass
from typing import IO, Any

from app.exports.copied import Copy
from app.exports.formats import File
from app.exports.making import Wish

LENGTH = struct.Struct(">Q")
LARGEST_NEWS = 64 * 1024
LARGEST_FILE = 128 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Job:
    """A file to be made: from which rows, which workshop among them, and which file."""

    copy: Copy
    workshop_id: int
    wish: Wish


class Garbled(Exception):
    """Something else came than what was agreed on, or the other end is gone."""


def send_job(pipe: IO[bytes], job: bytes) -> None:
    """Send a packed job."""
    pipe.write(LENGTH.pack(len(job)) + job)
    pipe.flush()


def packed(job: Job) -> bytes:
    """Pack a job, which only the process that we started ourselves unpacks."""
    return pickle.dumps(job, pickle.HIGHEST_PROTOCOL)


def receive_job(pipe: IO[bytes]) -> Job | None:
    """Wait for a job; None once nobody is left to send any."""
    head = pipe.read(LENGTH.size)
    if len(head) < LENGTH.size:
        return None
    packed = pipe.read(LENGTH.unpack(head)[0])
    job: Job = pickle.loads(packed)  # noqa: S301  # from the process that started this one, and from no other
    return job


def send_news(pipe: IO[bytes], news: dict[str, Any], content: bytes = b"") -> None:
    """Send news, and the file that belongs to them."""
    told = json.dumps(news | {"size": len(content)}).encode()
    pipe.write(LENGTH.pack(len(told)) + told + content)
    pipe.flush()


def receive_news(pipe: IO[bytes]) -> tuple[dict[str, Any], bytes]:
    """Wait for news; raises Garbled when none come any more."""
    length = LENGTH.unpack(_exactly(pipe, LENGTH.size))[0]
    if length > LARGEST_NEWS:
        raise Garbled("more news than anybody sends")
    try:
        news = json.loads(_exactly(pipe, length))
    except ValueError:
        raise Garbled("news that are no JSON") from None
    size = news.pop("size", None) if isinstance(news, dict) else None
    if type(size) is not int or not 0 <= size <= LARGEST_FILE:
        raise Garbled("news of no known size")
    return news, _exactly(pipe, size)


def written(news: dict[str, Any], content: bytes) -> File:
    """Read a file from the news that brought it."""
    return File(content, str(news["ending"])[:20], str(news["media_type"])[:100])


def _exactly(pipe: IO[bytes], size: int) -> bytes:
    read = pipe.read(size) if size else b""
    if len(read) < size:
        raise Garbled("the other end is gone")
    return read
