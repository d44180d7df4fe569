"""Files that cannot be read are refused with their line, their column and what was expected."""

from pathlib import Path

import pytest

from app.consensus import ConsensusError
from app.consensus.files import FileTrouble, analyse
from tests.consensus.filing import written

CASE = '{"n": 3,\n "ballots": [\n  {"tiers": [[0], [1]]},\n  %s\n ]}'
NEW = "# NUMBER ALTERNATIVES: 3\n"
BAD = [
    ("a.json", "", 1, 1, "a ranking, found an empty file"),
    ("a.json", '{"n": 3,\n "ballots": [}', 2, 14, "JSON"),
    ("a.json", "[1]", 1, 1, "an object with “ballots”, found a list"),
    ("a.json", '{"n": 2}', 1, 1, "“ballots”, a list of ballots"),
    ("a.json", "{}", 1, 1, "“n” or “items”"),
    ("a.json", '{"n": 0, "ballots": []}', 1, 7, "the number of statements"),
    ("a.json", '{"n": 501, "ballots": []}', 1, 7, "a whole number from 1 to 500"),
    ("a.json", '{"n": 2, "items": ["a"], "ballots": []}', 1, 19, "2 names, as “n” says, found 1"),
    ("a.json", '{"n": 2, "items": ["a", 7], "ballots": []}', 1, 25, "a name, found “7”"),
    ("a.json", '{"n": 2, "policy": {"unlisted": "x"}, "ballots": []}', 1, 33, "“below” or “missing”"),
    ("a.json", '{"n": 2, "ballots": [NaN]}', 1, 22, "NaN is not a number"),
    ("a.json", "[" * 100_000, 1, 1, "not nested without end"),
    ("a.json", f'{{"n": {"9" * 5_000}}}', 1, 1, "without numbers of thousands of digits"),
    ("a.json", CASE % '{"tiers": [[3]]}', 4, 15, "a statement from 0 to 2, found 3"),
    ("a.json", CASE % '{"tiers": [[2], [0, 2]]}', 4, 23, "each statement once on a ballot, found 2 again"),
    ("a.json", CASE % '{"tiers": [[2]], "discarded": [2]}', 4, 34, "found 2 again"),
    ("a.json", CASE % '{"tiers": [[0.5]]}', 4, 15, "a statement number, found “0.5”"),
    ("a.json", CASE % '{"tiers": [0]}', 4, 14, "a list of statement numbers"),
    ("a.json", CASE % '{"count": 1}', 4, 3, "“tiers” on this ballot"),
    ("a.json", CASE % '{"tiers": [], "count": -2}', 4, 26, "how many handed in this ballot"),
    ("a.json", CASE % '{"tiers": [], "group": 4}', 4, 26, "the name of an agency, found “4”"),
    ("a.csv", "   \n\n", 1, 1, "a ranking"),
    ("a.csv", "# only a remark\n", 1, 1, "a ranking on a line, found none"),
    ("a.csv", "count,1,2\n", 2, 1, "a ranking below the header"),
    ("a.csv", "a,b\nb,b\n", 2, 3, "each statement once on a line, found “b” again"),
    ("a.csv", 'a,b\n"b,a\n', 2, 1, "a closing quote on the same line"),
    ("a.csv", 'a,b\n"b"x,a\n', 2, 4, "a separator after the closing quote"),
    ("a.csv", "count,1,2\n2,a,b\nmany,b,a\n", 3, 1, "a count (a whole number from 1 to 1000000000), found “many”"),
    ("a.csv", "a,b,c\n1,2,3\n1,x,3\n", 3, 3, "a rank, found “x”"),
    ("a.csv", "a,b,c\n1,2,3,4\n", 2, 7, "3 ranks, found more"),
    ("a.csv", "a,a\n1,2\n", 1, 3, "each statement once, found “a” again"),
    ("a.csv", "a,,b\n1,2,3\n", 1, 3, "a name for this column"),
    ("a.csv", "1,2,3\n3,-1,2\n", 2, 3, "a statement number up to 500, found “-1”"),
    ("a.csv", "1,2,3\n3,501,2\n", 2, 3, "a statement number up to 500, found “501”"),
    ("a.csv", "a=,b\n", 1, 1, "a statement on both sides of “=”"),
    ("a.csv", "a,b\nb,\xff\n".encode("latin-1"), 2, 3, "text in UTF-8"),
    ("a.csv", "a,b\n".encode("utf-16"), 1, 1, "text in UTF-8, found UTF-16"),
    ("a.soc", "hello\n", 1, 1, "“# …” or the number of alternatives"),
    ("a.soc", "# TITLE: x\n1: 1,2\n", 1, 1, "a line “# NUMBER ALTERNATIVES: …”"),
    ("a.soc", "# NUMBER ALTERNATIVES: many\n", 1, 23, "the number of alternatives"),
    ("a.soc", NEW, 2, 1, "a line with a ballot below the header"),
    ("a.soc", NEW + "# ALTERNATIVE NAME 4: x\n1: 1,2,3", 2, 1, "alternative names 1 to 3, found 4"),
    ("a.soc", NEW + "1 1,2,3", 2, 1, "“count: order”, found “1 1,2,3”"),
    ("a.soc", NEW + "0: 1,2,3", 2, 1, "how many handed in this order"),
    ("a.soc", NEW + "1: 1,2", 2, 7, "all 3 alternatives, as .soc says, found 2"),
    ("a.soc", NEW + "1: 1,{2,3}", 2, 7, "no ties, as .soc says, found “{2,3}”"),
    ("a.soi", NEW + "1: 1,4", 2, 6, "a number from 1 to 3, or several tied as in “{1,2}”, found “4”"),
    ("a.soi", NEW + "1: 1,1", 2, 6, "each alternative once, found 1 again"),
    ("a.soi", NEW + "1: 1,,2", 2, 6, "a number from 1 to 3"),
    ("a.soi", NEW + "1: 1 2", 2, 4, "a number from 1 to 3"),
    ("a.toi", NEW + "1: {1,2", 2, 4, "a number from 1 to 3"),
    ("a.toi", NEW + "1: 1}", 2, 5, "a comma, found “}”"),
    ("a.toi", NEW + "1: {}", 2, 5, "a number from 1 to 3"),
    ("a.toc", NEW + "1: {1,2}3", 2, 9, "a comma, found “3”"),
    ("a.soc", "2\n1,a\n3,b\n", 3, 1, "“2,name of the alternative”, found “3,b”"),
    ("a.soc", "2\n1,a\n2,b\n1,2\n", 5, 1, "a line with a ballot below the header"),
    ("a.soc", "2\n1,a\n2,b\nx\n", 4, 1, "a line of totals “voters,sum,orders”, found “x”"),
    ("a.xyz", "a,b", 1, 1, "a file whose name ends in one of"),
]


@pytest.mark.parametrize(("name", "content", "line", "column", "wanted"), BAD)
def test_bad_file_is_refused_with_its_place(
    tmp_path: Path, name: str, content: str | bytes, line: int, column: int, wanted: str
) -> None:
    path = written(tmp_path, name, content)
    with pytest.raises(FileTrouble) as refused:
        analyse(path)

    assert (refused.value.line, refused.value.column) == (line, column)
    assert str(refused.value).startswith(f"{path}, line {line}, column {column}: expected ")
    assert wanted in str(refused.value)
    assert isinstance(refused.value, ConsensusError)


def test_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileTrouble, match="a file that can be read"):
        analyse(tmp_path / "none.csv")
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(FileTrouble, match="a file that can be read"):
        analyse(tmp_path / "folder.csv")
