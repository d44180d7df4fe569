"""Presence: who is heard from is here, who is silent for two minutes is away; a change only when that turns."""

import pytest

from app.live.presence import Presence
from app.realtime.hub import Hub
from app.workshops.find import id_of
from tests.cast import Cast

pytestmark = pytest.mark.anyio


def here(cast: Cast) -> dict[str, bool]:
    """Read who counts as here."""
    return {name: cast.seat(name).here for name in ("Ann", "Ben", "Cat")}


async def rounds(cast: Cast, presence: Presence, heard: tuple[str, ...], minutes: float = 0) -> None:
    """Let time pass, hear from some, and look round."""
    cast.concord.clock.forward(minutes=minutes)
    for name in heard:
        presence.heard(cast.workshop_id, id_of(cast.seat(name)), here=True)
    presence.heard(cast.workshop_id, 999_999, here=True)
    await presence.round()


async def test_whoever_is_silent_for_two_minutes_is_away_and_comes_back_when_heard(cast: Cast) -> None:
    presence = Presence(cast.concord.db, Hub(), cast.concord.clock)
    await rounds(cast, presence, ("Ann", "Ben", "Cat"))
    assert here(cast) == {"Ann": True, "Ben": True, "Cat": True}
    await rounds(cast, presence, ("Ann", "Cat"), minutes=1.5)
    assert here(cast)["Ben"]
    await rounds(cast, presence, ("Ann",), minutes=1)
    assert here(cast) == {"Ann": True, "Ben": False, "Cat": True}
    await rounds(cast, presence, ("Ben",), minutes=0.2)
    assert here(cast)["Ben"]


async def test_nothing_changes_while_nobody_comes_or_goes(cast: Cast) -> None:
    presence = Presence(cast.concord.db, Hub(), cast.concord.clock)
    before = cast.workshop().version
    for _ in range(5):
        await rounds(cast, presence, ("Ann", "Ben", "Cat"), minutes=1)
    assert cast.workshop().version == before


async def test_many_who_come_back_at_once_make_one_change(cast: Cast) -> None:
    presence = Presence(cast.concord.db, Hub(), cast.concord.clock)
    await rounds(cast, presence, ("Ann", "Ben", "Cat"))
    await rounds(cast, presence, (), minutes=3)
    assert here(cast) == {"Ann": False, "Ben": False, "Cat": False}
    before = cast.workshop().version
    await rounds(cast, presence, ("Ann", "Ben", "Cat"))
    assert here(cast) == {"Ann": True, "Ben": True, "Cat": True}
    assert cast.workshop().version == before + 1
