"""Kendall's W: how far several orders agree, and whether chance would agree as well."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from scipy.special import chdtrc, fdtrc

from app.consensus.null import DRAWS, Chance, chance
from app.consensus.profile import Profile


@dataclass(frozen=True, slots=True)
class Concordance:
    """W of m ballots that say something, with what it is made of.

    w          – 0 … 1, corrected for ties; chance alone gives 1/m_eff, so read `r`
    r          – (m_eff·W − 1)/(m_eff − 1), −1/(m−1) … 1: the mean Spearman correlation of two ballots
    m_used     – ballots counted; those that tie everything are left out
    m_eff      – (Σw)²/Σw²: m_used by head, less under parity
    s          – Σ(R − mean R)² of the rank sums, in weights; tie_term is ΣΣ(t³−t)
    chi2 … p_f – the textbook approximations; f is None at W = 1
    """

    w: float
    w_uncorrected: float
    r: float
    m_used: int
    m_eff: float
    s: float
    tie_term: float
    chi2: float
    df: int
    p_chi2: float
    f: float | None
    f_df1: float
    f_df2: float
    p_f: float | None

    @property
    def by_chance(self) -> float:
        """Give the W that ballots drawn by lot would have on average."""
        return 1 / self.m_eff


def concordance(p: Profile) -> Concordance | None:
    """Measure how far m rankings of n statements agree, from 0 to 1 (all the same).

    Tied statements share their mean rank, and the widest possible spread is corrected for them:
    12S/(m²(n³−n) − mΣT) (Kendall & Babington Smith, 1939). F after Legendre (2005), chi-square after
    Friedman (1937), which is of no use for few ballots. None when fewer than two ballots say anything, below two
    statements, or when a ballot leaves a statement out.

    Siegel & Castellan (1988): three organisers order eight attractions of a conference.

    >>> round(concordance(Profile.of("degfabch", "adegfcbh", "cedabgfh")).w, 3)
    0.656
    """
    told = p.without_flat()
    if told.m < 2 or p.n < 2 or not told.complete:
        return None
    weights, n = told.row_weights, p.n
    sums = [int(total) for total in told.places.astype(np.int64) @ weights]
    whole = told.weight
    widest = n**3 - n
    spread = n * sum(total * total for total in sums) - sum(sums) ** 2
    ties = int((told.tie_terms * weights).sum())
    w = 3 * spread / n / (whole * (whole * widest - ties))
    m_eff = whole**2 / int((told.counts * told.weights**2).sum())
    return _approximate(
        Concordance(
            w=w,
            w_uncorrected=3 * spread / n / (whole**2 * widest),
            r=(m_eff * w - 1) / (m_eff - 1),
            m_used=told.m,
            m_eff=m_eff,
            s=spread / (4 * n * told.unit**2),
            tie_term=ties / told.unit,
            chi2=m_eff * (n - 1) * w,
            df=n - 1,
            p_chi2=0.0,
            f=None,
            f_df1=0.0,
            f_df2=0.0,
            p_f=None,
        ),
        n,
        all_alike=spread * 3 == n * whole * (whole * widest - ties),
    )


def _approximate(found: Concordance, n: int, *, all_alike: bool) -> Concordance:
    """Fill in the textbook p values."""
    df1 = n - 1 - 2 / found.m_eff
    df2 = (found.m_eff - 1) * df1
    f = None if all_alike else (found.m_eff - 1) * found.w / (1 - found.w)
    p_f = None if df1 <= 0 else 0.0 if f is None else float(fdtrc(df1, df2, f))
    return replace(found, f=f, f_df1=df1, f_df2=df2, p_f=p_f, p_chi2=float(chdtrc(found.df, found.chi2)))


def p_value(p: Profile, draws: int = DRAWS) -> tuple[float, str] | None:
    """Give the p of the agreement and how it was found: `exact`, `monte_carlo`, or `F` for many ballots.

    None where there is no concordance, or no way to judge it.
    """
    found: Chance | None = chance(p, draws)
    if found is not None:
        return found.p, found.method
    measured = concordance(p)
    return None if measured is None or measured.p_f is None else (measured.p_f, "F")
