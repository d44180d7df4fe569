"""The matrix: every address and socket, tried by everybody, gives what the table says and changes nothing beside it."""

import pytest

from tests.rights.asking import ask, ends_with, fits, look_at, names_in, routes_of
from tests.rights.stage import PRINCIPALS, Stage, changed, of_workshop
from tests.rights.table import ROWS, Row

REQUESTS = tuple(row for row in ROWS if row.method != "WS")
SOCKETS = tuple(row for row in ROWS if row.method == "WS")


def test_table_has_a_row_for_every_address_and_every_row_has_its_address(stage: Stage) -> None:
    there = set(routes_of(stage.concord.app))
    told = {(row.method, row.path) for row in ROWS}
    missing = [
        f"{method} {path} has no row in tests/rights/table.py: say there who may" for method, path in there - told
    ]
    gone = [
        f"{method} {path} has a row in tests/rights/table.py, but is no address of Concord"
        for method, path in told - there
    ]
    assert sorted(missing + gone) == []


def test_every_row_says_what_everybody_gets() -> None:
    assert [row.told for row in ROWS if set(row.gets) != set(PRINCIPALS)] == []


@pytest.mark.parametrize("row", REQUESTS, ids=lambda row: row.told)
def test_everybody_gets_what_is_theirs_and_no_more(stage: Stage, row: Row) -> None:
    wrong = []
    strangers = stage.foreign.workshop_id
    # Those who may change something come last, so that what a refusal has changed is seen.
    for principal in sorted(PRINCIPALS, key=lambda who: may_change(row, who)):
        reply = ask(stage, row, stage.device(principal))
        if not fits(reply, row.gets[principal], row, stage.words):
            wrong.append((principal, row.gets[principal], reply.status_code, reply.headers.get("location")))
        if may_change(row, principal):
            after = stage.rows()
            assert of_workshop(after, strangers) == of_workshop(stage.rest, strangers), principal
            assert row.method != "GET" or changed(stage.rest, after, row.besides) == []
            if changed(stage.rest, after):
                stage.put_back()
        elif principal == last_that_may_not(row):
            assert changed(stage.rest, stage.rows(), row.besides) == []
    assert wrong == []


def may_change(row: Row, principal: str) -> bool:
    """Tell whether somebody's request may change anything beside what is counted."""
    gets = row.gets[principal]
    spends = bool(row.besides) and isinstance(gets, str)
    return spends or (row.method != "GET" and (isinstance(gets, str) or gets < 400))


def last_that_may_not(row: Row) -> str | None:
    """Name the last to ask of those whose requests may change nothing."""
    return next((who for who in reversed(PRINCIPALS) if not may_change(row, who)), None)


@pytest.mark.parametrize("row", SOCKETS, ids=lambda row: row.told)
def test_every_line_is_opened_by_its_own_and_by_nobody_else(stage: Stage, row: Row) -> None:
    ends = {principal: ends_with(stage, row, stage.device(principal)) for principal in PRINCIPALS}
    assert ends == row.gets
    assert changed(stage.rest, stage.rows()) == []


FOREIGN = {
    "step": "{foreign_step}",
    "step_id": "{foreign_step}",
    "seat_id": "{foreign_seat}",
    "link_id": "{foreign_link}",
}


def with_foreign_ids() -> list[Row]:
    """List the requests whose address names a part of a workshop, naming a stranger's instead."""
    rows = [(row, names_in(row.path) & set(FOREIGN)) for row in REQUESTS]
    return [
        Row(row.method, row.path, {}, row.sent, row.query, {**row.other, **{name: FOREIGN[name] for name in named}})
        for row, named in rows
        if named
    ]


@pytest.mark.parametrize("row", with_foreign_ids(), ids=lambda row: row.told)
def test_what_belongs_to_another_workshop_is_there_for_nobody(stage: Stage, row: Row) -> None:
    statuses = {principal: ask(stage, row, stage.device(principal)).status_code for principal in PRINCIPALS}
    assert statuses["trainer"] == 404
    # A page asks whoever is not signed in to do so first.
    assert {*statuses.values()} <= {401, 403, 404} | ({303} if row.method == "GET" else set())
    assert changed(stage.rest, stage.rows()) == []


@pytest.mark.parametrize("table", ["3", "99", "999999999"])
@pytest.mark.parametrize("path", ["phase", "time"])
def test_a_table_that_there_is_not_is_not_found(stage: Stage, path: str, table: str) -> None:
    sent = {"phase": "compare", "seconds": "60", "table": table}
    reply = ask(stage, Row("POST", f"/w/{{code}}/steps/{{step}}/{path}", {}, sent), stage.device("trainer"))
    assert reply.status_code == 404
    assert changed(stage.rest, stage.rows()) == []


@pytest.mark.parametrize("method", ["HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "POST", "GET"])
def test_ways_of_asking_that_there_are_not_are_refused_and_change_nothing(stage: Stage, method: str) -> None:
    known = set(routes_of(stage.concord.app))
    paths = sorted({path for way, path in known if way != "WS" and (method, path) not in known})
    device = stage.device("trainer")
    for path in paths:
        reply = device.request(method, path.format(**stage.words))
        look_at(reply)
        assert reply.status_code == 405, path
        assert method == "HEAD" or "We could not read that." in reply.text
    assert changed(stage.rest, stage.rows()) == []
