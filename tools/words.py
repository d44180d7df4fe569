"""Keeps the catalogues in step with the words in code and templates.

Run bare it updates every .po; with --check it only says what is not current.
"""

import io
import sys
from pathlib import Path
from typing import get_args

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po, write_po

from app.config import Settings

ROOT = Path(__file__).parents[1]
LOCALE = ROOT / "app" / "locale"
COMMENTS = ["Translators:"]
KEYWORDS = DEFAULT_KEYWORDS | {"NN_": (1, 2)}


def collect() -> Catalog:
    """Collect every marked sentence of the app."""
    with (ROOT / "babel.cfg").open() as mapping:
        methods, options = parse_mapping_cfg(mapping)  # type: ignore[no-untyped-call]  # Babel's has no types
    catalogue = Catalog(project="Concord", charset="utf-8")
    found = extract_from_dir(
        str(ROOT / "app"), methods, options, keywords=KEYWORDS, comment_tags=COMMENTS, strip_comment_tags=True
    )
    for file, _, message, comments, context in found:
        catalogue.add(message, None, [(f"app/{file}", 1)], auto_comments=comments, context=context)
    return catalogue


def catalogues() -> list[Path]:
    """Name the catalogue of every language the settings know, whether it is there yet or not."""
    languages = get_args(Settings.model_fields["language"].annotation)
    return [LOCALE / language / "LC_MESSAGES" / "messages.po" for language in languages]


def updated(po: Path, words: Catalog) -> str:
    """Make the text of a .po that holds exactly these words, with the translations it has."""
    if po.exists():
        with po.open("rb") as source:
            catalogue = read_po(source, locale=po.parts[-3])
    else:
        head = f"# The words of Concord, {po.parts[-3]}."
        catalogue = Catalog(po.parts[-3], header_comment=head, project="Concord", version="1", fuzzy=False)
    catalogue.update(words, no_fuzzy_matching=True, update_creation_date=False)
    catalogue.obsolete.clear()
    target = io.BytesIO()
    # files without line numbers: a moved line is no change for a translator
    write_po(target, catalogue, width=110, sort_output=True, ignore_obsolete=True, include_lineno=False)
    return target.getvalue().decode()


def ids(text: str) -> set[object]:
    """List the messages of a .po."""
    return {(message.id, message.context) for message in read_po(io.StringIO(text)) if message.id}


def main(check: bool) -> int:
    """Update or check every catalogue; 1 when a check finds one that is not current."""
    words, behind = collect(), []
    for po in catalogues():
        now = updated(po, words)
        if not check:
            po.parent.mkdir(parents=True, exist_ok=True)
            po.write_text(now)
        elif not po.exists() or ids(now) != ids(po.read_text()):
            behind.append(po.relative_to(ROOT))
    for po in behind:
        print(f"{po} is behind the words in the code: run `make words`")  # noqa: T201  # what a check says
    return 1 if behind else 0


if __name__ == "__main__":
    sys.exit(main(check="--check" in sys.argv[1:]))
