"""Orders in PrefLib's files: what a reader of such files finds in them."""

import io
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.activities.summary import Orders
from app.consensus.files import Reading, read
from app.errors import Closed
from app.exports.as_preflib import write
from app.exports.formats import File
from app.exports.report import Report
from app.exports.wording import clean, in_words
from tests.exports.sample import HOSTILE, PLACES, STATEMENTS, sample, work

Ballots = tuple[tuple[int, tuple[tuple[int, ...], ...]], ...]


def reported(*orders: Orders) -> Report:
    return in_words(replace(sample(), orders=orders), "en")


def told(*orders: Orders) -> File:
    return write(work(reported(*orders)), lambda done, total: None)


def read_back(folder: Path, content: bytes, ending: str) -> Reading:
    """Read a file as Concord reads anybody's."""
    file = folder / f"orders.{ending}"
    file.write_bytes(content)
    return read(file)


@st.composite
def orders(draw: st.DrawFn) -> Orders:
    """Make orders of the same statements, tied or not, complete or not."""
    n = draw(st.integers(1, 7))
    ballots = []
    for _ in range(draw(st.integers(1, 5))):
        left = draw(st.permutations(range(n)))[: draw(st.integers(1, n))]
        tiers = []
        while left:
            size = draw(st.integers(1, len(left)))
            tiers.append(tuple(left[:size]))
            left = left[size:]
        ballots.append((draw(st.integers(1, 9)), tuple(tiers)))
    return Orders("tables", "What tables agreed", tuple(f"Statement {one}" for one in range(n)), tuple(ballots))


@given(orders())
def test_file_is_read_back_as_it_was_told(tmp_path_factory: pytest.TempPathFactory, found: Orders) -> None:
    file = told(found)
    reading = read_back(tmp_path_factory.mktemp("preflib"), file.content, file.ending)
    counted: dict[object, int] = {}
    for count, tiers in found.ballots:
        tidy = tuple(tuple(sorted(tier)) for tier in tiers)
        counted[tidy] = counted.get(tidy, 0) + count
    assert reading.items == found.statements
    assert {ballot.tiers: count for ballot, count in zip(reading.ballots, reading.counts, strict=True)} == counted


def test_strict_orders_of_all_statements_are_an_soc_file() -> None:
    file = write(work(), lambda done, total: None)
    assert (file.ending, file.media_type) == ("soc", "text/plain; charset=utf-8")
    lines = file.content.decode().splitlines()
    assert lines[:12] == [
        "# FILE NAME: tables.soc",
        "# TITLE: Joint training, half a day: What good multi-agency work leads to",
        "# DESCRIPTION:",
        "# DATA TYPE: soc",
        "# MODIFICATION TYPE: original",
        "# RELATES TO:",
        "# RELATED FILES:",
        "# PUBLICATION DATE: 2026-11-20",
        "# MODIFICATION DATE: 2026-11-20",
        "# NUMBER ALTERNATIVES: 9",
        "# NUMBER VOTERS: 3",
        "# NUMBER UNIQUE ORDERS: 3",
    ]
    assert lines[12:21] == [f"# ALTERNATIVE NAME {place}: {text}" for place, text in enumerate(STATEMENTS, 1)]
    ways = [[order.index(place) + 1 for place in range(1, 10)] for order in PLACES]
    assert lines[21:] == [f"1: {','.join(map(str, way))}" for way in sorted(ways)]


def test_level_statements_are_a_toc_file_with_the_discarded_one_at_its_end() -> None:
    file = told(Orders("tables", "T", ("a", "b", "c"), ((2, ((1,), (0,), (2,))), (1, ((0, 1), (2,))))))
    assert file.ending == "toc"
    assert file.content.decode().splitlines()[-2:] == ["2: 2,1,3", "1: {1,2},3"]


def test_orders_of_several_steps_are_files_in_a_zip() -> None:
    one = Orders("tables", "T", ("a", "b"), ((1, ((0,), (1,))),))
    file = told(one, replace(one, ballots=((1, ((0, 1),)),)))
    with zipfile.ZipFile(io.BytesIO(file.content)) as archive:
        assert archive.namelist() == ["1-tables.soc", "2-tables.toc"]
        assert archive.read("2-tables.toc").decode().splitlines()[-1] == "1: {1,2}"


def test_no_order_yet_is_a_clear_refusal() -> None:
    with pytest.raises(Closed, match="no order to write yet"):
        told(Orders("tables", "T", ("a",), ()))


def test_what_people_typed_stays_on_its_line(tmp_path: Path) -> None:
    texts = (*HOSTILE, "one\r\n# NUMBER ALTERNATIVES: 99\n9: 1,2\u2028\x85three", "long " * 8_000)
    file = told(Orders("tables", "# x: y\n1: 1", texts, ((1, tuple((one,) for one in range(len(texts)))),)))
    reading = read_back(tmp_path, file.content, file.ending)
    assert reading.items == tuple(" ".join(clean(text).split()) for text in texts)
    assert len(reading.ballots) == 1
