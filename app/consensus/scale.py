"""Agreement on a scale: how far answers to one question, such as the 0 to 5 check, lie together."""

from __future__ import annotations

from collections.abc import Sequence


def scale_agreement(answers: Sequence[int]) -> float | None:
    """Measure van der Eijk's A (2001) from the number of answers at each step of an ordered scale.

    1 when all choose one step, 0 when all steps are equally full, −1 when half stands at either end. None
    below three steps or without answers.

    >>> scale_agreement([5, 5, 5, 5, 5]), scale_agreement([6, 0, 0, 0, 6])
    (0.0, -1.0)
    >>> round(scale_agreement([30, 40, 210, 130, 530, 50, 10]), 4)
    0.6113
    """
    steps, total = len(answers), sum(answers)
    if steps < 3 or not total:
        return None
    left, agreement = list(answers), 0.0
    while any(left):
        layer = min(number for number in left if number)
        filled = [int(number > 0) for number in left]
        agreement += layer * sum(filled) / total * _pattern(filled)
        left = [number - layer * full for number, full in zip(left, filled, strict=True)]
    return agreement


def _pattern(filled: list[int]) -> float:
    """Measure the agreement of a pattern of full (1) and empty (0) steps: U·(1 − (S−1)/(K−1)).

    U compares triples that rise and fall once (two full beside an empty one) with those that dip.
    """
    steps, full = len(filled), sum(filled)
    if full in (1, steps):
        return 1.0 if full == 1 else 0.0
    together = apart = 0
    for i in range(steps):
        for j in range(i + 1, steps):
            for k in range(j + 1, steps):
                triple = (filled[i], filled[j], filled[k])
                together += triple in ((1, 1, 0), (0, 1, 1))
                apart += triple == (1, 0, 1)
    uniform = ((steps - 2) * together - (steps - 1) * apart) / ((steps - 2) * (together + apart))
    return uniform * (1 - (full - 1) / (steps - 1))
