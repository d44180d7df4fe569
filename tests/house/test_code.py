"""Rules for Python: docstrings, the one commit, and which room may know which."""

import ast
import re
import sys
from pathlib import Path

import pytest

from tests.house.tree import ACTIVITIES, ROOT, imports, kinds, parsed, told, under

CODE = under("app", ".py")
PURE = set(sys.stdlib_module_names) - {
    "sqlite3",
    "socket",
    "asyncio",
    "threading",
    "subprocess",
    "http",
    "urllib",
    "time",
}
FLOOR_0 = {"app.errors", "app.disclosure", "app.consensus"}


def test_modules_say_in_a_sentence_what_they_hold() -> None:
    missing = [told(path) for path in CODE if not first_paragraph(path).endswith(".")]
    assert missing == []


def test_public_functions_and_classes_say_in_a_sentence_what_they_do() -> None:
    missing = [
        told(path, node.lineno)
        for path in CODE
        for node in public(parsed(path))
        if not (ast.get_docstring(node) or "").strip()
    ]
    assert missing == []


def test_only_the_database_commits() -> None:
    callers = [
        told(path, node.lineno)
        for path in CODE
        if path != ROOT / "app" / "db.py"
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Attribute) and node.attr == "commit"
    ]
    assert callers == []


@pytest.mark.parametrize("kind", kinds())
def test_no_kind_is_named_outside_its_folder(kind: str) -> None:
    own = ACTIVITIES / kind
    outside = [path for path in CODE if not path.is_relative_to(own)]
    named = [told(path, line) for path in outside for line in mentions(path, kind)]
    quoted = re.compile(rf"""["'`]{kind}["'`]""")
    screens = [*under("app", ".html"), *under("app", ".js")]
    named += [told(path) for path in screens if not path.is_relative_to(own) and quoted.search(path.read_text())]
    assert named == []


@pytest.mark.parametrize("kind", kinds())
def test_kinds_do_not_know_each_other(kind: str) -> None:
    others = {f"app.activities.{other}" for other in kinds() if other != kind}
    assert [place for place in known(ACTIVITIES / kind) if in_any(place[1], others)] == []


def test_kinds_know_no_database_no_clock_and_no_web() -> None:
    allowed = {"pydantic", "markupsafe", "app.activities", *FLOOR_0}
    assert [place for place in known(ACTIVITIES) if not allowed_here(place[1], allowed)] == []


def test_statistics_know_numpy_scipy_and_disclosure_only() -> None:
    allowed = {"numpy", "scipy", "app.consensus", "app.disclosure"}
    assert [place for place in known(ROOT / "app" / "consensus") if not allowed_here(place[1], allowed)] == []


def first_paragraph(path: Path) -> str:
    """Read how a module introduces itself."""
    return (ast.get_docstring(parsed(path)) or "").split("\n\n")[0]


def public(tree: ast.Module) -> list[ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef]:
    """Find what a module offers; protocols of a class's methods are ruff's business."""
    offered = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    return [node for node in tree.body if isinstance(node, offered) and not node.name.startswith("_")]


def mentions(path: Path, kind: str) -> list[int]:
    """Find the lines that name a kind: as a word of its own in quotes, or by importing it."""
    tree = parsed(path)
    lines = [line for line, name in imports(tree) if in_any(name, {f"app.activities.{kind}"})]
    return lines + [node.lineno for node in ast.walk(tree) if isinstance(node, ast.Constant) and node.value == kind]


def known(folder: Path) -> list[tuple[str, str]]:
    """List every import of a folder's modules, with its place."""
    paths = [path for path in CODE if path.is_relative_to(folder)]
    return [(told(path, line), name) for path in paths for line, name in imports(parsed(path))]


def allowed_here(name: str, allowed: set[str]) -> bool:
    return name.split(".")[0] in PURE or in_any(name, allowed) or name == "app"


def in_any(name: str, packages: set[str]) -> bool:
    return any(name == package or name.startswith(f"{package}.") for package in packages)
