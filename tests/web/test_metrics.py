"""The figures of a worker: what they are called, what they may name, and that they follow what happens."""

import asyncio
import os
import threading
import time
from contextlib import ExitStack
from pathlib import Path

from sqlmodel import Session

from tests.cast import a_workshop
from tests.figures import figure, scrape
from tests.running import Concord

OURS = {
    "concord_replies",
    "concord_write_wait_seconds",
    "concord_loop_lag_seconds",
    "concord_move_ack_seconds",
    "concord_sockets",
    "concord_unsent_lines",
    "concord_oldest_unsent_seconds",
    "concord_undrawn_workshops",
    "concord_drawings",
    "concord_regions_drawn",
    "concord_regions_shared",
    "concord_doorbell_healthy",
    "concord_doorbell_failures",
}
HELD_SECONDS = 0.3


def test_figures_are_those_that_the_operator_is_told_of(concord_on_sqlite: Concord) -> None:
    names = {metric.name for metric in scrape(concord_on_sqlite) if metric.name.startswith("concord_")}
    assert {name for name in names if not name.endswith("_created")} == OURS


def test_figures_each_name_the_worker_that_tells_them(concord_on_sqlite: Concord) -> None:
    samples = [sample for metric in scrape(concord_on_sqlite) for sample in metric.samples]
    assert {sample.labels.get("worker") for sample in samples} == {str(os.getpid())}


def test_reading_the_figures_twice_names_the_worker_once(concord_on_sqlite: Concord) -> None:
    first, second = ([metric.name for metric in scrape(concord_on_sqlite)] for _ in range(2))
    assert first == second


def test_process_figures_follow_the_process(concord_on_sqlite: Concord) -> None:
    before = figure(concord_on_sqlite, "process_open_fds")
    with ExitStack() as opened:
        for _ in range(50):
            opened.enter_context(Path(os.devnull).open())
        assert figure(concord_on_sqlite, "process_open_fds") > before
    assert figure(concord_on_sqlite, "process_resident_memory_bytes") > 0


def test_write_wait_is_how_long_changes_waited_for_their_lock(concord: Concord) -> None:
    workshop = a_workshop(concord)
    asked, holds = threading.Event(), threading.Event()

    def hold(session: Session, version: int) -> None:
        holds.set()
        asked.wait(10)
        time.sleep(HELD_SECONDS)

    async def two_at_once() -> None:
        first = asyncio.create_task(concord.db.change(workshop, hold))
        await asyncio.to_thread(holds.wait, 10)
        second = asyncio.create_task(concord.db.change(workshop, lambda session, version: None))
        for _ in range(3):
            await asyncio.sleep(0)
        asked.set()
        await asyncio.gather(first, second)

    count, seconds = (figure(concord, f"concord_write_wait_seconds_{part}") for part in ("count", "sum"))
    assert concord.first.portal is not None
    concord.first.portal.call(two_at_once)
    assert figure(concord, "concord_write_wait_seconds_count") == count + 2
    assert figure(concord, "concord_write_wait_seconds_sum") >= seconds + HELD_SECONDS
