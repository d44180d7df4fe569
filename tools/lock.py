"""Resolves all dependencies anew and writes the locks: hashed, for every platform, without addresses."""

import subprocess
import sys
import tempfile
import venv
from pathlib import Path

import hatch_build

ROOT = Path(__file__).parents[1]
OPTIONS = ["--quiet", "--universal", "--generate-hashes", "--no-header", "--no-annotate", "--python-version", "3.11"]
# each lock with what it is made from; a later one keeps to the versions of the one it names
LOCKS: list[tuple[str, list[str]]] = [
    ("run", ["pyproject.toml"]),
    ("dev", ["pyproject.toml", "--extra", "dev", "--constraints", "requirements/run.txt"]),
    # the peers need an older numpy than we run with
    ("bench", ["pyproject.toml", "--extra", "dev", "--extra", "bench"]),
    ("build", ["requirements/build.in", "--constraints", "requirements/dev.txt"]),
    ("node", ["requirements/node.in"]),
]


def main(upgrade: bool) -> None:
    """Write all locks; versions stay where they still fit, unless everything is to be upgraded."""
    with tempfile.TemporaryDirectory(prefix="concord-lock-") as folder:
        venv.create(folder, with_pip=True)
        python = Path(folder) / "bin" / "python"
        run([str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "uv"])
        for name, source in LOCKS:
            told = ["--upgrade"] if upgrade else []
            run(
                [
                    str(python.with_name("uv")),
                    "pip",
                    "compile",
                    *OPTIONS,
                    *told,
                    *source,
                    "-o",
                    f"requirements/{name}.txt",
                ]
            )
    _, npm = hatch_build.find_node()
    run([*npm, "update" if upgrade else "install", "--package-lock-only", "--ignore-scripts"])


def run(command: list[str]) -> None:
    """Run a command in the project; its words are shown, its failure ends us."""
    subprocess.run(command, cwd=ROOT, check=True)


if __name__ == "__main__":
    main(upgrade="--upgrade" in sys.argv[1:])
