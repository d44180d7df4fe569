"""The starting mirror: what a table's private answers come to, as far as their number allows it to be shown.

Law: this is the only way from private ballots to anybody else's screen; the engine's report hides small numbers.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from app import disclosure
from app.activities.base import Given
from app.activities.ranking.shapes import Board, Setup
from app.consensus import Ballot, Figures, Phrase, Policy, Profile, Report, borda, report
from app.consensus.report import ALIKE
from app.consensus.spread import splits

Order = tuple[tuple[str, ...], ...]
"""Tiers of statement ids, best first; a tier of several is level."""


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
class Said:
    """A reason somebody gave in private, without who; `id` is what the trainer hides it by."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Nomination:
    """A statement that somebody would discard; `count` is how many would, None where it may not be told."""

    id: str
    text: str
    count: int | None
    reasons: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class AgencyOrder:
    """The order of one agency's ballots, where it may have a line."""

    id: str
    order: Order


@dataclass(frozen=True, slots=True)
class Mirror:
    """What a table may see of its first answers; `places` is empty where there are too few to show an order.

    `nominations` and `reasons` do not depend on what was discarded. `cut` are the statements that are level across the
    last of the top places; `alike` are those that all place nearly alike; `parity` is the order with each agency
    counting the same, where it may be shown.
    """

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
    nominations: tuple[Nomination, ...] = ()
    reasons: tuple[Said, ...] = ()
    agencies: tuple[AgencyOrder, ...] = ()
    camps: Phrase | None = None
    split_on: tuple[str, ...] = ()
    prompts: tuple[Phrase, ...] = ()
    parity: Order | None = None
    cut: tuple[str, ...] = ()
    alike: tuple[str, ...] = ()


def leaves_out(board: Board) -> tuple[str, ...]:
    """Name the statements that a table has discarded, which its mirror leaves out."""
    return tuple(one.statement for one in board.discarded)


def reveal(setup: Setup, phase: str, given: tuple[Given, ...], without: Iterable[str] = ()) -> Mirror:
    """Make the mirror of the ballots that were kept as `solo` closed, less what the table has discarded."""
    ids = staying(setup, without)
    profile = profile_of(ids, given)
    found = report(profile, k=setup.top)
    named, reasons = nominations(setup, given)
    return mirror(setup, ids, found, len(given) - profile.m, named, reasons, agency_orders(ids, profile))


def staying(setup: Setup, without: Iterable[str]) -> tuple[str, ...]:
    """List the statements that are still in, in the trainer's order."""
    gone = frozenset(without)
    return tuple(one for one in setup.ids if one not in gone)


def profile_of(ids: tuple[str, ...], given: Iterable[Given]) -> Profile:
    """Put the ballots on these statements together; answers without a ballot are left out."""
    index = {one: number for number, one in enumerate(ids)}
    ballots = []
    for one in given:
        ballot = one.answer.ballot
        if ballot is not None:
            order = [index[statement] for statement in ballot.order if statement in index]
            discarded = [index[ballot.discard]] if ballot.discard in index else []
            ballots.append(Ballot.ranked(order, discarded=discarded, agency=one.agency))
    return Profile.from_ballots(ballots, len(ids), policy=Policy())


def first_places(setup: Setup, given: tuple[Given, ...], without: Iterable[str] = ()) -> dict[str, int]:
    """Find the places 1 … n of the statements that all place alike and that tie with no other; {} below three ballots.

    Quick enough to be worked out within a change.
    """
    ids = staying(setup, without)
    told = profile_of(ids, given).without_flat()
    if not disclosure.may_show_order(told.m):
        return {}
    widest = ALIKE * (len(ids) - 1)
    reach = splits(told).reach
    found, before = {}, 0
    for tier in borda(told).tiers:
        if len(tier) == 1 and reach and reach[tier[0]] <= widest:
            found[ids[tier[0]]] = before + 1
        before += len(tier)
    return found


def nominations(setup: Setup, given: tuple[Given, ...]) -> tuple[tuple[Nomination, ...], tuple[Said, ...]]:
    """Say which statements were named to be discarded and why; below five ballots the reasons stand by themselves.

    There the statements stand in the trainer's order: of three ballots, the most named first would tell the counts.
    """
    answers = [one.answer for one in given if one.answer.ballot is not None]
    if not disclosure.may_show_order(len(answers)):
        return (), ()
    counts = Counter(answer.ballot.discard for answer in answers if answer.ballot.discard)
    # Named by what it says: a hidden one stays hidden when the phase closes anew with others beside it. Not by what it
    # is about, which below five nobody is told, and which whoever has the words could try.
    why = sorted(
        (digest_of(answer.reason), answer.ballot.discard, answer.reason)
        for answer in answers
        if answer.ballot.discard and answer.reason
    )
    digests = [digest for digest, *_ in why]
    said = [
        (statement, Said(f"{entry_of(digest)}{number - digests.index(digest)}", text))
        for number, (digest, statement, text) in enumerate(why, 1)
    ]
    texts = {one.id: one.text for one in setup.statements}
    named = [one for one in setup.ids if counts[one]]
    if not disclosure.may_show_totals(len(answers)):
        return tuple(Nomination(one, texts[one], None, ()) for one in named), tuple(reason for _, reason in said)
    named.sort(key=lambda one: -counts[one])
    by = {one: tuple(reason for statement, reason in said if statement == one) for one in named}
    return tuple(Nomination(one, texts[one], counts[one], by[one]) for one in named), ()


def digest_of(reason: str) -> str:
    """Sum up a reason, the same wherever it stands."""
    return sha256(reason.encode()).hexdigest()


def entry_of(digest: str) -> str:
    """Begin the names of the entries that say the same."""
    return f"n{digest[:12]}-"


def agency_orders(ids: tuple[str, ...], profile: Profile) -> tuple[AgencyOrder, ...]:
    """Put each agency's ballots in order, where agencies may have lines."""
    told = profile.without_flat()
    shown = disclosure.agency_lines(told.agency_sizes)
    parts = {name: told.rows(told.agencies == told.agency_names.index(name)) for name in shown}
    return tuple(AgencyOrder(name, in_ids(ids, borda(part).tiers)) for name, part in parts.items())


def in_ids(ids: tuple[str, ...], tiers: Iterable[Iterable[int]]) -> Order:
    """Write tiers of statement numbers in ids."""
    return tuple(tuple(ids[one] for one in tier) for tier in tiers)


def mirror(
    setup: Setup,
    ids: tuple[str, ...],
    found: Report,
    missing: int,
    named: tuple[Nomination, ...],
    reasons: tuple[Said, ...],
    agencies: tuple[AgencyOrder, ...],
) -> Mirror:
    """Put a report of the engine into the setup's words; `missing` answers have no ballot."""
    words = {one.id: one.text for one in setup.statements}
    texts = [words[one] for one in ids]
    places, first = [], 1
    for tier in found.order:
        last = first + len(tier) - 1
        places += [MirrorPlace(ids[one], texts[one], first, last, one in found.contested) for one in sorted(tier)]
        first = last + 1
    return Mirror(
        orders=found.counted,
        left_out=found.left_out + missing,
        # Of two the engine has a sentence, but whoever knows one order reads the other's likeness from it.
        words=found.agreement if disclosure.may_show_order(found.counted) else None,
        meter=found.meter,
        likeness=found.likeness,
        figures=found.figures,
        places=tuple(places),
        most_shared=tuple(texts[one] for one in found.most_shared),
        most_split=tuple(texts[one] for one in found.most_split),
        warnings=found.warnings,
        nominations=named,
        reasons=reasons,
        agencies=agencies,
        camps=found.camps,
        split_on=tuple(texts[one] for one in found.split_on),
        prompts=found.prompts,
        parity=None if found.parity_order is None else in_ids(ids, found.parity_order),
        cut=tuple(ids[one] for one in found.level_at_cut),
        alike=tuple(ids[one] for one in found.alike),
    )
