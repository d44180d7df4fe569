"""Hand-made tables of a grid, as the desk and the wall stand at them: seven sentences, four agencies, five people."""

from typing import Any

from app.activities.base import Person, Region, TableScene
from app.activities.grid.jots import Jots, JotsAt
from app.activities.grid.shapes import Answer, Board, Setup
from app.web.templates import draw

PROMPTS = (
    "Here, working in partnership across agencies means …",
    "Our partnership's mission statement should be …",
    "Together we will improve the Every Child Matters outcomes for children and young people by …",
    "For the partnership to work and to meet its agreed aims, I / we will need to …",
    "What could stop us from working together well is …",
    "We can get past these barriers by …",
    "A year from now, by working together, I / we hope to have achieved …",
)
SETUP = Setup.model_validate(
    {
        "rows": [{"id": f"r{n}", "prompt": text} for n, text in enumerate(PROMPTS, 1)],
        "columns": [
            {"id": "education", "label": "Education"},
            {"id": "health", "label": "Health"},
            {"id": "social-care", "label": "Social care"},
            {"id": "other", "label": "Voluntary, community and other"},
        ],
        "agreed": "Joint statement agreed by all",
    }
)
PEOPLE = tuple(
    Person(seat, seat, label, here=True, agency_id=name)
    for seat, (name, label) in enumerate(
        (("education", "Education"), ("education", "Education"), ("health", "Health"), ("police", "Police")), 1
    )
)
CELLS = {
    "r1": {
        "education": "knowing the child’s whole day, not only the school part of it.",
        "health": "one plan, so that families do not have to tell each of us again.",
        "other": "being asked at the start, not told at the end.",
    },
    "r2": {"education": "Every child, one team.", "health": "Care without gaps."},
}
HEAT = {
    "r1": {"education": {"shared": 3}, "other": {"question": 1, "tension": 1}},
    "r2": {"education": {"tension": 2, "shared": 1}, "health": {"tension": 1}},
}
ASKED = {"r1": {"other": [{"id": "q-1", "text": "At the start of what?", "seat": 2}]}}
WORDS = (
    "Here, working in partnership across agencies means making one plan early and together, "
    "which a family tells us once and all of us keep to."
)
JOTS = Jots((JotsAt("education", "r1", 2), JotsAt("education", "r2", 1), JotsAt("health", "r1", 1)))


def board_of(**more: Any) -> Board:
    """Make a board whose cells are revealed and marked."""
    known: dict[str, Any] = {"cells": CELLS, "heat": HEAT, "asked": ASKED, "begun": ["joint-r1", "joint-r2"]}
    return Board.model_validate(known | more)


def at(phase: str, board: Board | None = None, **more: Any) -> TableScene:
    """Stand at table 2 with four people in a phase."""
    known: dict[str, Any] = {
        "setup": SETUP,
        "number": 2,
        "board_version": 7,
        "moves_url": "/w/abcd/steps/1/moves",
        "revealed": {} if phase == "jot" else {"jot": JOTS},
        "answers": (),
        "done": 2,
        "seats": 4,
        "people": PEOPLE,
        "texts_url": "/w/abcd/texts/1/2",
    }
    return TableScene(phase=phase, board=Board() if board is None else board, **(known | more))


def jotted(*texts: str) -> Answer:
    """Make the private jots of one person on the first sentence."""
    jots = [{"id": f"j{n}", "text": text} for n, text in enumerate(texts, 1)]
    return Answer.model_validate({"jots": {"r1": jots}, "made": len(texts)})


def result_of(*endings: str, ending: str = "agreed", number: int = 1) -> dict[str, Any]:
    """Make a locked grid with so many sentences that ended so."""
    rows = [
        {"row": f"r{n}", "text": f"{PROMPTS[n - 1].rstrip(' .…')} having agreed {n}.", "ending": one, "draws": []}
        for n, one in enumerate(endings, 1)
    ]
    for one in rows:
        if one["ending"] == "not_agreed":
            one["other"] = f"Others say otherwise of {one['row']}."
    return {"number": number, "rows": rows, "ending": ending}


def html_of(regions: tuple[Region, ...], name: str, language: str = "en") -> str:
    """Draw one region of a screen."""
    region = next(one for one in regions if one.id == name)
    return draw(language, region.template, view=region.view)
