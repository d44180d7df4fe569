"""E-mail: what a mail server on this machine is told, and what happens where it takes nothing."""

import socketserver
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest

from app.web import mail
from app.web.mail import Mail, NotSent, send


@dataclass(slots=True)
class Post:
    """A mail server that keeps what it is given; it refuses addresses of `refuse`, and hangs up after `most`."""

    port: int = 0
    refuse: str = "@nowhere.example"
    most: int = 100
    got: list[tuple[str, list[str], EmailMessage]] = field(default_factory=list)

    @property
    def address(self) -> str:
        """The setting that names it."""
        return f"smtp://127.0.0.1:{self.port}?from=concord@example.org"


class Counter(socketserver.StreamRequestHandler):
    """Speaks as much SMTP as sending a mail takes."""

    def handle(self) -> None:
        """Serve one line."""
        post: Post = self.server.post  # type: ignore[attr-defined]  # given below
        sender, to = "", [""][:0]
        self.say("220 here")
        for line in self.rfile:
            told = line.decode().strip()
            word = told.upper().partition(" ")[0]
            if word == "DATA":
                self.say("354 go on")
                text = b"".join(iter(self.rfile.readline, b".\r\n"))
                whole = message_from_bytes(text, policy=policy.default)
                assert isinstance(whole, EmailMessage)
                post.got.append((sender, to, whole))
                if len(post.got) >= post.most:
                    return
            elif word == "MAIL":
                sender, to = told.split("<")[1].split(">")[0], []
            elif word == "RCPT":
                if post.refuse in told:
                    self.say("550 nobody of that name")
                    continue
                to.append(told.split("<")[1].split(">")[0])
            self.say("221 bye" if word == "QUIT" else "250 ok")
            if word == "QUIT":
                return

    def say(self, words: str) -> None:
        """Answer."""
        self.wfile.write(f"{words}\r\n".encode())


@pytest.fixture
def post() -> Iterator[Post]:
    """A mail server on a port of its own."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Counter) as server:
        server.daemon_threads = True
        found = Post(port=server.server_address[1])
        server.post = found  # type: ignore[attr-defined]  # for its handler
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        yield found
        server.shutdown()


pytestmark = pytest.mark.anyio


async def test_each_address_gets_a_mail_of_its_own(post: Post) -> None:
    refused = await send(
        post.address, Mail("Crynodeb: ŵ", "Dyma’r crynodeb.\n", ["ann@example.org", "ben@example.org"])
    )
    assert refused == []
    assert [(sender, to, str(whole["To"])) for sender, to, whole in post.got] == [
        ("concord@example.org", ["ann@example.org"], "ann@example.org"),
        ("concord@example.org", ["ben@example.org"], "ben@example.org"),
    ]
    (_, _, first), (_, _, second) = post.got
    assert (str(first["Subject"]), first.get_content().replace("\r\n", "\n")) == ("Crynodeb: ŵ", "Dyma’r crynodeb.\n")
    assert first["Message-ID"] != second["Message-ID"]


async def test_addresses_that_are_refused_are_told_and_hold_up_nobody(post: Post) -> None:
    to = ["a@nowhere.example", "ann@example.org", "two,three@example.org", "x<y>@example.org", "ben@example.org"]
    assert await send(post.address, Mail("S", "T", to)) == [to[0], to[2], to[3]]
    assert [given for _, given, _ in post.got] == [["ann@example.org"], ["ben@example.org"]]


async def test_title_cannot_become_a_header(post: Post) -> None:
    await send(post.address, Mail("Summary\r\nBcc: eve@example.org", "T", ["ann@example.org"]))
    ((_, to, whole),) = post.got
    assert (to, whole["Bcc"], str(whole["Subject"])) == (["ann@example.org"], None, "Summary Bcc: eve@example.org")


async def test_line_that_breaks_half_way_says_who_is_left(post: Post) -> None:
    post.most = 2
    to = [f"{name}@example.org" for name in ("ann", "ben", "cat")]
    assert await send(post.address, Mail("S", "T", to)) == ["ben@example.org", "cat@example.org"]


async def test_server_that_is_not_there_is_said_without_a_detail(post: Post) -> None:
    with pytest.raises(NotSent) as trouble:
        await send("smtp://me:secret@127.0.0.1:9", Mail("S", "T", ["ann@example.org"]))
    assert str(trouble.value) == mail.NOTHING_SENT


async def test_no_password_goes_over_a_line_that_others_can_read(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mail, "is_loopback", lambda host: False)
    with pytest.raises(NotSent):
        await send(f"smtp://me:secret@127.0.0.1:{post.port}", Mail("S", "T", ["ann@example.org"]))
    assert post.got == []
