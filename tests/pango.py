"""Finding Pango, with which PDF files are set, and installing it where we may."""

import re
import subprocess
import sys

from tests import debian
from tests.house.tree import ROOT

NONE = """\
There is no Pango for the tests of PDF files. Do one of these:
  - install it: libpango-1.0-0, libpangoft2-1.0-0 and libharfbuzz-subset0, or your system's package pango;
  - on Debian or Ubuntu run the tests as root once: they install it."""


def packages() -> list[str]:
    """Read which packages the container installs: those are what PDF files need."""
    told = re.sub(r"\\\n\s*", "", (ROOT / "Dockerfile").read_text())
    return re.findall(r"lib[a-z0-9.-]+", re.findall(r"apt-get install (.+?) &&", told)[0])


def is_there() -> bool:
    """Say whether a program of its own can load it: one that failed to once has no second try."""
    return subprocess.run([sys.executable, "-c", "import weasyprint"], capture_output=True, check=False).returncode == 0


if __name__ == "__main__":
    if not is_there() and not (debian.install(*packages()) and is_there()):
        raise SystemExit(NONE)
