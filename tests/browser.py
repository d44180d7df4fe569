"""Finding a Chromium, installing one where we may, and how tests start it."""

import os
import shutil
from pathlib import Path

from tests import debian

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
MAC = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
# no look-ups at start: a hall has no internet, and neither has many a test machine
FLAGS = (
    "--no-first-run",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
NONE = """\
There is no Chromium for the browser tests. Do one of these:
  - install Chromium or Chrome, so that it is found by its name;
  - set CHROMIUM to the path of one;
  - on Debian or Ubuntu run the tests as root once: they install the package `chromium`."""


class NoBrowser(RuntimeError):
    """No Chromium was found and none could be installed."""


def find_chromium() -> str:
    """Find a Chromium: CHROMIUM, then the usual names, then Debian's package if we are root."""
    named = os.environ.get("CHROMIUM")
    if named:
        if not Path(named).exists():
            raise NoBrowser(f"CHROMIUM says {named}, and nothing is there.")
        return named
    found = installed() or (installed() if debian.install("chromium") else None)
    if found is None:
        raise NoBrowser(NONE)
    return found


def installed() -> str | None:
    """Find a Chromium by the names it goes by."""
    by_name = filter(None, map(shutil.which, NAMES))
    on_a_mac = (path for path in MAC if Path(path).exists())
    return next(by_name, None) or next(on_a_mac, None)


def flags() -> list[str]:
    """Say how to start Chromium; root has no sandbox."""
    return [*FLAGS, "--no-sandbox"] if os.name == "posix" and os.geteuid() == 0 else list(FLAGS)


if __name__ == "__main__":
    try:
        print(find_chromium())  # noqa: T201  # `.ci/run` shows it
    except NoBrowser as trouble:
        raise SystemExit(str(trouble)) from None
