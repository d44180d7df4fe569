"""What the maker of our PDF leaves to do for screen readers: what stands on every page is no part of the text.

Law: every piece of a page is either in the tree of tags or marked as an artifact (ISO 14289-1, 7.1).
"""

from collections.abc import Iterator
from typing import Any

import pydyf


def set_apart(document: Any, pdf: Any) -> None:
    """Mark what no tag leads to, headers and footers, as artifacts of paging; a finisher of WeasyPrint's."""
    objects = {one.reference: one for one in pdf.objects}
    tree = objects[pdf.catalog["StructTreeRoot"]]
    tagged = set(_below(tree, objects))
    numbers = objects[tree["ParentTree"]]["Nums"]
    for page, reference in enumerate(pdf.page_references[: len(document.pages)]):
        owners = numbers[numbers.index(page) + 1]
        apart = {place for place, owner in enumerate(owners) if owner not in tagged}
        _mark(objects[objects[reference]["Contents"]], apart)
        owners[:] = [b"null" if place in apart else owner for place, owner in enumerate(owners)]


def _below(element: Any, objects: dict[bytes, Any]) -> Iterator[bytes]:
    for reference in element.get("K", ()):
        if isinstance(reference, bytes):
            yield reference
            yield from _below(objects[reference], objects)


def _mark(stream: Any, apart: set[int]) -> None:
    for place, part in enumerate(stream.stream):
        if isinstance(part, pydyf.Dictionary) and part.get("MCID") in apart:
            stream.stream[place - 1] = b"/Artifact"
            stream.stream[place] = pydyf.Dictionary({"Type": "/Pagination"})
