"""The process that makes files: what it is given, what it may do, and what becomes of it when it breaks or hangs."""

import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import get_args

import psutil
import pytest

from app.activities.summary import Version
from app.errors import Closed
from app.exports.build import build
from app.exports.child import BROKE, TOO_LONG, Child
from app.exports.copied import opened, take
from app.exports.formats import FORMATS
from app.exports.frames import LENGTH, Garbled, Job, packed, receive_news, send_news
from app.exports.making import NotMade, Wish
from tests.cast import GRID, Cast, assemble
from tests.live.acting import phase
from tests.programs import wait_until
from tests.running import FILES, Concord


@pytest.fixture
def child() -> Iterator[Child]:
    """A process of this test's own."""
    made = Child()
    yield made
    made.end()


def job(cast: Cast, format: str = "json") -> bytes:
    """Pack what makes a file of everybody's workshop."""
    return packed(Job(cast.read(lambda session: take(session, cast.workshop_id)), cast.workshop_id, Wish(format)))


def grid(concord: Concord, **details: object) -> Cast:
    return assemble(concord, kind="grid", setup=GRID, **details)


def silent(done: int, total: int) -> None:
    """Hear how far a file is, and do nothing."""


@pytest.mark.parametrize("kind", ["ranking", "grid"])
@pytest.mark.parametrize("disclosure", ["named", "confidential", "aggregate"])
def test_copy_makes_the_same_record_as_the_database(concord: Concord, kind: str, disclosure: str) -> None:
    cast = grid(concord, disclosure=disclosure) if kind == "grid" else assemble(concord, disclosure=disclosure)
    for name in ("solo", "compare", "locked") if kind == "ranking" else ("jot", "reveal", "locked"):
        phase(cast, name)
    for version in get_args(Version):
        there = cast.read(partial(build, workshop_id=cast.workshop_id, version=version))
        with opened(cast.read(lambda session: take(session, cast.workshop_id))) as session:
            assert build(session, cast.workshop_id, version) == there


def test_copy_holds_no_secret_and_nobody_else_s_workshop(cast: Cast) -> None:
    other = assemble(cast.concord, title="CANARY of another")
    assert other.workshop_id != cast.workshop_id
    copy = cast.read(lambda session: take(session, cast.workshop_id))
    told = repr(copy)
    seats = [cast.seat(name) for name in ("Ann", "Ben", "Cat")]
    hashes = [seat.token_hash for seat in seats] + [seat.code_hash for seat in seats] + [cast.workshop().code_hash]
    for secret in (*hashes, "Ann", "CANARY"):
        assert secret not in told
    assert {name: len(rows) for name, rows in copy.items()} == {
        "workshop": 1,
        "step": 1,
        "workshop_table": 2,
        "seat": 4,
        "board": 0,
        "brought_record": 0,
    }


def test_copy_of_a_named_workshop_has_its_names(concord_on_sqlite: Concord) -> None:
    cast = assemble(concord_on_sqlite, disclosure="named")
    copy = cast.read(lambda session: take(session, cast.workshop_id))
    assert [seat["name"] for seat in copy["seat"]] == ["Ann", "Ben", "Cat", "Rob"]


@pytest.mark.parametrize("format", [name for name in FORMATS if name != "preflib"])
def test_every_format_is_made_under_seal(concord_on_sqlite: Concord, format: str) -> None:
    made = FILES.ask(job(grid(concord_on_sqlite), format), silent)
    assert made.ending.endswith({"all": "zip", "csv": "csv.zip"}.get(format, format))
    assert len(made.content) > 100


def test_making_tells_how_far_it_is_and_never_goes_back(concord_on_sqlite: Concord) -> None:
    told: list[tuple[int, int]] = []
    FILES.ask(job(grid(concord_on_sqlite), "all"), lambda done, total: told.append((done, total)))
    assert (told[0], told[-1]) == ((0, 100), (100, 100))
    assert told == sorted(set(told))
    assert len(told) > 8


def test_refusal_comes_back_with_its_sentence(concord_on_sqlite: Concord) -> None:
    with pytest.raises(Closed, match="PrefLib"):
        FILES.ask(job(grid(concord_on_sqlite), "preflib"), silent)


def test_process_is_nice_and_limited_and_knows_nothing_of_the_server(
    child: Child, concord_on_sqlite: Concord, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CONCORD_SECRET_KEY", "CANARY")
    monkeypatch.setenv("CONCORD_DATABASE_URL", "postgresql://CANARY@127.0.0.1/none")
    child.ask(job(grid(concord_on_sqlite)), silent)
    process = psutil.Process(child.pid)
    known = process.environ()
    assert [name for name in known if name.startswith("CONCORD") or "CANARY" in known[name]] == []
    assert process.nice() == 15
    limits = {name: process.rlimit(getattr(psutil, f"RLIMIT_{name}"))[0] for name in ("AS", "FSIZE", "NOFILE", "CORE")}
    assert limits == {"AS": 2 * 2**30, "FSIZE": 256 * 2**20, "NOFILE": 128, "CORE": 0}
    assert 0 < process.rlimit(psutil.RLIMIT_CPU)[0] < 200
    assert process.net_connections() == []


REFUSED = (
    "socket.socket()",
    "socket.create_connection(('127.0.0.1', 1))",
    "socket.getaddrinfo('localhost', 80)",
    "urllib.request.urlopen('http://127.0.0.1:1/')",
    "subprocess.run(['true'])",
    "os.system('true')",
    "os.fork()",
    "os.kill(os.getppid(), 0)",
    "open('/etc/passwd').read()",
    "open('/usr/share/../../etc/passwd').read()",
    "open(os.path.expanduser('~/.profile')).read()",
    "open(KEPT).read()",
    "open(KEPT, 'w')",
    "os.open(KEPT, os.O_RDWR)",
    "open('/usr/share/written', 'w')",
)
ALLOWED = (
    "open(os.path.join(tempfile.gettempdir(), 'own'), 'w').write('x')",
    "open(os.path.join(tempfile.gettempdir(), 'own')).read()",
    "open(wave.__file__).read()",
    "mimetypes.init()",
)
TRY = """
import json, mimetypes, os, socket, subprocess, sys, tempfile, urllib.request, wave
from app.exports.worker import Seal

KEPT, DEEDS = json.loads(sys.argv[1])
sys.addaudithook(Seal())
said = {}
for deed in DEEDS:
    try:
        eval(deed)
    except OSError as no:
        said[deed] = type(getattr(no, "reason", no)).__name__
    else:
        said[deed] = "done"
print(json.dumps(said))
"""


def test_sealed_process_may_read_what_python_needs_write_in_its_own_folder_and_nothing_else(tmp_path: Path) -> None:
    kept, own = tmp_path / "concord.db", tmp_path / "own"
    kept.write_text("kept")
    own.mkdir()
    told = json.dumps([str(kept), REFUSED + ALLOWED])
    command = [sys.executable, "-c", TRY, told]
    ended = subprocess.run(command, env=os.environ | {"TMPDIR": str(own)}, capture_output=True, text=True)
    assert ended.returncode == 0, ended.stderr
    assert json.loads(ended.stdout) == dict.fromkeys(REFUSED, "PermissionError") | dict.fromkeys(ALLOWED, "done")
    assert kept.read_text() == "kept"


def test_file_that_takes_too_long_is_stopped_and_the_next_is_made(child: Child, concord_on_sqlite: Concord) -> None:
    cast = grid(concord_on_sqlite)
    child.seconds = 0.05
    with pytest.raises(NotMade, match=TOO_LONG):
        child.ask(job(cast), silent)
    child.seconds = 60
    assert child.ask(job(cast), silent).ending == "json"


def test_process_that_dies_half_way_is_said_and_begun_again(child: Child, concord_on_sqlite: Concord) -> None:
    cast = grid(concord_on_sqlite)
    with pytest.raises(NotMade, match=BROKE):
        child.ask(job(cast), lambda done, total: child.kill())
    assert child.ask(job(cast), silent).ending == "json"


def test_what_breaks_in_the_making_is_said_without_a_word_of_it(
    concord_on_sqlite: Concord, capsys: pytest.CaptureFixture[str]
) -> None:
    cast = grid(concord_on_sqlite, title="CANARY")
    copy = cast.read(lambda session: take(session, cast.workshop_id))
    with pytest.raises(NotMade, match=BROKE):
        FILES.ask(packed(Job({**copy, "step": [{"CANARY": 1}]}, cast.workshop_id, Wish("json"))), silent)
    said = capsys.readouterr().out
    assert "a file broke" in said
    assert "CANARY" not in said
    assert FILES.ask(job(cast), silent).ending == "json"


def test_process_ends_and_leaves_nothing_behind(child: Child) -> None:
    child.start()
    process = psutil.Process(child.pid)
    folder = Path(process.environ()["TMPDIR"])
    assert folder.is_dir()
    child.end()
    assert (child.pid, process.is_running(), folder.exists()) == (None, False, False)


def test_process_ends_when_its_server_was_killed() -> None:
    code = "import os\nfrom app.exports.child import Child\nc = Child()\nc.start()\nprint(c.pid, flush=True)\ninput()"
    with subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as server:
        assert server.stdout is not None
        process = psutil.Process(int(server.stdout.readline()))
        server.kill()
    wait_until(lambda: not process.is_running(), "the process end")


def test_news_are_read_as_they_were_sent() -> None:
    pipe = io.BytesIO()
    send_news(pipe, {"ending": "pdf"}, b"\x00\xff")
    send_news(pipe, {"done": 1, "total": 2})
    pipe.seek(0)
    assert receive_news(pipe) == ({"ending": "pdf"}, b"\x00\xff")
    assert receive_news(pipe) == ({"done": 1, "total": 2}, b"")


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"\x00",
        LENGTH.pack(10**9),
        LENGTH.pack(5) + b"{}",
        LENGTH.pack(2) + b"\x80\x04",
        LENGTH.pack(2) + b"[]",
        LENGTH.pack(2) + b"{}",
        LENGTH.pack(12) + b'{"size": -1}',
        LENGTH.pack(12) + b'{"size": 90}' + b"short",
        LENGTH.pack(15) + b'{"size": "big"}',
        LENGTH.pack(23) + b'{"size": 1000000000000}',
    ],
)
def test_garbled_news_are_refused(sent: bytes) -> None:
    with pytest.raises(Garbled):
        receive_news(io.BytesIO(sent))
