"""Preparing: making, editing, copying, opening, closing and deleting, by the one who may and by nobody else."""

import re

import pytest
from sqlmodel import Session, col, select
from starlette.testclient import TestClient

from app.workshops import codes
from app.workshops.find import id_of, steps_of
from app.workshops.models import Answer, Board, Seat, Step, Workshop
from tests.cast import STATEMENTS, Cast, a_workshop
from tests.running import Concord

DETAILS = {"title": "A morning", "agencies": "Health\nPolice", "tables": "2", "places": "4", "joins": "mixed"}
PASTED = "One thing\nAnother thing\n\n  A third\u202e thing  \nFourth"


def newest_in(session: Session) -> Workshop:
    return session.exec(select(Workshop).order_by(col(Workshop.id).desc())).all()[0]


def newest(concord: Concord) -> Workshop:
    return concord.db.run_now(newest_in)


def edit_form(page: str) -> dict[str, str]:
    """Read the fields of an edit page's form as a browser would send them."""
    form = dict(re.findall(r'<input class="input[^"]*" id="[^"]+" name="([^"]+)"[^>]*? value="([^"]*)"', page))
    form |= dict(re.findall(r'<textarea class="input[^"]*" id="[^"]+" name="([^"]+)"[^>]*>([^<]*)</textarea>', page))
    form |= dict(re.findall(r'<input type="radio" name="([^"]+)" value="([^"]+)" checked', page))
    return form | dict(re.findall(r'<input type="hidden" name="(seen)" value="([^"]*)"', page))


def test_new_workshop_from_an_agenda_holds_what_we_have(concord: Concord) -> None:
    trainer = concord.trainer()
    page = trainer.get("/trainer/workshops/new?item=ranking-hour")
    assert "The ranking task in an hour" in page.text
    made = trainer.post("/trainer/workshops/new", data=DETAILS | {"item": "ranking-hour"})
    assert made.status_code == 303
    edit = trainer.get(made.headers["location"])
    assert (edit.status_code, "What good multi-agency work leads to" in edit.text) == (200, True)
    workshop = newest(concord)
    assert [agency["id"] for agency in workshop.agencies] == ["health", "police"]
    assert workshop.opened_at is None


def test_new_workshop_from_pasted_statements_keeps_one_a_line(concord: Concord) -> None:
    trainer = concord.trainer()
    made = trainer.post("/trainer/workshops/new", data=DETAILS | {"statements": PASTED})
    assert made.status_code == 303
    steps = concord.db.run_now(lambda session: steps_of(session, id_of(newest_in(session))))
    assert [one["text"] for one in steps[0].setup["statements"]] == [
        "One thing",
        "Another thing",
        "A third thing",
        "Fourth",
    ]


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"title": " "}, "title"),
        ({"title": "x" * 201}, "title"),
        ({"tables": "0"}, "tables"),
        ({"tables": "many"}, "tables"),
        ({"places": "31"}, "places"),
        ({"joins": "somehow"}, "joins"),
        ({"disclosure": "open"}, "disclosure"),
        ({"agencies": "x" * 81}, "agencies"),
        ({"agencies": "\n".join(f"Agency {n}" for n in range(31))}, "agencies"),
        ({"item": "nothing-of-that-name"}, "item"),
        ({"statements": "one\ntwo"}, "statements"),
        ({"statements": "same\nsame\nsame"}, "statements"),
    ],
)
def test_new_workshop_says_what_is_wrong_and_keeps_what_was_typed(
    concord_on_sqlite: Concord, sent: dict[str, str], field: str
) -> None:
    trainer = concord_on_sqlite.trainer()
    reply = trainer.post("/trainer/workshops/new", data=DETAILS | {"purpose": "typed"} | sent)
    assert reply.status_code == 422
    assert f'href="#{field}"' in reply.text
    assert "Police" in reply.text or field == "agencies"
    assert concord_on_sqlite.db.run_now(lambda session: session.exec(select(Workshop)).all()) == []


def test_workshops_page_lists_open_prepared_and_past(concord: Concord) -> None:
    a_workshop(concord, opened=False, title="Still to come")
    a_workshop(concord, title="Under way")
    a_workshop(concord, email="bob@example.org", title="Of somebody else")
    page = concord.trainer().get("/trainer").text
    assert page.index("Under way") < page.index("Still to come")
    assert "Of somebody else" not in page


def test_step_form_keeps_title_statements_rule_and_minutes(cast: Cast) -> None:
    form = edit_form(cast.trainer.get(f"/trainer/w/{cast.code}/edit").text)
    assert (form["title"], form["moved_by"]) == ("What matters most", "trainer")
    form |= {"title": "What matters", "statements": "Statement 2\nA new one\nStatement 1\nStatement 4", "min-solo": "8"}
    form |= {"rule": "none-at-0", "moved_by": "table"}
    reply = cast.trainer.post(f"/trainer/w/{cast.code}/steps/{cast.step()}", data=form)
    assert reply.status_code == 303
    step = cast.steps()[0]
    assert [(one["id"], one["text"]) for one in step.setup["statements"]] == [
        ("s2", "Statement 2"),
        ("s6", "A new one"),
        ("s1", "Statement 1"),
        ("s4", "Statement 4"),
    ]
    assert (step.title, step.rule, step.moved_by, step.minutes) == ("What matters", "none-at-0", "table", {"solo": 8})
    again = edit_form(cast.trainer.get(reply.headers["location"]).text)
    assert (again["min-solo"], again["rule"], again["moved_by"]) == ("8", "none-at-0", "table")


def test_step_form_that_is_unclear_changes_nothing_and_shows_what_was_typed(cast: Cast) -> None:
    form = edit_form(cast.trainer.get(f"/trainer/w/{cast.code}/edit").text)
    form |= {"statements": "Only one, <b>bold</b>", "min-solo": "999", "title": ""}
    reply = cast.trainer.post(f"/trainer/w/{cast.code}/steps/{cast.step()}", data=form)
    assert reply.status_code == 422
    for told in ('href="#setup"', 'href="#min-solo"', 'href="#title"', "Only one, &lt;b&gt;bold&lt;/b&gt;"):
        assert told in reply.text
    assert cast.steps()[0].setup["statements"] == STATEMENTS


def test_step_changed_by_somebody_else_is_not_overwritten(cast: Cast) -> None:
    path = f"/trainer/w/{cast.code}/steps/{cast.step()}"
    form = edit_form(cast.trainer.get(f"/trainer/w/{cast.code}/edit").text)
    assert cast.trainer.post(path, data=form | {"title": "First"}).status_code == 303
    cast.join("Dee", table=2)  # what people do meanwhile makes no edit stale
    reply = cast.trainer.post(path, data=form | {"title": "Second"})
    assert (reply.status_code, "Somebody else has changed this" in reply.text) == (409, True)
    assert "Second" in reply.text
    assert cast.steps()[0].title == "First"


def begin(cast: Cast) -> None:
    step = cast.step()

    def write(session: Session, version: int) -> None:
        table = session.exec(select(Seat.table_id)).first()
        assert table is not None
        session.add(
            Board(
                step_id=step,
                table_id=table,
                workshop_id=cast.workshop_id,
                version=version,
                phase="read",
                since=cast.concord.clock(),
            )
        )

    cast.concord.db.change_now(cast.workshop_id, write)


def test_step_that_has_begun_stays(cast: Cast) -> None:
    form = edit_form(cast.trainer.get(f"/trainer/w/{cast.code}/edit").text)
    begin(cast)
    path = f"/trainer/w/{cast.code}/steps/{cast.step()}"
    for reply in (cast.trainer.post(path, data=form | {"title": "Later"}), cast.trainer.post(f"{path}/drop")):
        assert (reply.status_code, "has begun, so it stays" in reply.text) == (409, True)
    assert cast.steps()[0].title == "What matters most"


def test_steps_move_and_leave(cast: Cast) -> None:
    path = f"/trainer/w/{cast.code}/steps"
    added = cast.trainer.post(path, data={"item": "partnership-barriers"})
    second = int(added.headers["location"].rpartition("=")[2])
    pasted = cast.trainer.post(path, data={"title": "Mine", "statements": PASTED})
    assert pasted.status_code == 303
    titles = ["What matters most", "What holds our partnership back", "Mine"]
    assert [step.title for step in cast.steps()] == titles
    cast.trainer.post(f"{path}/{second}/earlier")
    assert [step.title for step in cast.steps()] == [titles[1], titles[0], titles[2]]
    cast.trainer.post(f"{path}/{second}/earlier")
    cast.trainer.post(f"{path}/{second}/later")
    assert [step.title for step in cast.steps()] == titles
    cast.trainer.post(f"{path}/{second}/drop")
    assert [(step.title, step.position) for step in cast.steps()] == [(titles[0], 1), (titles[2], 2)]


@pytest.mark.parametrize("sent", [{}, {"title": "T"}, {"statements": PASTED}, {"title": "T", "statements": "a\nb"}])
def test_steps_of_one_s_own_need_a_title_and_statements(cast_on_sqlite: Cast, sent: dict[str, str]) -> None:
    reply = cast_on_sqlite.trainer.post(f"/trainer/w/{cast_on_sqlite.code}/steps", data=sent)
    assert reply.status_code == 422
    assert len(cast_on_sqlite.steps()) == 1


def test_details_change_tables_and_agencies_but_not_what_people_hold(cast: Cast) -> None:
    page = f"/trainer/w/{cast.code}/edit?step=details"
    form = edit_form(cast.trainer.get(page).text) | {"disclosure": "confidential"}
    path = f"/trainer/w/{cast.code}/details"
    more = form | {"tables": "4", "agencies": "Police\nHealth\nHousing", "title": "Renamed"}
    assert cast.trainer.post(path, data=more).status_code == 303
    assert [agency["id"] for agency in cast.workshop().agencies] == ["police", "health", "housing"]
    for wrong, told in (
        ({"agencies": "Police"}, "Somebody speaks for “Health”"),
        ({"tables": "1"}, "Somebody sits at table 2"),
        ({"disclosure": "named"}, "People have been told who sees what"),
    ):
        form = edit_form(cast.trainer.get(page).text) | {"disclosure": "confidential"}
        reply = cast.trainer.post(path, data=form | wrong)
        assert (reply.status_code, told in reply.text) == (409, True)
    assert (cast.workshop().title, cast.workshop().disclosure) == ("Renamed", "confidential")


def test_copy_takes_the_agenda_and_nothing_that_was_said(cast: Cast) -> None:
    reply = cast.trainer.post(f"/trainer/w/{cast.code}/copy")
    assert reply.status_code == 303
    copy = newest(cast.concord)
    assert (copy.title, copy.opened_at, copy.agencies) == ("Joint training, copy", None, cast.workshop().agencies)
    steps = cast.read(lambda session: steps_of(session, id_of(copy)))
    assert [(step.title, step.setup) for step in steps] == [(step.title, step.setup) for step in cast.steps()]
    assert cast.read(lambda session: session.exec(select(Seat).where(Seat.workshop_id == copy.id)).all()) == []


def test_open_needs_something_on_the_agenda(concord: Concord) -> None:
    trainer = concord.trainer()
    edit = trainer.post("/trainer/workshops/new", data=DETAILS).headers["location"]
    code = edit.split("/")[3]
    assert trainer.post(f"/trainer/w/{code}/open").status_code == 409
    trainer.post(f"/trainer/w/{code}/steps", data={"item": "partnership-barriers"})
    assert trainer.post(f"/trainer/w/{code}/open").headers["location"] == f"/trainer/w/{code}"
    assert newest(concord).opened_at == concord.clock()


def test_close_unlinks_names_for_good(cast: Cast) -> None:
    ann, step = cast.seat("Ann"), cast.step()
    said = {"order": ["s1", "s2"]}

    def answer(session: Session, version: int) -> None:
        session.add(Answer(step_id=step, seat_id=id_of(ann), workshop_id=cast.workshop_id, content=said))
        kept = {"solo": {"version": version, "answers": [{"seat": ann.id, "agency": "health", "answer": said}]}}
        session.add(
            Board(
                step_id=step,
                table_id=ann.table_id,
                workshop_id=cast.workshop_id,
                phase="compare",
                since=cast.concord.clock(),
                frozen=kept,
            )
        )

    cast.concord.db.change_now(cast.workshop_id, answer)
    cast.concord.clock.forward(hours=2)
    assert cast.trainer.get(f"/trainer/w/{cast.code}/close").status_code == 200
    assert cast.trainer.post(f"/trainer/w/{cast.code}/close").status_code == 303
    seats = cast.read(lambda session: session.exec(select(Seat)).all())
    answers = cast.read(lambda session: session.exec(select(Answer)).all())
    board = cast.read(lambda session: session.exec(select(Board)).one())
    assert {seat.name for seat in seats} == {""}
    assert {seat.joined_at for seat in seats} == {cast.concord.clock()}
    assert [one.content for one in answers] == [said]
    assert answers[0].seat_id != ann.id
    assert board.frozen["solo"]["answers"] == [{"seat": answers[0].seat_id, "agency": "health", "answer": said}]
    assert cast.seat("Ann").id == ann.id  # the device still sees its table's result


def test_close_of_a_named_workshop_keeps_names(concord: Concord) -> None:
    workshop_id = a_workshop(concord, disclosure="named", joins="mixed")
    code = codes.join_code(concord.settings.key, workshop_id, 0)
    concord.visitor().post(f"/join/{code}", data={"name": "Ann", "agency": "health"})
    concord.trainer().post(f"/trainer/w/{code}/close")
    assert concord.db.run_now(lambda session: session.exec(select(Seat.name)).all()) == ["Ann"]


def test_closed_workshop_takes_nobody_and_no_change(cast: Cast) -> None:
    form = edit_form(cast.trainer.get(f"/trainer/w/{cast.code}/edit").text)
    cast.trainer.post(f"/trainer/w/{cast.code}/close")
    page = cast.nobody.get(f"/join/{cast.code}")
    assert (page.status_code, "This workshop is over" in page.text, "Joint training" in page.text) == (200, True, False)
    for path in (f"steps/{cast.step()}", "steps", "details", "open"):
        reply = cast.trainer.post(f"/trainer/w/{cast.code}/{path}", data=form | {"item": "partnership-barriers"})
        assert reply.status_code in (409, 422)


def test_delete_asks_first_and_leaves_nothing(cast: Cast) -> None:
    path = f"/trainer/w/{cast.code}/delete"
    assert cast.trainer.get(path).status_code == 200
    assert cast.trainer.post(path).status_code == 422
    assert cast.trainer.post(path, data={"sure": "yes"}).status_code == 409
    cast.trainer.post(f"/trainer/w/{cast.code}/close")
    assert cast.trainer.post(path, data={"sure": "yes"}).headers["location"] == "/trainer"
    left = cast.read(lambda session: [session.exec(select(row)).all() for row in (Workshop, Seat, Step)])
    assert left == [[], [], []]


def test_code_page_shows_code_address_and_square(cast_on_sqlite: Cast) -> None:
    page = cast_on_sqlite.trainer.get(f"/trainer/w/{cast_on_sqlite.code}/code").text
    assert codes.shown(cast_on_sqlite.code) in page
    assert re.search(r'<path d="M0 0h7v1h-7z', page)


def test_people_page_lists_seats_and_takes_one_away(cast: Cast) -> None:
    page = cast.trainer.get(f"/trainer/w/{cast.code}/people").text
    assert [name in page for name in ("Ann", "Ben", "Cat", "Rob")] == [True, True, True, False]
    reply = cast.trainer.post(f"/trainer/w/{cast.code}/seats/{cast.seat('Ben').id}/remove")
    assert reply.status_code == 303
    assert "Ben" not in cast.trainer.get(f"/trainer/w/{cast.code}/people").text


GETS = ("edit", "edit?step=new", "edit?step=details", "code", "people", "close", "delete")
STEPS = ("steps", "steps/{step}", "steps/{step}/earlier", "steps/{step}/drop")
POSTS = (*STEPS, "details", "copy", "open", "close", "delete", "seats/{seat}/remove")


@pytest.mark.parametrize("path", GETS)
def test_pages_of_a_workshop_are_its_trainer_s_alone(cast_on_sqlite: Cast, path: str) -> None:
    cast = cast_on_sqlite
    address = f"/trainer/w/{cast.code}/{path}"
    assert cast.trainer.get(address).status_code == 200
    assert cast.other_trainer.get(address).status_code == 404
    for device in (cast.nobody, cast.ann, cast.removed):
        assert device.get(address).headers["location"].startswith("/trainer/sign-in?next=")


@pytest.mark.parametrize("path", POSTS)
def test_changes_to_a_workshop_are_its_trainer_s_alone(cast_on_sqlite: Cast, path: str) -> None:
    cast = cast_on_sqlite
    before = cast.workshop()
    address = f"/trainer/w/{cast.code}/" + path.format(step=cast.step(), seat=cast.seat("Ann").id)

    def reply(device: TestClient) -> int:
        return device.post(address, data=DETAILS | {"item": "partnership-barriers", "sure": "yes"}).status_code

    assert [reply(device) for device in (cast.other_trainer, cast.nobody, cast.ann, cast.removed)] == [
        404,
        401,
        401,
        401,
    ]
    assert cast.workshop() == before


def test_steps_and_seats_of_another_workshop_are_not_there(cast: Cast) -> None:
    theirs = a_workshop(cast.concord, email="bob@example.org", joins="mixed")
    code = codes.join_code(cast.concord.settings.key, theirs, 0)
    for path in (f"steps/{cast.step()}", f"steps/{cast.step()}/drop", f"seats/{cast.seat('Ann').id}/remove"):
        assert cast.other_trainer.post(f"/trainer/w/{code}/{path}", data={"title": "T"}).status_code == 404
    assert len(cast.steps()) == 1
    assert cast.seat("Ann").removed_at is None


@pytest.mark.parametrize("path", ["steps/0", "steps/99999999999999999999", "steps/x", "seats/2147483648/remove"])
def test_ids_that_cannot_be_are_refused_with_a_sentence(cast_on_sqlite: Cast, path: str) -> None:
    reply = cast_on_sqlite.trainer.post(f"/trainer/w/{cast_on_sqlite.code}/{path}", data={})
    assert reply.status_code in (404, 422)
    assert "<h1>" in reply.text
