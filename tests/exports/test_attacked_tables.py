"""Taking answers back out of records by trying every way that a small table could have answered.

Whoever reads knows how Concord works, and so which of all ways are told alike. What is told must not tell two ways
apart that a table's own screens do not tell apart, nor give away what stands behind a count below three.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from functools import lru_cache
from itertools import combinations_with_replacement, permutations, product
from typing import Any

import pytest

from app.activities.base import Given, SeatScene, TableScene
from app.activities.checks import RULES, Check, Outcome, Reason, holds
from app.activities.ranking import activity
from app.activities.ranking.discard import is_settled
from app.activities.ranking.shapes import Answer, Ballot, Board, Discarded, Result, Setup
from app.activities.summary import Telling
from app.exports.inner import without
from app.exports.wording import clean
from app.web.templates import draw
from tests.activities.grid.telling import texts

THREE = Setup.model_validate(
    {"statements": [{"id": f"s{n}", "text": f"Statement {n}"} for n in (1, 2, 3)], "discard": 1, "top": 1}
)
FOUR = Setup.model_validate(
    {"statements": [{"id": f"s{n}", "text": f"Statement {n}"} for n in (1, 2, 3, 4)], "discard": 0, "top": 2}
)
GONE = Discarded(statement="s3", reason="It follows.", reason_id="p1")
VERSIONS = ("participant", "commissioner", "trainer")

Vote = tuple[str, ...]
"""What somebody would discard, or "", and the order of the rest."""


def votes(setup: Setup) -> list[Vote]:
    """List all ways to answer alone."""
    if not setup.discard:
        return [("", *order) for order in permutations(setup.ids)]
    return [(gone, *order) for gone in setup.ids for order in permutations([one for one in setup.ids if one != gone])]


def given(ballots: Iterable[Vote]) -> tuple[Given, ...]:
    return tuple(
        Given(seat, "health", Answer(ballot=Ballot(discard=gone or None, order=tuple(order)), done=True))
        for seat, (gone, *order) in enumerate(ballots, 1)
    )


def board(setup: Setup, phase: str) -> Board:
    """Stand where a table stands in a phase: all the same, whatever people had said alone."""
    settled = phase not in ("discard", "solo") and bool(setup.discard)
    order = tuple(one for one in setup.ids if not (settled and one == "s3"))
    return Board(discarded=(GONE,) if settled else (), places=order)


def revealed(setup: Setup, ballots: tuple[Vote, ...], held: Board) -> dict[str, Any]:
    return {"solo": worked_out(len(setup.ids), ballots, tuple(one.statement for one in held.discarded))}


@lru_cache(maxsize=100_000)
def worked_out(statements: int, ballots: tuple[Vote, ...], without: tuple[str, ...]) -> Any:
    return activity.reveal(THREE if statements == 3 else FOUR, "solo", given(ballots), without)


def table(setup: Setup, ballots: Sequence[Vote], phase: str, number: int = 1, held: Board | None = None) -> TableScene:
    there = held or board(setup, phase)
    known = revealed(setup, tuple(ballots), there)
    return TableScene(setup, phase, number, there, 1, "", known, (), 0, len(ballots))


def recorded(scene: TableScene, version: str, *, own: bool = False) -> str:
    """Write what a version's record holds of a table."""
    made = activity.record(scene).model_dump(mode="json")
    plain = made if own or version == "trainer" else without(made, activity.inner)
    return str(activity.Record.model_validate(plain).model_dump_json())


def told(setup: Setup, record: str, version: Any) -> str:
    """Tell a record as every format and page does."""
    telling = Telling("T", setup, version, tables=((1, activity.Record.model_validate_json(record)),))
    return "\n".join(clean(one) for one in texts(activity.summary(telling)))


def screens(setup: Setup, ballots: Sequence[Vote], phases: Iterable[str]) -> str:
    """Draw what somebody at the table sees who has not answered alone, before and after statements are placed."""
    drawn = []
    for phase, placed in product(phases, (False, True)):
        there = board(setup, phase)
        held = there if placed else there.model_copy(update={"places": tuple(None for _ in there.places)})
        scene = SeatScene(
            setup=setup,
            phase=phase,
            seat=99,
            place=9,
            answer=Answer(),
            answer_version=0,
            board=held,
            board_version=0,
            revealed=revealed(setup, tuple(ballots), held),
            own={},
            done=0,
            seats=len(ballots) + 1,
            moves_url="",
            late=True,
        )
        drawn += [draw("en", region.template, view=region.view) for region in activity.seat(scene)]
    return "".join(drawn)


def alike(ways: Iterable[Any], seen: Callable[[Any], Hashable]) -> list[list[Any]]:
    """Put ways together that are seen alike."""
    found: dict[Hashable, list[Any]] = defaultdict(list)
    for way in ways:
        found[seen(way)].append(way)
    return list(found.values())


@pytest.mark.parametrize("people", [2, 3, 4, 5, 6])
def test_files_tell_no_ballots_apart_that_the_table_s_screens_do_not(people: int) -> None:
    ways = list(combinations_with_replacement(votes(THREE), people))
    phases = ("discard", "rank", "compare")
    for same in alike(ways, lambda way: screens(THREE, way, phases)):
        for version, phase in product(VERSIONS, phases):
            assert len({recorded(table(THREE, way, phase), version) for way in same}) == 1


@pytest.mark.parametrize("people", [2, 3])
def test_files_tell_no_orders_of_four_apart_that_the_table_s_screens_do_not(people: int) -> None:
    ways = list(combinations_with_replacement(votes(FOUR), people))
    # A third of all ways: the others differ from these by what the statements are called.
    for same in alike(ways[::3], lambda way: screens(FOUR, way, ("compare",))):
        for version in VERSIONS:
            assert len({recorded(table(FOUR, way, "compare"), version) for way in same}) == 1


@pytest.mark.parametrize("people", [1, 2])
def test_of_one_or_two_nothing_is_told(people: int) -> None:
    ways = list(combinations_with_replacement(votes(THREE), people))
    for version, phase in product(VERSIONS, ("discard", "compare")):
        assert len({recorded(table(THREE, way, phase), version) for way in ways}) == 1


@pytest.mark.parametrize("people", [5, 6])
def test_no_nomination_below_three_is_told_by_files(people: int) -> None:
    ways = list(combinations_with_replacement(votes(THREE), people))

    def counts(way: Sequence[Vote]) -> tuple[int, ...]:
        return tuple(sum(gone == one for gone, *_ in way) for one in THREE.ids)

    for version in VERSIONS:
        for same in alike(ways, lambda way: recorded(table(THREE, way, "discard"), version)):  # noqa: B023  # used here
            for count in zip(*map(counts, same), strict=True):
                assert len(set(count)) > 1 or count[0] not in (1, 2), (same[0], version)


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("reasons", [0, 1, 2])
def test_no_answer_to_a_check_below_three_is_told_by_files(rule: str, reasons: int) -> None:
    ways = [way for way in combinations_with_replacement(range(6), 5) if sum(value < 3 for value in way) >= reasons]

    def after(way: Sequence[int]) -> str:
        said = tuple(Reason(id=f"c1r{n}", about="", text=f"Because of {n}.") for n in range(reasons))
        counts = tuple(way.count(value) for value in range(6))
        outcome = Outcome(passed=holds(rule, way), answered=5, counts=counts, reasons=said)
        held = board(FOUR, "check").model_copy(
            update={"checks": (Check(id=1, subject="top", rule=rule, outcome=outcome),)}
        )
        return recorded(table(FOUR, [], "check", held=held), "trainer")

    for same in alike(ways, after):
        for value in range(6):
            count = {way.count(value) for way in same}
            assert len(count) > 1 or not count & {1, 2}, same


def locked(setup: Setup) -> Board:
    """Stand where a table has locked, the same whatever people had said alone."""
    order = tuple(one for one in setup.ids if one != "s3")
    result = Result(number=1, top=(("s1",),), order=order, discarded=(GONE,), ending="agreed", checks=1)
    return Board(discarded=(GONE,), places=order, top=(("s1",),), results=(result,))


@pytest.mark.parametrize("sizes", [(3, 2), (3, 1), (4, 2), (3, 1, 1), (4, 1)])
def test_a_table_of_one_or_two_cannot_be_had_from_the_room_and_the_others(sizes: tuple[int, ...]) -> None:
    held = locked(THREE)
    large = list(combinations_with_replacement(votes(THREE), sizes[0]))[::7]
    small = list(product(*(combinations_with_replacement(votes(THREE), size) for size in sizes[1:])))
    for one in large:
        outcomes = set()
        for others in small:
            tables = [one, *others]
            scenes = tuple(table(THREE, way, "locked", number, held) for number, way in enumerate(tables, 1))
            answers = tuple(
                tuple(Given(10 * number + each.seat, each.agency, each.answer) for each in given(way))
                for number, way in enumerate(tables)
            )
            room = activity.room(THREE, scenes, answers).record().model_dump_json()
            outcomes.add((room, *(recorded(scene, "trainer") for scene in scenes)))
        assert len(outcomes) == 1


@pytest.mark.parametrize("version", VERSIONS)
def test_what_is_told_hangs_on_the_record_alone(version: str) -> None:
    ways = list(combinations_with_replacement(votes(THREE), 3))
    for same in alike(ways, lambda way: recorded(table(THREE, way, "compare"), version)):
        records = {recorded(table(THREE, way, "compare"), version) for way in same}
        assert len({told(THREE, one, version) for one in records}) == 1


def test_a_discard_that_is_not_settled_tells_no_order() -> None:
    ways = [tuple((gone, *order) for gone, *order in way) for way in combinations_with_replacement(votes(THREE), 4)]
    assert not is_settled(THREE, board(THREE, "discard"))
    # Who would discard what is told in words; in which order the others stood is not.
    for same in alike(ways, lambda way: frozenset(gone for gone, *_ in way)):
        assert len({recorded(table(THREE, way, "discard"), "trainer") for way in same}) == 1
