"""What tables of several kinds are asked alike: the check with its six answers, how it came out, who has answered.

Law: an open check's form changes with the seat's own answer and with the check, and with nothing else.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from app.activities import checks
from app.activities.base import Region, SeatScene
from app.activities.checks import Check, CheckAnswer
from app.errors import N_, Phrase

# What a passed and a failed check mean in words, by its rule; figures only where there are enough answers.
PASSED = {
    "all-at-3": N_("Everybody can stand behind it"),
    "none-at-0": N_("Nobody says no"),
    "most-at-3": N_("Enough of you can stand behind it"),
}
FAILED = {
    "all-at-3": N_("Not everybody yet"),
    "none-at-0": N_("Not without a no yet"),
    "most-at-3": N_("Not enough of you yet"),
}


@dataclass(frozen=True, slots=True)
class Part:
    """The part of a page that something belongs to, where one of several is shown at a time; `aside`: not at first."""

    row: str = ""
    aside: bool = False


WHOLE_PAGE = Part()


@dataclass(frozen=True, slots=True)
class CheckForm:
    """The six answers, with the seat's own. `part` is what of the page the check is on, if not on all."""

    moves_url: str
    version: int
    check: int
    rule: str
    value: int | None
    note: str
    about: str
    part: Part = WHOLE_PAGE


@dataclass(frozen=True, slots=True)
class SendView:
    """The button that sends an answer; it belongs to a form above it."""

    form: str
    sent: bool
    part: Part = WHOLE_PAGE


@dataclass(frozen=True, slots=True)
class AnsweredView:
    """How many have answered, never who or what."""

    done: int
    seats: int
    part: Part = WHOLE_PAGE


@dataclass(frozen=True, slots=True)
class HintView:
    """A sentence beside the save state."""

    text: str


@dataclass(frozen=True, slots=True)
class SaidAbout:
    """A reason from a check, and what it is about, if it names anything."""

    about: str
    text: str


@dataclass(frozen=True, slots=True)
class HistogramView:
    """How a check came out: words, and blocks where there are enough answers; `line` is the lowest answer that does."""

    title: str | Phrase
    about: str
    words: str
    answered: int
    counts: tuple[int, ...] | None
    line: int
    said: tuple[SaidAbout, ...]
    part: Part = WHOLE_PAGE


def check_form(scene: SeatScene, now: Check, part: Part = WHOLE_PAGE) -> CheckForm:
    """Lay out the six answers with the seat's own, if it has answered this check."""
    held: CheckAnswer | None = scene.answer.check
    own = held if held is not None and held.check == now.id else None
    return CheckForm(
        moves_url=scene.moves_url,
        version=scene.answer_version,
        check=now.id,
        rule=checks.RULES[now.rule],
        value=own.value if own else None,
        note=own.note if own else "",
        about=own.about if own else "",
        part=part,
    )


def send(form: str, sent: bool, part: Part = WHOLE_PAGE) -> Region:
    """The button that sends an answer, or another one."""
    return Region("send", "asking/_send.html", SendView(form, sent, part), "foot")


def histogram(
    scene: SeatScene,
    closed: Check | None,
    title: str | Phrase,
    about: str = "",
    texts: Mapping[str, str] | None = None,
    part: Part = WHOLE_PAGE,
) -> tuple[Region, ...]:
    """Say how a closed check came out, as far as its number of answers allows; `texts` are what reasons may name."""
    if closed is None or closed.outcome is None or not closed.outcome.answered:
        return ()
    outcome, known = closed.outcome, texts or {}
    view = HistogramView(
        title=title,
        about=about,
        words=(PASSED if outcome.passed else FAILED)[closed.rule],
        answered=outcome.answered,
        counts=outcome.counts,
        line=1 if closed.rule == "none-at-0" else 3,
        said=tuple(
            SaidAbout(known.get(one.about, ""), one.text) for one in outcome.reasons if one.id not in scene.board.hidden
        ),
        part=part,
    )
    name = f"histogram-{part.row}" if part.row else "histogram"
    return (Region(name, "asking/_histogram.html", view),)


def answered(scene: SeatScene, part: Part = WHOLE_PAGE) -> Region:
    """How many have answered what is open at the table."""
    view = AnsweredView(scene.done, scene.seats, part)
    return Region("progress", "asking/_progress_answered.html", view, "said")


def hint(text: str) -> tuple[Region, ...]:
    """Say a sentence beside the save state, where the foot has no button; so that the save state has its place."""
    return (Region("hint", "asking/_hint.html", HintView(text), "said"),)
