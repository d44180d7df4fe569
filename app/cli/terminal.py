"""How commands speak: plain lines to read or to pipe on, and why something did not work."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

import typer
from pydantic import ValidationError

from app.config import Settings
from app.errors import Refusal


def say(text: str, *, plain: bool = False) -> None:
    """Print a line for people, or `plain`: exactly as it is, for other programs."""
    if plain:
        sys.stdout.write(text.rstrip("\n") + "\n")
        return
    from rich.console import Console

    Console(highlight=False, soft_wrap=True).print(text)


def fail(why: str) -> NoReturn:
    """Say why something did not work, and end with status 1."""
    sys.stderr.write(why.rstrip("\n") + "\n")
    raise typer.Exit(1)


def settings() -> Settings:
    """Read the settings, or say which of them cannot be right."""
    try:
        return Settings()
    except ValidationError as wrong:
        lines = ["These settings cannot be right:"]
        for error in wrong.errors(include_url=False, include_input=False):
            name = f"CONCORD_{str(error['loc'][0]).upper()}: " if error["loc"] else ""
            lines.append(f"  {name}{error['msg'].removeprefix('Value error, ')}")
        fail("\n".join(lines))


@contextmanager
def said_why() -> Iterator[None]:
    """Turn what a command could not do into a sentence and status 1."""
    from sqlalchemy.exc import DBAPIError

    try:
        yield
    except Refusal as refusal:
        fail(str(refusal))
    except DBAPIError as trouble:
        fail(f"The database does not answer: {trouble.orig}")
    except OSError as trouble:
        fail(str(trouble))
