"""What a table of a ranking is asked in private beside the check: the either/or, and how that came out."""

from dataclasses import dataclass, replace

from app.activities.asking import answered, send
from app.activities.base import Region, SeatScene
from app.activities.ranking import discard, top
from app.activities.ranking.mirror import Mirror
from app.activities.ranking.shapes import Answer, Board, Either, Setup
from app.activities.ranking.views.pieces import Placed, texts_of


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A statement on one of the top places; `joint` shares it. `how`: settled by either/or, by lots or by sharing.

    `changed`: it came to this place after the first check.
    """

    place: int
    joint: bool
    id: str
    text: str
    how: str = ""
    changed: bool = False


@dataclass(frozen=True, slots=True)
class EitherView:
    """An either/or: the two with the seat's own choice, how it came out, or what one could ask.

    It changes with the seat's own choice while it is open. `even`: it came out level, and lots may be drawn. `counts`
    are those for the two.
    """

    moves_url: str
    version: int
    subject: str
    either: int = 0
    pair: tuple[Placed, ...] = ()
    choice: str = ""
    is_open: bool = False
    even: bool = False
    counts: tuple[int, int] | None = None
    winner: str = ""
    how: str = ""
    candidates: tuple[Placed, ...] = ()


def place_rows(setup: Setup, tiers: tuple[tuple[str, ...], ...], board: Board) -> tuple[PlaceRow, ...]:
    """List the statements on the top places, best first, each with its place."""
    texts = texts_of(setup)
    return tuple(
        PlaceRow(place, len(tier) > 1, one, texts[one], board.settled.get(one, ""))
        for place, tier in enumerate(tiers, 1)
        for one in tier
    )


def either_part(scene: SeatScene) -> tuple[Region, ...]:
    """Settle a tie by a private either/or: ask it, answer it, see how it came out, draw lots where it is even.

    While one is open it brings the foot's button and the progress with it: the page then adds none of its own.
    """
    board: Board = scene.board
    subject = "discard" if scene.phase == "discard" else "top"
    mine = [one for one in board.eithers if one.subject == subject]
    last = mine[-1] if mine else None
    if last is not None and last.outcome is None:
        answer: Answer = scene.answer
        own = answer.either
        choice = own.choice if own is not None and own.either == last.id else ""
        view = EitherView(
            moves_url=scene.moves_url,
            # The board's is the newer one as it opens, and no region ever goes back to an older version.
            version=max(scene.answer_version, scene.board_version),
            subject=subject,
            either=last.id,
            pair=pair(scene.setup, last),
            choice=choice,
            is_open=True,
        )
        region = Region("either", "ranking/_either.html", view)
        return (region, answered(scene), send(f"either-{last.id}", bool(choice)))
    if board.check is not None:
        return ()
    view = came_out(scene, last, EitherView(scene.moves_url, scene.board_version, subject))
    view = replace(view, candidates=candidates(scene))
    return (Region("either", "ranking/_either.html", view),) if view.either or view.candidates else ()


def pair(setup: Setup, either: Either) -> tuple[Placed, ...]:
    """Put the two of an either/or into words."""
    texts = texts_of(setup)
    return tuple(Placed(one, texts[one]) for one in (either.a, either.b))


def came_out(scene: SeatScene, last: Either | None, view: EitherView) -> EitherView:
    """Say how the latest either/or came out, for as long as that is news: level, or among the top places now."""
    board: Board = scene.board
    if last is None or last.outcome is None or not last.outcome.answered:
        return view
    outcome = last.outcome
    out = replace(view, either=last.id, pair=pair(scene.setup, last), counts=outcome.counts)
    if outcome.winner is not None:
        placed = view.subject == "top" and outcome.winner in top.placed(board)
        return replace(out, winner=texts_of(scene.setup)[outcome.winner], how=outcome.how) if placed else view
    if view.subject == "discard":
        return view if discard.is_settled(scene.setup, board) else replace(out, even=True)
    waits = top.first_open(scene.setup, board) is not None and not {last.a, last.b} & set(top.placed(board))
    return replace(out, even=True) if waits else view


def candidates(scene: SeatScene) -> tuple[Placed, ...]:
    """List what an either/or could be asked about: what is level, or did not carry; none where there is no tie."""
    found = level_to_discard(scene) if scene.phase == "discard" else level_at_top(scene)
    texts = texts_of(scene.setup)
    return tuple(Placed(one, texts[one]) for one in found) if len(found) > 1 else ()


def level_to_discard(scene: SeatScene) -> list[str]:
    """Name those that most would discard, if several; after a check that did not carry, all that were named."""
    board: Board = scene.board
    mirror: Mirror | None = scene.revealed.get("solo")
    if mirror is None or discard.is_settled(scene.setup, board):
        return []
    named = [one for one in mirror.nominations if one.id not in discard.gone(board)]
    most = max((one.count or 0 for one in named), default=0)
    return [one.id for one in named if (one.count or 0) == most or discard.failures(board)]


def level_at_top(scene: SeatScene) -> list[str]:
    """Name the contested ones that wait while a place is open; where marks say nothing, all that wait."""
    board: Board = scene.board
    if scene.phase != "top" or board.marks is None or top.first_open(scene.setup, board) is None:
        return []
    waiting = [one for one in discard.left(scene.setup, board) if one not in top.placed(board)]
    contested = [one for one in board.marks.contested if one in waiting]
    return contested if len(contested) > 1 else waiting
