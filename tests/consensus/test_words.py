import re

import pytest

from app.consensus import Phrase
from app.consensus import words as w

SENTENCES = [text for name, text in vars(w).items() if name.isupper() and isinstance(text, str)] + list(w.LEVELS)


@pytest.mark.parametrize("text", SENTENCES)
def test_sentence_claims_no_more_than_it_may(text: str) -> None:
    assert not re.search(r"significant|the group thinks|% consensus|\bwrong\b|\bfault\b", text, re.IGNORECASE)


@pytest.mark.parametrize("text", SENTENCES)
def test_sentence_takes_its_values_by_name(text: str) -> None:
    assert len(re.findall(r"%", text)) == len(re.findall(r"%\([a-z_]+\)s", text))


def test_phrase_is_said_in_the_readers_language() -> None:
    welsh = {w.FEW: "Gall un person droi hyn."}

    assert Phrase(w.FEW).say(welsh.__getitem__) == "Gall un person droi hyn."


def test_phrases_of_the_same_words_are_equal_and_hashable() -> None:
    assert len({Phrase("a", (("b", 1),)), Phrase("a", (("b", 1),))}) == 1
