"""The check: 0 to 5 in private on what a table has before it, shown together at one moment; shared by several kinds.

Law: a check's outcome goes to the board, so it holds only what the number of answers allows, and no seat.
"""

from collections.abc import Callable, Iterable
from hashlib import sha256
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, StringConstraints

from app import disclosure
from app.activities.base import Given, Shape
from app.errors import N_, Closed, Stale, Unclear


def nothing(value: Any) -> Any:
    """Take the empty text of a form for nothing."""
    return None if value == "" else value


Value = Annotated[int, Field(ge=0, le=5)]
Number = Annotated[Annotated[int, Field(ge=0, le=10**6)] | None, BeforeValidator(nothing)]
Note = Annotated[str, StringConstraints(strip_whitespace=True, max_length=280)]
EndingName = Literal["with_reservations", "all_but_one", "not_agreed"]

VALUES = (
    N_("No"),
    N_("Serious concerns"),
    N_("Concerns"),
    N_("I can live with it"),
    N_("Good"),
    N_("Wholeheartedly"),
)
"""What the answers 0 … 5 mean."""

RULES = {
    "all-at-3": N_("Passes when all present are at 3 or more."),
    "none-at-0": N_("Passes when nobody is at 0."),
    "most-at-3": N_("Passes when at least 80 % of those present are at 3 or more."),
}
ENDINGS = {
    "with_reservations": N_("Agreed with reservations"),
    "all_but_one": N_("All but one place agreed"),
    "not_agreed": N_("Not agreed"),
}
FAILS_BEFORE_ENDING = 2
MOST_CHECKS = 3
"""The first check and two amendments."""


class CheckAnswer(Shape):
    """One seat's private answer to one check. `about` is what in it a low answer is about, if anything."""

    check: int
    value: Value
    note: Note = ""
    about: str = ""


class Reason(Shape):
    """What somebody said beside a low answer, without who."""

    id: str
    about: str
    text: str


class Outcome(Shape):
    """How a check came out, as far as its number of answers allows; `counts` of the answers 0 … 5 only from five."""

    passed: bool
    answered: int
    counts: tuple[int, ...] | None
    reasons: tuple[Reason, ...]


class Check(Shape):
    """A question put to a table: `subject` is what about, `round` counts reopenings.

    `shown` is the list as it stood when it was put, best first, where it is about a list. Open without an `outcome`,
    unless it was withdrawn: its number is not given again.
    """

    id: int
    subject: str
    rule: str
    round: int = 0
    shown: tuple[tuple[str, ...], ...] = ()
    outcome: Outcome | None = None
    withdrawn: bool = False


class AnswerCheck(Shape):
    """Answer the open check in private. `check` names the one that was on the screen."""

    value: Value
    note: Note = ""
    about: Annotated[str, StringConstraints(max_length=40)] = ""
    check: Number = None


class OpenCheck(Shape):
    """Put a check to the table."""

    subject: Annotated[str, StringConstraints(max_length=40)] = ""


class CloseCheck(Shape):
    """Close what is open with the answers there are."""


def holds(rule: str, values: Iterable[int]) -> bool:
    """Say whether answers hold a rule; no answers hold none.

    >>> holds("all-at-3", [3, 4, 5]), holds("all-at-3", [5, 5, 2]), holds("none-at-0", [1, 5])
    (True, False, True)
    >>> holds("most-at-3", [3, 3, 3, 3, 0]), holds("most-at-3", [3, 3, 3, 0])
    (True, False)
    """
    given = list(values)
    if not given:
        return False
    if rule == "none-at-0":
        return 0 not in given
    fine = sum(1 for value in given if value >= 3)
    # In whole numbers: four of five are 80 %, whatever floating point says.
    return fine * 5 >= len(given) * 4 if rule == "most-at-3" else fine == len(given)


def opened(checks: tuple[Check, ...]) -> Check | None:
    """Find the check that is open."""
    return checks[-1] if checks and checks[-1].outcome is None and not checks[-1].withdrawn else None


def put_away(checks: tuple[Check, ...]) -> tuple[Check, ...]:
    """Withdraw the check that is open, if one is."""
    check = opened(checks)
    return checks if check is None else (*checks[:-1], check.model_copy(update={"withdrawn": True}))


def last_on(checks: tuple[Check, ...], subject: str, round_: int) -> Check | None:
    """Find the latest closed check on a subject since the last reopening."""
    closed = (one for one in reversed(checks) if one.outcome and one.subject == subject and one.round == round_)
    return next(closed, None)


def failed(checks: tuple[Check, ...], subject: str, round_: int) -> int:
    """Count the checks on a subject that did not pass since the last reopening."""
    return sum(
        1 for one in checks if one.subject == subject and one.round == round_ and one.outcome and not one.outcome.passed
    )


def open_one(
    checks: tuple[Check, ...], subject: str, rule: str, round_: int, shown: tuple[tuple[str, ...], ...] = ()
) -> tuple[Check, ...]:
    """Open a check; one at a time."""
    if opened(checks) is not None:
        raise Closed(N_("A check is open already. It is answered or closed first."))
    return (*checks, Check(id=len(checks) + 1, subject=subject, rule=rule, round=round_, shown=shown))


def answer(checks: tuple[Check, ...], move: AnswerCheck) -> CheckAnswer:
    """Answer the open check; an answer meant for an earlier one is stale."""
    check = opened(checks)
    if check is None:
        raise Closed(N_("No check is open at your table now."))
    if move.check is not None and move.check != check.id:
        raise Stale(N_("That check is over. Here is the one that is open now."))
    if move.value > 2 and move.about:
        move = move.model_copy(update={"about": ""})
    return CheckAnswer(check=check.id, value=move.value, note=move.note, about=move.about)


def answers_to(check: Check, given: Iterable[tuple[Given, CheckAnswer | None]]) -> list[CheckAnswer]:
    """Take the answers to one check."""
    return [answer for _, answer in given if answer is not None and answer.check == check.id]


def all_answered(check: Check, given: Iterable[tuple[Given, CheckAnswer | None]]) -> bool:
    """Say whether everybody present has answered."""
    return all_here((one, answer is not None and answer.check == check.id) for one, answer in given)


def all_here(done: Iterable[tuple[Given, bool]]) -> bool:
    """Say whether everybody present has done what all are waited for; where nobody is, everybody who sits there.

    A venue's network that fails takes a whole table away at once, and must not close what one of them had answered.
    """
    pairs = list(done)
    waited_for = [has for one, has in pairs if one.here] or [has for _, has in pairs]
    return bool(waited_for) and all(waited_for)


def close(checks: tuple[Check, ...], given: Iterable[tuple[Given, CheckAnswer | None]]) -> tuple[Check, ...]:
    """Close the open check with the answers there are, also of people who are away by now."""
    check = opened(checks)
    if check is None:
        raise Closed(N_("No check is open at this table now."))
    found = answers_to(check, given)
    if not found:
        raise Unclear(N_("Nobody has answered this check yet. It can be closed once somebody has."))
    values = [one.value for one in found]
    outcome = Outcome(
        passed=holds(check.rule, values),
        answered=len(values),
        counts=tuple(values.count(value) for value in range(6)) if disclosure.may_show_histogram(len(values)) else None,
        reasons=reasons(check, found),
    )
    return (*checks[:-1], check.model_copy(update={"outcome": outcome}))


def told_counts(rule: str, passed: bool, counts: tuple[int, ...], reasons: int) -> tuple[str, ...] | None:
    """Write how many gave each answer as an export may; None where so few answers cannot be told at all.

    That a check passed and how many gave a reason, hidden ones too, tells how many were low: it is taken for known.
    """
    answered = sum(counts)
    least, most = min(reasons, sum(counts[:3])), answered
    if rule == "none-at-0":
        no = (1, 0, 0) if passed else (1, 1, answered)
        known: tuple[tuple[int, int, int], ...] = (no, (3, least, most))
    else:
        # How many may be low, in whole numbers: of five answers one, where 80 % pass.
        line = answered // 5 if rule == "most-at-3" else 0
        known = ((3, least, line) if passed else (3, max(least, line + 1), most),)
    told = disclosure.histogram_for_export(counts, known)
    return None if told is None else tuple(told)


def record(check: Check, tell: Callable[[Reason], dict[str, Any] | None]) -> dict[str, Any]:
    """Write how a check came out for exports, counts masked as they must be; nothing of one that is open.

    `tell` writes a reason, or gives None for one that is hidden.
    """
    outcome = check.outcome
    if outcome is None:
        return {}
    shown = outcome.counts
    counts = None if shown is None else told_counts(check.rule, outcome.passed, shown, len(outcome.reasons))
    return {
        "passed": outcome.passed,
        "answered": disclosure.count_for_export(outcome.answered),
        "counts": None
        if counts is None
        else [{"number": check.id, "answer": answer, "count": count} for answer, count in enumerate(counts)],
        "reasons": [told for one in outcome.reasons if (told := tell(one)) is not None],
    }


def enough_to_close(answers: int, seats: int) -> None:
    """Refuse to close by hand what one alone has answered: how it comes out would be that answer."""
    if answers and not disclosure.may_close(answers, seats):
        raise Closed(N_("One answer alone would be shown as somebody’s own. Wait for another one."))


def reasons(check: Check, found: Iterable[CheckAnswer]) -> tuple[Reason, ...]:
    """Take what was said, in an order that tells nothing of who said it or when."""
    said = [one for one in found if one.note]
    said.sort(key=lambda one: sha256(f"{check.id}:{one.about}:{one.note}".encode()).digest())
    return tuple(Reason(id=f"c{check.id}r{place}", about=one.about, text=one.note) for place, one in enumerate(said, 1))


def may_end(checks: tuple[Check, ...], subject: str, round_: int) -> None:
    """Refuse an ending before two checks have not passed, or while one is open."""
    if opened(checks) is not None:
        raise Closed(N_("A check is open. Close it before an ending is chosen."))
    last = last_on(checks, subject, round_)
    if last is not None and last.outcome is not None and last.outcome.passed:
        raise Closed(N_("The check has passed. There is nothing left to end."))
    if failed(checks, subject, round_) < FAILS_BEFORE_ENDING:
        raise Closed(N_("An ending can be chosen once two checks have not passed."))
