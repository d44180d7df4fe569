"""Canaries: everybody's name, seat code and secrets are looked for in every byte that anybody receives."""

import io
import json
import zipfile
from collections.abc import Iterator

import pytest
from httpx2 import Response
from sqlmodel import Session, col, select
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from app.accounts.models import Trainer
from app.workshops import codes
from app.workshops.models import Seat, Workshop
from tests.live.acting import move, phase
from tests.rights.asking import filled
from tests.rights.stage import Stage, set_up
from tests.rights.table import ROWS, Row
from tests.running import Concord

# By the name that the cast knows them by: a word that stands nowhere else.
NAMES = {"Ann": "Quillfeather", "Ben": "Brambleshaw", "Cat": "Thistlewick", "Lee": "Nettlecombe", "Rob": "Dunwhistle"}
TRAINER = "Oakenhollow"
LOOKS = ("trainer", "other_trainer", "ann", "cat", "removed", "wall", "nobody")
PAGES = tuple(row for row in ROWS if row.method == "GET" and "{code}" in row.path and "code" not in row.other)
LINES = tuple(row for row in ROWS if row.method == "WS")
EXPORTS = tuple(
    Row("GET", "/trainer/w/{code}/export/{format}", {}, query=f"version={version}", other={"format": written})
    for version in ("participant", "commissioner", "trainer")
    for written in ("json", "csv")
)

Received = dict[tuple[str, str], str]


def everything(stage: Stage) -> Received:
    """Gather all that everybody receives now, by who and from where."""
    received: Received = {}
    for principal in LOOKS:
        device = stage.device(principal)
        # Nobody else is given a file at all, as the matrix says.
        for row in (*PAGES, *(EXPORTS if principal == "trainer" else ())):
            address, _ = filled(stage, row)
            received[principal, plain(stage, address)] = whole(device.get(address))
        for row in LINES:
            address, _ = filled(stage, row)
            received[principal, plain(stage, address)] = first_frame(device, address)
        received[principal, "/trainer"] = whole(device.get("/trainer"))
    return received


def plain(stage: Stage, address: str) -> str:
    """Write an address as it reads in an expectation."""
    for word in ("code", "wall_key", "foreign_wall_key"):
        address = address.replace(stage.words[word], "*")
    return address.replace(f"seat={stage.words['seat_id']}", "seat=Ben")


def whole(reply: Response) -> str:
    """Read all of a reply: its headers, and what it holds, unpacked."""
    head = "\n".join(value for name, value in reply.headers.items() if name != "set-cookie")
    if reply.headers.get("content-type") == "application/zip":
        with zipfile.ZipFile(io.BytesIO(reply.content)) as packed:
            return head + "".join(name + packed.read(name).decode("utf-8-sig") for name in packed.namelist())
    return head + reply.text


def first_frame(device: TestClient, address: str) -> str:
    """Read what a line brings first, if it brings anything."""
    try:
        with device.websocket_connect(address) as line:
            while (frame := line.receive_text()).startswith("{"):
                pass
            return frame
    except WebSocketDisconnect:
        return ""


def holding(received: Received, word: str) -> set[tuple[str, str]]:
    """Find who receives a word from where."""
    return {place for place, text in received.items() if word in text}


def name_everybody(stage: Stage) -> None:
    """Give everybody a name that stands nowhere else."""

    def rename(session: Session, version: int) -> None:
        seats = session.exec(select(Seat).where(Seat.workshop_id == stage.cast.workshop_id)).all()
        for seat in seats:
            seat.name = NAMES[seat.name]
        for trainer in session.exec(select(Trainer).where(col(Trainer.email) == "ann@example.org")):
            trainer.name = TRAINER

    stage.concord.db.change_now(stage.cast.workshop_id, rename)


def moments(stage: Stage) -> Iterator[str]:
    """Go through a workshop: alone, compared, between two activities, closed."""
    cast = stage.cast
    yield "solo"
    assert phase(cast, "compare").status_code == 200
    yield "compare"

    def wait(session: Session, version: int) -> None:
        session.get_one(Workshop, cast.workshop_id).live_step_id = None

    cast.concord.db.change_now(cast.workshop_id, wait)
    yield "waiting"
    assert cast.trainer.post(f"/trainer/w/{cast.code}/close").status_code == 303
    yield "closed"


PEOPLE = {("trainer", f"/trainer/w/*/{page}") for page in ("people", "paper")}
SHEET = ("trainer", "/trainer/w/*/paper?seat=Ben")
NAMING = {("trainer", f"/trainer/w/*/export/{written}?version=trainer") for written in ("json", "csv")}
DEFAULT = ("trainer", "/trainer/w/*/export/json")
PREVIEW = ("trainer", "/trainer/w/*/summary?version=trainer&language=cy")
OWN = {"Ann": "ann", "Cat": "cat"}


def may_read_name(who: str, mode: str, moment: str) -> set[tuple[str, str]]:
    """Say where a name may stand: on its own waiting page, on the list of people, in a named workshop's own export."""
    if who == "Rob" or (moment == "closed" and mode != "named"):
        return set()
    own = OWN.get(who)
    pages = {(own, "/w/*"), (own, "/w/*/regions"), (own, "/w/*/live")} if own and moment == "waiting" else set()
    shared = {(own, "/w/*/switch")} if own else set()
    named = {*NAMING, DEFAULT, PREVIEW} if mode == "named" else set()
    sheet = {SHEET} if who == "Ben" else set()
    return {*PEOPLE, *pages, *shared, *named, *sheet}


@pytest.mark.parametrize(
    ("mode", "looked_at"),
    [
        ("confidential", {"solo", "compare", "waiting", "closed"}),
        ("named", {"compare", "waiting", "closed"}),
        ("aggregate", {"compare", "closed"}),
    ],
)
def test_a_name_is_read_where_it_may_be_and_nowhere_else(
    concord_on_sqlite: Concord, mode: str, looked_at: set[str]
) -> None:
    stage = set_up(concord_on_sqlite, disclosure=mode)
    name_everybody(stage)
    for moment in moments(stage):
        if moment not in looked_at:
            continue
        received = everything(stage)
        found = {who: holding(received, name) for who, name in NAMES.items()}
        assert found == {who: may_read_name(who, mode, moment) for who in NAMES}, moment
        assert holding(received, TRAINER) == set()
        assert {who for who, _ in holding(received, "Statement 3")} <= {"trainer", "ann", "cat", "wall"}


def test_seat_codes_and_secrets_are_read_by_their_own_alone(concord_on_sqlite: Concord) -> None:
    stage = set_up(concord_on_sqlite)
    key = stage.concord.settings.key
    received = everything(stage)
    for name, principal in OWN.items():
        hashed = stage.cast.seat(name).token_hash
        code = codes.shown(codes.seat_code(key, stage.cast.workshop_id, hashed))
        assert {who for who, _ in holding(received, code)} == {principal}
        assert holding(received, hashed) == set()
    for held in stage.cookies.values():
        secrets = [value for name, value in held.items() if not name.startswith("concord_wall")]
        assert [holding(received, value) for value in secrets] == [set()] * len(secrets)
    assert {who for who, _ in holding(received, stage.words["wall_key"])} == {"trainer"}
    assert holding(received, stage.words["qr"]) == set()
    assert holding(received, "ann@example.org") == set()


@pytest.mark.parametrize(
    ("mode", "version", "single"),
    [
        ("named", "trainer", True),
        ("named", "commissioner", False),
        ("named", "participant", False),
        ("confidential", "trainer", False),
        ("confidential", "participant", False),
        ("aggregate", "trainer", False),
    ],
)
def test_what_one_person_answered_is_in_a_named_workshops_own_export_alone(
    concord_on_sqlite: Concord, mode: str, version: str, single: bool
) -> None:
    stage = set_up(concord_on_sqlite, disclosure=mode)
    odd = ["s3", "s1", "s4", "s2"]
    assert move(stage.cast, stage.cast.cat, "put_ballot", discard="s5", order=odd).status_code == 200
    assert phase(stage.cast, "compare").status_code == 200
    address = f"/trainer/w/{stage.cast.code}/export/{{}}?version={version}"
    told = stage.cast.trainer.get(address.format("json")).json()
    assert (json.dumps(odd) in json.dumps(told)) is single
    assert bool(told["people"]) is single
    sheets = whole(stage.cast.trainer.get(address.format("csv")))
    assert ("people.csv" in sheets) is single
