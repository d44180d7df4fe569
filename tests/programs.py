"""Starting programs for a test and ending them, each by its own id.

Law: whatever starts here has ended when its `with` block has, however the block ends.
"""

import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path


class NotInTime(AssertionError):
    """What a test waited for did not come about."""


def wait_until(true: Callable[[], bool], what: str, seconds: float = 20) -> None:
    """Look again and again until `true()`; `what` completes the sentence "… did not"."""
    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            raise NotInTime(f"{what} did not within {seconds:g} s")
        time.sleep(0.02)


@contextmanager
def running(
    command: Sequence[str | Path],
    *,
    log: Path,
    env: Mapping[str, str] | None = None,
    user: int | None = None,
    grace: float = 10,
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a program while the block runs; its output goes to `log`, and `user` drops root's rights."""
    drop = {} if user is None else {"user": user, "group": user, "extra_groups": []}
    with log.open("ab") as words:
        program = subprocess.Popen(  # type: ignore[call-overload]  # `drop` holds options of its own
            list(map(str, command)), stdin=subprocess.DEVNULL, stdout=words, stderr=words, env=env, **drop
        )
    try:
        yield program
    finally:
        end(program, grace)


def end(program: subprocess.Popen[bytes], grace: float = 10) -> None:
    """Ask a program to end, and kill it when it has not after `grace` seconds."""
    if program.poll() is None:
        program.terminate()
    try:
        program.wait(grace)
    except subprocess.TimeoutExpired:
        program.kill()
        program.wait(grace)
