"""Cues on a table: rules with their evidence and a sentence that the trainer could say; no names, no agency."""

from collections.abc import Iterator

from app.activities import checks
from app.activities.base import TableScene
from app.activities.ranking import board as together
from app.activities.ranking import discard, result
from app.activities.ranking import top as places
from app.activities.ranking.mirror import Mirror
from app.activities.ranking.shapes import Board, Setup
from app.activities.ranking.views.pieces import texts_of
from app.activities.telling import Cue
from app.consensus.words import ASK_CAMPS, ASK_LEVEL, ASK_PARITY
from app.disclosure import MIN_ORDER
from app.errors import N_, Phrase

MANY_PEOPLE = 8
ENOUGH_MOVES = 10
ONE_HAND = 0.8
NOBODY_MOVED_FOR = 180
LONG_DISCARD = 360
FEWEST_FLAGS = 2

Phases = frozenset[str]
SMALL: Phases = frozenset({"discard", "compare"})
WITH_MIRROR: Phases = frozenset({"rank", "compare", "top"})
AT_BOARD: Phases = frozenset({"rank", "compare"})
LEVEL: Phases = frozenset({"compare", "top"})


def cues(scene: TableScene) -> tuple[Cue, ...]:
    """Say what about a table the trainer may want to look at, the most pressing first."""
    if not scene.people:
        return ()
    return tuple(cue for rule in RULES for cue in rule(scene, scene.board))


def failed(scene: TableScene, board: Board) -> Iterator[Cue]:
    """Tell of two checks that did not pass, on a discard or on the list."""
    if board.check is not None:
        return
    if scene.phase == "discard" and not discard.is_settled(scene.setup, board):
        fails, ways = discard.failures(board), N_("They may propose another, or end it with reservations or without.")
        say = N_("What would have to be true for you to let it go?")
    elif scene.phase == "check" and not result.is_settled(scene.setup, board):
        fails, ways = (
            checks.failed(board.checks, result.LIST, board.round),
            N_("They may change the list once more, or choose one of the three endings."),
        )
        say = N_("Which of the endings would be an honest one for all of you?")
        if checks.failed(board.checks, result.LIST, board.round) >= checks.MOST_CHECKS:
            ways = N_("The list was changed twice. One of the three endings is left to choose.")
    else:
        return
    if fails >= checks.FAILS_BEFORE_ENDING:
        told = N_("two checks did not pass") if fails == 2 else N_("{n} checks did not pass")
        yield Cue("failed", Phrase(told, {"n": fails}), Phrase(ways), say)


def stuck(scene: TableScene, board: Board) -> Iterator[Cue]:
    """Tell of a long discard on which a proposal was not carried; of two, `failed` tells at once."""
    if scene.phase != "discard" or discard.is_settled(scene.setup, board) or discard.failures(board) != 1:
        return
    fact = Phrase(N_("a long time on the discard"))
    evidence = Phrase(N_("One proposal, one check that did not pass."))
    yield Cue("longer", fact, evidence, N_("What would have to be true for you to let it go?"), LONG_DISCARD)


def one_hand(scene: TableScene, board: Board) -> Iterator[Cue]:
    """Tell of one seat that makes nearly all moves; never whose."""
    made, most = sum(board.moved.values()), max(board.moved.values(), default=0)
    if scene.phase not in AT_BOARD or made < ENOUGH_MOVES or most < ONE_HAND * made or len(scene.people) < 2:
        return
    fact = Phrase(N_("one seat has made {most} of {made} moves"), {"most": most, "made": made})
    yield Cue("one-hand", fact, around(scene), N_("Would somebody else like to place the next one?"))


def around(scene: TableScene) -> Phrase:
    """Count the people at a table, and those who are away."""
    people, away = len(scene.people), sum(1 for one in scene.people if not one.here)
    told = N_("{people} seats are at this table, {away} of them away.") if away else N_("All {people} seats are here.")
    return Phrase(told, {"people": people, "away": away})


def nobody(scene: TableScene, board: Board) -> Iterator[Cue]:
    """Tell of a board that nobody has moved anything on."""
    waiting = len(together.tray(scene.setup, board))
    if scene.phase != "rank" or board.last or not waiting:
        return
    told = N_("1 statement waits in the tray.") if waiting == 1 else N_("{n} statements wait in the tray.")
    say = N_("Which one could you place without much thought?")
    fact = Phrase(N_("nobody has moved anything yet"))
    yield Cue("nobody", fact, Phrase(told, {"n": waiting}), say, NOBODY_MOVED_FOR)


def split(scene: TableScene, board: Board) -> Iterator[Cue]:
    """Tell of two camps and the statement that parts them most; never who is in which."""
    mirror: Mirror | None = scene.revealed.get("solo")
    if scene.phase not in WITH_MIRROR or mirror is None or mirror.camps is None or not mirror.split_on:
        return
    evidence = Phrase(N_("What parts the first answers most: “{text}”"), {"text": mirror.split_on[0].rstrip(".")})
    yield Cue("split", Phrase(N_("split in two on one statement")), evidence, ASK_CAMPS)


def parity(scene: TableScene, board: Board) -> Iterator[Cue]:
    """Tell that the order is another one with each agency counting the same, where that may be shown."""
    mirror: Mirror | None = scene.revealed.get("solo")
    if scene.phase not in WITH_MIRROR or mirror is None or mirror.parity is None:
        return
    if [frozenset(tier) for tier in mirror.parity] == tiers(mirror):
        return
    fact = Phrase(N_("the order changes if each agency counts the same"))
    evidence = Phrase(N_("By heads, the agencies with more people here weigh more in the mirror."))
    yield Cue("parity", fact, evidence, ASK_PARITY)


def tiers(mirror: Mirror) -> list[frozenset[str]]:
    """Read the mirror's places as tiers."""
    found: dict[int, set[str]] = {}
    for place in mirror.places:
        found.setdefault(place.first, set()).add(place.id)
    return [frozenset(found[first]) for first in sorted(found)]


def level(scene: TableScene, board: Board) -> Iterator[Cue]:
    """Tell of statements that are exactly level where the top places end."""
    mirror: Mirror | None = scene.revealed.get("solo")
    setup: Setup = scene.setup
    if scene.phase not in LEVEL or mirror is None or not mirror.cut or places.is_complete(setup, board):
        return
    fact = Phrase(N_("{n} statements are level around place {place}"), {"n": len(mirror.cut), "place": setup.top})
    evidence = Phrase(N_("In the first answers. Which of them belongs to the list is open."))
    yield Cue("level", fact, evidence, ASK_LEVEL)


def flags(scene: TableScene, board: Board) -> Iterator[Cue]:
    """Tell of a statement that half of a table finds unclear."""
    if scene.phase != "read":
        return
    texts, people = texts_of(scene.setup), len(scene.people)
    told = {one.statement for one in board.clarifications}
    counts = [(sum(1 for answer in scene.answers if one in answer.unclear), one) for one in texts if one not in told]
    most, which = max(counts, key=lambda one: one[0], default=(0, ""))
    if most < max(FEWEST_FLAGS, people / 2):
        return
    fact = Phrase(N_("{n} of {people} find one statement unclear"), {"n": most, "people": people})
    evidence = Phrase(N_("“{text}”"), {"text": texts[which].rstrip(".")})
    yield Cue("unclear", fact, evidence, N_("How would you say this one in your own words?"))


def few(scene: TableScene, board: Board) -> Iterator[Cue]:
    """Tell of a table too small for a mirror."""
    mirror: Mirror | None = scene.revealed.get("solo")
    if mirror is None:
        if len(scene.people) < MIN_ORDER and scene.phase == "solo":
            told = Phrase(N_("fewer than three people"))
            say = N_("When you are both done, you can tell each other what you put first, and why.")
            yield Cue("few", told, Phrase(N_("There will be no mirror and no figures.")), say)
    elif mirror.orders < MIN_ORDER and scene.phase in SMALL:
        told = Phrase(N_("fewer than three first answers"))
        say = N_("Tell each other what you put first, and why.")
        yield Cue("few", told, Phrase(N_("There is no mirror and there are no figures.")), say)


def many(scene: TableScene, board: Board) -> Iterator[Cue]:
    """Advise to split a large table, while it still can be."""
    people = len(scene.people)
    if scene.phase not in ("read", "solo") or people < MANY_PEOPLE:
        return
    fact = Phrase(N_("{people} people at one table"), {"people": people})
    evidence = Phrase(N_("From eight on, some hardly get a word in. Two tables of half the size would do better."))
    yield Cue("many", fact, evidence, N_("Would half of you like to make a table of your own?"))


RULES = (failed, stuck, one_hand, flags, nobody, split, level, parity, few, many)
