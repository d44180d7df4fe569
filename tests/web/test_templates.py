"""Drawing in the reader's language."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest
from jinja2 import UndefinedError

from app.errors import Phrase
from app.web.language import LANGUAGES
from app.web.templates import APP, draw, environment, say, translations


@dataclass(frozen=True)
class Counted:
    """A sentence that has a plural."""

    text: str
    plural: str
    values: dict[str, object] = field(default_factory=dict)


def test_sentence_is_filled_with_its_values() -> None:
    assert say("en", Phrase("{name} is at table {n}", {"name": "Ann", "n": 3})) == "Ann is at table 3"


def test_sentence_without_values_is_taken_as_it_is() -> None:
    assert say("en", Phrase("At least 80 % {so}")) == "At least 80 % {so}"


def test_values_that_are_sentences_are_translated_too() -> None:
    assert say("en", Phrase("Next: {what}", {"what": Phrase("Read")})) == "Next: Read"


def test_values_cannot_reach_into_the_sentence() -> None:
    assert say("en", Phrase("{name} joined", {"name": "{0.__class__} %s {name}"})) == "{0.__class__} %s {name} joined"


@pytest.mark.parametrize(("n", "said"), [(0, "0 are done"), (1, "1 is done"), (2, "2 are done")])
def test_sentence_with_a_plural_goes_by_its_number(n: int, said: str) -> None:
    assert say("en", Counted("{n} is done", "{n} are done", {"n": n})) == said


def test_what_people_typed_is_escaped() -> None:
    html = draw("en", "components/notice.html", sentence='<script>alert(1)</script>" hx-get="/x')
    assert "<script>" not in html
    assert ">&lt;script&gt;alert(1)&lt;/script&gt;&#34; hx-get=&#34;/x</p>" in html


def test_template_that_misses_a_value_is_an_accident() -> None:
    with pytest.raises(UndefinedError):
        draw("en", "components/notice.html")


def test_every_template_can_be_read() -> None:
    loader = environment("en")
    names = [str(path.relative_to(APP / "templates")) for path in (APP / "templates").rglob("*.html")]
    assert [name for name in names if loader.get_template(name) is None] == []


def test_every_icon_is_drawn() -> None:
    icon = environment("en").globals["icon"]
    assert callable(icon)
    for name in ("brand", "check", "split", "up"):
        assert str(icon(name)).startswith("<svg")
    with pytest.raises(UndefinedError):
        icon("no such icon")


def test_welsh_speaks_where_it_is_translated() -> None:
    assert LANGUAGES == {"en": "English", "cy": "Cymraeg"}
    assert translations("cy").gettext("Workshop code") == "Cod y gweithdy"
    assert say("cy", Phrase("Table {number} is full. Choose another one.", {"number": 3})) == (
        "Mae bwrdd 3 yn llawn. Dewiswch un arall."
    )


def test_day_is_written_as_the_language_writes_it() -> None:
    moment = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
    said = {language: environment(language).filters["day"](moment) for language in LANGUAGES}
    assert said == {"en": "22 November 2026", "cy": "22 Tachwedd 2026"}
