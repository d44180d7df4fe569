"""How far a table agrees, in words that stay honest for few people and few statements."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from math import lgamma, log

from app.consensus.concordance import Concordance, concordance, p_value
from app.consensus.pairs import pairs_of
from app.consensus.profile import Profile
from app.consensus.words import BOUNDS, BY_CHANCE, GAPS, LEVELS, PAIR, TOO_FEW, Phrase

ALPHA = 0.05
"""Agreement that chance alone gives more often than this gets no label."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """The words for the agreement of the ballots that say something.

    phrase – None below two ballots
    meter  – 0 without a label, 1 (a little in common) to 5 (unusually strong)
    p      – how often chance would agree as well, and `method`: exact, monte_carlo, F; None unless judged
    """

    phrase: Phrase | None
    meter: int = 0
    measured: Concordance | None = None
    p: float | None = None
    method: str | None = None

    @property
    def beyond_chance(self) -> bool:
        """Say whether chance alone would rarely agree as well."""
        return self.p is not None and self.p <= ALPHA


def agreement(p: Profile) -> Agreement:
    """Put the agreement into words: a label for r, and only where chance rarely does as well.

    Two ballots get a count of pairs and no label. Where even perfect agreement would be likelier than
    .05 by chance, 1/(n!)^(m−1), the answer is that there are too few to tell.

    >>> agreement(Profile.of("abcdef", "abcdef", "abcdfe")).phrase.text
    'Unusually strong agreement'
    >>> agreement(Profile.of("ab", "ab", "ab")).phrase.text
    'Too few people or statements to tell'
    """
    told = p.without_flat()
    if told.m < 2:
        return Agreement(None)
    if told.m == 2:
        return Agreement(_pair(told))
    if (told.m - 1) * lgamma(p.n + 1) < -log(ALPHA):
        return Agreement(Phrase(TOO_FEW))
    measured = concordance(told)
    if measured is None:
        return Agreement(Phrase(GAPS))
    judged = p_value(told)
    if judged is None or judged[0] > ALPHA:
        value, method = judged or (None, None)
        return Agreement(Phrase(BY_CHANCE), 0, measured, value, method)
    level = label(measured.r)
    return Agreement(Phrase(LEVELS[level]), level + 1, measured, *judged)


def label(r: float) -> int:
    """Choose which of the five labels a mean correlation gets, 0 … 4; a bound itself gets the higher one."""
    return bisect_right(BOUNDS, round(r, 12))


def _pair(p: Profile) -> Phrase:
    heads = p.weighted("head")
    pairs = [(int(heads.wins[x, y]), int(heads.wins[y, x]), int(heads.ties[x, y])) for x, y in pairs_of(p.n)]
    compared = [found for found in pairs if sum(found) == 2]
    return Phrase(PAIR, (("same", sum(2 in found for found in compared)), ("pairs", len(compared))))
