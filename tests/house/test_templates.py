"""Rules for templates: one root per region, named as its file, and nothing inline."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.house.tree import told, under

TEMPLATES = under("app", ".html")
REGIONS = [path for path in TEMPLATES if path.name.startswith("_")]
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
INLINE = {
    "a style": r"<style\b|\sstyle\s*=",
    "a script": r"<script\b(?![^>]*\ssrc=)|\son[a-z]+\s*=|\shx-on\b|javascript:",
    "an unescaped value": r"\|\s*safe\b|autoescape\s+false",
    "another site's file": r"""(src|href|action)\s*=\s*["'](https?:)?//""",
}

ON_PAPER = {"a style": ["app/templates/exports/columns.html"]}
"""What no browser reads: a PDF's markup never leaves the process, and how wide columns are hangs on what they hold."""


class Roots(HTMLParser):
    """Collects the elements of a fragment that stand in no other."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.roots: list[str | None] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if not self.open:
            self.roots.append(dict(attrs).get("id"))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if not self.open:
            self.roots.append(dict(attrs).get("id"))

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop() != tag:
            pass


def without_jinja(text: str) -> str:
    """Leave the HTML of a template: macros and statements go, values become a word."""
    text = re.sub(r"\{#.*?#\}", "", text, flags=re.S)
    text = re.sub(r"\{%-?\s*macro\b.*?endmacro\s*-?%\}", "", text, flags=re.S)
    text = re.sub(r"\{%.*?%\}", "", text, flags=re.S)
    return re.sub(r"\{\{.*?\}\}", "value", text, flags=re.S)


@pytest.mark.parametrize("region", REGIONS, ids=told)
def test_region_has_one_root_whose_id_is_its_name(region: Path) -> None:
    parser = Roots()
    parser.feed(without_jinja(region.read_text()))
    # A region that has several forms says which after its id: _wall_join.html draws #wall. One of which a page has
    # several says which after a dash: _row_jot.html draws #row-r1.
    name = region.stem.removeprefix("_").replace("_", "-")
    assert len(parser.roots) == 1
    assert f"{name}-".startswith(f"{(parser.roots[0] or '?').removesuffix('-value')}-")


@pytest.mark.parametrize("what", INLINE)
def test_templates_do_not_hold(what: str) -> None:
    pattern = re.compile(INLINE[what])
    # What Jinja calls `one = …` is no attribute.
    bare = {path: re.sub(r"\{[#%].*?[#%]\}", "", path.read_text(), flags=re.S) for path in TEMPLATES}
    assert [told(path) for path, text in bare.items() if pattern.search(text)] == ON_PAPER.get(what, [])


def test_pages_name_their_language() -> None:
    whole = [path for path in TEMPLATES if "<html" in path.read_text()]
    assert [told(path) for path in whole if not re.search(r'<html lang="\{\{', path.read_text())] == []
