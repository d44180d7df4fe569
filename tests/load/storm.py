"""A minute of storm over 100 people (R2): nothing lost, nothing doubled, all screens current soon after."""

from pathlib import Path
from tempfile import TemporaryDirectory

from app.cli.migrate import upgrade
from app.config import Settings
from tests.load.figures import Figure
from tests.reliability.storm import ride_out, weather
from tests.rooms import prepare
from tests.services import postgres_server, scratch_database

SECONDS = 60


async def a_minute() -> list[Figure]:
    """Ride out a minute of storm on PostgreSQL; what is lost or doubled ends the run with what it was."""
    with postgres_server() as server, scratch_database(server) as address, TemporaryDirectory() as folder:
        settings = Settings(data_dir=Path(folder), database_url=address, secret_key="a key for load " * 3)
        upgrade(settings)
        room = prepare(settings, seats=100)[0]  # at one table, so that the last move is on every screen
        with weather(settings) as air:
            behind = await ride_out(air, room, SECONDS, pause=0.7)
    what = f"100 people, {air.blows} blows: none lost, none doubled; until all screens are current"
    return [Figure("R2", what, behind, "s", 3)]
