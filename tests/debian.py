"""Packages of Debian and Ubuntu that tests need, installed where we may."""

import os
import shutil
import subprocess


def install(*packages: str) -> bool:
    """Install packages where we are root and apt-get is there; say whether it worked."""
    if os.name != "posix" or os.geteuid() != 0 or shutil.which("apt-get") is None:
        return False
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for told in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", *packages]):
        ended = subprocess.run(
            ["apt-get", *told], env=quiet, stdin=subprocess.DEVNULL, capture_output=True, check=False
        )
        if ended.returncode:
            return False
    return True
