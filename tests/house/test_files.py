"""Rules for every file: its length, its name, and what it may not mention."""

import re

import pytest

from tests.house.tree import ROOT, files, texts, told

WALL = 400
MEASURED = {".py", ".js", ".css", ".html"}
EVASIVE = {"utils", "util", "helpers", "helper", "common", "manager", "managers", "handler", "handlers", "misc"}
# written so that they do not match themselves
UNWANTED = {
    "a package registry's host": r"(pypi|pythonhosted|npmjs|debian)\.(org|com)",
    "a path outside the project": r"(?<![\w.:/}*-])/(home|Users|root|mnt|tmp|w[o]rk)/|\.\./share[d]",
    "a promise, not work": r"\b(TOD[O]|FIXM[E]|XX[X]|NotImplementedErro[r]\b)|coming soo[n]|not yet implemente[d]",
}


def test_files_stay_within_the_wall_of_400_lines() -> None:
    measured = [path for path in files() if path.suffix in MEASURED]
    assert [told(path, lines) for path in measured if (lines := len(path.read_text().splitlines())) > WALL] == []


def test_files_have_names_that_say_what_they_hold() -> None:
    assert [told(path) for path in files() if path.stem.strip("_") in EVASIVE] == []


@pytest.mark.parametrize("what", UNWANTED)
def test_files_do_not_mention(what: str) -> None:
    pattern = re.compile(UNWANTED[what])
    found = [
        told(path, number)
        for path in texts()
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if pattern.search(line)
    ]
    assert found == []


def test_third_party_code_is_not_committed() -> None:
    assert [told(path) for path in files() if re.search(r"\.min\.(js|css)$|(^|/)vendor/", told(path))] == []


def test_tests_are_never_skipped() -> None:
    pattern = re.compile(r"pytest\.(skip|importorskip|mark\.skip|mark\.skipif|mark\.xfail)\b")
    assert [told(path) for path in texts() if path.suffix == ".py" and pattern.search(path.read_text())] == []


def test_changelog_has_a_place_for_what_is_not_released() -> None:
    headings = re.findall(r"(?m)^## \[(.+?)\]", (ROOT / "CHANGELOG.md").read_text())
    assert headings[0] == "Unreleased"


@pytest.mark.parametrize("name", ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", "LICENSE"])
def test_project_has_what_a_newcomer_looks_for(name: str) -> None:
    assert (ROOT / name).is_file()
