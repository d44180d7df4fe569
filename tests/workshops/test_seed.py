"""A seeded workshop: what it prints opens every door that it names."""

from collections import Counter

import pytest

from app.errors import NotFound
from app.workshops.seed import seed
from tests.running import Concord


def test_seed_prints_what_opens_desk_wall_and_seats(concord: Concord) -> None:
    made = seed(concord.db, concord.settings, concord.clock(), tables=3, seats=4, base="http://testserver")
    assert set(made) == {"workshop", "desk", "wall", "seats", "steps"}
    assert Counter(seat["table"] for seat in made["seats"]) == {1: 4, 2: 4, 3: 4}
    assert max(Counter(seat["agency"] for seat in made["seats"]).values()) <= 3
    device = concord.visitor()
    page = device.get(f"/join/{made['workshop']}", headers={"Cookie": made["seats"][0]["cookie"]})
    assert page.headers["location"] == f"/w/{made['workshop']}"
    desk = concord.visitor().get(made["desk"])
    assert desk.headers["location"] == f"/trainer/w/{made['workshop']}"
    assert made["wall"].startswith(f"http://testserver/wall/{made['workshop']}?key=")


def test_seed_twice_makes_two_workshops_of_one_trainer(concord: Concord) -> None:
    told = (concord.db, concord.settings, concord.clock())
    made = [seed(*told, agenda="ranking-hour", base="http://testserver") for _ in range(2)]
    assert made[0]["workshop"] != made[1]["workshop"]
    device = concord.visitor()
    device.get(made[0]["desk"])
    listed = device.get("/trainer").text
    assert listed.count('data-testid="workshop"') == 2


def test_seed_of_many_seats_gives_everybody_a_name(concord_on_sqlite: Concord) -> None:
    made = seed(concord_on_sqlite.db, concord_on_sqlite.settings, concord_on_sqlite.clock(), tables=12, seats=30)
    assert len({seat["cookie"] for seat in made["seats"]}) == 360


def test_seed_of_an_agenda_that_is_not_there_is_refused(concord_on_sqlite: Concord) -> None:
    with pytest.raises(NotFound):
        seed(concord_on_sqlite.db, concord_on_sqlite.settings, concord_on_sqlite.clock(), agenda="nothing")
