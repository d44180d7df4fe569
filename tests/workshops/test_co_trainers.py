"""Co-trainers: named by the trainer whose workshop it is, they lead it, too, until they are taken away."""

from sqlmodel import Session, select
from starlette.testclient import TestClient

from app.accounts.models import Act, Trainer
from app.accounts.service import known
from app.workshops.models import CoTrainer, Workshop
from tests.cast import Cast

BOB = "bob@example.org"


def name(cast: Cast, email: str = BOB, device: TestClient | None = None) -> int:
    return (device or cast.trainer).post(f"/trainer/w/{cast.code}/co-trainers", data={"email": email}).status_code


def drop(cast: Cast, device: TestClient | None = None) -> int:
    bob = cast.read(lambda session: known(session.exec(select(Trainer).where(Trainer.email == BOB)).one()))
    return (device or cast.trainer).post(f"/trainer/w/{cast.code}/co-trainers/{bob}/remove").status_code


def named(cast: Cast) -> list[str]:
    wanted = select(Trainer.email).join(CoTrainer).where(CoTrainer.workshop_id == cast.workshop_id)
    return cast.read(lambda session: list(session.exec(wanted)))


def test_a_co_trainer_leads_and_finds_the_workshop_in_the_list(cast: Cast) -> None:
    bob = cast.other_trainer
    assert "Joint training" not in bob.get("/trainer").text
    assert name(cast, " Bob@Example.org ") == 303
    listed = bob.get("/trainer").text
    assert "You are a co-trainer. The workshop is ann@example.org’s." in listed
    assert [f"/trainer/w/{cast.code}/{act}" in listed for act in ("copy", "close", "delete")] == [True, False, False]
    for path in ("", "/edit", "/people", "/code", "/export/json"):
        assert bob.get(f"/trainer/w/{cast.code}{path}").status_code == 200, path
    assert "You are a co-trainer" not in cast.trainer.get("/trainer").text


def test_what_is_the_trainer_s_alone_a_co_trainer_may_not_do(cast_on_sqlite: Cast) -> None:
    cast = cast_on_sqlite
    name(cast)
    bob = cast.other_trainer
    assert (name(cast, "eve@example.org", bob), drop(cast, bob)) == (403, 403)
    for path in ("close", "delete"):
        assert bob.get(f"/trainer/w/{cast.code}/{path}").status_code == 403
        assert bob.post(f"/trainer/w/{cast.code}/{path}", data={"sure": "yes"}).status_code == 403
    page = bob.get(f"/trainer/w/{cast.code}/people").text
    assert BOB in page
    assert ("Name a co-trainer" in page, "remove-co-trainer" in page) == (False, False)


def test_an_address_that_no_trainer_has_is_said_in_plain_words(cast: Cast) -> None:
    reply = cast.trainer.post(f"/trainer/w/{cast.code}/co-trainers", data={"email": "nobody@example.org"})
    assert reply.status_code == 422
    assert "There is no trainer with this address here." in reply.text
    assert 'value="nobody@example.org"' in reply.text
    assert (name(cast, "no address"), name(cast, "ann@example.org"), named(cast)) == (422, 422, [])


def test_guessing_addresses_is_limited(cast_on_sqlite: Cast) -> None:
    cast = cast_on_sqlite
    tried = [name(cast, f"guess{number}@example.org") for number in range(11)]
    assert tried == [422] * 10 + [429]


def test_naming_somebody_twice_names_them_once(cast: Cast) -> None:
    assert (name(cast), name(cast), named(cast)) == (303, 303, [BOB])


def test_a_co_trainer_who_was_removed_has_no_right_any_more(cast: Cast) -> None:
    name(cast)
    assert (drop(cast), named(cast), drop(cast)) == (303, [], 404)
    assert cast.other_trainer.get(f"/trainer/w/{cast.code}").status_code == 404
    assert cast.other_trainer.post(f"/trainer/w/{cast.code}/lock", data={"locked": "true"}).status_code == 404
    assert cast.workshop().locked is False


def test_a_copy_is_the_one_s_who_made_it_and_has_no_co_trainers(cast: Cast) -> None:
    name(cast)
    assert cast.other_trainer.post(f"/trainer/w/{cast.code}/copy").status_code == 303

    def newest(session: Session) -> tuple[str, int]:
        copy = session.exec(select(Workshop).order_by(Workshop.id.desc())).first()  # type: ignore[union-attr]  # a column
        assert copy is not None
        leader = session.get_one(Trainer, copy.trainer_id)
        return leader.email, len(session.exec(select(CoTrainer).where(CoTrainer.workshop_id == copy.id)).all())

    assert cast.read(newest) == (BOB, 0)


def test_what_a_co_trainer_does_is_written_down_as_theirs(cast: Cast) -> None:
    name(cast)
    cast.other_trainer.post(f"/trainer/w/{cast.code}/wall", data={"blank": "true"})
    cast.other_trainer.post(f"/trainer/w/{cast.code}/lock", data={"locked": "true"})
    wanted = select(Act.what, Trainer.email).join(Trainer).where(Act.workshop_id == cast.workshop_id).order_by("what")
    assert [tuple(row) for row in cast.read(lambda session: session.exec(wanted).all())] == [
        ("blanked the wall", BOB),
        ("co-trainer named", "ann@example.org"),
        ("room locked", BOB),
    ]


def test_deleting_a_workshop_leaves_no_co_trainers(cast: Cast) -> None:
    name(cast)
    cast.trainer.post(f"/trainer/w/{cast.code}/close")
    assert cast.trainer.post(f"/trainer/w/{cast.code}/delete", data={"sure": "yes"}).status_code == 303
    assert named(cast) == []
