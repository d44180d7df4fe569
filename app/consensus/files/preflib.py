"""PrefLib files: strict or tied, complete or incomplete orders (.soc .soi .toc .toi), new and old headers."""

from __future__ import annotations

import re
from pathlib import Path

from app.consensus.ballots import Ballot, Tiers
from app.consensus.files.reading import MOST_STATEMENTS, Reading, check_number_of, count_of, lines_of
from app.consensus.files.trouble import FileTrouble, shown

SUFFIXES = (".soc", ".soi", ".toc", ".toi")
HEADER = re.compile(r"#\s*(?P<key>[A-Z][A-Z /_-]*?)(?:\s+(?P<number>\d{1,9}))?\s*:(?P<value>.*)")
TIER = re.compile(r"\s*(?:\{(?P<tied>[^{}]*)\}\s*|(?P<one>[^{},]*))")

Line = tuple[int, str]
Row = tuple[int, str, int, str]


def read(path: Path, text: str) -> Reading:
    """Read a PrefLib file; statements are numbered from 1 in it and from 0 here."""
    lines = [(number, line.rstrip()) for number, line in lines_of(text)]
    names, rows = _new_header(path, lines) if lines[0][1].lstrip().startswith("#") else _old_header(path, lines)
    check_number_of(path, names)
    if not rows:
        raise FileTrouble(path, "a line with a ballot below the header", lines[-1][0] + 1)
    order = _Order(path, len(names))
    ballots, counts = [], []
    for number, line, start, split in rows:
        count, body, column = _counted(path, line, number, start, split)
        counts.append(count)
        ballots.append(Ballot(order.read(body, number, column)))
    return Reading(tuple(names), tuple(ballots), tuple(counts), read_as=f"PrefLib {path.suffix.lower()}")


def _new_header(path: Path, lines: list[Line]) -> tuple[list[str], list[Row]]:
    """Read `# KEY: value` lines; ballots are `count: order`."""
    alternatives, names = 0, dict[int, str]()
    rows: list[Row] = []
    for number, line in lines:
        found = HEADER.match(line.lstrip())
        if not line.lstrip().startswith("#"):
            rows.append((number, line, 1, ":"))
        elif found and found["key"] == "NUMBER ALTERNATIVES":
            column = line.index(":") + 2
            alternatives = count_of(path, found["value"], number, column, "the number of alternatives", MOST_STATEMENTS)
        elif found and found["key"] == "ALTERNATIVE NAME" and found["number"]:
            names[int(found["number"])] = found["value"].strip()
    n = alternatives or len(names)
    if not n:
        raise FileTrouble(path, "a line “# NUMBER ALTERNATIVES: …”")
    beyond = [number for number in names if not 1 <= number <= n]
    if beyond:
        line_number = next(i for i, line in lines if re.match(rf"\s*#\s*ALTERNATIVE NAME\s+0*{beyond[0]}\s*:", line))
        raise FileTrouble(path, f"alternative names 1 to {n}, found {beyond[0]}", line_number)
    return [names.get(number) or f"s{number}" for number in range(1, n + 1)], rows


def _old_header(path: Path, lines: list[Line]) -> tuple[list[str], list[Row]]:
    """Read the number of alternatives, a line for each, and a line of totals; ballots are `count,order`."""
    number, first = lines[0]
    n = count_of(path, first, number, 1, "“# …” or the number of alternatives", MOST_STATEMENTS)
    names = []
    for expected in range(1, n + 1):
        number, line = lines[expected] if expected < len(lines) else (lines[-1][0] + 1, "")
        told, comma, name = line.partition(",")
        if not comma or told.strip() != str(expected):
            raise FileTrouble(path, f"“{expected},name of the alternative”, found {shown(line)}", number)
        names.append(name.strip())
    number, totals = lines[n + 1] if n + 1 < len(lines) else (lines[-1][0] + 1, "")
    if not re.fullmatch(r"\s*\d+\s*(,\s*\d+\s*){1,2}", totals):
        raise FileTrouble(path, f"a line of totals “voters,sum,orders”, found {shown(totals)}", number)
    return names, [(number, line, 1, ",") for number, line in lines[n + 2 :]]


def _counted(path: Path, line: str, number: int, start: int, split: str) -> tuple[int, str, int]:
    """Split `count: order` and give the count, the order and the column it starts at."""
    told, sign, body = line.partition(split)
    if not sign:
        raise FileTrouble(path, f"“count{split} order”, found {shown(line)}", number, start)
    return count_of(path, told, number, start, "how many handed in this order"), body, start + len(told) + 1


class _Order:
    """The orders of one file: what its ending allows, and the numbers they may name."""

    def __init__(self, path: Path, n: int) -> None:
        self.path, self.n, self.ending = path, n, path.suffix.lower()

    def read(self, body: str, line: int, column: int) -> Tiers:
        """Read “1,{2,3},4” into tiers of statements from 0."""
        tiers: list[tuple[int, ...]] = []
        seen: set[int] = set()
        position = 0
        while True:
            found = TIER.match(body, position)
            assert found is not None  # noqa: S101 - the pattern matches nothing, too
            tied, start = found["tied"], column + found.start("tied" if found["tied"] is not None else "one")
            if tied is not None and self.ending[1] == "s":
                raise FileTrouble(self.path, f"no ties, as {self.ending} says, found {shown(found[0])}", line, start)
            tiers.append(self._tier(found["one"] if tied is None else tied, body, line, start, seen))
            position = found.end()
            if position == len(body):
                break
            if body[position] != ",":
                raise FileTrouble(self.path, f"a comma, found {shown(body[position:])}", line, column + position)
            position += 1
        if self.ending[3] == "c" and len(seen) < self.n:
            wanted = f"all {self.n} alternatives, as {self.ending} says, found {len(seen)}"
            raise FileTrouble(self.path, wanted, line, column + len(body))
        return tuple(tiers)

    def _tier(self, inner: str, body: str, line: int, start: int, seen: set[int]) -> tuple[int, ...]:
        """Read the numbers of one tier and remember them as seen."""
        items = []
        for piece in inner.split(","):
            told = piece.strip()
            at = start + len(piece) - len(piece.lstrip()) if told else start
            if not (told.isascii() and told.isdigit() and len(told) < 10 and 1 <= int(told) <= self.n):
                wanted = f"a number from 1 to {self.n}, or several tied as in “{{1,2}}”"
                raise FileTrouble(self.path, f"{wanted}, found {shown(told or body.strip() or ' ')}", line, at)
            item = int(told) - 1
            if item in seen:
                raise FileTrouble(self.path, f"each alternative once, found {told} again", line, at)
            seen.add(item)
            items.append(item)
            start += len(piece) + 1
        return tuple(items)
