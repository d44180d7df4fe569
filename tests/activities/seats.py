"""A table of a ranking as a seat's page is drawn from it, made by hand."""

from typing import Any

from app.activities.base import Given, Person, Region, SeatScene
from app.activities.checks import Check, Outcome, Reason
from app.activities.ranking import mirror, views
from app.activities.ranking.shapes import Answer, Ballot, Board, Proposal, Setup
from app.web.templates import draw

SETUP = Setup.model_validate(
    {"statements": [{"id": f"s{n}", "text": f"Statement {n}."} for n in range(1, 7)], "discard": 1, "top": 3}
)
ORDERS = (
    ("s6", ("s1", "s2", "s3", "s4", "s5"), "Because of this."),
    ("s6", ("s2", "s1", "s3", "s4", "s5"), "Because of that."),
    ("s5", ("s1", "s2", "s3", "s4", "s6"), ""),
    ("s5", ("s1", "s3", "s2", "s4", "s6"), ""),
    ("s4", ("s1", "s2", "s3", "s5", "s6"), ""),
)
PROPOSAL = Proposal(id="p1", statement="s6", reason="It can go.", seat=2)


def answer(number: int, **more: Any) -> Answer:
    """Make what a seat holds after solo."""
    discard, order, reason = ORDERS[number]
    return Answer(ballot=Ballot(discard=discard, order=order), reason=reason, done=True, **more)


def check(number: int, subject: str, counts: tuple[int, ...] = (), **more: Any) -> Check:
    """Make a check: open without counts, else closed with as many answers 0 … 5; `said` are reasons on statements."""
    said, rule, passed = more.get("said", ()), more.get("rule", "all-at-3"), more.get("passed", False)
    if not counts:
        return Check(id=number, subject=subject, rule=rule)
    reasons = tuple(Reason(id=f"c{number}r{at}", about=about, text=text) for at, (about, text) in enumerate(said, 1))
    shown = counts if sum(counts) >= 5 else None
    outcome = Outcome(passed=passed, answered=sum(counts), counts=shown, reasons=reasons)
    return Check(id=number, subject=subject, rule=rule, outcome=outcome)


def scene(phase: str, board: Board, people: int = 5, **more: Any) -> SeatScene:
    """Make what seat 1 of a table of so many people is drawn from; `more` are fields of the scene."""
    given = tuple(Given(seat, None, answer(seat - 1)) for seat in range(1, people + 1))
    made = mirror.reveal(SETUP, "solo", given, mirror.leaves_out(board))
    known: dict[str, Any] = {
        "answer": answer(0),
        "answer_version": 3,
        "board_version": 7,
        "own": {"solo": answer(0)},
        "done": 0,
        "people": tuple(Person(seat, seat, "", True) for seat in range(1, people + 1)),
    } | more
    return SeatScene(
        setup=SETUP,
        phase=phase,
        seat=1,
        place=1,
        board=board,
        revealed={"solo": made},
        seats=people,
        moves_url="/moves",
        **known,
    )


def page(seen: SeatScene) -> dict[str, str]:
    """Draw a seat's page, region by region."""
    return {region.id: draw("en", region.template, view=region.view) for region in regions(seen)}


def regions(seen: SeatScene) -> tuple[Region, ...]:
    """List a seat's regions."""
    return views.seat(seen)
