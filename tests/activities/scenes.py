"""Hand-made scenes of a ranking: ten statements, one discarded, and a table of five who have ranked alone."""

from typing import Any

from app.activities.base import Given, Person, Region, SeatScene
from app.activities.ranking.mirror import Mirror, reveal
from app.activities.ranking.shapes import Answer, Ballot, Board, Discarded, Setup, Statement
from app.web.templates import draw

TEXTS = (
    "Children and young people do better on the Every Child Matters outcomes.",
    "We find ways of working that get better results.",
    "Policy is made in response to central government.",
    "Staff from different services have room to think differently and try new ideas.",
    "Good changes are noticed, celebrated and told to others.",
    "Being part of a multi-agency team makes people’s jobs more rewarding.",
    "One particular process or practice becomes better than it was.",
    "The people we support are happier with the joined-up help they get.",
    "There is less friction and conflict between agencies.",
    "All agencies own decisions together and share responsibility for them.",
)
SETUP = Setup(statements=tuple(Statement(id=f"s{n}", text=text) for n, text in enumerate(TEXTS, 1)))
TEXT = {one.id: one.text for one in SETUP.statements}
ORDER = ("s1", "s10", "s8", "s2", "s4", "s9", "s6", "s7", "s5")
PEOPLE = tuple(
    Person(seat, seat, agency, here=True)
    for seat, agency in enumerate(("Education", "Health", "Police", "Social care", ""), 1)
)
GONE = Discarded(statement="s3", reason="It is not ours to decide.", reason_id="p1")


def ballot(*order: str) -> Answer:
    """Make a private order that would discard what it leaves out last."""
    return Answer(ballot=Ballot(discard="s3", order=order), done=True)


OWN = ballot("s1", "s10", "s8", "s4", "s2", "s6", "s9", "s7", "s5")


def mirror_of(answers: int = 5, agencies: tuple[str | None, ...] = ("health", None)) -> Mirror:
    """Make the mirror of so many orders, each a little different."""
    given = []
    for seat in range(1, answers + 1):
        order = list(ORDER)
        order[seat - 1], order[seat] = order[seat], order[seat - 1]
        given.append(Given(seat, agencies[seat % len(agencies)], ballot(*order)))
    return reveal(SETUP, "solo", tuple(given), ("s3",))


def board_of(places: tuple[str | None, ...] = ORDER, **more: Any) -> Board:
    """Make a board with what stands on its places."""
    return Board.model_validate({"discarded": (GONE,), "places": places, **more})


def scene_of(phase: str, board: Board, **more: Any) -> SeatScene:
    """Make what seat 3 of the table sees in a phase."""
    known: dict[str, Any] = {
        "answer": OWN,
        "revealed": {"solo": mirror_of()},
        "own": {"solo": OWN},
        "done": 2,
        "people": PEOPLE,
        "seat": 3,
    }
    return SeatScene(
        setup=more.pop("setup", SETUP),
        phase=phase,
        place=3,
        answer_version=40,
        board=board,
        board_version=41,
        seats=5,
        moves_url="/w/abcd/steps/1/moves",
        table=2,
        **(known | more),
    )


def html_of(regions: tuple[Region, ...], name: str, language: str = "en") -> str:
    """Draw one region of a page."""
    region = next(one for one in regions if one.id == name)
    return draw(language, region.template, view=region.view)


def ids_of(regions: tuple[Region, ...]) -> list[str]:
    """List a page's regions."""
    return [one.id for one in regions]
