"""Writes .env.example from the settings in app/config.py."""

import textwrap
from pathlib import Path

from pydantic.fields import FieldInfo

from app.config import Settings

EXAMPLE = Path(__file__).parents[1] / ".env.example"
HEAD = """\
# Every setting of Concord with its meaning and its default; made by `make env-example` from app/config.py.
# Copy this file to .env and take the # away where you want something else.
"""


def example() -> str:
    """Make the text of .env.example."""
    return HEAD + "".join(map(entry, Settings.model_fields, Settings.model_fields.values()))


def entry(name: str, field: FieldInfo) -> str:
    """Make one setting's lines: what it means, then its default, commented out."""
    meaning = textwrap.fill(field.description or "", 110, initial_indent="# ", subsequent_indent="# ")
    default = "" if field.default is None else field.default
    return f"\n{meaning}\n# CONCORD_{name.upper()}={default}\n"


if __name__ == "__main__":
    EXAMPLE.write_text(example())
