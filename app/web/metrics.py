"""Figures that Prometheus reads, of this worker alone.

Law: labels name a status, an audience or a worker; never a person, a workshop, a code or anything typed.
"""

import copy
import os
from collections.abc import Iterator
from itertools import chain

from prometheus_client import REGISTRY, CollectorRegistry, Counter, Histogram, Metric, generate_latest
from prometheus_client.registry import Collector

REPLIES = Counter("concord_replies", "Replies to requests, by status.", ["status"])
WRITE_WAIT = Histogram(
    "concord_write_wait_seconds",
    "From when a change of a workshop is asked for until it holds the lock to write.",
    buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 3),
)


class Worker(Collector):
    """All figures of this process and of the app it runs, each with the worker that tells it.

    Workers answer at one address: without their number, a scrape would mix up what two of them have counted.
    """

    def __init__(self, own: CollectorRegistry) -> None:
        self._own = own
        self._labels = {"worker": str(os.getpid())}

    def collect(self) -> Iterator[Metric]:
        """Read every figure as it is now."""
        for metric in chain(REGISTRY.collect(), self._own.collect()):
            # Some collectors hand out the metric they keep.
            told = copy.copy(metric)
            told.samples = [sample._replace(labels=sample.labels | self._labels) for sample in metric.samples]
            yield told


def figures(own: CollectorRegistry) -> bytes:
    """Write all figures as Prometheus reads them; `own` are those of one app."""
    return generate_latest(Worker(own))
