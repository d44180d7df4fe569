"""Screens: who sees what, drawn from one snapshot; page, reply, push, reconnect and polling all come here.

Law: `SEES` is the whole of who sees what. An audience comes from a cookie, never from a parameter.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from markupsafe import Markup

from app.activities.base import Region
from app.live import desk, seat, wall
from app.live.audiences import Audience
from app.live.place import Place
from app.live.snapshot import Snapshot
from app.web.templates import draw
from app.workshops import codes

# What each audience is drawn from: its own regions, and through `scenes` the kind's regions made for it.
SEES: dict[str, Callable[[Snapshot, Audience, Place], tuple[Region, ...] | None]] = {
    "seat": seat.regions,  # its own answer, its table's board, counts, and what its table has revealed
    "desk": desk.regions,  # counts of every table, boards, what tables have revealed; no names with answers
    "wall": wall.regions,  # what the desk may see, less the cues; nothing while it is blanked
}


@dataclass(frozen=True)
class Screen:
    """One audience's screen at one version: its regions in order, whether anything runs, and whether robots play."""

    version: int
    code: str
    title: str
    audience: Audience
    language: str
    regions: tuple[Region, ...]
    awake: bool
    rehearsal: bool = False

    def slot(self, name: str) -> Markup:
        """Draw the regions of one slot, in order."""
        return self.slots.get(name, Markup())

    @cached_property
    def slots(self) -> Mapping[str, Markup]:
        """The regions of each slot, drawn."""
        slots: dict[str, list[str]] = {}
        for region in self.regions:
            slots.setdefault(region.slot, []).append(self.html(region))
        return {name: Markup("\n".join(parts)) for name, parts in slots.items()}  # noqa: S704  # drawn by templates that escape

    def html(self, region: Region) -> str:
        """Draw one region; the same view in the same language is drawn once."""
        return drawn(self.language, region)


def screen(snapshot: Snapshot, audience: Audience, language: str, place: Place) -> Screen | None:
    """Work out what an audience sees; None when it may see nothing any more."""
    regions = SEES[audience.kind](snapshot, audience, place)
    if regions is None:
        return None
    awake = snapshot.is_open and snapshot.live_step_id is not None
    code = codes.join_code(place.key, snapshot.id, snapshot.code_turn)
    return Screen(snapshot.version, code, title(snapshot), audience, language, regions, awake, snapshot.rehearsal)


def title(snapshot: Snapshot) -> str:
    """Name what is under way, for the browser's tab."""
    return snapshot.step.title if snapshot.step is not None else snapshot.title


# Fifty rooms of twenty have four thousand regions of their own: with fewer kept, each is drawn again and again.
@lru_cache(maxsize=8192)
def drawn(language: str, region: Region) -> str:
    """Draw a region once for all who see the same."""
    return draw(language, region.template, view=region.view).strip()


def whole(screen: Screen) -> str:
    """Draw the live area with every region in its place."""
    outline = Outline(screen.code, screen.audience, screen.awake, frozenset(screen.slots))
    filling = {"version": str(screen.version), **screen.slots}
    parts = pieces(screen.language, outline)
    return "".join(filling[part] if place % 2 else part for place, part in enumerate(parts))


@dataclass(frozen=True, slots=True)
class Outline:
    """A live area without what stands in it; in place of its version and its slots are gaps, marked by their names."""

    code: str
    audience: Audience
    awake: bool
    slots: frozenset[str]

    @property
    def version(self) -> Markup:
        """The gap for the version."""
        return gap("version")

    def slot(self, name: str) -> Markup:
        """The gap for a slot's regions; nothing where the slot is empty."""
        return gap(name) if name in self.slots else Markup()


def gap(name: str) -> Markup:
    """Mark a gap with a sign that no text holds."""
    return Markup(f"\0{name}\0")  # noqa: S704  # our own names


@lru_cache(maxsize=4096)
def pieces(language: str, outline: Outline) -> tuple[str, ...]:
    """Draw an outline once for all versions; texts and the names of gaps by turns."""
    return tuple(draw(language, f"live/{outline.audience.kind}_area.html", screen=outline, now=0).split("\0"))


def frame(before: Screen | None, now: Screen) -> str:
    """Make what brings a page from one screen to another; empty when nothing that it shows has changed."""
    if before is None or (before.code, before.awake) != (now.code, now.awake):
        return partial("live", now.version, whole(now))
    if len(before.regions) != len(now.regions):
        return partial("live", now.version, whole(now))
    changed = [(old, new) for old, new in zip(before.regions, now.regions, strict=True) if old is not new]
    if any(old.id != new.id or old.slot != new.slot for old, new in changed):
        return partial("live", now.version, whole(now))
    return "".join(partial(new.id, now.version, now.html(new)) for old, new in changed if old != new)


def every_region(screen: Screen) -> str:
    """Make what brings any page of this audience up to date, whatever it showed."""
    return partial("live", screen.version, whole(screen))


def partial(target: str, version: int, html: str) -> str:
    """Wrap a region as htmx takes it."""
    return f'<hx-partial hx-target="#{target}" hx-swap="outerMorph" data-version="{version}">{html}</hx-partial>'
