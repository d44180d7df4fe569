"""The starting mirror: what a table's private orders come to, as far as their number allows it to be shown.

Law: this is the only way from private ballots to anybody else's screen; the engine's report hides small numbers.
"""

from dataclasses import dataclass

from app import disclosure
from app.activities.base import Given
from app.activities.ranking.shapes import Setup
from app.consensus import Ballot, Figures, Phrase, Policy, Profile, Report, report


@dataclass(frozen=True, slots=True)
class MirrorPlace:
    """A statement's place in the mirror; tied statements share the places from `first` to `last`.

    Contested is a place that another fair way of counting, or another order that fits as well, would change.
    """

    id: str
    text: str
    first: int
    last: int
    contested: bool


@dataclass(frozen=True, slots=True)
class Mirror:
    """What a table may see of its first answers; `places` is empty where there are too few to show an order."""

    orders: int
    left_out: int
    words: Phrase | None
    meter: int
    likeness: Phrase | None
    figures: Figures | None
    places: tuple[MirrorPlace, ...]
    most_shared: tuple[str, ...]
    most_split: tuple[str, ...]
    warnings: tuple[Phrase, ...]


def reveal(setup: Setup, phase: str, given: tuple[Given, ...]) -> Mirror:
    """Make the mirror of the ballots that were kept as `solo` closed; seats without one are left out."""
    index = {one: number for number, one in enumerate(setup.ids)}
    ballots = []
    for one in given:
        ballot = one.answer.ballot
        if ballot is not None:
            discarded = (index[ballot.discard],) if ballot.discard else ()
            order = tuple(index[statement] for statement in ballot.order)
            ballots.append(Ballot.ranked(order, discarded=discarded, agency=one.agency))
    found = report(Profile.from_ballots(ballots, len(setup.ids), policy=Policy()), k=setup.top)
    return mirror(setup, found, without=len(given) - len(ballots))


def mirror(setup: Setup, found: Report, without: int) -> Mirror:
    """Put a report of the engine into the setup's words."""
    texts = [statement.text for statement in setup.statements]
    places, first = [], 1
    for tier in found.order:
        last = first + len(tier) - 1
        places += [MirrorPlace(setup.ids[one], texts[one], first, last, one in found.contested) for one in sorted(tier)]
        first = last + 1
    return Mirror(
        orders=found.counted,
        left_out=found.left_out + without,
        # Of two the engine has a sentence, but whoever knows one order reads the other's likeness from it.
        words=found.agreement if disclosure.may_show_order(found.counted) else None,
        meter=found.meter,
        likeness=found.likeness,
        figures=found.figures,
        places=tuple(places),
        most_shared=tuple(texts[one] for one in found.most_shared),
        most_split=tuple(texts[one] for one in found.most_split),
        warnings=found.warnings,
    )
