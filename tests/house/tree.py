"""The project's own files, as a clone has them, without what is built or installed beside them."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
MADE = {".git", ".venv", "node_modules", "dist", "dist.new", "dist.old", "data", "build", "__pycache__"}
PICTURES = {".png", ".woff2", ".ico", ".db", ".mo"}
ACTIVITIES = ROOT / "app" / "activities"


@cache
def files() -> list[Path]:
    """List every file of the project, sorted."""
    return sorted(walk(ROOT))


def walk(folder: Path) -> Iterator[Path]:
    """Find the files under a folder, leaving out what is made."""
    for path in folder.iterdir():
        if path.name in MADE or path.name.endswith(("_cache", ".egg-info")) or path.name == ".hypothesis":
            continue
        if path.is_dir():
            yield from walk(path)
        elif path.name != ".env":
            yield path


def texts() -> list[Path]:
    """List the files that hold text."""
    return [path for path in files() if path.suffix not in PICTURES]


def under(folder: str, suffix: str) -> list[Path]:
    """List the files of one sort in a folder of the project."""
    return [path for path in files() if path.suffix == suffix and path.is_relative_to(ROOT / folder)]


def told(path: Path, line: int | None = None) -> str:
    """Name a place as a reader would look it up."""
    name = path.relative_to(ROOT).as_posix()
    return name if line is None else f"{name}:{line}"


def kinds() -> list[str]:
    """List the kinds of activity: the folders that plug in."""
    return sorted(path.parent.name for path in ACTIVITIES.glob("*/__init__.py"))


def imports(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Find every module that a module imports, wherever in it, with the line."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.lineno, node.module
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def parsed(path: Path) -> ast.Module:
    """Read a Python file as its tree."""
    return ast.parse(path.read_text(), str(path))
