"""Figures of the live part: what happens is counted as it does, what stands is read when Prometheus asks."""

import asyncio
import time
from collections import Counter as Tally
from collections.abc import Iterable, Iterator

from prometheus_client import Histogram, Metric
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.registry import Collector

from app.live.relay import Relay
from app.live.screens import SEES, drawn
from app.realtime.broker import Broker
from app.realtime.hub import Hub, Line

LAG_SECONDS = 0.5

LOOP_LAG = Histogram(
    "concord_loop_lag_seconds",
    "How late the event loop came back to what was due, looked at twice a second.",
    buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5),
)
MOVE_ACK = Histogram(
    "concord_move_ack_seconds",
    "From when a move was read until its acknowledgement could leave, for moves that were made.",
    buckets=(0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.25, 0.5, 1, 2.5, 5),
)


async def watch_loop() -> None:
    """Measure for ever how late the loop is."""
    loop = asyncio.get_running_loop()
    while True:
        due = loop.time() + LAG_SECONDS
        await asyncio.sleep(LAG_SECONDS)
        LOOP_LAG.observe(max(0.0, loop.time() - due))


def unsent(lines: Iterable[Line], now: float) -> tuple[int, float]:
    """Count the lines whose newest picture has not gone out, and tell for how many seconds the oldest waits."""
    since = [line.unsent_since for line in lines if line.unsent_since is not None]
    return len(since), max(0.0, now - min(since)) if since else 0.0


class LiveFigures(Collector):
    """What stands in this worker at the moment it is asked."""

    def __init__(self, hub: Hub, relay: Relay, broker: Broker) -> None:
        self._hub = hub
        self._relay = relay
        self._broker = broker

    def collect(self) -> Iterator[Metric]:
        """Read the open lines, what they wait for, and the doorbell."""
        yield from self._lines()
        yield counter("concord_drawings", "Workshops drawn for the open sockets after a change.", self._relay.drawings)
        yield gauge("concord_undrawn_workshops", "Workshops whose newest state is to be drawn.", self._relay.owed)
        regions = drawn.cache_info()
        yield counter("concord_regions_drawn", "Regions drawn by a template.", regions.misses)
        yield counter("concord_regions_shared", "Regions taken from one that was drawn before.", regions.hits)
        yield gauge("concord_doorbell_healthy", "1 while rings of other workers are heard.", self._broker.healthy)
        yield counter(
            "concord_doorbell_failures", "Rings not sent, and times that listening broke.", self._broker.failures
        )

    def _lines(self) -> Iterator[Metric]:
        lines = list(self._hub)
        looking = Tally(line.viewer.audience.kind for line in lines)
        sockets = GaugeMetricFamily("concord_sockets", "Open sockets, by audience.", labels=["audience"])
        for kind in SEES:
            sockets.add_metric([kind], looking[kind])
        yield sockets
        waiting, oldest = unsent(lines, time.monotonic())
        yield gauge("concord_unsent_lines", "Open sockets whose newest picture has not gone out.", waiting)
        yield gauge("concord_oldest_unsent_seconds", "For how long the oldest of those pictures waits.", oldest)


def gauge(name: str, words: str, value: float) -> GaugeMetricFamily:
    """Make a figure that rises and falls."""
    return GaugeMetricFamily(name, words, value=value)


def counter(name: str, words: str, value: float) -> CounterMetricFamily:
    """Make a figure that only rises."""
    return CounterMetricFamily(name, words, value=value)
