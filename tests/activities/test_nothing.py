import pytest

from app.activities.checks import AnswerCheck
from app.activities.ranking.shapes import End, Place, PlaceTop


@pytest.mark.parametrize("nothing", [None, ""])
def test_position_may_be_nothing_in_json_and_in_a_form(nothing: str | None) -> None:
    assert Place.model_validate({"statement": "s1", "position": nothing}).position is None
    assert PlaceTop.model_validate({"statement": "s1", "position": nothing}).position is None
    assert End.model_validate({"ending": "not_agreed", "position": nothing}).position is None
    assert AnswerCheck.model_validate({"value": 3, "check": nothing}).check is None
