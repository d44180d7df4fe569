"""The table of rights: for every address and socket, what everybody gets who asks for it.

A number is a status (of a socket: how it is closed, 0 for one that stays open); an address is where a 303 leads;
`SIGN_IN` leads to signing in and back.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.rights.stage import OUTSIDE, PRINCIPALS, SEATS

SIGN_IN = "sign in"
OPEN = 0

Expected = int | str
Everybody = Mapping[str, Expected]

HTMX = {"HX-Request": "true", "Accept": "text/html"}


@dataclass(frozen=True, slots=True)
class Row:
    """One request, and what everybody gets for it; `besides` names the tables that even a refusal may write."""

    method: str
    path: str
    gets: Everybody
    sent: Mapping[str, str] = field(default_factory=dict)
    query: str = ""
    other: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    besides: frozenset[str] = frozenset()

    @property
    def told(self) -> str:
        """Name the row where a test fails."""
        detail = self.query or " ".join(f"{name}={value}" for name, value in {**self.sent, **self.other}.items())
        return f"{self.method} {self.path} {detail}".strip()


def everybody(gets: Expected) -> dict[str, Expected]:
    """Give all the same."""
    return dict.fromkeys(PRINCIPALS, gets)


def sorts(
    *,
    trainer: Expected,
    other: Expected,
    seats: Expected,
    wall: Expected,
    outside: Expected,
    co: Expected | None = None,
) -> dict[str, Expected]:
    """Tell what each sort of people gets: the trainer, another one, seats, the wall, and those outside.

    A co-trainer gets what the trainer gets, unless `co` says otherwise.
    """
    leads = {("trainer",): trainer, ("co_trainer",): trainer if co is None else co}
    groups = leads | {("other_trainer",): other, SEATS: seats, ("wall",): wall, OUTSIDE: outside}
    return {name: gets for names, gets in groups.items() for name in names}


def led(gets: Expected) -> Everybody:
    """A page of those who lead a workshop."""
    return sorts(trainer=gets, other=404, seats=SIGN_IN, wall=SIGN_IN, outside=SIGN_IN)


def led_act(gets: Expected) -> Everybody:
    """A form of those who lead a workshop."""
    return sorts(trainer=gets, other=404, seats=401, wall=401, outside=401)


def own(gets: Expected) -> Everybody:
    """A page that is for the trainer alone whose workshop it is."""
    return sorts(trainer=gets, co=403, other=404, seats=SIGN_IN, wall=SIGN_IN, outside=SIGN_IN)


def own_act(gets: Expected) -> Everybody:
    """A form that is for the trainer alone whose workshop it is."""
    return sorts(trainer=gets, co=403, other=404, seats=401, wall=401, outside=401)


def trainers(gets: Expected) -> Everybody:
    """A page for anybody with an account, of what is their own."""
    return sorts(trainer=gets, other=gets, seats=SIGN_IN, wall=SIGN_IN, outside=SIGN_IN)


def trainers_act(gets: Expected) -> Everybody:
    """A form for anybody with an account, of what is their own."""
    return sorts(trainer=gets, other=gets, seats=401, wall=401, outside=401)


ONLY_SEATS = sorts(trainer=401, other=401, seats=200, wall=401, outside=401)
ONLY_DESK = sorts(trainer=200, other=401, seats=403, wall=401, outside=401)
ONLY_WALL = sorts(trainer=403, other=403, seats=403, wall=200, outside=403)
SEAT_MOVE = sorts(trainer=403, other=401, seats=200, wall=401, outside=401)

GUESS = frozenset({"wrong_guess"})
LINK = frozenset({"sign_in_link", "signed_in", "act"})

MOVE = {"version": "{version}"}
W, DESK = "/w/{code}", "/trainer/w/{code}"
FORM = {"title": "A title", "agencies": "Education\nHealth\nPolice", "tables": "2", "places": "5", "joins": "chosen"}
STATEMENTS = "One\nTwo\nThree\nFour\nFive"

COMING_IN = (
    Row("GET", "/", everybody(200)),
    Row("POST", "/", everybody("/join/{code}"), {"code": "{code}"}),
    Row("POST", "/language", everybody("/library"), {"lang": "cy", "back": "/library"}),
    Row("GET", "/icon.svg", everybody(200)),
    Row("GET", "/healthz", everybody(200)),
    Row("GET", "/readyz", everybody(200)),
    Row("GET", "/metrics", everybody(403)),
    Row("GET", "/library", everybody(200)),
    Row("GET", "/library/{name}", everybody(200)),
    Row("GET", "/join/{code}", sorts(trainer=200, other=200, seats=W, wall=200, outside=200)),
    Row("GET", "/join/{code}", everybody(404), other={"code": "ABCDEFGH"}, besides=GUESS),
    Row("GET", "/join/{code}", sorts(trainer=200, other=200, seats=W, wall=200, outside=200), other={"code": "{qr}"}),
    Row("POST", "/join/{code}", everybody(W), {"name": "Newcomer", "agency": "none", "table": "2"}),
    Row("POST", "/join/{code}", everybody(404), {"name": "N"}, other={"code": "ABCDEFGH"}, besides=GUESS),
    Row("GET", "/rejoin", everybody(200)),
    Row("POST", "/rejoin", everybody(W), {"code": "{code}", "seat_code": "{seat_code}"}),
    Row("POST", "/rejoin", everybody(422), {"code": "{code}", "seat_code": "ABCDEF"}, besides=GUESS),
    Row("POST", "/rejoin", everybody(422), {"code": "{foreign_code}", "seat_code": "{seat_code}"}, besides=GUESS),
)

SHARED = everybody("/join/{code}")

LIVE = (
    Row(
        "GET",
        W,
        sorts(trainer="/join/{code}", other="/join/{code}", seats=200, wall="/join/{code}", outside="/join/{code}"),
    ),
    Row("GET", f"{W}/switch", SHARED | dict.fromkeys(SEATS, 200)),
    Row("POST", f"{W}/switch", SHARED | dict.fromkeys(SEATS, f"{W}/switch"), {"seat_code": "{seat_code}"}),
    Row("POST", f"{W}/switch", SHARED | dict.fromkeys(SEATS, 422), {"seat_code": "ABCDEF"}, besides=GUESS),
    Row("GET", f"{W}/regions", ONLY_SEATS),
    Row("GET", f"{W}/regions", ONLY_DESK, query="as=desk"),
    Row("GET", f"{W}/regions", ONLY_WALL, query="as=wall"),
    Row("WS", f"{W}/live", sorts(trainer=4401, other=4401, seats=OPEN, wall=4401, outside=4401)),
    Row("WS", f"{W}/live", sorts(trainer=OPEN, other=4401, seats=4403, wall=4401, outside=4401), query="as=desk"),
    Row("WS", f"{W}/live", sorts(trainer=4403, other=4403, seats=4403, wall=OPEN, outside=4403), query="as=wall"),
    # What this step's kind has no shared texts of, nobody opens.
    Row(
        "WS",
        f"{W}/texts/{{step}}/{{table}}/{{name}}",
        sorts(trainer=4401, other=4401, seats=4404, wall=4401, outside=4401),
        other={"table": "1", "name": "joint"},
    ),
    Row(
        "WS",
        f"{W}/texts/{{step}}/{{table}}/{{name}}",
        sorts(trainer=4404, other=4403, seats=4403, wall=4403, outside=4403),
        query="as=desk",
        other={"table": "1", "name": "joint"},
    ),
    Row(
        "WS",
        f"{W}/texts/{{step}}/{{table}}/{{name}}",
        sorts(trainer=4401, other=4401, seats=4401, wall=4404, outside=4401),
        query="as=wall",
        other={"table": "1", "name": "joint"},
    ),
    Row("POST", f"{W}/steps/{{step}}/moves", SEAT_MOVE, MOVE | {"move": "done", "done": "true"}, headers=HTMX),
    Row(
        "POST",
        f"{W}/steps/{{step}}/moves",
        ONLY_DESK,
        MOVE | {"move": "clarify", "statement": "s1", "text": "So."},
        headers=HTMX,
    ),
    Row("POST", f"{W}/steps/{{step}}/phase", ONLY_DESK, {"phase": "compare"}, headers=HTMX),
    Row("POST", f"{W}/steps/{{step}}/time", ONLY_DESK, {"seconds": "60"}, headers=HTMX),
    Row("POST", f"{DESK}/wall", ONLY_DESK, {"blank": "true"}, headers=HTMX),
    Row("POST", f"{DESK}/message", ONLY_DESK, {"text": "Tea!"}, headers=HTMX),
    Row("GET", DESK, led(200)),
    Row("GET", "/wall/{code}", ONLY_WALL),
    Row("GET", "/wall/{code}", everybody("/wall/{code}"), query="key={wall_key}"),
    Row("GET", "/wall/{code}", everybody(403), query="key={foreign_wall_key}"),
)

MADE = f"{DESK}/export/made/{{file_id}}"
# A file is there for the trainer alone who asked for it.
ASKED_FOR = sorts(trainer=200, co=404, other=404, seats=SIGN_IN, wall=SIGN_IN, outside=SIGN_IN)
AUDIT = frozenset({"act"})

PREPARING = (
    Row("GET", "/trainer", trainers(200)),
    Row("GET", "/trainer/workshops/new", trainers(200)),
    Row("POST", "/trainer/workshops/new", trainers_act("/trainer/w/*/edit"), FORM),
    Row("POST", f"{DESK}/copy", led_act("/trainer/w/*/edit")),
    Row("POST", f"{DESK}/open", led_act(DESK)),
    Row("GET", f"{DESK}/close", own(200)),
    Row("POST", f"{DESK}/close", own_act("/trainer")),
    Row("GET", f"{DESK}/delete", own(200)),
    Row("POST", f"{DESK}/delete", own_act(422)),
    Row("POST", f"{DESK}/delete", own_act(409), {"sure": "yes"}),
    Row("GET", f"{DESK}/code", led(200)),
    Row("GET", f"{DESK}/people", led(200)),
    Row("POST", f"{DESK}/seats/{{seat_id}}/remove", led_act(f"{DESK}/people")),
    Row("POST", f"{DESK}/seats/{{seat_id}}/table", led_act(f"{DESK}/people"), {"table": "2"}),
    Row("POST", f"{DESK}/seats/{{seat_id}}/table", led_act(404), {"table": "9"}),
    Row("POST", f"{DESK}/balance", led_act(409)),
    Row("POST", f"{DESK}/rotate", led_act("/trainer/w/*/people")),
    Row("POST", f"{DESK}/lock", led_act(f"{DESK}/people"), {"locked": "true"}),
    Row("GET", f"{DESK}/paper", led(200)),
    Row("GET", f"{DESK}/paper", led(200), query="seat={seat_id}"),
    Row("GET", f"{DESK}/paper", led(404), query="seat={foreign_seat}"),
    Row("POST", f"{DESK}/paper/seats", led_act(f"{DESK}/paper?seat=*"), {"name": "Pat", "table": "2"}),
    Row(
        "POST",
        f"{DESK}/paper/{{seat_id}}",
        led_act(f"{DESK}/paper?seat={{seat_id}}&saved=1"),
        {"part": "ballot", "version": "{version}", "step": "{step}", "order": "a b c d"},
    ),
    Row("POST", f"{DESK}/co-trainers", own_act(f"{DESK}/people"), {"email": "bob@example.org"}),
    Row("POST", f"{DESK}/co-trainers", own_act(422), {"email": "eve@example.org"}),
    Row("POST", f"{DESK}/co-trainers/{{trainer_id}}/remove", own_act(f"{DESK}/people")),
    Row("GET", f"{DESK}/edit", led(200)),
    Row("POST", f"{DESK}/details", led_act(f"{DESK}/edit?saved=1&step=details"), FORM | {"seen": "{seen}"}),
    Row("POST", f"{DESK}/steps", led_act(f"{DESK}/edit?saved=1&step=*"), {"item": "{name}"}),
    Row(
        "POST",
        f"{DESK}/steps/{{step_id}}",
        led_act(f"{DESK}/edit?saved=1&step={{step_id}}"),
        {"title": "Later", "statements": STATEMENTS, "discard": "1", "top": "2", "seen": "{step_seen}"},
    ),
    Row("POST", f"{DESK}/steps/{{step_id}}/{{way}}", led_act(f"{DESK}/edit?saved=1"), other={"way": "drop"}),
    Row("POST", f"{DESK}/steps/{{step_id}}/{{way}}", led_act(409)),
    Row("GET", f"{DESK}/texts", led(200)),
    Row("POST", f"{DESK}/texts/{{text_id}}/restore", led_act(404), {"number": "1"}, other={"text_id": "1"}),
    Row("POST", f"{DESK}/texts/{{text_id}}/restore", led_act(422), other={"text_id": "1"}),
    Row("GET", f"{DESK}/worksheets", led(200)),
    Row("GET", f"{DESK}/worksheets", led(200), query="people=2&tables=3"),
    Row("GET", f"{DESK}/worksheets/{{step_id}}", led(200)),
    Row("POST", f"{DESK}/rehearse", led_act("/trainer/w/*")),
    Row("POST", f"{DESK}/rehearse/lead", led_act(409)),
    # Whatever is taken out is written into the audit.
    Row("GET", f"{DESK}/export/{{format}}", led(200), besides=AUDIT),
    Row("GET", f"{DESK}/export/{{format}}", led(200), query="version=participant", besides=AUDIT),
    Row(
        "GET",
        f"{DESK}/export/{{format}}",
        led(200),
        query="version=commissioner",
        other={"format": "csv"},
        besides=AUDIT,
    ),
    Row("GET", f"{DESK}/export/{{format}}", led(404), other={"format": "exe"}),
    Row("GET", f"{DESK}/export/{{format}}", led(422), query="version=mine"),
    Row("POST", f"{DESK}/export", led_act(f"{DESK}/export/made/*"), {"format": "json"}),
    Row("POST", f"{DESK}/export", led_act(404), {"format": "exe"}),
    Row("GET", MADE, ASKED_FOR),
    Row("GET", f"{MADE}/file", ASKED_FOR),
    Row("GET", MADE, led(404), other={"file_id": "no-such-file"}),
    Row("GET", f"{MADE}/file", led(404), other={"file_id": "no-such-file"}),
)

SUMMARY = f"{DESK}/summary"
TODAY = "2026-11-23"
LINKED = "/summary/{link}"

TAKING = (
    Row("GET", SUMMARY, led(200)),
    Row("GET", SUMMARY, led(200), query="version=trainer&language=cy"),
    Row("POST", f"{SUMMARY}/links", led_act(200)),
    Row("POST", f"{SUMMARY}/links/{{link_id}}/withdraw", led_act(f"{SUMMARY}?saved=withdrawn#links")),
    Row("POST", f"{SUMMARY}/links/{{link_id}}/withdraw", led_act(404), other={"link_id": "999999"}),
    # No mail server here.
    Row("POST", f"{SUMMARY}/mail", led_act(404), {"to": "eve@example.org"}),
    Row("POST", f"{DESK}/review", led_act(f"{SUMMARY}?*#review"), {"review_on": TODAY}),
    Row("POST", f"{DESK}/review", led_act(422), {"review_on": "soon"}),
    Row("GET", f"{DESK}/review.ics", led(200)),
    Row("GET", f"{W}/summary", ONLY_SEATS),
    Row("GET", f"{W}/review.ics", ONLY_SEATS),
    Row("GET", LINKED, everybody(200)),
    Row("GET", LINKED, everybody(404), other={"link": "never-given-to-anybody"}),
    Row("GET", LINKED, everybody(410), other={"link": "{withdrawn}"}),
    Row("GET", f"{LINKED}/review.ics", everybody(200)),
    Row("GET", f"{LINKED}/review.ics", everybody(410), other={"link": "{withdrawn}"}),
)

ACCOUNTS = (
    Row("GET", "/sign-in/{token}", everybody("/trainer"), besides=LINK),
    Row(
        "GET",
        "/sign-in/{token}",
        sorts(trainer="/trainer", other="/trainer", seats=410, wall=410, outside=410),
        other={"token": "spent"},
    ),
    Row("GET", "/trainer/sign-in", sorts(trainer="/trainer", other="/trainer", seats=200, wall=200, outside=200)),
    Row("POST", "/trainer/sign-in", everybody(422), {"email": "ann@example.org", "password": "guessed by somebody"}),
    Row("POST", "/trainer/sign-out", everybody("/")),
    Row("GET", "/trainer/account", trainers(200)),
    Row(
        "POST",
        "/trainer/account",
        trainers_act("/trainer/account?saved=1"),
        {"email": "new@example.org", "name": "New"},
    ),
    Row("POST", "/trainer/account/keys", trainers_act("/trainer/account?saved=1"), {"keys": "off"}),
    Row(
        "POST",
        "/trainer/account/password",
        trainers_act("/trainer/account?saved=1"),
        {"new": "four unusual words here"},
    ),
    Row("POST", "/trainer/account/sign-out-everywhere", trainers_act("/")),
)

ROWS = (*COMING_IN, *LIVE, *PREPARING, *TAKING, *ACCOUNTS)
