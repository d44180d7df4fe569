"""The library's pages: what is ready to use, and all the texts of one item.

The workshops' room includes them, so that a trainer who is signed in is known on them.
"""

from collections import Counter
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from app.activities.registry import KINDS
from app.errors import N_, Phrase
from app.library import loader
from app.library.loader import AGENDA, Item
from app.web.templates import page

router = APIRouter()

# What the fields of items are called where their texts are shown.
CALLED = {
    "statements": N_("Statements"),
    "prompts": N_("Questions to ask in each phase"),
    "rows": N_("Sentences to complete"),
    "perspectives": N_("Perspectives"),
    "agreed": N_("What is agreed in the end"),
    "items": N_("Items"),
    "scale": N_("Scale"),
    "fields": N_("Fields"),
    "columns": N_("Columns"),
    "quadrants": N_("Quadrants"),
    "x": N_("Across"),
    "y": N_("Up"),
}

Words = Annotated[str, Query(max_length=200)]
Code = Annotated[str, Query(max_length=40)]


@router.get("/library")
async def library_page(
    request: Request, q: Words = "", kind: Annotated[list[str] | None, Query()] = None, workshop: Code = ""
) -> Response:
    """Show what is ready to use; kinds and words narrow it."""
    count = Counter(item.kind for item in loader.offered())
    kinds = [(name, kind_title(name), count[name]) for name in (AGENDA, *KINDS) if count[name]]
    chosen = kind or []
    found = loader.search(chosen, q)
    return page(request, "library/library.html", found=found, kinds=kinds, chosen=chosen, q=q, **_telling(workshop))


@router.get("/library/{name}")
async def item_page(request: Request, name: str, workshop: Code = "") -> Response:
    """Show all the texts of one item."""
    item = loader.find(name)
    here = [(one, _called(one)) for one in loader.held(item)]
    return page(request, "library/item.html", item=item, held=here, missing=loader.missing(item), **_telling(workshop))


def kind_title(kind: str) -> Phrase:
    """Say what a kind is called."""
    return Phrase(N_("Whole agenda") if kind == AGENDA else KINDS[kind].title)


def _called(item: Item) -> list[tuple[Phrase, list[str]]]:
    return [(Phrase(CALLED.get(name, name)), texts) for name, texts in item.texts.items()]


def _telling(workshop: str) -> dict[str, Any]:
    return {"workshop": workshop, "kind_title": kind_title}
