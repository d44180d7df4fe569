"""Drawing: templates in the reader's language, one environment for each.

Regions are drawn by `draw` without a request, whole pages by `page`.
"""

import gettext
import re
from collections.abc import Callable, Hashable, Mapping
from functools import cache, lru_cache, partial
from pathlib import Path
from typing import Any, Protocol

from babel.dates import format_date
from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PrefixLoader, StrictUndefined
from markupsafe import Markup, escape
from starlette.requests import Request
from starlette.responses import HTMLResponse

from app.web.assets import Assets
from app.web.cookies import KEYS_COOKIE, read_cookie
from app.web.language import LANGUAGES, language_of

APP = Path(__file__).parents[1]
DOMAIN = "messages"
# Not within an entity: escape() leaves no hyphen in one.
HYPHENATED = re.compile(r"\w+(?:-\w+)+")
# Whose way of writing dates a language takes.
DATES = {"en": "en_GB", "cy": "cy"}


class Sayable(Protocol):
    """A sentence of the catalogue and the values it is filled with; `plural`, where there is one, goes by `n`."""

    @property
    def text(self) -> str: ...  # noqa: D102

    @property
    def values(self) -> Mapping[str, object]: ...  # noqa: D102


@cache
def assets() -> Assets:
    """Read the built front end, once."""
    return Assets()


@cache
def translations(language: str) -> gettext.NullTranslations:
    """Read a language's catalogue, once; what it lacks stays English."""
    return gettext.translation(DOMAIN, APP / "locale", [language], fallback=True)


def say(language: str, phrase: Sayable | str) -> str:
    """Translate a sentence and fill it; values that are sentences themselves are translated, too."""
    words = translations(language)
    if isinstance(phrase, str):
        return words.gettext(phrase) if phrase else ""
    own_way = getattr(phrase, "say", None)
    if callable(own_way):
        return str(own_way(words.gettext))
    values = {name: _value(language, value) for name, value in phrase.values.items()}
    plural = getattr(phrase, "plural", None)
    count = phrase.values.get("n")
    if plural and isinstance(count, int):
        text = words.ngettext(phrase.text, plural, count)
    else:
        text = words.gettext(phrase.text)
    return text.format(**values) if values else text


def unbroken(text: str) -> Markup:
    """Keep hyphenated words of a heading on one line.

    >>> unbroken("multi-agency <work>")
    Markup('<span class="nb">multi-agency</span> &lt;work&gt;')
    """
    return Markup(HYPHENATED.sub(r'<span class="nb">\g<0></span>', str(escape(text))))  # noqa: S704  # escaped first


def _value(language: str, value: object) -> object:
    if hasattr(value, "text") and hasattr(value, "values"):
        return say(language, value)
    return value


@lru_cache(maxsize=8192)
def piece(language: str, template: str, view: Hashable) -> Markup:
    """Draw a piece that stands in many regions, once for all of them."""
    return Markup(draw(language, template, view=view).strip())  # noqa: S704  # drawn by a template that escapes


def sayer(language: str) -> Callable[..., Markup]:
    """Make what translates within templates: a sentence without values is looked up and escaped once for good.

    Jinja's own does both each time, which took an eighth of a screen's drawing.
    """
    words = translations(language)

    @cache
    def plain(text: str) -> Markup:
        return Markup(words.gettext(text)) % {}  # noqa: S704  # our own sentences

    @lru_cache(maxsize=4096)
    def filled(text: str, values: tuple[tuple[str, object], ...]) -> Markup:
        return Markup(words.gettext(text)) % dict(values)  # noqa: S704  # values are escaped by %

    def said(text: str, /, **values: object) -> Markup:
        if not values:
            return plain(text)
        # Numbers alone are kept: a text and the same one as Markup are equal, and only one of them is escaped.
        if all(type(value) is int for value in values.values()):
            return filled(text, tuple(values.items()))
        return Markup(words.gettext(text)) % values  # noqa: S704  # values are escaped by %

    return said


@cache
def environment(language: str) -> Environment:
    """Prepare the templates for one language."""
    kinds = {path.parent.name: FileSystemLoader(path) for path in APP.glob("activities/*/templates")}
    made = Environment(
        loader=ChoiceLoader([FileSystemLoader(APP / "templates"), PrefixLoader(kinds)]),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        auto_reload=False,
        cache_size=-1,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.install_gettext_translations(translations(language), newstyle=True)  # type: ignore[attr-defined]  # i18n adds it
    made.globals["_"] = made.globals["gettext"] = sayer(language)
    made.policies["ext.i18n.trimmed"] = True
    made.filters["say"] = lambda phrase: say(language, phrase)
    made.filters["day"] = lambda moment: format_date(moment, "long", locale=DATES[language])
    made.filters["unbroken"] = unbroken
    made.globals |= {"language": language, "languages": LANGUAGES, "asset": assets().address}
    made.globals["piece"] = partial(piece, language)
    icon = made.get_template("components/icons.html").module.icon  # type: ignore[attr-defined]  # a macro
    made.globals["icon"] = lru_cache(maxsize=512)(icon)
    return made


def draw(language: str, template: str, /, **context: Any) -> str:
    """Draw a region, which needs no request."""
    return environment(language).get_template(template).render(context)


def page(request: Request, template: str, /, *, status: int = 200, **context: Any) -> HTMLResponse:
    """Draw a whole page for whoever asked for it, and let nobody keep it."""
    known = {
        "request_path": _path(request),
        "trainer": getattr(request.state, "trainer", None),
        "keys_off": read_cookie(request, KEYS_COOKIE) == "off",
    }
    html = draw(language_of(request), template, **(known | context))
    return HTMLResponse(html, status, {"Cache-Control": "no-store"})


def _path(request: Request) -> str:
    # Where the language switch comes back to; after a form that was sent, the page it stood on.
    query = request.url.query if request.method == "GET" else ""
    return request.url.path + (f"?{query}" if query else "")
