from app.robots.page import Page, form_of, read

SEAT = """
<html lang="cy"><body><div id="live" data-version="7">
  <header id="phase"><h1>Rank &amp; see</h1></header>
  <form id="ask" action="/w/A/steps/1/moves"><input type="hidden" name="move" value="done">
    <input type="radio" name="value" value="3">
    <input type="radio" name="value" value="4" checked>
    <select name="a"><option value="">None</option><option value="s2" selected>Two</option></select>
    <textarea name="note">So</textarea><button name="ignored" value="1">Send</button></form>
  <svg><path d="M0 0"/></svg><ul id="list"><li data-statement="s1">One</li></ul>
</div></body></html>
"""


def partial(target: str, version: int, html: str) -> str:
    return f'<hx-partial hx-target="#{target}" hx-swap="outerMorph" data-version="{version}">{html}</hx-partial>'


def test_page_is_read_by_ids_attributes_and_words() -> None:
    page = Page(SEAT)
    assert (page.version, page.region("phase").text) == (7, "Rank & see")
    assert [one.text for one in page.root.all("li", data_statement="*")] == ["One"]
    assert (page.has("list"), page.has("nothing"), page.region("nothing").text) == (True, False, "")


def test_form_is_read_as_a_browser_would_send_it() -> None:
    form = form_of(Page(SEAT).region("ask"))
    assert form.action == "/w/A/steps/1/moves"
    assert form.fields == {"move": "done", "value": "4", "a": "s2", "note": "So"}
    assert [one.element.get("id") for one in Page(SEAT).moves("done")] == ["ask"]


def test_frame_swaps_its_regions_and_an_older_one_swaps_nothing() -> None:
    page = Page(SEAT)
    page.take(partial("phase", 9, '<header id="phase"><h1>Next</h1></header>'))
    assert (page.version, page.region("phase").text) == (9, "Next")
    page.take(partial("phase", 8, '<header id="phase"><h1>Before</h1></header>'))
    assert (page.version, page.region("phase").text) == (9, "Next")


def test_tags_that_are_not_closed_do_not_swallow_what_follows() -> None:
    root = read("<p>One<br>two</p><div><p>Three</div><p id=four>Four</p>")
    assert [one.text for one in root.all("p")] == ["One two", "Three", "Four"]
    assert root.by_id("four") is not None


def test_of_many_frames_what_came_last_stands() -> None:
    page = Page(SEAT)
    page.take(partial("list", 8, '<ul id="list"><li id="one">Eight</li></ul>'))
    page.take(partial("phase", 8, '<header id="phase">Eight</header>') + partial("one", 8, '<li id="one">Within</li>'))
    page.take(partial("phase", 9, '<header id="phase">Nine</header>'))
    assert (page.region("phase").text, page.region("list").text) == ("Nine", "Within")
    page.take(partial("one", 10, '<li id="one">Lost</li>') + partial("list", 10, '<ul id="list"><li>Ten</li></ul>'))
    assert (page.version, page.region("list").text) == (10, "Ten")


def test_region_that_comes_back_as_it_was_is_swapped_again_where_another_stood_in_its_place() -> None:
    page, nine = Page(SEAT), '<li id="one">Nine</li>'
    page.take(partial("list", 8, '<ul id="list"><li id="one">Eight</li></ul>'))
    for whole in ("Ten", "Eleven"):
        page.take(partial("one", 9, nine))
        assert page.region("list").text == "Nine"
        page.take(partial("list", 9, f'<ul id="list"><li id="one">{whole}</li></ul>'))
        assert page.region("list").text == whole
