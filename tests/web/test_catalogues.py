"""The catalogues: what a translation says has the same gaps to fill as the words it stands for."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from app.web.language import LANGUAGES
from app.web.templates import APP, translations

GAPS = re.compile(r"%\(\w+\)s|\{\w*\}|</?\w+[^>]*>|%%")


def translated(language: str) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Read what a catalogue translates: the words, singular first, and all forms of their translation."""
    po = Path(APP / "locale" / language / "LC_MESSAGES" / "messages.po")
    with po.open("rb") as source:
        messages = [message for message in read_po(source, locale=language) if message.id]
    found = {forms(message.id): forms(message.string) for message in messages}
    return {words: said for words, said in found.items() if any(said)}


def forms(text: str | list[str] | tuple[str, ...] | None) -> tuple[str, ...]:
    """Give all forms of a message, also of one that has a single form."""
    return (text,) if isinstance(text, str) else tuple(text or ())


def gaps(text: str) -> list[str]:
    """List the gaps of a sentence."""
    return sorted(GAPS.findall(text))


def test_every_language_has_a_catalogue() -> None:
    assert {path.name for path in (APP / "locale").iterdir() if path.is_dir()} == set(LANGUAGES)


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_translation_has_the_gaps_of_its_words(language: str) -> None:
    # Of a plural the singular may leave the number out, and so may its translation.
    wrong = [
        said
        for words, all_said in translated(language).items()
        for said in all_said
        if gaps(said) not in map(gaps, words)
    ]
    assert wrong == []


def test_welsh_plurals_have_five_forms_and_all_are_there() -> None:
    plurals = {words: said for words, said in translated("cy").items() if len(words) > 1}
    assert plurals
    assert [words for words, said in plurals.items() if len(said) != 5 or not all(said)] == []


@pytest.mark.parametrize(
    ("n", "said"),
    [(0, "0 o bobl"), (1, "1 person"), (2, "2 berson"), (3, "3 pherson"), (4, "4 o bobl"), (6, "6 pherson")],
)
def test_welsh_counts_people_as_welsh_does(n: int, said: str) -> None:
    assert translations("cy").ngettext("%(num)s person", "%(num)s people", n) % {"num": n} == said


def test_sentence_that_nobody_translated_stays_english() -> None:
    assert translations("cy").gettext("Nobody has translated this yet") == "Nobody has translated this yet"
    assert translations("cy").ngettext("%(num)s sheep", "%(num)s sheep", 2) == "%(num)s sheep"
