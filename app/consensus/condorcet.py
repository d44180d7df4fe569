"""Majorities two by two: winner, loser, Smith set, Copeland, cycles, and Schulze's order."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.consensus.ballots import Tiers
from app.consensus.pairs import Ints
from app.consensus.profile import Profile


@dataclass(frozen=True, slots=True)
class Condorcet:
    """Who beats whom when each two statements are compared alone.

    winner, loser – beats, or loses to, every other; None where there is none
    weak_winners  – lose to nobody
    copeland      – statements beaten minus statements that beat it
    smith         – the smallest set that beats everything outside it
    cycle         – whether majorities go round in a circle
    """

    winner: int | None
    loser: int | None
    weak_winners: tuple[int, ...]
    copeland: tuple[int, ...]
    smith: tuple[int, ...]
    cycle: bool


def condorcet(p: Profile) -> Condorcet:
    """Compare every two statements by majority; exact halves beat nobody.

    A single statement is winner and loser at once.

    >>> condorcet(Profile.of("abc", "bca", "cab")).smith
    (0, 1, 2)
    """
    beats = p.wins > p.wins.T
    won, lost = beats.sum(axis=1), beats.sum(axis=0)
    all_others = p.n - 1
    return Condorcet(
        winner=_only(won == all_others),
        loser=_only(lost == all_others),
        weak_winners=_indexes(lost == 0),
        copeland=tuple((won - lost).tolist()),
        smith=_smith(beats),
        cycle=has_cycle(p),
    )


def has_cycle(p: Profile) -> bool:
    """Say whether majorities go round in a circle: those that beat nobody left are taken away until none is left."""
    packed = np.packbits(p.wins > p.wins.T, axis=1, bitorder="little")
    beaten = {item: int.from_bytes(row.tobytes(), "little") for item, row in enumerate(packed)}
    while beaten:
        left = sum(1 << item for item in beaten)
        going_on = {item: below for item, below in beaten.items() if below & left}
        if len(going_on) == len(beaten):
            return True
        beaten = going_on
    return False


def _only(chosen: NDArray[np.bool_]) -> int | None:
    found = _indexes(chosen)
    return found[0] if len(found) == 1 else None


def _indexes(chosen: NDArray[np.bool_]) -> tuple[int, ...]:
    return tuple(np.nonzero(chosen)[0].tolist())


def _closure(relation: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Join a relation to all that it reaches through others."""
    reach = relation.copy()
    for middle in range(len(reach)):
        reach |= reach[:, middle, None] & reach[None, middle, :]
    return reach


def _smith(beats: NDArray[np.bool_]) -> tuple[int, ...]:
    """Find those who reach everybody through `is not beaten by`; they are the smallest such set."""
    at_least = ~beats.T
    return _indexes(np.all(_closure(at_least), axis=1))


@dataclass(frozen=True, slots=True)
class Schulze:
    """Schulze's order in tiers, best first, by winning votes and by margins."""

    winning: Tiers
    margins: Tiers


def schulze(p: Profile) -> Schulze:
    """Order statements by their strongest paths (Schulze, 2011).

    A path is as strong as its weakest majority, measured by the votes for it or by its margin. A tier
    holds what nothing left has a stronger path to.

    >>> schulze(Profile.of("abc", "bca", "cab")).margins
    ((0, 1, 2),)
    """
    margin = p.wins - p.wins.T
    ahead = margin > 0
    return Schulze(_by_paths(np.where(ahead, p.wins, 0)), _by_paths(np.where(ahead, margin, 0)))


def _by_paths(strength: Ints) -> Tiers:
    paths = strength.copy()
    for middle in range(len(paths)):
        paths = np.maximum(paths, np.minimum(paths[:, middle, None], paths[None, middle, :]))
    np.fill_diagonal(paths, 0)
    stronger = paths > paths.T
    left = np.arange(len(paths))
    tiers = []
    while len(left):
        beaten = stronger[np.ix_(left, left)].any(axis=0)
        tiers.append(tuple(left[~beaten].tolist()))
        left = left[beaten]
    return tuple(tiers)
