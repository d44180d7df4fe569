"""The commands: `concord serve` and everything else that is done from a terminal.

Every command imports what it needs when it runs, so that `concord serve` is up at once.
"""

from pathlib import Path
from typing import Annotated

import typer

from app.cli.terminal import fail, said_why, say, settings

commands = typer.Typer(
    name="concord",
    help="Live consensus workshops: people answer alone, then their table agrees.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
trainers = typer.Typer(help="Accounts of trainers.", no_args_is_help=True)
commands.add_typer(trainers, name="trainer")


@commands.command()
def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "0.0.0.0",
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port to listen on.")] = 8000,
    workers: Annotated[int, typer.Option(min=1, max=64, help="Processes; more than one need PostgreSQL.")] = 1,
) -> None:
    """Bring the database up to date and serve; print the way in for trainer and phones."""
    from app.cli.serve import serve as run

    with said_why():
        run(settings(), host, port, workers)


@commands.command()
def demo(
    tables: Annotated[int, typer.Option(min=1, max=12, help="How many tables of robots.")] = 3,
    seats: Annotated[int, typer.Option(min=2, max=12, help="How many robots at each.")] = 5,
    seed: Annotated[int, typer.Option(help="The same seed plays the same again.")] = 1,
    speed: Annotated[float, typer.Option(min=0, help="1 is to be watched, 10 is fast, 0 does not pause.")] = 1,
    agenda: Annotated[str, typer.Option(help="An agenda or an activity of the library.")] = "joint-training-half-day",
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port to listen on.")] = 8000,
    host: Annotated[str, typer.Option(help="Address to listen on.", hidden=True)] = "0.0.0.0",
) -> None:
    """Show a whole workshop, played by robots on a database that is thrown away."""
    from app.cli.demo import Wanted
    from app.cli.demo import demo as run

    with said_why():
        run(Wanted(tables, seats, seed, speed, host, port, agenda))


@commands.command()
def migrate() -> None:
    """Bring the database up to what this Concord expects."""
    from app.cli.migrate import upgrade

    with said_why():
        upgrade(settings())
    say("The database is up to date.")


@commands.command()
def doctor() -> None:
    """Look whether everything Concord needs is there and well."""
    from app.cli.doctor import examine

    raise typer.Exit(0 if examine(settings()) else 1)


@trainers.command("add")
def add_trainer(email: Annotated[str, typer.Argument(help="E-mail address of the trainer.")]) -> None:
    """Make an account, and a link that signs its trainer in once."""
    from app.cli.people import add

    with said_why():
        say(add(settings(), email), plain=True)


@trainers.command("link")
def link_trainer(email: Annotated[str, typer.Argument(help="E-mail address of the trainer.")]) -> None:
    """Make a link that signs a trainer in once, within a day."""
    from app.cli.people import link

    with said_why():
        say(link(settings(), email), plain=True)


@commands.command()
def seed(
    agenda: Annotated[str, typer.Option(help="An agenda of the library.")] = "joint-training-half-day",
    tables: Annotated[int, typer.Option(min=1, max=60, help="How many tables.")] = 2,
    seats: Annotated[int, typer.Option(min=1, max=12, help="How many seats at each.")] = 4,
    json: Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")] = False,
) -> None:
    """Make an open workshop with people in it, to try things on."""
    from app.cli.trying import seeded

    with said_why():
        say(seeded(settings(), agenda, tables, seats, as_json=json), plain=True)


@commands.command()
def export(
    code: Annotated[str, typer.Argument(help="The workshop's code.")],
    format: Annotated[str, typer.Option(help="pdf, docx, xlsx, csv, json or preflib; all: a zip of them.")] = "json",
    version: Annotated[str, typer.Option(help="participant, commissioner or trainer.")] = "trainer",
    out: Annotated[
        Path | None, typer.Option(help="Where to write it; without, here, named after the workshop.")
    ] = None,
    language: Annotated[str, typer.Option(help="en or cy.")] = "en",
    paper: Annotated[str, typer.Option(help="a4, or a3 for the pages of a PDF that lie on their side.")] = "a4",
) -> None:
    """Write a workshop's summary to a file."""
    from typing import cast, get_args

    from app.activities.summary import Version
    from app.cli.export import export as write
    from app.exports.formats import FORMATS, Paper
    from app.exports.making import Language, Wish

    chosen("--format", format, tuple(FORMATS))
    chosen("--version", version, get_args(Version))
    chosen("--language", language, get_args(Language))
    chosen("--paper", paper, get_args(Paper))
    wish = Wish(format, cast(Version, version), cast(Language, language), cast(Paper, paper))
    with said_why():
        file = write(settings(), code, wish, out)
    say(f"Written to {file}.", plain=True)


@commands.command("import")
def bring(
    file: Annotated[Path, typer.Argument(help="A record: what `concord export --format json` wrote.")],
    trainer: Annotated[str | None, typer.Option(help="E-mail address of whose it is to be.")] = None,
) -> None:
    """Bring a workshop's record back, to look at its summary and to copy it."""
    from app.cli.bringing import bring_back

    with said_why():
        say(f"Brought back. Look at it here: {bring_back(settings(), file, trainer)}", plain=True)


@commands.command()
def analyse(
    file: Annotated[Path, typer.Argument(help="Rankings: PrefLib, CSV or JSON.")],
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    text: Annotated[bool, typer.Option("--text", help="Print words and figures; this is what it does anyway.")] = False,
) -> None:
    """Work out how far the rankings in a file agree."""
    from app.consensus import ConsensusError
    from app.consensus.files import analyse as work_out

    if json and text:
        raise typer.BadParameter("choose --json or --text")
    try:
        found = work_out(file)
    except (ConsensusError, OSError) as trouble:
        fail(str(trouble))
    say(found.as_json() if json else found.as_text(), plain=True)


def chosen(option: str, word: str, words: tuple[str, ...]) -> None:
    """Refuse a word that is not among those an option takes."""
    if word not in words:
        raise typer.BadParameter(f"choose one of {', '.join(words)}", param_hint=option)


def main() -> None:
    """Run the command that was typed."""
    commands()
