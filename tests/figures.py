"""Reading figures as Prometheus does: from the page of them."""

from prometheus_client import Metric
from prometheus_client.parser import text_string_to_metric_families

from tests.running import Concord


def scrape(concord: Concord) -> list[Metric]:
    """Read all figures of a running Concord."""
    reply = concord.visitor("127.0.0.1").get("/metrics")
    assert reply.status_code == 200
    return list(text_string_to_metric_families(reply.text))


def figure(concord: Concord, name: str, **labels: str) -> float:
    """Read one figure; one that nothing has counted yet is 0."""
    samples = [sample for metric in scrape(concord) for sample in metric.samples if sample.name == name]
    return sum(sample.value for sample in samples if labels.items() <= sample.labels.items())
