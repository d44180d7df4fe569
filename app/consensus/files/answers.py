"""All figures of a profile as one JSON object, with the keys of the reference cases; None is null."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from app.consensus.agencies import agencies
from app.consensus.borda import borda
from app.consensus.camps import camps
from app.consensus.concordance import concordance
from app.consensus.condorcet import condorcet, schulze
from app.consensus.gaps import skillings_mack
from app.consensus.kemeny import LIMIT, kemeny
from app.consensus.null import SEED, Chance, chance
from app.consensus.profile import Profile
from app.consensus.ranked_pairs import ranked_pairs_winners
from app.consensus.rounds import compare
from app.consensus.spearman import mean_spearman
from app.consensus.spread import spread
from app.consensus.stability import stability
from app.consensus.tau import tau
from app.consensus.weak_orders import median_weak_orders

Answer = dict[str, Any]
MOST_DRAWS = 199_999
FEWEST_DRAWS = 1_999
CELLS = 20_000_000
"""Shuffled ranks drawn for a file's p at most: about half a second."""


def answers(p: Profile, before: Profile | None = None) -> Answer:
    """Work out everything that a case expects, unfiltered: this is the expert's view, not a screen's."""
    count = borda(p)
    stands = spread(p)
    orders = schulze(p)
    return {
        "m": p.m,
        "n": p.n,
        "complete": p.complete,
        "flat_ballots": p.flat_ballots,
        "pairwise_wins": _in_ballots(p.wins.tolist(), p.unit),
        "pairwise_ties": _in_ballots(p.ties.tolist(), p.unit),
        "borda_points": count.points,
        "borda_net": count.net,
        "borda_share": count.share,
        "borda_tiers": count.tiers,
        "borda_tiers_basis": "borda_points" if p.complete else "borda_share",
        "mean_rank": count.mean_rank,
        "kendall_w": _w(p),
        "generalised_w": None if not p.complete or (measured := concordance(p)) is None else measured.w,
        "p_permutation": _p(p),
        "mean_spearman": mean_spearman(p),
        "skillings_mack": None if p.complete or not (found := skillings_mack(p)) else asdict(found),
        "tau": _tau(p),
        **_weak_orders(p),
        **_kemeny(p),
        "condorcet": _condorcet(p),
        **_ranked_pairs(p),
        "schulze_winning_tiers": orders.winning,
        "schulze_margin_tiers": orders.margins,
        "items": [_item(asdict(place)) for place in stands.items],
        "most_divisive": stands.most_split or None,
        **_stability(p),
        "parity": _parity(p),
        "camps": None if (split := camps(p)) is None else asdict(split),
        "rounds": None if before is None else asdict(compare(before, p)),
    }


def _in_ballots(matrix: list[list[int]], unit: int) -> list[list[int]] | list[list[float]]:
    return matrix if unit == 1 else [[weight / unit for weight in row] for row in matrix]


def _w(p: Profile) -> Answer | None:
    found = concordance(p)
    if found is None:
        return None
    return {
        "m_used": found.m_used,
        "m_eff": found.m_eff,
        "S": found.s,
        "tie_term": found.tie_term,
        "W": found.w,
        "W_uncorrected": found.w_uncorrected,
        "W_by_chance": found.by_chance,
        "chi2": found.chi2,
        "df": found.df,
        "p_chi2": found.p_chi2,
        "F": found.f,
        "F_df1": found.f_df1,
        "F_df2": found.f_df2,
        "p_F": found.p_f,
        "mean_rho_from_W": found.r,
    }


def _p(p: Profile) -> Answer | None:
    """Give the permutation p: exact, drawn as often as a second allows, or F for very many ballots."""
    draws = min(MOST_DRAWS, CELLS // max(1, p.n * p.m))
    found: Chance | None = chance(p, draws, CELLS) if draws >= FEWEST_DRAWS else None
    if found is None:
        measured = concordance(p)
        return None if measured is None else {"p": measured.p_f, "se": None, "method": "F"}
    if found.method == "exact":
        return {
            "p": found.p,
            "se": 0.0,
            "numerator": str(found.hits),
            "denominator": str(found.total),
            "method": "exact",
        }
    return {"p": found.p, "se": found.error, "B": found.total, "seed": SEED, "method": "monte_carlo"}


def _tau(p: Profile) -> Answer:
    found = tau(p)
    return {
        "mean_tau_a": found.mean_tau_a,
        "mean_tau_b": found.mean_tau_b,
        "n_pairs_tau_b": found.tau_b_pairs,
        "mean_tau_x": found.mean_tau_x,
        "pair_agree": found.agree,
        "pair_disagree": found.disagree,
    }


def _weak_orders(p: Profile) -> Answer:
    """Give the median orders with ties; nothing where there are too many statements to try them all."""
    found = median_weak_orders(p)
    if found is None:
        return {}
    told = {"mean_tau_x": found.mean_tau_x, "rankings": found.rankings}
    return {"tau_x_median_weak_orders": {**told, "n_optimal": found.n_optimal, "rankings_complete": found.complete}}


def _ranked_pairs(p: Profile) -> Answer:
    """Give the winners by ranked pairs; nothing where level majorities can be settled in too many ways."""
    found = ranked_pairs_winners(p)
    return {} if found is None else {"ranked_pairs_winners": found}


def _kemeny(p: Profile) -> Answer:
    if p.n > LIMIT:
        return {"kemeny": None, "borda_is_kemeny_optimal": None}
    found, tiers = kemeny(p), borda(p).tiers
    return {
        "kemeny": {
            "score": found.score,
            "max_agreement": found.max_agreement,
            "n_optimal": found.n_optimal,
            "optimal_rankings": found.rankings,
            "rankings_complete": found.complete,
            "backbone": [[x, y] for x, row in enumerate(found.backbone) for y, above in enumerate(row) if above],
            "shown": found.shown,
        },
        "borda_is_kemeny_optimal": len(tiers) == p.n and found.borda_gap == 0,
    }


def _condorcet(p: Profile) -> Answer:
    found = condorcet(p)
    return {
        "winner": found.winner,
        "loser": found.loser,
        "weak_winners": found.weak_winners,
        "copeland": found.copeland,
        "smith": found.smith,
        "cycle": found.cycle,
    }


def _item(place: Answer) -> Answer:
    return {
        "k": place["k"],
        "mean": place["mean"],
        "median": place["median"],
        "sd_pop": place["sd"],
        "iqr": place["iqr"],
        "min": place["lowest"],
        "max": place["highest"],
        "split": place["split"],
    }


def _stability(p: Profile) -> Answer:
    found = stability(p)
    tried = {"m": p.m, "same_top_tier": found.same_top, "same_order": found.same_order}
    return {
        "leave_one_out": None if found.same_top is None else tried,
        "bootstrap_exact": None if found.positions is None else {"p_position": found.positions, "p_first": found.first},
    }


def _parity(p: Profile) -> Answer | None:
    """Give the parity order beside the head count, where any ballot names an agency."""
    if not any(name is not None for name in p.agency_sizes):
        return None
    found = agencies(p)
    return {
        "agencies": [
            {"agency": one.name, "m": one.ballots, "borda_tiers": one.order.tiers, "mean_tau_b": one.tau}
            for one in found.each
        ],
        "borda_points": found.parity.points,
        "borda_share": found.parity.share,
        "mean_rank": found.parity.mean_rank,
        "borda_tiers": found.parity.tiers,
        "W": None if found.agreement is None else found.agreement.w,
        "m_eff": None if found.agreement is None else found.agreement.m_eff,
        "mean_rho_from_W": None if found.agreement is None else found.agreement.r,
        "tau_within": found.within,
        "tau_between": found.between,
        "same_top_tier": found.same_top,
        "same_order": found.same_order,
    }
