"""Which language a device reads."""

import pytest

from app.web.language import asked_for


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", None),
        ("cy", "cy"),
        ("cy-GB,en;q=0.5", "cy"),
        ("en;q=0.4, cy;q=0.6", "cy"),
        ("fr-FR, de;q=0.9, en;q=0.1", "en"),
        ("cy;q=0, en", "en"),
        ("cy;q=nonsense", None),
        ("*", None),
        (";;;,,,=", None),
        ("x" * 100_000, None),
    ],
)
def test_header_asks_for_the_language_it_likes_best(header: str, language: str | None) -> None:
    assert asked_for(header) == language
