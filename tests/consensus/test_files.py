"""Files of every kind are read, and told as JSON and as text."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.consensus import Ballot
from app.consensus.files import FileTrouble, Reading, analyse, read
from app.consensus.files.telling import NO_ORDER
from tests.consensus.filing import written

SUFFIXES = [".json", ".csv", ".soc", ".soi", ".toc", ".toi"]


def tiers(reading: Reading) -> list[object]:
    return [ballot.tiers for ballot in reading.ballots]


HEADER = "# FILE NAME: x\n# NUMBER ALTERNATIVES: 3\n# ALTERNATIVE NAME 1: Ann\n# ALTERNATIVE NAME 2: B, or b\n"


@pytest.mark.parametrize(
    ("ending", "line", "expected"),
    [
        (".soc", "2: 3,1,2", ((2,), (0,), (1,))),
        (".soi", "2: 3", ((2,),)),
        (".toc", "2: 3,{1,2}", ((2,), (0, 1))),
        (".toi", "2: {1, 3} ", ((0, 2),)),
        (".toi", "2:{1},2", ((0,), (1,))),
    ],
)
def test_preflib_file_is_read(tmp_path: Path, ending: str, line: str, expected: object) -> None:
    found = read(written(tmp_path, f"a{ending}", f"{HEADER}{line}\n"))

    assert tiers(found) == [expected]
    assert found.counts == (2,)
    assert found.items == ("Ann", "B, or b", "s3")


def test_preflib_file_of_the_old_format_is_read(tmp_path: Path) -> None:
    found = read(written(tmp_path, "a.toc", "3\r\n1,Ann\r\n2,Bob\r\n3,Cy\r\n5,5,2\r\n3,1,{2,3}\r\n2,3,2,1\r\n"))

    assert tiers(found) == [((0,), (1, 2)), ((2,), (1,), (0,))]
    assert (found.counts, found.items) == ((3, 2), ("Ann", "Bob", "Cy"))


def test_preflib_names_may_be_in_latin_1(tmp_path: Path) -> None:
    found = read(
        written(tmp_path, "a.soc", "# NUMBER ALTERNATIVES: 1\n# ALTERNATIVE NAME 1: Zoë\n1: 1\n".encode("latin-1"))
    )

    assert found.items == ("Zoë",)


CSV = [
    ("a,b,c\nb,a\n", ("a", "b", "c"), [((0,), (1,), (2,)), ((1,), (0,))]),
    ("1st,2nd,3rd\na,b,c\nb,a,c\n", ("a", "b", "c"), [((0,), (1,), (2,)), ((1,), (0,), (2,))]),
    ("Rank 1;Rank 2\n2;1\n1;2\n", ("1", "2"), [((1,), (0,)), ((0,), (1,))]),
    ("best\tworst\nyes\tno\nno\tyes", ("yes", "no"), [((0,), (1,)), ((1,), (0,))]),
    ("0,2,1\n2,1,0\n", ("0", "1", "2"), [((0,), (2,), (1,)), ((2,), (1,), (0,))]),
    ("1,2,3\n3,2,1\n", ("1", "2", "3"), [((0,), (1,), (2,)), ((2,), (1,), (0,))]),
    ("a,b,c\n1,2,3\n2,1,2\n1,,\n", ("a", "b", "c"), [((0,), (1,), (2,)), ((1,), (0, 2)), ((0,),)]),
    ("a,b\n1.5,1.5\n1,2\n", ("a", "b"), [((0, 1),), ((0,), (1,))]),
    ('"a, or so","say ""b"""\n"say ""b""","a, or so"\n', ("a, or so", 'say "b"'), [((0,), (1,)), ((1,), (0,))]),
    ("a = b,c\nc,a,b\n", ("a", "b", "c"), [((0, 1), (2,)), ((2,), (0,), (1,))]),
    ("\ufeff# a remark\n\na,b\n , \nb,a\n", ("a", "b"), [((0,), (1,)), (), ((1,), (0,))]),
    ("id,a,b\n17,1,2\n18,2,1\n", ("a", "b"), [((0,), (1,)), ((1,), (0,))]),
]


@pytest.mark.parametrize(("content", "items", "expected"), CSV)
def test_csv_file_is_read(tmp_path: Path, content: str, items: tuple[str, ...], expected: list[object]) -> None:
    found = read(written(tmp_path, "a.csv", content))

    assert (found.items, tiers(found)) == (items, expected)


def test_csv_columns_beside_the_ranking_are_counts_agencies_and_discards(tmp_path: Path) -> None:
    found = read(written(tmp_path, "a.csv", "count,agency,1,2,discarded\n3,health,a,b,c\n1,,b,c,\n"))

    assert found.ballots == (Ballot(((0,), (1,)), (2,), "health"), Ballot(((1,), (2,))))
    assert found.counts == (3, 1)


def test_json_case_may_hold_an_earlier_round(tmp_path: Path) -> None:
    case = {"n": 2, "before": [{"tiers": [[0], [1]], "count": 2}], "ballots": [{"tiers": [[1], [0]]}] * 2}
    found = json.loads(analyse(written(tmp_path, "a.json", json.dumps(case))).as_json())

    assert found["rounds"]["moved"] == [-1, 1]
    assert (found["rounds"]["tau_own"], found["rounds"]["r_before"]) == (-1.0, 1.0)


def test_json_case_with_agencies_gets_parity(tmp_path: Path) -> None:
    ballots = [
        {"count": 3, "tiers": [[0], [1]], "group": "health"},
        {"count": 1, "tiers": [[1], [0]], "group": "police"},
    ]
    found = json.loads(analyse(written(tmp_path, "a.json", json.dumps({"n": 2, "ballots": ballots}))).as_json())

    assert found["borda_tiers"] == [[0], [1]]
    assert found["parity"]["borda_tiers"] == [[0, 1]]
    assert found["parity"]["same_top_tier"] is False


PIECES = [*'{}[],:;"=#\n\t -0123', "a", "é", '"n"', '"ballots"', '"tiers"', "# NUMBER ALTERNATIVES: 3\n", "1: "]
SCRAPS = st.lists(st.sampled_from(PIECES), max_size=30).map("".join)


def told(path: Path) -> tuple[int, int]:
    """Analyse a file to the end and give where it was refused, or line and column 1."""
    try:
        found = analyse(path)
    except FileTrouble as trouble:
        return trouble.line, trouble.column
    json.loads(found.as_json())
    found.as_text()
    return 1, 1


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(SUFFIXES), st.one_of(SCRAPS.map(str.encode), st.binary(max_size=60)))
def test_any_content_is_read_or_refused_and_never_breaks(tmp_path: Path, suffix: str, content: bytes) -> None:
    line, column = told(written(tmp_path, f"any{suffix}", content))

    assert 1 <= line <= content.count(b"\n") + content.count(b"\r") + 2
    assert 1 <= column <= len(content) + 1


def test_names_cannot_move_the_readers_cursor(tmp_path: Path) -> None:
    case = {"items": ["\x1b[2J", "\ud800", "ok"], "ballots": [{"tiers": [[0], [1], [2]], "count": 5}]}
    found = analyse(written(tmp_path, "a.json", json.dumps(case)))

    assert "\x1b" not in found.as_text()
    found.as_text().encode()
    json.loads(found.as_json())


def test_text_shows_no_more_than_a_screen_would(tmp_path: Path) -> None:
    three = analyse(written(tmp_path, "three.csv", "a,b,c\n" * 3)).as_text()
    five = analyse(written(tmp_path, "five.csv", "a,b,c\n" * 4 + "a,c,b\n")).as_text()

    assert "Agreement: Unusually strong agreement" in three
    assert "Kendall" not in three
    assert "(1.00)" not in three
    assert "a (1.00)" in five
    assert "Closest pair: b before c for 4, after it for 1" in five


def test_text_is_said_in_the_readers_language(tmp_path: Path) -> None:
    welsh = {NO_ORDER: "Ni ddangosir trefn."}
    found = analyse(written(tmp_path, "a.csv", "a,b\n")).as_text(lambda text: welsh.get(text, text))

    assert "Ni ddangosir trefn." in found


@pytest.mark.parametrize("count", [0, 1, 2, 5])
@pytest.mark.parametrize(
    ("tiers", "flat_below", "flat_missing"),
    [([], True, True), ([[0, 1, 2]], True, True), ([[0], [1, 2]], False, False), ([[2]], False, True)],
)
def test_degenerate_profiles_are_told_without_anything_that_is_no_number(
    tmp_path: Path, count: int, tiers: list[list[int]], flat_below: bool, flat_missing: bool
) -> None:
    ballots = [{"tiers": tiers, "count": count}] if count else []
    for unlisted, flat in (("below", flat_below), ("missing", flat_missing)):
        case = {"n": 3, "policy": {"unlisted": unlisted}, "ballots": ballots}
        text = analyse(written(tmp_path, "a.json", json.dumps(case))).as_json()
        found = json.loads(text, parse_constant=pytest.fail)
        assert (found["m"], found["flat_ballots"]) == (count, count * flat)


def test_room_of_thousands_and_fifty_statements_are_told(tmp_path: Path) -> None:
    random = np.random.default_rng(14)
    lines = [",".join(map(str, random.permutation(10) + 1)) for _ in range(3_000)]
    found = json.loads(analyse(written(tmp_path, "big.csv", "\n".join(lines))).as_json())
    assert (found["m"], found["p_permutation"]["method"]) == (3_000, "F")
    assert found["kemeny"]["rankings_complete"]

    rows = "".join(f"1: {','.join(map(str, random.permutation(50) + 1))}\n" for _ in range(20))
    wide = json.loads(analyse(written(tmp_path, "wide.soc", f"# NUMBER ALTERNATIVES: 50\n{rows}")).as_json())
    assert wide["kemeny"] is None
    assert wide["kendall_w"]["m_used"] == 20
