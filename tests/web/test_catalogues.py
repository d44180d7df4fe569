"""The catalogues: what a translation says has the same gaps to fill as the words it stands for."""

import re
from pathlib import Path

import pytest
from babel.messages import Message
from babel.messages.pofile import read_po

from app.web.language import LANGUAGES
from app.web.templates import APP, translations

GAPS = re.compile(r"%\(\w+\)s|\{\w*\}|</?\w+[^>]*>|%%")


def translated(language: str) -> list[Message]:
    """Read what a catalogue translates."""
    po = Path(APP / "locale" / language / "LC_MESSAGES" / "messages.po")
    with po.open("rb") as source:
        return [message for message in read_po(source, locale=language) if message.id and any(message.string)]


def gaps(text: str) -> list[str]:
    """List the gaps of a sentence."""
    return sorted(GAPS.findall(text))


def test_every_language_has_a_catalogue() -> None:
    assert {path.name for path in (APP / "locale").iterdir() if path.is_dir()} == set(LANGUAGES)


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_translation_has_the_gaps_of_its_words(language: str) -> None:
    wrong = []
    for message in translated(language):
        if isinstance(message.id, tuple):
            # The singular may leave the number out.
            wrong += [form for form in message.string if gaps(form) not in map(gaps, message.id)]
        elif gaps(message.id) != gaps(str(message.string)):
            wrong.append(str(message.string))
    assert wrong == []


def test_welsh_plurals_have_five_forms_and_all_are_there() -> None:
    plurals = [message for message in translated("cy") if isinstance(message.id, tuple)]
    assert plurals
    assert [message.id for message in plurals if len(message.string) != 5 or not all(message.string)] == []


@pytest.mark.parametrize(
    ("n", "said"),
    [(0, "0 o bobl"), (1, "1 person"), (2, "2 berson"), (3, "3 pherson"), (4, "4 o bobl"), (6, "6 pherson")],
)
def test_welsh_counts_people_as_welsh_does(n: int, said: str) -> None:
    assert translations("cy").ngettext("%(num)s person", "%(num)s people", n) % {"num": n} == said


def test_sentence_that_nobody_translated_stays_english() -> None:
    assert translations("cy").gettext("Nobody has translated this yet") == "Nobody has translated this yet"
    assert translations("cy").ngettext("%(num)s sheep", "%(num)s sheep", 2) == "%(num)s sheep"
