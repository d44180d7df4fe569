"""Pictures as SVG: the same on a page, on the wall, on paper and in Word.

Law: whatever stands in a picture is escaped, and nobody's words are cut.
"""

import re
from functools import cache, partial
from pathlib import Path

from markupsafe import Markup

from app.activities.pictures import Diamond, Drawing, Heat, Histogram, Journeys, Meter, SideBySide
from app.activities.summary import Picture
from app.web.charts.journeys import JourneysLayout, journeys
from app.web.charts.parts import Say
from app.web.charts.places import BoardLayout, Rows, board
from app.web.charts.sheets import divided
from app.web.charts.small import HistogramLayout, MeterLayout, histogram, meter
from app.web.charts.tables import TableLayout, heat, side_by_side
from app.web.templates import draw, say

WIDE = 660.0
"""How wide large pictures are laid out, in CSS pixels: 174 mm of paper."""
NARROWEST = 480.0
HIGH = 850.0
"""How high a picture may be on a page of A4 with a heading above it."""

Part = Drawing | Rows
Layout = BoardLayout | HistogramLayout | JourneysLayout | MeterLayout | TableLayout

CSS = Path(__file__).parents[2] / "static" / "css"
TOKEN = re.compile(r"--([\w-]+):\s*(?:light-dark\(([^,]+),[^)]+\)|([^;]+));")
RULE = re.compile(r"\.chart [^{}]*\{[^{}]*\}")


def draw_chart(language: str, picture: Picture, id: str) -> Markup:
    """Draw a picture, in words, for a page that wears our style sheet; `id` is its own on that page."""
    return Markup(_drawn(language, picture, id, picture.drawing, WIDE))  # noqa: S704  # drawn by a template that escapes


def standing_alone(language: str, picture: Picture, id: str, width: float = WIDE) -> str:
    """Draw a picture that brings its style along, in light colours, for a file of its own.

    `width` is how wide a large picture is laid out, in CSS pixels; its letters stay as large. Small ones have a width
    of their own.
    """
    return _drawn(language, picture, id, picture.drawing, max(NARROWEST, width), style())


def on_sheets(language: str, picture: Picture, id: str, width: float = WIDE, height: float = HIGH) -> tuple[str, ...]:
    """Draw a picture by itself, in as many parts as it takes for each to be no higher than `height`, in CSS pixels.

    None where a single statement would be higher: then its table alone tells it.
    """
    speak, across = partial(say, language), max(NARROWEST, width)
    parts = divided(picture.drawing, height, lambda one: _laid_out(one, across, speak)[1].height)
    return tuple(
        _drawn(language, picture, id if len(parts) == 1 else f"{id}-{number}", part, across, style())
        for number, part in enumerate(parts, 1)
    )


def is_wide(drawing: Drawing) -> bool:
    """Say whether a picture needs more width than a phone has, so that its table stands there instead."""
    return not isinstance(drawing, Meter | Histogram)


@cache
def style() -> str:
    """Read what pictures wear from the style sheets, each token filled with its light value."""
    tokens = {name: light or plain for name, light, plain in TOKEN.findall((CSS / "tokens.css").read_text())}
    rules = "".join(RULE.findall((CSS / "components" / "chart.css").read_text()))
    return "<style>" + re.sub(r"var\(--([\w-]+)\)", lambda found: tokens[found[1]].strip(), rules) + "</style>"


def _drawn(language: str, picture: Picture, name: str, drawing: Part, width: float, own_style: str = "") -> str:
    template, layout = _laid_out(drawing, width, partial(say, language))
    return draw(
        language,
        f"charts/{template}.html",
        chart=layout,
        title=str(picture.title),
        alt=" ".join(str(one) for one in picture.alt),
        id=name,
        style=Markup(own_style),  # noqa: S704  # our own style sheets
    ).strip()


def _laid_out(drawing: Part, width: float, say: Say) -> tuple[str, Layout]:
    match drawing:
        case Meter():
            return "meter", meter(drawing, say)
        case Histogram():
            return "histogram", histogram(drawing, say)
        case Diamond() | Rows():
            return "diamond", board(drawing, width, say)
        case Heat():
            return "heat", heat(drawing, width, say)
        case SideBySide():
            return "side_by_side", side_by_side(drawing, width, say)
        case Journeys():
            return "journeys", journeys(drawing, width, say)
