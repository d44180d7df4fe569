import os
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
from typer.testing import CliRunner

from app.cli import commands
from tests.programs import end, wait_until
from tests.services import free_port


class Demo:
    """`concord demo` as a program of its own, its throw-away folder where a test can look."""

    def __init__(self, folder: Path, *more: str) -> None:
        self.scratch, self.said = folder / "scratch", folder / "said"
        self.scratch.mkdir()
        self.port = free_port()
        command = [sys.executable, "-m", "app", "demo", "--host", "127.0.0.1", "--port", str(self.port), *more]
        environment = {name: value for name, value in os.environ.items() if not name.startswith("CONCORD_")}
        with self.said.open("wb") as words:
            self.program = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=words,
                stderr=words,
                env=environment
                | {"TMPDIR": str(self.scratch), "CONCORD_DATABASE_URL": "postgresql://nobody@nowhere/none"},
            )

    def words(self) -> str:
        """Read what it has said."""
        assert self.program.poll() is None, self.said.read_text()
        return self.said.read_text()

    def address(self, name: str) -> str:
        """Find one of the addresses it has printed."""
        return next(line.split()[1] for line in self.words().splitlines() if line.strip().startswith(name))


def looked_at(address: str) -> str:
    """Open an address as a browser does, and read the page."""
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
    with browser.open(address, timeout=10) as reply:
        return str(reply.read().decode())


def test_demo_tells_its_addresses_plays_and_leaves_nothing_behind(tmp_path: Path) -> None:
    shown = Demo(tmp_path, "--tables", "1", "--seats", "3", "--speed", "0")
    try:
        wait_until(lambda: "Join  http://localhost" in shown.words(), "the demo tell where to look", 60)
        assert 'data-testid="join-name"' in looked_at(shown.address("Join"))
        assert 'id="wall"' in looked_at(shown.address("Wall"))
        assert 'data-testid="roster"' in looked_at(shown.address("Desk"))
        done = "1 of 1 tables have locked what they agreed"
        wait_until(lambda: done in shown.words(), "the robots play to the end", 120)
        assert "stumbled" not in shown.words()
        shown.program.send_signal(signal.SIGTERM)
        assert shown.program.wait(15) == 0
        assert list(shown.scratch.iterdir()) == []
    finally:
        end(shown.program)


def test_demo_can_be_stopped_in_the_middle_of_the_play(tmp_path: Path) -> None:
    shown = Demo(tmp_path, "--tables", "1", "--seats", "3", "--speed", "1")
    try:
        wait_until(lambda: "Join  http://localhost" in shown.words(), "the demo tell where to look", 60)
        shown.program.send_signal(signal.SIGINT)
        assert shown.program.wait(15) == 0
        assert "Traceback" not in shown.said.read_text()
        assert list(shown.scratch.iterdir()) == []
    finally:
        end(shown.program)


@pytest.mark.parametrize("words", [["--tables", "0"], ["--seats", "1"], ["--speed", "-1"], ["--port", "0"]])
def test_demo_of_impossible_numbers_says_so(words: list[str]) -> None:
    assert CliRunner().invoke(commands, ["demo", *words]).exit_code == 2


def test_demo_on_a_port_that_is_taken_says_so() -> None:
    from app.cli.serve import listen

    port = free_port()
    taken = listen("127.0.0.1", port)
    taken.listen()
    try:
        refused = CliRunner().invoke(commands, ["demo", "--host", "127.0.0.1", "--port", str(port)])
        assert (refused.exit_code, refused.stdout) == (1, "")
        assert "Choose another with --port" in refused.stderr
    finally:
        taken.close()
