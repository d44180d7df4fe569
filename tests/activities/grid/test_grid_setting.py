"""A grid's setup, from the library and from the setup page."""

import pytest
from pydantic import ValidationError

from app.activities.grid import setting
from app.activities.grid.shapes import Setup
from app.errors import Unclear
from app.library import loader

FORM = {"rows": "One …\nTwo …", "columns": "Health\nPolice", "agreed": "Ours"}


def test_every_grid_of_the_library_makes_a_setup() -> None:
    items = [item for item in loader.offered() if item.kind == "grid"]
    assert {item.id for item in items} >= {"joint-visioning", "continuity-map", "who-brings-what"}
    for item in items:
        made = Setup.model_validate(setting.from_item(item.fields))
        assert len(made.columns) == 4


def test_the_joint_vision_has_seven_sentences_and_four_agencies() -> None:
    item = loader.find("joint-visioning")
    assert item is not None
    made = Setup.model_validate(setting.from_item(item.fields))
    assert made.row_ids == ("r1", "r2", "r3", "r4", "r5", "r6", "r7")
    assert made.column_ids == ("education", "health", "social-care", "other")
    assert (made.agreed, made.words, made.scope) == ("Joint statement agreed by all", 40, "table")
    assert "Cheminais" in made.source


def test_a_setup_that_is_sent_back_as_it_was_stays_the_same() -> None:
    item = loader.find("joint-visioning")
    assert item is not None
    before = setting.from_item(item.fields)
    columns = (f"{one['label']} | {one['hint']}" if one["hint"] else one["label"] for one in before["columns"])
    form = {"rows": "\n".join(one["prompt"] for one in before["rows"]), "columns": "\n".join(columns)}
    assert setting.from_form(form | {"agreed": before["agreed"]}, before) == before


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"rows": " \n"}, r"0 sentences.* 1 to 12"),
        ({"rows": "\n".join(str(n) for n in range(13))}, r"13 sentences.* 1 to 12"),
        ({"rows": "One\nTwo\n" + "x" * 312}, r"Sentence 3 has 312 .* 300"),
        ({"rows": "One\nTwo\n ONE"}, r"Sentence 3 stands in the list twice"),
        ({"columns": "Health"}, r"1 columns.* 2 to 8"),
        ({"columns": "\n".join(f"C{n}" for n in range(9))}, r"9 columns.* 2 to 8"),
        ({"columns": "Health\n" + "x" * 90}, r"column 2 has 90 .* 80"),
        ({"columns": "Health\nPolice | " + "x" * 210}, r"hint of column 2 has 210 .* 200"),
        ({"columns": "Health\n| only a hint"}, r"Column 2 has no name"),
        ({"columns": "Health\nPolice\nHealth | again"}, r"Column 3 stands in the list twice"),
        ({"agreed": " "}, r"Say what heads"),
        ({"agreed": "x" * 130}, r"130 .* 120"),
        ({"words": "300"}, r"300 words.* 5 to 200"),
        ({"words": "few"}, r"“few” is not a whole number"),
        ({"scope": "hall"}, r"none of the choices"),
    ],
)
def test_what_is_wrong_is_named_with_what_was_found_and_the_limits(wrong: dict[str, str], sentence: str) -> None:
    with pytest.raises(Unclear, match=sentence):
        setting.from_form(FORM | wrong, None)


def test_a_new_column_is_named_as_a_workshop_names_an_agency() -> None:
    made = setting.from_form(FORM | {"columns": "Social care\nIechyd & gofal\n教育\nNone"}, None)
    assert [one["id"] for one in made["columns"]] == ["social-care", "iechyd-gofal", "agency", "none-2"]


def test_a_setup_whose_texts_would_share_a_name_is_refused() -> None:
    columns = ({"id": "a-b", "label": "A"}, {"id": "b", "label": "B"})
    rows = ({"id": "r1", "prompt": "One"}, {"id": "r1-a", "prompt": "Two"})
    with pytest.raises(ValidationError):
        Setup.model_validate({"rows": rows, "columns": columns, "agreed": "Ours"})
