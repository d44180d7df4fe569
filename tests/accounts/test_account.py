"""A trainer's own account."""

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from app.accounts.models import Act
from tests.running import PASSWORD, Concord

OTHER = "four other unusual words"


def is_in(device: TestClient) -> bool:
    """Tell whether a device is let into a trainer's pages."""
    return device.get("/trainer/account").status_code == 200


def sign_in(device: TestClient, password: str, email: str = "ann@example.org") -> int:
    """Sign in by password, and give the status."""
    return device.post("/trainer/sign-in", data={"email": email, "password": password}).status_code


def set_password(device: TestClient, new: str, old: str = "") -> int:
    """Send the form for a new password, and give the status."""
    return device.post("/trainer/account/password", data={"new": new, "old": old}).status_code


ROUTES = [
    ("GET", "/trainer/account", 303),
    ("POST", "/trainer/account", 401),
    ("POST", "/trainer/account/keys", 401),
    ("POST", "/trainer/account/password", 401),
    ("POST", "/trainer/account/sign-out-everywhere", 401),
]


@pytest.mark.parametrize(("method", "path", "status"), ROUTES)
def test_account_is_nobody_else_s(concord: Concord, method: str, path: str, status: int) -> None:
    assert concord.visitor().request(method, path).status_code == status
    seated = concord.visitor()
    seated.cookies.set("concord_seat_1", "a seat's token")
    assert seated.request(method, path).status_code == status


@pytest.mark.parametrize(("method", "path", "status"), ROUTES)
def test_account_is_changed_from_its_own_page_only(concord: Concord, method: str, path: str, status: int) -> None:
    device = concord.trainer()
    reply = device.request(method, path, headers={"sec-fetch-site": "cross-site"})
    assert reply.status_code == (200 if method == "GET" else 403)


def test_first_password_needs_no_old_one(concord: Concord) -> None:
    device = concord.trainer()
    assert "Set a password" in device.get("/trainer/account").text
    assert set_password(device, PASSWORD) == 303
    assert sign_in(concord.visitor(), PASSWORD) == 303


def test_changed_password_needs_the_old_one(concord: Concord) -> None:
    set_password(concord.trainer(), PASSWORD)
    device = concord.visitor()
    sign_in(device, PASSWORD)
    assert "Present password" in device.get("/trainer/account").text
    assert set_password(device, OTHER) == 422
    assert set_password(device, OTHER, old="wrong") == 422
    assert set_password(device, OTHER, old=PASSWORD) == 303
    assert sign_in(concord.visitor(), PASSWORD) == 422
    assert sign_in(concord.visitor(), OTHER) == 303


def test_forgotten_password_is_replaced_fresh_from_a_link(concord: Concord) -> None:
    set_password(concord.trainer(), PASSWORD)
    device = concord.trainer()
    assert "Present password" not in device.get("/trainer/account").text
    concord.clock.forward(hours=2)
    assert set_password(device, OTHER) == 422
    assert set_password(concord.trainer(), OTHER) == 303


def test_guessing_at_the_old_password_has_to_wait(concord: Concord) -> None:
    set_password(concord.trainer(), PASSWORD)
    device = concord.visitor()
    sign_in(device, PASSWORD)
    assert [set_password(device, OTHER, old=f"guess {n}") for n in range(11)] == [422] * 10 + [429]


@pytest.mark.parametrize(
    ("new", "why"),
    [
        ("", "Choose a password of at least 10 characters."),
        ("nine char", "Choose a password of at least 10 characters."),
        ("x" * 201, "Choose a password of at most 200 characters."),
        ("Password123", "one of the first that somebody would guess"),
        ("aaaaaaaaaaaa", "one of the first that somebody would guess"),
        ("ANN@example.org", "one of the first that somebody would guess"),
    ],
)
def test_weak_password_is_refused_with_its_reason(concord_on_sqlite: Concord, new: str, why: str) -> None:
    reply = concord_on_sqlite.trainer().post("/trainer/account/password", data={"new": new})
    assert reply.status_code == 422
    assert f'<a href="#new">{why}' in reply.text or why in reply.text
    assert 'aria-invalid="true"' in reply.text


def test_new_password_signs_every_other_device_out(concord: Concord) -> None:
    here, there = concord.trainer(), concord.trainer()
    set_password(here, PASSWORD)
    assert is_in(here)
    assert not is_in(there)


def test_new_password_ends_open_links(concord: Concord) -> None:
    here, link = concord.trainer(), concord.link()
    set_password(here, PASSWORD)
    assert concord.visitor().get(f"/sign-in/{link}").status_code == 410


def test_signing_out_everywhere_ends_every_device_of_this_trainer(concord: Concord) -> None:
    here, there, other = concord.trainer(), concord.trainer(), concord.trainer("bob@example.org")
    link = concord.link()
    reply = here.post("/trainer/account/sign-out-everywhere")
    assert (reply.status_code, reply.headers["location"]) == (303, "/")
    assert [is_in(here), is_in(there), is_in(other)] == [False, False, True]
    assert concord.visitor().get(f"/sign-in/{link}").status_code == 410


def test_devices_are_listed_by_name(concord: Concord) -> None:
    device, link = concord.visitor(), concord.link()
    device.headers["user-agent"] = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
    device.get(f"/sign-in/{link}")
    concord.trainer()
    page = device.get("/trainer/account").text
    assert page.count('<span class="chip chip--action">this one</span>') == 1
    assert "Firefox, Windows" in page
    assert "A device we cannot name" in page


HOSTILE = ["<script>alert(1)</script>", '" hx-get="/trainer" x="', "{{ 7 * 7 }}", "%s %(n)s {0}"]


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_name_is_shown_as_it_was_typed(concord_on_sqlite: Concord, name: str) -> None:
    device = concord_on_sqlite.trainer()
    assert device.post("/trainer/account", data={"email": "ann@example.org", "name": name}).status_code == 303
    page = device.get("/trainer/account").text
    assert "<script>alert" not in page
    assert ' hx-get="' not in page
    assert "49" not in page.partition('id="name"')[2][:200]


def test_invisible_marks_are_not_kept_in_a_name(concord: Concord) -> None:
    device = concord.trainer()
    device.post("/trainer/account", data={"email": "ann@example.org", "name": " A\x00n\u202en\ud83d"[:6] + " \x07Lee "})
    assert 'value="Ann Lee"' in device.get("/trainer/account").text


def test_name_that_is_too_long_is_not_cut(concord: Concord) -> None:
    device = concord.trainer()
    reply = device.post("/trainer/account", data={"email": "ann@example.org", "name": "x" * 81})
    assert reply.status_code == 422
    assert "That is longer than 80 characters." in reply.text
    assert f'value="{"x" * 81}"' in reply.text


@pytest.mark.parametrize("email", ["", "ann", "a b@example.org", "a@b\x00.org", "a" * 65 + "@example.org", "@"])
def test_address_that_cannot_be_one_is_refused(concord: Concord, email: str) -> None:
    reply = concord.trainer().post("/trainer/account", data={"email": email, "name": "Ann"})
    assert reply.status_code == 422
    assert "Type an e-mail address" in reply.text


def test_address_of_somebody_else_is_refused(concord: Concord) -> None:
    concord.trainer("bob@example.org")
    reply = concord.trainer().post("/trainer/account", data={"email": "BOB@example.org", "name": "Ann"})
    assert reply.status_code == 422
    assert "There is an account with this e-mail address already." in reply.text


def test_changed_address_is_the_one_to_sign_in_with(concord: Concord) -> None:
    device = concord.trainer()
    set_password(device, PASSWORD)
    device.post("/trainer/account", data={"email": "Ann.Lee@example.org", "name": "Ann"})
    assert sign_in(concord.visitor(), PASSWORD, "ann.lee@example.org") == 303
    assert sign_in(concord.visitor(), PASSWORD, "ann@example.org") == 422


def test_audit_holds_what_was_done_without_any_content(concord: Concord) -> None:
    device = concord.trainer()
    device.post("/trainer/account", data={"email": "ann@example.org", "name": "CANARY"})
    set_password(device, PASSWORD)
    device.post("/trainer/account/sign-out-everywhere")
    acts = concord.db.run_now(lambda session: [act.what for act in session.exec(select(Act).order_by("id"))])
    assert acts == [
        "signed in by a link",
        "changed the account",
        "signed out other devices",
        "set a password",
        "signed out everywhere",
    ]


def test_single_letter_keys_are_switched_off_and_on_for_this_device(concord_on_sqlite: Concord) -> None:
    ann = concord_on_sqlite.trainer()
    assert 'data-keys="off"' not in ann.get("/trainer/account").text
    ann.post("/trainer/account/keys", data={"keys": "off"})
    assert '<html lang="en" data-audience="desk" data-keys="off">' in ann.get("/trainer/account").text
    ann.post("/trainer/account/keys", data={"keys": "on"})
    assert 'data-keys="off"' not in ann.get("/trainer/account").text
