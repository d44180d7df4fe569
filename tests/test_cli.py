"""The commands, run as somebody at a terminal runs them."""

import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
import zipfile
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from typer.testing import CliRunner, Result

from app.cli import commands
from app.cli.serve import configured
from app.config import Settings
from app.main import create_app
from tests.programs import running, wait_until
from tests.rooms import prepare
from tests.served import served
from tests.services import free_port

LINK = re.compile(r"(http://\S+?)(/sign-in/[\w-]{43})\n")


@pytest.fixture(autouse=True)
def own_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Settings of this test alone."""
    for name in [name for name in os.environ if name.startswith("CONCORD_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("CONCORD_DATA_DIR", str(tmp_path / "data"))


def concord(*words: str) -> Result:
    """Run a command."""
    return CliRunner().invoke(commands, list(words))


def test_commands_are_listed_when_none_is_named() -> None:
    found = concord()
    assert found.exit_code == 2
    for name in ("serve", "migrate", "doctor", "analyse", "trainer"):
        assert name in found.output


@pytest.mark.parametrize(
    "words", [["nonsense"], ["serve", "--port", "many"], ["serve", "--workers", "0"], ["trainer", "add"], ["analyse"]]
)
def test_wrong_usage_ends_with_2(words: list[str]) -> None:
    assert concord(*words).exit_code == 2


def test_migrate_makes_the_database_and_does_nothing_twice(tmp_path: Path) -> None:
    assert concord("migrate").stdout == "The database is up to date.\n"
    made = (tmp_path / "data" / "concord.db").read_bytes()
    assert concord("migrate").exit_code == 0
    assert (tmp_path / "data" / "concord.db").read_bytes() == made


def test_trainer_add_gives_a_link_that_signs_in_once() -> None:
    added = concord("trainer", "add", "ann@example.org")
    assert added.exit_code == 0
    found = LINK.fullmatch(added.stdout)
    assert found
    with TestClient(create_app(Settings()), follow_redirects=False) as device:
        assert device.get(found[2]).status_code == 303
        assert 'value="ann@example.org"' in device.get("/trainer/account").text


def test_trainer_add_says_why_it_cannot() -> None:
    concord("trainer", "add", "ann@example.org")
    again, wrong = concord("trainer", "add", "ANN@example.org"), concord("trainer", "add", "ann")
    assert (again.exit_code, again.stderr) == (1, "There is an account with this e-mail address already.\n")
    assert (wrong.exit_code, wrong.stderr) == (1, "Type an e-mail address, as name@example.org.\n")
    assert again.stdout + wrong.stdout == ""


def test_trainer_link_is_for_who_has_an_account() -> None:
    concord("trainer", "add", "ann@example.org")
    assert LINK.fullmatch(concord("trainer", "link", "Ann@example.org").stdout)
    nobody = concord("trainer", "link", "bob@example.org")
    assert nobody.exit_code == 1
    assert nobody.stderr.startswith("No trainer has this e-mail address")


def test_link_leads_to_the_public_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONCORD_PUBLIC_URL", "https://concord.example/")
    assert concord("trainer", "add", "ann@example.org").stdout.startswith("https://concord.example/sign-in/")


def test_settings_that_cannot_be_right_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONCORD_RETENTION_DAYS", "0")
    wrong = concord("serve")
    assert wrong.exit_code == 1
    assert "CONCORD_RETENTION_DAYS: Input should be greater than or equal to 1" in wrong.stderr


def test_settings_that_are_refused_do_not_print_the_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONCORD_ENVIRONMENT", "production")
    monkeypatch.setenv("CONCORD_SECRET_KEY", "short CANARY")
    refused = concord("serve")
    assert refused.exit_code == 1
    assert "SECRET_KEY is too weak for production" in refused.stderr
    assert "CANARY" not in refused.output


def test_serve_with_several_workers_needs_postgres() -> None:
    refused = concord("serve", "--workers", "2")
    assert refused.exit_code == 1
    assert "Several workers need PostgreSQL" in refused.stderr


def test_serve_says_when_its_port_is_taken() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        refused = concord("serve", "--host", "127.0.0.1", "--port", str(other.getsockname()[1]))
    assert refused.exit_code == 1
    assert "Choose another with --port." in refused.stderr


def test_serve_says_when_the_database_does_not_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONCORD_DATABASE_URL", f"postgresql://nobody@127.0.0.1:{free_port()}/none")
    refused = concord("serve", "--host", "127.0.0.1", "--port", str(free_port()))
    assert refused.exit_code == 1
    assert "The database does not answer" in refused.stderr


def test_serve_keeps_its_limits() -> None:
    config = configured(Settings(), 1)
    assert (config.ws_max_size, config.ws_max_queue, config.ws_per_message_deflate) == (65536, 8, False)
    assert (config.ws_ping_interval, config.ws_ping_timeout, config.timeout_graceful_shutdown) == (15, 10, 8)
    assert (config.server_header, config.access_log, config.proxy_headers) == (False, False, False)
    assert config.limit_concurrency is not None


def test_serve_believes_the_named_proxy_only() -> None:
    config = configured(Settings(trusted_proxy="10.0.0.1"), 1)
    assert (config.proxy_headers, config.forwarded_allow_ips) == (True, "10.0.0.1")


def serve_command(port: int, *more: str) -> list[str]:
    """Write the command that serves on a port."""
    return [sys.executable, "-m", "app", "serve", "--host", "127.0.0.1", "--port", str(port), *more]


def test_serve_prints_the_way_in_and_ends_with_ctrl_c(tmp_path: Path) -> None:
    port, log = free_port(), tmp_path / "log"
    with running(serve_command(port), log=log, env=dict(os.environ)) as program:
        wait_until(lambda: "Stop with Ctrl+C." in log.read_text(), "Concord speak", 30)
        # It speaks once it answers.
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz") as reply:
            assert reply.status == 200
            assert "server" not in reply.headers
        program.send_signal(signal.SIGINT)
        assert program.wait(15) == 0
    told = log.read_text()
    link = LINK.search(told)
    assert link
    assert link[1] == f"http://localhost:{port}"
    assert f"Phones in this network reach it at http://localhost:{port}\n" in told
    assert "█" in told


def test_serve_prints_no_link_once_there_is_a_password(sqlite_settings: Settings) -> None:
    with TestClient(create_app(sqlite_settings), follow_redirects=False) as device, served(sqlite_settings) as server:
        link = LINK.search(server.log.read_text())
        assert link
        device.get(link[2])
        device.post("/trainer/account/password", data={"new": "three unusual words"})
        before = len(server.log.read_text())
        server.stop()
        server.start()
        wait_until(lambda: "Stop with Ctrl+C." in server.log.read_text()[before:], "Concord speak")
        told = server.log.read_text()[before:]
    assert not LINK.search(told)
    assert "Trainers sign in at http://localhost" in told


def test_serve_runs_several_workers_on_postgres(postgres_settings: Settings) -> None:
    with served(postgres_settings, workers=2) as server:
        workers = [child for child in server.process.children() if "spawn_main" in " ".join(child.cmdline())]
        assert len(workers) == 2


def test_server_logs_hold_no_token_and_no_query(sqlite_settings: Settings) -> None:
    with served(sqlite_settings) as server:
        for path in ("/join/CANARY1", "/?word=CANARY2", "/sign-in/CANARY3", "/w/CANARY4/live?v=1"):
            line = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
            line.request("GET", path, headers={"Cookie": "concord_trainer=CANARY5"})
            assert line.getresponse().status in (200, 404, 410)
            line.close()
    assert "CANARY" not in server.log.read_text()


def test_doctor_finds_a_fresh_concord_well(tmp_path: Path) -> None:
    before = concord("doctor")
    assert before.exit_code == 0
    assert "There is no database" in before.stdout
    concord("migrate")
    after = concord("doctor")
    assert after.exit_code == 0
    for words in ("The database answers.", "Its tables are up to date.", "MB are free", "The front end is built."):
        assert f"✓ {words}" in re.sub(r"\d+ MB", "MB", after.stdout)
    assert "SQLite 3." in after.stdout


def test_doctor_finds_what_is_ill(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "concord.db").touch()
    monkeypatch.setenv("CONCORD_SECRET_KEY", "changeme")
    monkeypatch.setenv("CONCORD_REDIS_URL", f"redis://127.0.0.1:{free_port()}/0")
    found = concord("doctor")
    assert found.exit_code == 1
    assert "✗ Its tables are not up to date: run `concord migrate`." in found.stdout
    assert "✗ CONCORD_SECRET_KEY can be guessed" in found.stdout
    assert "! Redis does not answer" in found.stdout


def test_doctor_says_when_postgres_does_not_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONCORD_DATABASE_URL", f"postgresql://nobody:CANARY@127.0.0.1:{free_port()}/none")
    found = concord("doctor")
    assert found.exit_code == 1
    assert "✗ The database does not answer (OperationalError)" in found.stdout
    assert "CANARY" not in found.output


def test_doctor_meets_postgres_and_redis(
    monkeypatch: pytest.MonkeyPatch, postgres_settings: Settings, redis_url: str
) -> None:
    monkeypatch.setenv("CONCORD_DATABASE_URL", postgres_settings.database_url or "")
    monkeypatch.setenv("CONCORD_REDIS_URL", redis_url)
    found = concord("doctor")
    assert found.exit_code == 0
    assert "✓ The database answers.\n✓ Its tables are up to date.\n✓ Redis answers." in found.stdout


def test_analyse_tells_a_file_in_words_or_as_json(tmp_path: Path) -> None:
    file = tmp_path / "orders.csv"
    file.write_text("a,b,c\na,b,c\na,c,b\n")
    words, figures = concord("analyse", str(file)), concord("analyse", str(file), "--json")
    assert (words.exit_code, figures.exit_code) == (0, 0)
    assert figures.stdout.startswith("{")
    assert words.stdout == concord("analyse", str(file), "--text").stdout
    assert concord("analyse", str(file), "--json", "--text").exit_code == 2


def test_analyse_says_what_it_cannot_read(tmp_path: Path) -> None:
    (tmp_path / "orders.soc").write_text("nonsense")
    for name in ("orders.soc", "nothing.csv"):
        found = concord("analyse", str(tmp_path / name))
        assert (found.exit_code, found.stdout) == (1, "")
        assert name in found.stderr


def test_python_m_app_is_the_same() -> None:
    ended = subprocess.run([sys.executable, "-m", "app", "migrate"], capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stdout) == (0, "The database is up to date.\n")


def test_seed_makes_a_workshop_that_can_be_entered() -> None:
    made = concord("seed", "--json", "--tables", "2", "--seats", "3")
    assert made.exit_code == 0
    told = json.loads(made.stdout)
    assert sorted(told) == ["desk", "seats", "steps", "wall", "workshop"]
    assert [sorted(seat) for seat in told["seats"]] == [["agency", "cookie", "id", "table"]] * 6
    assert sorted(seat["table"] for seat in told["seats"]) == [1, 1, 1, 2, 2, 2]
    with TestClient(create_app(Settings()), "http://127.0.0.1:8000", follow_redirects=False) as device:
        at = f"/w/{told['workshop']}"
        assert device.get(at, headers={"cookie": told["seats"][0]["cookie"]}).status_code == 200
        desk = device.get(told["desk"])
        assert (desk.status_code, desk.headers["location"]) == (303, f"/trainer{at}")
        assert device.get(desk.headers["location"]).status_code == 200


def test_seed_tells_people_where_to_look() -> None:
    told = concord("seed").stdout
    assert "open, with 8 people." in told
    assert "Desk (signs you in once): http" in told


def test_seed_of_an_agenda_that_is_not_there_says_so() -> None:
    refused = concord("seed", "--agenda", "nonsense")
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert refused.stderr


def test_export_writes_the_record_of_a_workshop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code = json.loads(concord("seed", "--json").stdout)["workshop"]
    named = tmp_path / "record.json"
    assert concord("export", code.lower(), "--out", str(named)).stdout == f"Written to {named}.\n"
    assert json.loads(named.read_text())["workshop"]["tables"]
    monkeypatch.chdir(tmp_path)
    written = concord("export", f"{code[:4]}-{code[4:]}", "--format", "csv", "--version", "participant")
    assert written.exit_code == 0
    assert zipfile.is_zipfile(tmp_path / written.stdout.removeprefix("Written to ").rstrip(".\n"))


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (["AAAA-AAAA"], 1),
        (["nonsense"], 1),
        (["AAAA-AAAA", "--format", "papyrus"], 2),
        (["AAAA-AAAA", "--version", "everybody"], 2),
    ],
)
def test_export_says_what_it_cannot_write(words: list[str], status: int, tmp_path: Path) -> None:
    refused = concord("export", *words, "--out", str(tmp_path / "out"))
    assert refused.exit_code == status
    assert refused.stderr
    assert not (tmp_path / "out").exists()


def test_export_says_when_it_cannot_write_there(tmp_path: Path) -> None:
    code = json.loads(concord("seed", "--json").stdout)["workshop"]
    refused = concord("export", code, "--out", str(tmp_path / "nowhere" / "out"))
    assert refused.exit_code == 1
    assert "No such file or directory" in refused.stderr


def seeded() -> str:
    """Make a workshop with people in it; gives its code."""
    code: str = json.loads(concord("seed", "--json").stdout)["workshop"]
    return code


def test_export_writes_every_format_in_one_zip(tmp_path: Path) -> None:
    out = tmp_path / "all.zip"
    written = concord("export", seeded(), "--format", "all", "--version", "commissioner", "--out", str(out))
    assert (written.exit_code, written.stdout, written.stderr) == (0, f"Written to {out}.\n", "")
    with zipfile.ZipFile(out) as archive:
        endings = {name.partition("-commissioner.")[2] for name in archive.namelist()} - {""}
    assert {"pdf", "docx", "xlsx", "csv.zip", "json"} <= endings


@pytest.mark.parametrize(("option", "word"), [("--language", "xx"), ("--paper", "a0")])
def test_export_takes_no_other_language_and_no_other_paper(option: str, word: str, tmp_path: Path) -> None:
    refused = concord("export", "AAAA-AAAA", option, word, "--out", str(tmp_path / "out"))
    assert refused.exit_code == 2
    assert option in refused.stderr


def test_export_of_a_workshop_without_anybody_says_so(
    tmp_path: Path, sqlite_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CONCORD_DATA_DIR", str(sqlite_settings.data_dir))
    monkeypatch.setenv("CONCORD_SECRET_KEY", sqlite_settings.secret_key or "")
    code = prepare(sqlite_settings, seats=0)[0].code
    refused = concord("export", code, "--out", str(tmp_path / "out"))
    assert refused.exit_code == 1
    assert refused.stderr.startswith("There is nothing to take home yet.")


def test_import_brings_back_what_export_wrote(tmp_path: Path) -> None:
    record = tmp_path / "record.json"
    concord("export", seeded(), "--out", str(record))
    brought = concord("import", str(record))
    assert brought.exit_code == 0, brought.stderr
    code = re.findall(r"/trainer/w/([A-Z0-9]{8})/summary\n", brought.stdout)[0]
    again = tmp_path / "again.json"
    assert concord("export", code, "--out", str(again)).exit_code == 0
    assert json.loads(again.read_text())["steps"] == json.loads(record.read_text())["steps"]


def test_import_says_whose_and_what_is_wrong(tmp_path: Path) -> None:
    record, broken = tmp_path / "record.json", tmp_path / "broken.json"
    concord("export", seeded(), "--out", str(record))
    broken.write_text("{}")
    nobody = concord("import", str(record), "--trainer", "nobody@example.org")
    assert (nobody.exit_code, nobody.stderr.startswith("No trainer has this e-mail address")) == (1, True)
    unclear, missing = concord("import", str(broken)), concord("import", str(tmp_path / "nowhere"))
    assert (unclear.exit_code, missing.exit_code) == (1, 1)
    assert unclear.stderr
    assert "No such file or directory" in missing.stderr
    concord("trainer", "add", "bob@example.org")
    assert concord("import", str(record)).stderr == "Say whose workshop it is to be: --trainer EMAIL.\n"
    assert concord("import", str(record), "--trainer", "bob@example.org").exit_code == 0


@pytest.mark.parametrize("lack", [OSError("cannot load library"), ModuleNotFoundError("weasyprint")])
def test_doctor_says_when_pdf_files_cannot_be_made(monkeypatch: pytest.MonkeyPatch, lack: Exception) -> None:
    assert "✓ PDF files can be made." in concord("doctor").stdout

    def missing(name: str) -> None:
        raise lack

    monkeypatch.setattr("app.cli.doctor.import_module", missing)
    found = concord("doctor")
    assert found.exit_code == 0
    assert "! PDF files cannot be made: Pango is missing." in found.stdout
