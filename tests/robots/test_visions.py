from app.library import loader
from app.robots import visions
from app.robots.visions import OTHERS, sentence

VISIONING = loader.everything()["joint-visioning"].fields
PROMPTS = [row["prompt"] for row in VISIONING["rows"]]
COLUMNS = [column["id"] for column in VISIONING["perspectives"]]
WORDS, JOT = 40, 140


def test_every_opening_of_the_joint_vision_has_words_of_its_own() -> None:
    found = [visions.vision(prompt) for prompt in PROMPTS]
    assert len(PROMPTS) == len({id(one) for one in found if one is not None}) == len(visions.VISIONS) == 7
    assert {frozenset(one.cells) for one in found if one} == {frozenset(one.jots) for one in found if one}
    assert {frozenset(one.cells) for one in found if one} == {frozenset(COLUMNS)}


def test_what_robots_write_is_within_what_is_advised() -> None:
    for prompt in PROMPTS:
        written = [visions.cell(prompt, column, "", 0).whole for column in COLUMNS]
        written += [visions.joint(prompt).whole + visions.mended(prompt), visions.other(prompt)]
        assert max(len(one.split()) for one in written) <= WORDS
        assert max(len(jot) for column in COLUMNS for jot in visions.jots(prompt, column, 0)) <= JOT
        assert len(set(written)) == len(written)


def test_no_two_robots_say_the_same_of_two_openings() -> None:
    said = [visions.cell(prompt, column, "", 0).whole for prompt in PROMPTS for column in COLUMNS]
    said += [visions.joint(prompt).whole for prompt in PROMPTS]
    assert len(set(said)) == len(said)


def test_two_who_write_at_once_never_type_in_one_place() -> None:
    marked = [visions.joint(prompt) for prompt in PROMPTS]
    marked += [visions.cell(prompt, column, "", 0) for prompt in PROMPTS for column in COLUMNS]
    marked += [sentence(one) for one in (*visions.CELLS, visions.JOINT)]
    assert all(one.begun and one.added and one.middle.strip() and one.rest for one in marked)


def test_an_agency_without_words_of_its_own_speaks_as_the_others_do() -> None:
    assert visions.cell(PROMPTS[0], "police", "", 0) == visions.cell(PROMPTS[0], OTHERS, "", 0.9)
    assert visions.jots(PROMPTS[0], "police", 0) == visions.jots(PROMPTS[0], OTHERS, 0)


def test_an_opening_that_nobody_knows_gets_plain_words_by_its_column() -> None:
    assert visions.vision("When a child moves, we …") is None
    assert visions.cell("When a child moves, we …", "x", "School", 0).whole.startswith("School: beginning")
    assert visions.cell("When a child moves, we …", "x", "", 0.99).whole == sentence(visions.CELLS[-1]).whole
    assert visions.joint("When a child moves, we …").whole == sentence(visions.JOINT).whole
    assert visions.jots("When a child moves, we …", "x", 0.5)[0] == visions.JOTS[2]


def test_an_opening_that_the_trainer_has_changed_a_little_is_known_still() -> None:
    assert visions.vision("For us, working in partnership across agencies means …") == visions.vision(PROMPTS[0])
