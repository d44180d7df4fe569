"""What a trainer chooses from: who sees what, how people come to tables, when a check passes, who moves on."""

from dataclasses import dataclass

from app.errors import N_, Unclear


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several values: its name, what it means for the trainer, and what people are told of it."""

    value: str
    title: str
    told: str = ""


DISCLOSURES = (
    Choice(
        "confidential",
        N_("Confidential"),
        N_(
            "Your answers are yours. The room sees counts and what tables agree, never who answered what. "
            "When the workshop closes, names are unlinked for good."
        ),
    ),
    Choice(
        "named",
        N_("Named"),
        N_(
            "Nobody in the room sees your answers beside your name. "
            "The trainer’s record of the workshop holds your name with what you answered."
        ),
    ),
    Choice(
        "aggregate",
        N_("Aggregate only"),
        N_(
            "Your answers are yours. What leaves this room are figures for the whole room alone: "
            "no names, no tables. When the workshop closes, names are unlinked for good."
        ),
    ),
)
JOINS = (
    Choice("mixed", N_("Concord gives tables, agencies mixed evenly")),
    Choice("chosen", N_("People choose their table")),
)
RULES = (
    Choice("all-at-3", N_("all present are at 3 or more")),
    Choice("none-at-0", N_("nobody is at 0")),
    Choice("most-at-3", N_("at least 80 % are at 3 or more")),
)
MOVERS = (
    Choice("trainer", N_("I move all tables together")),
    Choice("table", N_("each table moves itself")),
)
LANGUAGES = (Choice("en", "English"), Choice("cy", "Cymraeg"))


def chosen(choices: tuple[Choice, ...], value: str) -> str:
    """Take a value that is one of the choices; anything else is a Refusal."""
    if value not in {choice.value for choice in choices}:
        raise Unclear(N_("That is none of the choices. Choose one of those on the page."))
    return value


def choice(choices: tuple[Choice, ...], value: str) -> Choice:
    """Look up the choice of a kept value."""
    return next(one for one in choices if one.value == value)
