"""Rules for the container and the wheel in it, as far as they can be tried without a container engine."""

import re
import shlex
import shutil
import subprocess
import sys
import zipfile
from fnmatch import fnmatch
from pathlib import Path

import pytest
import yaml

from app.config import Settings
from tests.house.tree import ROOT, files, under

DOCKERFILE = re.sub(r"\\\n\s*", "", (ROOT / "Dockerfile").read_text())
COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text())
CONCORD = Path(sys.executable).with_name("concord")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built as the Dockerfile builds it, from a copy: other tests are using what is built here."""
    source, target = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("wheel")
    for path in files():
        copy = source / path.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, copy)
    (source / "node_modules").symlink_to(ROOT / "node_modules")
    told = [
        "--no-deps",
        "--no-build-isolation",
        "--disable-pip-version-check",
        "--no-index",
        "--wheel-dir",
        str(target),
    ]
    subprocess.run([sys.executable, "-m", "pip", "wheel", *told, str(source)], check=True, capture_output=True)
    return next(target.glob("concord-*.whl"))


def instructions(name: str) -> list[list[str]]:
    """Read the words after every instruction of one name."""
    return [shlex.split(line) for line in re.findall(rf"(?m)^{name} (.+)$", DOCKERFILE)]


def ignored(name: str) -> bool:
    """Say whether .dockerignore keeps a file at the top out of the build; the last line that matches decides."""
    verdict = False
    for line in (ROOT / ".dockerignore").read_text().splitlines():
        if line and not line.startswith("#") and fnmatch(name, line.lstrip("!")):
            verdict = not line.startswith("!")
    return verdict


def test_copied_files_exist_and_are_not_ignored() -> None:
    copied = [name for words in instructions("COPY") if not words[0].startswith("--from") for name in words[:-1]]
    assert [name for name in copied if not (ROOT / name).exists() or ignored(name.split("/")[0])] == []


def test_container_runs_without_rights_and_says_whether_it_is_well() -> None:
    last = DOCKERFILE.rsplit("FROM ", 1)[1]
    assert re.findall(r"(?m)^USER (.+)$", last) == ["concord"]
    assert last.index("USER concord") < last.index("CMD ")
    code = re.findall(r'CMD \["python", "-c", "(.+?)"\]', last)[0]
    compile(code, "HEALTHCHECK", "exec")
    assert "http://127.0.0.1:8000/healthz" in code


@pytest.mark.parametrize(
    "command",
    [yaml.safe_load(re.findall(r"(?m)^CMD (.+)$", DOCKERFILE)[-1]), COMPOSE["services"]["app"]["command"]],
    ids=["Dockerfile", "compose"],
)
def test_container_starts_with_a_command_that_concord_has(command: list[str]) -> None:
    assert command[:2] == ["concord", "serve"]
    env = {"TERMINAL_WIDTH": "200", "NO_COLOR": "1", "PATH": "/usr/bin:/bin"}
    told = subprocess.run([CONCORD, "serve", "--help"], env=env, capture_output=True, text=True, check=True).stdout
    assert [word for word in command[2:] if word.startswith("--") and word not in told] == []


def test_compose_brings_the_database_and_the_doorbell() -> None:
    services = COMPOSE["services"]
    assert list(services) == ["app", "postgres", "redis"]
    assert [name for name in ("postgres", "redis") if "healthcheck" not in services[name]] == []
    assert {service["restart"] for service in services.values()} == {"unless-stopped"}
    mounted = {volume.split(":")[0] for service in services.values() for volume in service.get("volumes", [])}
    assert mounted == set(COMPOSE["volumes"])


def test_compose_sets_only_what_concord_knows() -> None:
    known = {f"CONCORD_{name.upper()}" for name in Settings.model_fields}
    assert set(COMPOSE["services"]["app"]["environment"]) - known == set()


def test_wheel_holds_everything_that_runs(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    needed = [
        path.relative_to(ROOT).as_posix()
        for suffix in (".py", ".html", ".toml", ".svg")
        for path in under("app", suffix)
    ]
    needed += [path.with_suffix(".mo").relative_to(ROOT).as_posix() for path in under("app/locale", ".po")]
    needed += [f"app/{path.relative_to(ROOT).as_posix()}" for path in under("migrations", ".py")]
    needed += ["app/alembic.ini", "app/static/dist/manifest.json"]
    assert [name for name in needed if name not in names] == []
    assert [name for name in names if name.endswith(".po") or "node_modules" in name or name.startswith("tests")] == []


def test_wheel_migrates_an_empty_database_far_from_the_project(wheel: Path, tmp_path: Path) -> None:
    installed, elsewhere = tmp_path / "installed", tmp_path / "elsewhere"
    zipfile.ZipFile(wheel).extractall(installed)
    elsewhere.mkdir()
    env = {"PYTHONPATH": str(installed), "PATH": "/usr/bin:/bin", "CONCORD_DATA_DIR": str(elsewhere / "data")}
    said = subprocess.run(
        [sys.executable, "-m", "app", "migrate"], cwd=elsewhere, env=env, capture_output=True, text=True
    )
    assert (said.returncode, (elsewhere / "data" / "concord.db").exists()) == (0, True), said.stdout + said.stderr
