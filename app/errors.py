"""Refusals: what Concord answers when it does not do what was asked, each with a status and a sentence.

A refusal is raised anywhere, changes nothing, and is worded for the person who meets it.
"""

from dataclasses import dataclass, field


def N_(text: str) -> str:
    """Mark a sentence for the catalogue; it is translated where it is shown."""
    return text


@dataclass(frozen=True, slots=True)
class Phrase:
    """A sentence of the catalogue with the values it is filled with: `Phrase(N_("{n} are done"), {"n": 3})`.

    Where there is a `plural`, the value `n` decides between the two.
    """

    text: str
    values: dict[str, object] = field(default_factory=dict, hash=False)
    plural: str = ""


def NN_(one: str, many: str, n: int, **values: object) -> Phrase:
    """Mark a sentence and its plural for the catalogue: `NN_("{n} table", "{n} tables", 3)`."""
    return Phrase(one, {"n": n, **values}, many)


class Refusal(Exception):
    """Something that is not done, with an HTTP status and a sentence in the page's words."""

    status = 400
    code = "refused"

    def __init__(self, sentence: str, **values: object) -> None:
        super().__init__(sentence.format(**values) if values else sentence)
        self.sentence = Phrase(sentence, values)


class Unclear(Refusal):
    """Input that cannot be understood; the sentence says what is missing or wrong."""

    status = 422
    code = "unclear"


class Stale(Refusal):
    """A move made on an answer or board that has changed since."""

    status = 409
    code = "stale"


class Closed(Refusal):
    """A move that its phase does not take, or no longer takes."""

    status = 409
    code = "closed"


class SignedOut(Refusal):
    """A page or move that needs somebody signed in, or seated."""

    status = 401
    code = "signed-out"


class Forbidden(Refusal):
    """A move that this person may not make."""

    status = 403
    code = "forbidden"


class NotFound(Refusal):
    """Nothing there, or nothing that this person may know of."""

    status = 404
    code = "not-found"


class Gone(Refusal):
    """Something that was here, and was taken away for good."""

    status = 410
    code = "gone"


class TooLarge(Refusal):
    """More than Concord takes in one piece."""

    status = 413
    code = "too-large"


class TooMany(Refusal):
    """Too many tries in a short time; `wait` is in seconds."""

    status = 429
    code = "too-many"

    def __init__(self, sentence: str, wait: int = 60, **values: object) -> None:
        super().__init__(sentence, **values)
        self.wait = wait


class Unavailable(Refusal):
    """The database cannot be written or reached right now; nothing was acknowledged."""

    status = 503
    code = "unavailable"
