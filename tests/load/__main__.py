"""`make load`: every promise about speed and load, measured beside its anchor in one run.

Real servers and the anchor run on loopback; this process is the crowd. Give names of parts to run only those.
"""

import asyncio
import gc
import os
import platform
import sys
import time
from collections.abc import Callable, Coroutine
from typing import Any

import psutil
import uvloop
from rich.console import Console

from tests.load import engine, exports, many_rooms, one_room, storm, tables, texts, venue
from tests.load.figures import Figure, table

PARTS: dict[str, Callable[[], Coroutine[Any, Any, list[Figure]]]] = {
    "isolated": one_room.isolated_moves,
    "ranking": tables.in_one_room,
    "crowd": many_rooms.moves_a_second,
    "placing": tables.in_fifty_rooms,
    "others": one_room.beside_others,
    "bad": one_room.beside_bad_clients,
    "venue": venue.all_come_back,
    "storm": storm.a_minute,
    "texts": texts.two_hundred_edits,
    "exports": exports.beside_a_room,
}


def machine() -> str:
    """Say on what all this was measured; what else it does while we measure is part of that."""
    load = " ".join(f"{one:.1f}" for one in os.getloadavg())
    memory = psutil.virtual_memory().total / 2**30
    python = f"{platform.python_implementation()} {platform.python_version()}"
    return f"{os.cpu_count()} cores · {memory:.0f} GiB · {python} · {platform.system()} · load at the start {load}"


def main() -> int:
    """Measure, print, and give 1 when a promise was not kept."""
    console = Console(width=max(120, Console().width))
    wanted = [name for name in PARTS if name in sys.argv[1:]] or list(PARTS)
    console.print(machine())
    found: list[Figure] = []
    broken: list[str] = []
    for name in wanted:
        begun = time.monotonic()
        gc.collect()
        gc.freeze()  # the crowd is not to be held up by its own collector
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            try:
                found += runner.run(PARTS[name]())
            except (AssertionError, OSError) as trouble:  # the other parts are worth knowing all the same
                broken.append(f"{name} broke: {trouble}"[:500])
        console.print(f"{name}: {time.monotonic() - begun:.0f} s", style="dim")
    console.print(table(found))
    for line in broken:
        console.print(line, style="bold", markup=False)
    # the engine's own promises (P5) are ratios, too, with a table of their own
    if len(wanted) == len(PARTS):
        sys.argv[1:] = ["--brief"]
        return int(engine.main() != 0 or bool(broken) or not all(one.holds for one in found))
    return int(bool(broken) or not all(one.holds for one in found))


if __name__ == "__main__":
    raise SystemExit(main())
