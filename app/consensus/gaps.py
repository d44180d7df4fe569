"""Agreement of ballots that leave statements out, where W has no meaning."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import chdtrc

from app.consensus.profile import Profile


@dataclass(frozen=True, slots=True)
class SkillingsMack:
    """The statistic, its degrees of freedom, the chi-square p, and the ballots that place at least two."""

    statistic: float
    df: int
    p: float
    judges_used: int


def skillings_mack(p: Profile) -> SkillingsMack | None:
    """Test whether ballots with gaps prefer some statements (Skillings & Mack, 1981).

    Friedman's test for complete untied ballots, Durbin's for balanced incomplete blocks. Each ballot weighs
    1. None when no ballot places two statements. The p is a large-sample one.

    Conover (1999): seven people each rank three of seven ice creams.

    >>> from app.consensus.ballots import Policy
    >>> orders = ["dab", "ceb", "dcf", "deg", "efa", "fgb", "cga"]
    >>> found = skillings_mack(Profile.of(*orders, policy=Policy(unlisted="missing")))
    >>> round(found.statistic, 6), found.df, round(found.p, 3)
    (12.0, 6, 0.062)
    """
    said = p.places > 0
    size = said.sum(axis=0)
    used = size >= 2
    judges = int(p.counts[used].sum())
    if not judges:
        return None
    said, size, counts = said[:, used], size[used], p.counts[used]
    middle = (p.places[:, used] / 2 - (size + 1) / 2) * said
    sums = middle @ (counts * np.sqrt(12 / (size + 1)))
    together = (said * counts).astype(np.float64) @ said.T.astype(np.float64)
    covariance = -together
    np.fill_diagonal(covariance, together.sum(axis=1) - together.diagonal())
    df = int(np.linalg.matrix_rank(covariance))
    statistic = float(sums @ np.linalg.pinv(covariance, hermitian=True) @ sums)
    return SkillingsMack(statistic, df, float(chdtrc(df, statistic)), judges)
