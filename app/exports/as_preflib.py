"""A workshop's orders as PrefLib files: what tables agreed, and in named workshops what people had said alone.

Law: a file holds orders and how many have each, in no order of arrival, and nobody's name.
"""

import io
import zipfile
from collections import Counter
from datetime import date

from app.activities.summary import Orders
from app.errors import N_, Closed
from app.exports.cells import file_names, plain
from app.exports.formats import File, Progress, Work

PLAIN = "text/plain; charset=utf-8"
# A fixed date: a file's time would tell when something was looked at.
DATED = (2020, 1, 1, 0, 0, 0)

Tiers = tuple[tuple[int, ...], ...]


def write(work: Work, progress: Progress) -> File:
    """Write all orders: one file where there is one kind of them, a zip where there are several.

    Where nobody has agreed on an order yet, there is nothing to write.
    """
    found = [one for one in work.report.orders if one.ballots and one.statements]
    if not found:
        raise Closed(N_("There is no order to write yet. PrefLib files hold the orders that tables agreed on."))
    names = file_names(f"{number}-{one.name}" if len(found) > 1 else one.name for number, one in enumerate(found, 1))
    files = []
    for done, (one, name) in enumerate(zip(found, names, strict=True), 1):
        ending = ending_of(one)
        files.append((f"{name}.{ending}", in_preflib(one, f"{name}.{ending}", work.report.title, work.report.day)))
        progress(done, len(found))
    if len(files) == 1:
        ((name, text),) = files
        return File(text.encode(), name.rpartition(".")[2], PLAIN)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files:
            archive.writestr(zipfile.ZipInfo(name, DATED), text.encode(), zipfile.ZIP_DEFLATED)
    return File(packed.getvalue(), "preflib.zip", "application/zip")


def ending_of(orders: Orders) -> str:
    """Say which of PrefLib's kinds these are: strict or with ties, complete or not.

    >>> ending_of(Orders("x", "X", ("a", "b", "c"), ((1, ((0,), (1, 2))),)))
    'toc'
    """
    strict = all(len(tier) == 1 for _, tiers in orders.ballots for tier in tiers)
    complete = all(sum(map(len, tiers)) == len(orders.statements) for _, tiers in orders.ballots)
    return f"{'s' if strict else 't'}o{'c' if complete else 'i'}"


def in_preflib(orders: Orders, name: str, title: str, day: date | None) -> str:
    r"""Write orders with the header that PrefLib has had since 2022; statements are numbered from 1.

    >>> two = Orders("x", "All", ("a", "b"), ((1, ((1,), (0,))), (2, ((0, 1),))))
    >>> in_preflib(two, "x.toc", "T", None).splitlines()[-2:]
    ['2: {1,2}', '1: 2,1']
    """
    counts: Counter[Tiers] = Counter()
    for count, tiers in orders.ballots:
        counts[tuple(tuple(sorted(tier)) for tier in tiers if tier)] += count
    head = {
        "FILE NAME": name,
        "TITLE": f"{title}: {plain(orders.title)}",
        "DESCRIPTION": "",
        "DATA TYPE": name.rpartition(".")[2],
        "MODIFICATION TYPE": "original",
        "RELATES TO": "",
        "RELATED FILES": "",
        "PUBLICATION DATE": day.isoformat() if day else "",
        "MODIFICATION DATE": day.isoformat() if day else "",
        "NUMBER ALTERNATIVES": len(orders.statements),
        "NUMBER VOTERS": counts.total(),
        "NUMBER UNIQUE ORDERS": len(counts),
    } | {f"ALTERNATIVE NAME {number}": text for number, text in enumerate(orders.statements, 1)}
    # The most frequent first, as PrefLib has them; then by their numbers, whoever handed them in first.
    rows = sorted(counts.items(), key=lambda found: (-found[1], found[0]))
    lines = [f"# {key}: {on_one_line(str(value))}".rstrip() for key, value in head.items()]
    return "\n".join([*lines, *(f"{count}: {_told(tiers)}" for tiers, count in rows), ""])


def on_one_line(text: str) -> str:
    r"""Write a text on one line, whatever its lines were broken with.

    >>> on_one_line("a\nb\u2028 c\t\x0bd")
    'a b c d'
    """
    return " ".join(text.split())


def _told(tiers: Tiers) -> str:
    written = [",".join(str(one + 1) for one in tier) for tier in tiers]
    return ",".join(told if len(tier) == 1 else f"{{{told}}}" for told, tier in zip(written, tiers, strict=True))
