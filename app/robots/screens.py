"""What a seat page tells whoever looks: which phase it is, what stands on the board, what is open, what may be done."""

import re

from app.robots.page import Form, Page

# The first of these that a page shows tells its phase.
SIGNS: tuple[tuple[str, str], ...] = (
    ("waiting", "waiting"),
    ("statements", "read"),
    ("finish", "solo"),
    ("plenary", "locked"),
    ("result", "locked"),
    ("nominations", "discard"),
    ("propose", "discard"),
    ("proposal", "discard"),
    ("discarded", "discard"),
    ("check-again", "check"),
    ("check", "check"),
    ("after-check", "check"),
    ("marking", "top"),
    ("sorted", "top"),
    ("places", "top"),
    ("link-form", "compare"),
    ("strips", "compare"),
    ("board", "rank"),
)
STATEMENT, OPEN = "statement-", "open-"
GRID = "grid-"


def phase(page: Page) -> str:
    """Tell the phase of the table; empty where the page shows nothing that robots know.

    A grid's page names its phase itself while sentences are gone through, and shows the whole grid after that.
    """
    named = page.region("phase").get("data-phase")
    if named:
        return GRID + named
    if page.has("whole"):
        return GRID + ("locked" if page.has("result") else "check")
    return next((name for sign, name in SIGNS if page.has(sign)), "")


def is_over(page: Page) -> bool:
    """Tell whether the workshop is closed: there is no code any more to come back with."""
    return page.has("live") and not (page.has("keep") or page.has("seat-code"))


def table(page: Page) -> int:
    """Tell the number of the table."""
    found = re.search(r"\d+", page.region("bar").text)
    return int(found[0]) if found else 0


def moves_url(page: Page) -> str:
    """Find where moves go."""
    actions = [
        one.get("action") or one.get("data-action") for one in page.root if one.get("action") or one.get("data-action")
    ]
    actions.append(page.region("phase").get("data-step"))
    return next((action for action in actions if action.endswith("/moves")), "")


def statements(page: Page) -> dict[str, str]:
    """Read the statements by their ids, before anything is discarded; also from a latecomer's own list."""
    found: dict[str, str] = {}
    for region in ("statements", "ballot", "own-list"):
        for one in page.region(region):
            match = re.fullmatch(r"(?:own-)?words-(.+)", one.get("id"))
            if match:
                found[match[1]] = one.text
    return dict(sorted(found.items(), key=lambda pair: (len(pair[0]), pair[0])))


def discards(page: Page) -> int:
    """Tell how many each may set aside."""
    lists = page.root.all(data_discards="*")
    told = lists[0].get("data-discards") if lists else ""
    return int(told) if told.isdigit() else 0


def waiting(page: Page) -> tuple[str, ...]:
    """List the statements in the tray."""
    return tuple(name for name, place in _standing(page, "board") if not place)


def board(page: Page) -> dict[int, str]:
    """Read what stands on the places of the board."""
    return {place: name for name, place in _standing(page, "board") if place}


def _standing(page: Page, region: str) -> list[tuple[str, int]]:
    """List the statements of a region with their places, 0 for none."""
    found = []
    for one in page.region(region):
        name, place = one.get("id"), one.get("data-place")
        if name.startswith(STATEMENT):
            found.append((name.removeprefix(STATEMENT), int(place) if place.isdigit() else 0))
    return found


def open_check(page: Page) -> Form | None:
    """Find the check that is open."""
    return next(iter(page.moves("answer_check")), None)


def open_either(page: Page) -> Form | None:
    """Find the either/or that is open."""
    return next(iter(page.moves("answer_either")), None)


def proposed(page: Page, texts: dict[str, str]) -> str:
    """Name the statement that is proposed to discard; empty where its words are none that we know."""
    heading = next(iter(page.region("proposal").all("h2")), None)
    words = heading.text if heading is not None else ""
    known = [(len(text), name) for name, text in texts.items() if text.rstrip(".") in words]
    return max(known)[1] if known else ""


def may_propose(page: Page) -> list[str]:
    """List the statements that may be proposed to discard."""
    for form in page.moves("nominate_discard"):
        options = [one.get("value") for one in form.element.all("option")]
        chosen = [one.get("value") for one in form.element.all("input", name="statement")]
        return [one for one in options + chosen if one]
    return []


def marks(page: Page) -> tuple[list[str], int]:
    """List the statements that may be marked, and how many are to be."""
    told = [one.get("data-marks") for one in page.root.all(data_marks="*")]
    boxes = [one.get("value") for form in page.moves("mark_top") for one in form.element.all(name="statements")]
    return boxes, next((int(number) for number in told if number.isdigit()), 0)


def listed(page: Page) -> dict[int, tuple[str, ...]]:
    """Read the top places as they stand: what shares a place stands on it together."""
    found: dict[int, tuple[str, ...]] = {}
    for name, place in _standing(page, "places"):
        found[place] = (*found.get(place, ()), name)
    return found


def checked(page: Page) -> list[str]:
    """List the statements that the open check is about, best first: those it may be said to be about."""
    form = open_check(page)
    inputs = form.element.all("input", name="about") + form.element.all("option") if form else []
    return [one.get("value") for one in inputs if one.get("value")]


def endings(page: Page) -> list[str]:
    """List the endings that the table may choose."""
    found = []
    for form in page.moves("choose_ending"):
        held = [*form.element.all("input", name="ending"), *form.element.all("button", name="ending")]
        found += [one.get("value") for one in held if one.get("value")]
    return found


def open_places(page: Page) -> tuple[list[int], list[str]]:
    """List the top places that are open, and the statements that are offered for them."""
    names = [one.get("id") for one in page.region("places") if one.get("id").startswith(OPEN)]
    taken = {one for tier in listed(page).values() for one in tier}
    offered = [form.fields["statement"] for form in page.forms(move="place_top", statement="*")]
    return [int(name.removeprefix(OPEN)) for name in names], [one for one in dict.fromkeys(offered) if one not in taken]


def progress(page: Page) -> tuple[int, int]:
    """Read how many of how many have done what all are waited for; zeros where it is not told."""
    found = re.findall(r"\d+", page.region("progress").text)
    return (int(found[0]), int(found[1])) if len(found) >= 2 else (0, 0)
