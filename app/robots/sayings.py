"""What robots say, in the language of the page they look at."""

SAYINGS: dict[str, dict[str, tuple[str, ...]]] = {
    "en": {
        "discard": (
            "The others bring this about by themselves.",
            "It matters, but not to all of us here.",
            "I could not say what we would do for it.",
            "It is good to have, and follows from the rest.",
        ),
        "keep": ("My service could not go without this one.", "Let us hear first what it would cost us to drop it."),
        "want": ("I could live with it if “{statement}” were in.", "What would help me: “{statement}”."),
        "alike": ("We would do the same for both.", "One leads to the other."),
        "apart": ("The time for one is taken from the other.", "They ask different things of us."),
        "minority": ("Some of us still miss “{statement}”.",),
        "clear": ("Think of the last time it went well: what did people notice?",),
    },
    "cy": {
        "discard": (
            "Mae’r lleill yn dod â hyn i fod ar eu pen eu hunain.",
            "Mae’n bwysig, ond nid i bawb ohonom yma.",
            "Ni allwn ddweud beth y byddem yn ei wneud drosto.",
            "Mae’n dda ei gael, ac mae’n dilyn o’r gweddill.",
        ),
        "keep": ("Ni allai fy ngwasanaeth wneud heb hwn.", "Gadewch inni glywed yn gyntaf beth fyddai’n ei gostio."),
        "want": ("Gallwn fyw ag ef pe bai “{statement}” i mewn.", "Beth fyddai’n fy helpu: “{statement}”."),
        "alike": ("Byddem yn gwneud yr un peth dros y ddau.", "Mae’r naill yn arwain at y llall."),
        "apart": ("Cymerir amser y naill oddi ar y llall.", "Maent yn gofyn pethau gwahanol gennym."),
        "minority": ("Mae rhai ohonom yn dal i weld eisiau “{statement}”.",),
        "clear": ("Meddyliwch am y tro diwethaf yr aeth yn dda: beth sylwodd pobl?",),
    },
}


def say(language: str, what: str, draw: float, statement: str = "") -> str:
    """Choose what to say by a number from 0 to 1."""
    choices = SAYINGS.get(language, SAYINGS["en"])[what]
    return choices[int(draw * len(choices)) % len(choices)].format(statement=statement)[:280]
