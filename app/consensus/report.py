"""The report on a table or a room: all that screens and exports may know of its orders.

Law: what the number of answers does not allow is not in the report; no member, no single ballot ever is.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from app import disclosure
from app.consensus.agreement import Agreement, agreement
from app.consensus.ballots import Tiers
from app.consensus.camps import camps, parting
from app.consensus.cautions import Findings, cut, find, prompts, warnings
from app.consensus.profile import Profile
from app.consensus.rounds import Rounds, compare
from app.consensus.spread import Contest, Splits, closest, splits
from app.consensus.stability import first_shares, without_one
from app.consensus.tau import tau
from app.consensus.words import (
    AS_BEFORE,
    ASK_CAMPS,
    CAMPS,
    CLOSER,
    COUNTED,
    DRAWN_AGAIN,
    FURTHER,
    LIKENESS,
    STEADY,
    UNSTEADY,
    Phrase,
)

NOTICEABLE = 0.05
"""Rounds whose r differ by less are about as alike."""

ALIKE = 0.25
"""A statement is placed alike when its best and worst rank are at most this share of n−1 apart."""


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures behind the words, for those who ask how they are worked out.

    w and chance_w – Kendall's W and what it is by chance; r – the mean Spearman correlation
    tau            – the mean Kendall tau (b) of two people; None where it cannot be had
    p and method   – how often chance would agree as well: `exact`, `monte_carlo` or `F`
    """

    w: float
    chance_w: float
    r: float
    tau: float | None
    p: float | None
    method: str | None


@dataclass(frozen=True, slots=True)
class Report:
    """What may be said of the ballots; statements are numbers 0 … n−1, None and () mean not shown or not so.

    answers, counted, left_out – all ballots = those that say something + those that tie everything
    summary      – the three numbers as a sentence
    order        – tiers by mean rank, best first; from 3
    places       – the 0-based tier of each statement; from 3
    mean_ranks   – 1 … n for each statement; from 5
    agreement    – the words; None below two
    meter        – 0 (no label), 1 … 5
    likeness     – "… N times in 10"; from 4
    figures      – from 4
    top          – the statements that are surely among the first k, best first
    level_at_cut – the statements that tie across place k; () when the cut is clean
    alike        – the statements that all place nearly alike; from 3
    most_shared, most_split, contested_pair – from 5
    contested    – the statements whose place differs between Borda and Kemeny or between optima
    cross_check  – the Kemeny order nearest to `order`; None above 15 statements
    parity_order – each agency counting the same; only where disclosure allows
    steady       – whether first place depends on one person; from 5, and only beyond chance
    drawn_again  – "… N times in 10", for 5 to 8 beyond chance
    camps        – that there are two, and split_on: the statements that part them most; for 6 to 12
    change       – whether answers came closer since `before`; from 3 in both rounds
    rounds       – the figures of that; from 5 in both
    warnings     – what to keep in mind
    prompts      – sentences that a trainer could say
    """

    n: int
    k: int
    answers: int
    counted: int
    left_out: int
    summary: Phrase
    order: Tiers = ()
    places: tuple[int, ...] = ()
    mean_ranks: tuple[float, ...] | None = None
    agreement: Phrase | None = None
    meter: int = 0
    likeness: Phrase | None = None
    figures: Figures | None = None
    top: tuple[int, ...] = ()
    level_at_cut: tuple[int, ...] = ()
    alike: tuple[int, ...] = ()
    most_shared: tuple[int, ...] = ()
    most_split: tuple[int, ...] = ()
    contested_pair: Contest | None = None
    contested: tuple[int, ...] = ()
    cross_check: tuple[int, ...] | None = None
    parity_order: Tiers | None = None
    steady: Phrase | None = None
    drawn_again: Phrase | None = None
    camps: Phrase | None = None
    split_on: tuple[int, ...] = ()
    change: Phrase | None = None
    rounds: Rounds | None = None
    warnings: tuple[Phrase, ...] = ()
    prompts: tuple[Phrase, ...] = ()


def report(p: Profile, *, k: int, before: Profile | None = None) -> Report:
    """Say what may be said of a profile, for a list of the first k statements.

    Ballots that tie everything are left out and counted as such. `before` is the same table's earlier round.

    >>> told = report(Profile.of("abcde", "abcde", "abced"), k=3)
    >>> told.agreement.text, told.meter, told.top
    ('Unusually strong agreement', 5, (0, 1, 2))
    """
    told = p.without_flat()
    words = agreement(told)
    numbers = (("counted", told.m), ("n", p.n), ("left_out", p.m - told.m))
    bare = Report(
        n=p.n,
        k=k,
        answers=p.m,
        counted=told.m,
        left_out=p.m - told.m,
        summary=Phrase(COUNTED, numbers),
        agreement=words.phrase,
        meter=words.meter,
    )
    if not disclosure.may_show_order(told.m):
        return bare
    found, stands = find(told, k), splits(told)
    shown = _with_figures(_with_order(bare, found, stands), told, words)
    if before is not None:
        shown = _with_change(shown, before.without_flat(), told)
    if not disclosure.may_show_totals(told.m):
        return shown
    return _with_camps(_with_stability(_with_totals(shown, found, stands), found, words), told)


def _with_order(bare: Report, found: Findings, stands: Splits) -> Report:
    """Add what three answers allow: an order and words."""
    return replace(
        bare,
        order=found.count.tiers,
        places=found.count.places,
        top=cut(found.count.tiers, found.k)[0],
        level_at_cut=found.level_at_cut,
        alike=_alike(stands),
        contested=found.contested,
        cross_check=None if found.exact is None else found.exact.shown,
        parity_order=None if found.parity is None else found.parity.tiers,
        warnings=tuple(warnings(found)),
        prompts=tuple(prompts(found)),
    )


def _with_figures(shown: Report, told: Profile, words: Agreement) -> Report:
    """Add what four answers allow: the figures behind the words."""
    measured = words.measured
    if measured is None or not disclosure.may_show_figures(told.m):
        return shown
    pairs = tau(told)
    same = None if pairs.mean_tau_a is None else round(5 * (pairs.mean_tau_a + 1))
    return replace(
        shown,
        likeness=None if same is None else Phrase(LIKENESS, (("times", same),)),
        figures=Figures(measured.w, measured.by_chance, measured.r, pairs.mean_tau_b, words.p, words.method),
    )


def _with_totals(shown: Report, found: Findings, stands: Splits) -> Report:
    """Add what five answers allow: mean ranks, spreads and pair counts."""
    return replace(
        shown,
        mean_ranks=found.count.mean_rank,
        most_shared=stands.most_shared,
        most_split=stands.most_split,
        contested_pair=closest(found.profile, found.count.places),
    )


def _with_stability(shown: Report, found: Findings, words: Agreement) -> Report:
    """Add whether first place hangs on one person, where there is agreement to speak of."""
    left = without_one(found.profile) if words.beyond_chance else None
    if left is None:
        return shown
    again = first_shares(found.profile)
    leading = found.count.tiers[0]
    # rounded down: nine and a half times is not ten
    times = None if again is None else int(10 * sum(again[item] for item in leading) + 1e-9)
    return replace(
        shown,
        steady=Phrase(STEADY if left[0] == found.profile.m else UNSTEADY),
        drawn_again=None if times is None else Phrase(DRAWN_AGAIN, (("times", times),)),
    )


def _with_camps(shown: Report, told: Profile) -> Report:
    """Add that there are two camps, and over what; never who."""
    split = camps(told)
    if split is None or not split.found:
        return shown
    prompts = (*shown.prompts, Phrase(ASK_CAMPS))
    return replace(shown, camps=Phrase(CAMPS), split_on=parting(told, split), prompts=prompts)


def _with_change(shown: Report, before: Profile, told: Profile) -> Report:
    """Add what changed since an earlier round that had enough answers itself."""
    fewest = min(before.m, told.m)
    if not disclosure.may_show_order(fewest):
        return shown
    rounds = compare(before, told)
    if rounds.r_before is None or rounds.r_after is None:
        return shown
    nearer = rounds.r_after - rounds.r_before
    words = AS_BEFORE if abs(nearer) < NOTICEABLE else CLOSER if nearer > 0 else FURTHER
    return replace(shown, change=Phrase(words), rounds=rounds if disclosure.may_show_totals(fewest) else None)


def _alike(stands: Splits) -> tuple[int, ...]:
    widest = ALIKE * (len(stands.reach) - 1)
    return tuple(item for item, reach in enumerate(stands.reach) if reach <= widest)
