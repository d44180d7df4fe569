"""Refusals: each with a status, a code, and a sentence."""

import pytest

from app import errors
from app.errors import Phrase, Refusal, TooMany, Unclear

KINDS = {
    "Refusal": (400, "refused"),
    "Unclear": (422, "unclear"),
    "Stale": (409, "stale"),
    "Closed": (409, "closed"),
    "SignedOut": (401, "signed-out"),
    "Forbidden": (403, "forbidden"),
    "NotFound": (404, "not-found"),
    "Gone": (410, "gone"),
    "TooLarge": (413, "too-large"),
    "TooMany": (429, "too-many"),
    "Unavailable": (503, "unavailable"),
}


def test_every_refusal_has_its_status_and_code() -> None:
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, Refusal)]
    assert {kind.__name__: (kind.status, kind.code) for kind in kinds} == KINDS


def test_refusal_keeps_its_sentence_for_translation() -> None:
    refusal = Unclear("Choose at most {most}.", most=5)
    assert str(refusal) == "Choose at most 5."
    assert refusal.sentence == Phrase("Choose at most {most}.", {"most": 5})


def test_refusal_without_values_leaves_its_sentence_alone() -> None:
    assert str(Refusal("Not {this}.")) == "Not {this}."


def test_refusal_of_too_many_says_how_long_to_wait() -> None:
    assert (TooMany("Wait.").wait, TooMany("Wait.", wait=7).wait) == (60, 7)


def test_phrase_cannot_be_changed() -> None:
    with pytest.raises(AttributeError):
        Phrase("Saved").text = "Lost"  # type: ignore[misc]  # what is tried
