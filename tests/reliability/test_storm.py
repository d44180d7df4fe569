"""Killed workers, a restarted Redis, cut lines to PostgreSQL: nothing is lost, nothing doubled, all screens follow."""

from app.config import Settings
from tests.reliability.storm import ride_out, weather
from tests.rooms import prepare


async def test_a_storm_loses_nothing_and_doubles_nothing(postgres_settings: Settings) -> None:
    room = prepare(postgres_settings, seats=20)[0]
    with weather(postgres_settings) as air:
        behind = await ride_out(air, room, seconds=10, pause=0.5)
    assert behind < 3
    assert air.blows >= 6
