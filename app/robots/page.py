"""A page as a robot holds it: a tree of elements, its forms, and the regions that are swapped into it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from html import unescape

VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})
WORDLESS = frozenset({"script", "style"})
VERSION = re.compile(r'<hx-partial [^>]*data-version="(\d+)"')
PARTIAL = re.compile(r'<hx-partial hx-target="#([^"]+)"[^>]*>(.*?)</hx-partial>', re.DOTALL)


@dataclass(slots=True, eq=False)
class Element:
    """One element; what it holds are elements and texts."""

    tag: str
    attributes: Mapping[str, str]
    parts: list["Element | str"] = field(default_factory=list)

    def __iter__(self) -> Iterator["Element"]:
        """Go through this element and all within it, in the order of the page."""
        waiting = [self]
        while waiting:
            one = waiting.pop()
            yield one
            waiting += [part for part in reversed(one.parts) if isinstance(part, Element)]

    def get(self, name: str) -> str:
        """Read an attribute; empty where it is not there."""
        return self.attributes.get(name, "")

    def all(self, tag: str = "", **attributes: str) -> list["Element"]:
        """List the elements of a tag, of an attribute's value, or of both; `data_x` means data-x, "*" any value."""
        wanted = {name.replace("_", "-"): value for name, value in attributes.items()}
        return [one for one in self if (not tag or one.tag == tag) and one.has(wanted)]

    def has(self, wanted: dict[str, str]) -> bool:
        """Tell whether the attributes are there with these values."""
        held = self.attributes
        return all(name in held and value in ("*", held[name]) for name, value in wanted.items())

    def by_id(self, name: str) -> "Element | None":
        """Find the element of an id."""
        return next((one for one in self if one.get("id") == name), None)

    @property
    def text(self) -> str:
        """The words within, their spaces made even."""
        return " ".join(" ".join(self._texts()).split())

    def _texts(self) -> Iterator[str]:
        for part in self.parts:
            if isinstance(part, str):
                yield part
            elif part.tag not in WORDLESS:
                yield from part._texts()


@dataclass(frozen=True, slots=True)
class Form:
    """A form: where it goes, and the fields it would send as it stands."""

    action: str
    fields: dict[str, str]
    element: Element


# Pictures say nothing to robots, and make a third of a page; scripts and notes in the source are not for reading.
SILENT = re.compile(r"<svg\b.*?</svg>|<!--.*?-->|<![^>]*>|(?<=>)[^<>]*(?=</(?:script|style)>)", re.DOTALL)
# A tag with its attributes, or words: a phone's parser forgives more, but reading pages is most of what robots do.
TOKEN = re.compile(r"<(/?)([A-Za-z][\w-]*)((?:[^\"'>]|\"[^\"]*\"|'[^']*')*)>|([^<]+)|<")
ATTRIBUTE = re.compile(r"([^\s=/\"'>]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+)))?")


def read(html: str) -> Element:
    """Read HTML, a whole page or a piece."""
    root = Element("", {})
    opened = [root]
    for closes, name, attributes, words in TOKEN.findall(SILENT.sub("", html)):
        if words:
            opened[-1].parts.append(unescape(words))
            continue
        tag = name.lower()
        if closes:
            at = next((at for at in range(len(opened) - 1, 0, -1) if opened[at].tag == tag), None)
            if at is not None:
                del opened[at:]
        elif tag:
            made = Element(tag, attributes_of(attributes))
            opened[-1].parts.append(made)
            if tag not in VOID and not attributes.endswith("/"):
                opened.append(made)
    return root


@lru_cache(maxsize=20_000)
def attributes_of(told: str) -> Mapping[str, str]:
    """Read a tag's attributes; most come again and again."""
    found = {}
    for name, double, single, bare in ATTRIBUTE.findall(told):
        value = double or single or bare
        found[name.lower()] = unescape(value) if "&" in value else value
    return found


class Page:
    """The page a robot looks at, kept up to date by what is swapped into it, once somebody looks."""

    def __init__(self, html: str) -> None:
        self._root = read(html)
        self._ids: dict[str, Element] | None = None
        self._news: list[str] = []
        self._held: dict[str, str] = {}
        self._version = self._live_version()

    def _live_version(self) -> int:
        live = self._root.by_id("live")
        version = live.get("data-version") if live is not None else ""
        return int(version) if version.isdigit() else 0

    @property
    def root(self) -> Element:
        """The whole page as it is now."""
        self._catch_up()
        return self._root

    @property
    def version(self) -> int:
        """The workshop's version that the page shows."""
        self._catch_up()
        return self._version

    def take(self, html: str) -> None:
        """Swap in the regions of a reply or a frame; older ones than the page shows are left out."""
        self._news.append(html)

    def _catch_up(self) -> None:
        news, self._news = self._news, []
        latest: dict[str, str] = {}
        for html in news:
            versions = [int(version) for version in VERSION.findall(html)]
            if not versions or max(versions) < self._version:
                continue
            for name, region in PARTIAL.findall(html):
                # Only what came last is read, in the order in which it came: a region may be within another.
                latest.pop(name, None)
                latest[name] = region
            self._version = max(*versions, self._version)
        for name, region in latest.items():
            # A reply and a frame often bring the same.
            if self._held.get(name) == region:
                continue
            fresh = next((part for part in read(region).parts if isinstance(part, Element)), None)
            if fresh is not None:
                self._swap(name, fresh)
                for within in fresh:
                    self._held.pop(within.get("id"), None)
                self._held[name] = region

    def _swap(self, name: str, fresh: Element) -> None:
        self._ids = None
        for holder in self._root:
            for at, part in enumerate(holder.parts):
                if isinstance(part, Element) and part.get("id") == name:
                    holder.parts[at] = fresh
                    return

    def has(self, name: str) -> bool:
        """Tell whether there is a region or an element of this id."""
        return name in self.ids

    @property
    def ids(self) -> dict[str, Element]:
        """All elements that have an id, the first of each."""
        root = self.root
        if self._ids is None:
            found = [(one.attributes["id"], one) for one in root if "id" in one.attributes]
            self._ids = dict(reversed(found))
        return self._ids

    def region(self, name: str) -> Element:
        """Find a region; an empty one where there is none."""
        return self.ids.get(name) or Element("", {})

    def forms(self, **fields: str) -> list[Form]:
        """List the forms that hold fields of these values; "*" takes any value."""
        found = (form_of(one) for one in self.root.all("form"))
        return [one for one in found if fits(one, fields)]

    def moves(self, name: str) -> list[Form]:
        """List the forms that send a move."""
        return self.forms(move=name)


def fits(form: Form, wanted: dict[str, str]) -> bool:
    """Tell whether a form holds these fields."""
    return all(name in form.fields and value in ("*", form.fields[name]) for name, value in wanted.items())


def form_of(element: Element) -> Form:
    """Read a form's fields as a browser would send them, before anything is chosen or pressed."""
    fields: dict[str, str] = {}
    for one in element:
        name = one.get("name")
        if not name or "disabled" in one.attributes:
            continue
        if one.tag == "input" and one.get("type") in ("radio", "checkbox"):
            if "checked" in one.attributes:
                fields[name] = one.get("value") or "on"
        elif one.tag == "input":
            fields[name] = one.get("value")
        elif one.tag == "textarea":
            fields[name] = one.text
        elif one.tag == "select":
            options = one.all("option")
            chosen = (
                next((option for option in options if "selected" in option.attributes), None) or (options or [one])[0]
            )
            fields[name] = chosen.get("value")
    return Form(element.get("action"), fields, element)
