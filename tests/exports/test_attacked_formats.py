"""Reading every format of every version to the last byte, for what none of them may hold."""

import io
import re
import zipfile
from functools import cache
from html import unescape
from typing import Any

import pypdf
import pytest

from app.activities.registry import KINDS
from app.activities.summary import Version
from app.exports.drawn import on_page
from app.exports.formats import FORMATS, Work, write
from app.exports.inner import without
from app.exports.record import Record
from app.exports.report import report
from app.exports.wording import in_words
from tests.cast import Cast
from tests.exports.crowd import crowd, locked, reveal
from tests.exports.test_record import MODES, VERSIONS, record
from tests.running import Concord

NAMES = ("Ann", "Ben", "Cat", "Dee", "Eve()", "Fay", "Gus")
HIDDEN = ("CANARY rude", "CANARY name", "987654")
INNER = "CANARY-inner"
"""What was said beside a low answer, which a table and the trainer read."""


def scene(concord: Concord, mode: str) -> Cast:
    """Let a table lock its list, with something hidden and something of its own."""
    cast = crowd(concord, disclosure=mode)
    held = locked(cast)
    said = held["checks"][0]["outcome"]["reasons"]
    said.append({"id": "c1r3", "about": "s2", "text": INNER})
    reveal(cast, "locked", held)
    return cast


def told(made: Record, name: str) -> str:
    """Write a format, or the page, and read everything in it."""
    words = in_words(report(made), "en")
    if name == "page":
        return unescape(str(on_page("en", words)))
    file = write(name, Work(made, words), lambda done, total: None)
    return unpacked(file.content)


def says(text: str, word: str) -> bool:
    """Say whether a word stands in a text by itself: "Ben" is none of "Bengali"."""
    return re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text) is not None


def unpacked(content: bytes) -> str:
    """Read a file's text, also in what is packed within it."""
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return "\n".join(f"{name}\n{unpacked(archive.read(name))}" for name in archive.namelist())
    if content.startswith(b"%PDF"):
        found = pypdf.PdfReader(io.BytesIO(content))
        return "\n".join([repr(found.metadata), *(page.extract_text() for page in found.pages)])
    text = content.decode(errors="replace")
    # Word divides a text into runs.
    return f"{text}\n{unescape(re.sub('<[^>]*>', '', text))}" if text.startswith("<?xml") else text


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("version", VERSIONS)
def test_no_format_holds_what_its_version_may_not(concord_on_sqlite: Concord, mode: str, version: Version) -> None:
    made = record(scene(concord_on_sqlite, mode), version)
    forbidden = list(HIDDEN)
    if (mode, version) != ("named", "trainer"):
        forbidden += NAMES
    if version != "trainer" or mode == "aggregate":
        forbidden.append(INNER)
    if mode == "aggregate":
        forbidden += ["Too vague.", "Both are about time.", "Put it first."]
    # The zip of all is these files, as test_making holds.
    for name in (*(one for one in FORMATS if one != "all"), "page"):
        if name == "preflib" and not report(made).orders:
            continue
        found = told(made, name)
        assert "Joint training" in found or name in ("preflib", "page")
        assert [word for word in forbidden if says(found, word)] == [], (name, mode, version)
        if INNER not in forbidden and name != "preflib":
            assert INNER in found.replace("\n", ""), name


@pytest.mark.parametrize("mode", MODES)
def test_versions_agree_in_all_that_they_share(concord_on_sqlite: Concord, mode: str) -> None:
    cast = scene(concord_on_sqlite, mode)
    whole = record(cast).model_dump(mode="json")
    for version, own in (("commissioner", None), ("participant", None), ("participant", 1), ("participant", 2)):
        narrow = record(cast, version, own).model_dump(mode="json")  # type: ignore[arg-type]  # a Version
        assert differences(whole, narrow) <= {"version", "own", "people"}
        for step, there in zip(whole["steps"], narrow["steps"], strict=True):
            inner = KINDS[step["kind"]].inner
            for number, table in there["tables"].items():
                full = step["tables"][number]
                assert table == (full if int(number) == own else without(full, inner))


def differences(whole: Any, narrow: Any, path: str = "") -> set[str]:
    """Name where something that both hold is not the same; what only one holds is no difference."""
    if isinstance(whole, dict) and isinstance(narrow, dict):
        both = whole.keys() & narrow.keys()
        return {one for name in both for one in differences(whole[name], narrow[name], f"{path}.{name}".strip("."))}
    if isinstance(whole, list) and isinstance(narrow, list) and len(whole) == len(narrow):
        return {one for pair in zip(whole, narrow, strict=True) for one in differences(*pair, path)}
    return set() if whole == narrow else {path}


def test_a_format_hangs_on_the_record_alone(concord_on_sqlite: Concord) -> None:
    made = record(scene(concord_on_sqlite, "confidential"), "commissioner")
    again = Record.model_validate_json(made.model_dump_json())

    @cache
    def first(name: str) -> str:
        return told(made, name)

    for name in ("page", "csv", "json", "preflib"):
        assert told(again, name) == first(name)
