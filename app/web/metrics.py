"""Figures that Prometheus reads, of this worker alone; counts of replies, never of people."""

from prometheus_client import Counter

REPLIES = Counter("concord_replies", "Replies to requests, by status.", ["status"])
