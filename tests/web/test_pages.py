"""The first page, the language switch, and what machines ask."""

from tests.running import Concord


def test_first_page_asks_for_a_code(concord: Concord) -> None:
    assert 'name="code"' in concord.visitor().get("/").text
