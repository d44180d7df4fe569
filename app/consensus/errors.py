"""What can be wrong with ballots, so that a caller can catch all of it as `ConsensusError`."""

from __future__ import annotations


class ConsensusError(ValueError):
    """The ballots or the profile cannot be counted as asked."""


class EmptyItems(ConsensusError):
    """There are no statements to put in order."""


class UnknownItem(ConsensusError):
    """A ballot names a statement that is not among 0 … n−1."""


class DuplicateItem(ConsensusError):
    """A ballot names a statement twice."""


class WeightError(ConsensusError):
    """A ballot's count is not a whole number above zero."""


class TooManyItems(ConsensusError):
    """An exact answer over this many statements would take too long."""
