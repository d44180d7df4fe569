"""Rules for what sets Concord up: locks, Makefile, hooks, settings, CI."""

import json
import os
import re
import subprocess
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.house.tree import ROOT, told
from tools.env_example import example

PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
PACKAGE = json.loads((ROOT / "package.json").read_text())
LOCKED = json.loads((ROOT / "package-lock.json").read_text())["packages"]
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
EXTRAS = PYPROJECT["project"]["optional-dependencies"]
PIN = re.compile(r"(?m)^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;]+)")
MADE_FROM = {
    "run": PYPROJECT["project"]["dependencies"],
    "dev": PYPROJECT["project"]["dependencies"] + EXTRAS["dev"],
    "bench": PYPROJECT["project"]["dependencies"] + EXTRAS["dev"] + EXTRAS["bench"],
    "build": PYPROJECT["build-system"]["requires"] + (ROOT / "requirements/build.in").read_text().splitlines(),
    "node": (ROOT / "requirements/node.in").read_text().splitlines(),
}

# what the peers that we are measured against keep at older versions, in an environment of their own
HELD_BACK = {"bench": {"filelock", "numpy", "numpy-typing-compat"}}


def pins(lock: str) -> dict[str, set[str]]:
    """Read the versions of a lock; a package has several where they differ by Python or platform."""
    found: dict[str, set[str]] = {}
    for name, version in PIN.findall((ROOT / "requirements" / f"{lock}.txt").read_text()):
        found.setdefault(canonicalize_name(name), set()).add(version)
    return found


@pytest.mark.parametrize("lock", MADE_FROM)
def test_lock_holds_every_dependency_within_its_bounds(lock: str) -> None:
    locked = pins(lock)
    wanted = [Requirement(line) for line in MADE_FROM[lock] if line and not line.startswith("#")]
    outside = [
        str(requirement)
        for requirement in wanted
        if not (versions := locked.get(canonicalize_name(requirement.name), set()))
        or not all(requirement.specifier.contains(version) for version in versions)
    ]
    assert outside == []


@pytest.mark.parametrize("lock", ["dev", "bench", "build"])
def test_locks_agree_on_versions(lock: str) -> None:
    run = pins("dev" if lock != "dev" else "run")
    differ = {name for name, versions in pins(lock).items() if name in run and versions != run[name]}
    assert differ == HELD_BACK.get(lock, set())


@pytest.mark.parametrize("lock", LOCKS, ids=told)
def test_lock_names_hashes_and_no_address(lock: Path) -> None:
    text = lock.read_text()
    assert re.findall(r"https?://|--(?:extra-)?index-url|--find-links|--trusted-host", text) == []
    entries = [entry for entry in re.split(r"(?m)^(?=[A-Za-z0-9])", text) if PIN.match(entry)]
    assert [entry.split(" ")[0] for entry in entries if "--hash=sha256:" not in entry] == []


def test_front_end_lock_belongs_to_its_package_file() -> None:
    root = LOCKED[""]
    asked = ("dependencies", "devDependencies")
    assert {name: root.get(name) for name in asked} == {name: PACKAGE[name] for name in asked}


def test_front_end_lock_names_no_address() -> None:
    assert [name for name, package in LOCKED.items() if "resolved" in package] == []
    assert [name for name, package in LOCKED.items() if name and "integrity" not in package] == []


@pytest.mark.parametrize(("name", "version"), [("htmx.org", "4.0.1"), ("sortablejs", "1.15.7")])
def test_what_the_live_pages_stand_on_is_pinned_exactly(name: str, version: str) -> None:
    assert (PACKAGE["dependencies"][name], LOCKED[f"node_modules/{name}"]["version"]) == (version, version)


def test_example_of_the_settings_is_current() -> None:
    assert (ROOT / ".env.example").read_text() == example()


def test_make_prints_every_target_with_what_it_does() -> None:
    targets = re.findall(r"(?m)^\.PHONY: (.+)$", (ROOT / "Makefile").read_text())[0].split()
    # without the flags of the make that may have started us
    env = {name: value for name, value in os.environ.items() if name not in ("MAKEFLAGS", "MAKELEVEL", "MFLAGS")}
    printed = subprocess.run(["make"], cwd=ROOT, env=env, capture_output=True, text=True, check=True).stdout
    assert [line.split()[1] for line in printed.splitlines()] == [name for name in targets if name != "tools"]


def test_hooks_before_a_commit_are_the_project_s_own() -> None:
    config = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text())
    assert [repo["repo"] for repo in config["repos"]] == ["local"]
    programs = {hook["entry"].split()[0] for repo in config["repos"] for hook in repo["hooks"]}
    assert [name for name in programs if name != "make" and not (ROOT / name).exists()] == []


def test_ci_runs_the_tests_and_the_checks() -> None:
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    subprocess.run(["bash", "-n", script], check=True)
    assert re.findall(r"^(?:\w+=\d; )?make (test|check)", script.read_text(), flags=re.M) == ["test", "check"]


def test_front_end_is_built_for_every_screen() -> None:
    manifest = json.loads((ROOT / "app/static/dist/manifest.json").read_text())
    assert {"concord.css", "desk.js", "page.js", "seat.js", "wall.js"} <= manifest.keys()
    assert [file for file in manifest.values() if not (ROOT / "app/static/dist" / file).is_file()] == []
