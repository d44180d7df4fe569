"""The library: what comes with Concord can all be read, found and used."""

import pytest

from app.activities.registry import KINDS
from app.library import loader
from tests.cast import Cast
from tests.running import Concord


@pytest.mark.parametrize("item", loader.everything().values(), ids=lambda item: item.id)
def test_item_says_what_it_is(item: loader.Item) -> None:
    assert all((item.title, item.summary, item.minutes > 0))
    assert item.source or item.is_agenda
    assert item.texts or item.is_agenda or item.fields["fields"]


@pytest.mark.parametrize("item", [one for one in loader.offered() if not one.is_agenda], ids=lambda item: item.id)
def test_offered_item_makes_a_setup_of_its_kind(item: loader.Item) -> None:
    kind = KINDS[item.kind]
    kind.Setup.model_validate(kind.from_item(item.fields))


@pytest.mark.parametrize(
    "item", [one for one in loader.everything().values() if one.is_agenda], ids=lambda item: item.id
)
def test_agenda_names_items_that_there_are(item: loader.Item) -> None:
    assert {one.id for one in (*loader.held(item), *loader.missing(item))} == set(item.activities)


def test_library_offers_only_kinds_that_are_here() -> None:
    assert {item.kind for item in loader.offered()} <= {loader.AGENDA, *KINDS}
    assert "good-practice-outcomes" in {item.id for item in loader.offered()}


def test_library_page_finds_by_words_and_kind(concord_on_sqlite: Concord) -> None:
    visitor = concord_on_sqlite.visitor()
    everything = visitor.get("/library").text
    assert "What good multi-agency work leads to" in everything
    assert "The ranking task in an hour" in everything
    found = visitor.get("/library?q=SHARING+promises&kind=ranking").text
    assert "What makes safeguarding partnerships succeed" in found
    assert "What good multi-agency work leads to" not in found
    nothing = visitor.get("/library?q=zebra%00<script>").text
    assert "Nothing here has all these words" in nothing
    assert "<script>" not in nothing


@pytest.mark.parametrize("item", loader.offered(), ids=lambda item: item.id)
def test_item_page_shows_all_its_texts(concord_on_sqlite: Concord, item: loader.Item) -> None:
    page = concord_on_sqlite.visitor().get(f"/library/{item.id}").text.replace("&#39;", "'").replace("&#34;", '"')
    texts = [text for one in loader.held(item) for found in one.texts.values() for text in found]
    assert [text for text in texts if text not in page] == []
    assert [one.title for one in loader.missing(item) if one.title not in page] == []


def test_item_page_adds_to_the_workshop_it_came_from(cast_on_sqlite: Cast) -> None:
    cast = cast_on_sqlite
    assert f"/library/ranking-hour?workshop={cast.code}" in cast.trainer.get(f"/library?workshop={cast.code}").text
    page = cast.trainer.get(f"/library/ranking-hour?workshop={cast.code}").text
    assert f'action="/trainer/w/{cast.code}/steps"' in page
    cast.trainer.post(f"/trainer/w/{cast.code}/steps", data={"item": "ranking-hour"})
    assert [step.title for step in cast.steps()] == ["What matters most", "What good multi-agency work leads to"]


@pytest.mark.parametrize("name", ["nothing", "joint-visioning-but-not", "..%2F..", "%00"])
def test_item_that_is_not_there_is_said_calmly(concord_on_sqlite: Concord, name: str) -> None:
    assert concord_on_sqlite.visitor().get(f"/library/{name}").status_code == 404


def test_library_keeps_the_bar_of_a_signed_in_trainer(concord_on_sqlite: Concord) -> None:
    assert "/trainer/account" in concord_on_sqlite.trainer().get("/library").text
    assert "/trainer/account" not in concord_on_sqlite.visitor().get("/library").text
