"""Case files: JSON with statements, a policy and ballots in tiers, as the reference cases have them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NoReturn

from app.consensus.ballots import Ballot, Policy
from app.consensus.files.places import Trail, place_of
from app.consensus.files.reading import MOST_COUNT, MOST_STATEMENTS, Reading
from app.consensus.files.trouble import FileTrouble, shown

CHOICES = {
    "unlisted": ("below", "missing"),
    "discarded": ("last", "missing"),
    "weighting": ("head", "parity"),
}


def read(path: Path, text: str) -> Reading:
    """Read a case file: `n`, `items`, `policy`, `ballots[{count, tiers, discarded, group}]`, perhaps `before`."""
    try:
        found = json.loads(text, parse_constant=_no_constant)
    except json.JSONDecodeError as trouble:
        wanted = trouble.msg[:1].lower() + trouble.msg[1:]
        raise FileTrouble(path, f"JSON ({wanted})", trouble.lineno, trouble.colno) from trouble
    except RecursionError as trouble:
        raise FileTrouble(path, "JSON that is not nested without end") from trouble
    except _Constant as trouble:
        before = text[: text.find(str(trouble))]
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        raise FileTrouble(path, f"JSON, where {trouble} is not a number", line, column) from trouble
    except ValueError as trouble:
        raise FileTrouble(path, "JSON without numbers of thousands of digits") from trouble
    return _Case(path, text).read(found)


class _Constant(Exception):
    """NaN or Infinity, which Python reads and JSON does not have."""


def _no_constant(name: str) -> NoReturn:
    raise _Constant(name)


class _Case:
    """One case file being read; every refusal finds its place in the text by the trail to it."""

    def __init__(self, path: Path, text: str) -> None:
        self.path, self.text = path, text

    def read(self, found: Any) -> Reading:
        """Check the whole file and take what counting needs."""
        case = self._of(found, dict, (), "an object with “ballots”")
        items = self._items(case)
        policy = self._policy(self._of(case.get("policy", {}), dict, ("policy",), "an object"))
        ballots = self._ballots(case, "ballots", len(items))
        before = self._ballots(case, "before", len(items)) if "before" in case else None
        return Reading(
            items=items,
            ballots=tuple(ballot for ballot, _ in ballots),
            counts=tuple(count for _, count in ballots),
            policy=policy,
            before=None if before is None else tuple(b for b, count in before for _ in range(count)),
            read_as="Case file",
        )

    def _items(self, case: dict[str, Any]) -> tuple[str, ...]:
        names = self._of(case.get("items", []), list, ("items",), "a list of names")
        for index, name in enumerate(names):
            self._of(name, str, ("items", index), "a name")
        if "n" not in case and not names:
            self._refuse((), "“n” or “items”")
        n = self._number(case.get("n", len(names)), ("n",), MOST_STATEMENTS, "the number of statements")
        if names and len(names) != n:
            self._refuse(("items",), f"{n} names, as “n” says, found {len(names)}")
        return tuple(names) or tuple(f"s{number}" for number in range(1, n + 1))

    def _policy(self, told: dict[str, Any]) -> Policy:
        chosen = {}
        for key, value in told.items():
            if key in CHOICES:
                if value not in CHOICES[key]:
                    self._refuse(("policy", key), " or ".join(f"“{choice}”" for choice in CHOICES[key]))
                chosen[key] = value
        return Policy(**chosen)

    def _ballots(self, case: dict[str, Any], key: str, n: int) -> list[tuple[Ballot, int]]:
        if key not in case:
            self._refuse((), f"“{key}”, a list of ballots")
        listed = self._of(case[key], list, (key,), "a list of ballots")
        return [self._ballot(ballot, (key, index), n) for index, ballot in enumerate(listed)]

    def _ballot(self, found: Any, trail: Trail, n: int) -> tuple[Ballot, int]:
        told = self._of(found, dict, trail, "a ballot with “tiers”")
        count = self._number(told.get("count", 1), (*trail, "count"), MOST_COUNT, "how many handed in this ballot")
        if "tiers" not in told:
            self._refuse(trail, "“tiers” on this ballot")
        tiers = self._of(told["tiers"], list, (*trail, "tiers"), "a list of tiers")
        rows = [self._statements(tier, (*trail, "tiers", index)) for index, tier in enumerate(tiers)]
        discarded = self._statements(told.get("discarded") or [], (*trail, "discarded"))
        agency = told.get("group")
        if agency is not None:
            self._of(agency, str, (*trail, "group"), "the name of an agency")
        ballot = Ballot(tuple(rows), discarded, agency)
        self._check(ballot, trail, n)
        return ballot, count

    def _statements(self, found: Any, trail: Trail) -> tuple[int, ...]:
        for index, item in enumerate(self._of(found, list, trail, "a list of statement numbers")):
            self._of(item, int, (*trail, index), "a statement number")
        return tuple(found)

    def _check(self, ballot: Ballot, trail: Trail, n: int) -> None:
        """Refuse unknown and doubled statements where they stand."""
        seen: set[int] = set()
        where: list[tuple[int, Trail]] = [
            (item, (*trail, "tiers", t, i)) for t, tier in enumerate(ballot.tiers) for i, item in enumerate(tier)
        ]
        where += [(item, (*trail, "discarded", i)) for i, item in enumerate(ballot.discarded)]
        for item, place in where:
            if not 0 <= item < n:
                self._refuse(place, f"a statement from 0 to {n - 1}, found {item}")
            if item in seen:
                self._refuse(place, f"each statement once on a ballot, found {item} again")
            seen.add(item)

    def _number(self, found: Any, trail: Trail, most: int, what: str) -> int:
        if type(found) is not int or not 1 <= found <= most:
            self._refuse(trail, f"{what} (a whole number from 1 to {most}), found {_brief(found)}")
        return found

    def _of(self, found: Any, kind: type[Any], trail: Trail, what: str) -> Any:
        if type(found) is not kind:
            self._refuse(trail, f"{what}, found {_brief(found)}")
        return found

    def _refuse(self, trail: Trail, expected: str) -> NoReturn:
        line, column = place_of(self.text, trail)
        raise FileTrouble(self.path, expected, line, column)


def _brief(found: Any) -> str:
    """Name what stands there instead."""
    if isinstance(found, dict | list):
        return "an object" if isinstance(found, dict) else "a list"
    return shown(json.dumps(found, ensure_ascii=False))
