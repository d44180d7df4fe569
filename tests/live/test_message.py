"""The trainer's message: every seat sees it until it is taken away."""

from tests.cast import Cast
from tests.live.acting import AS_PAGE, phase
from tests.live.test_socket import address, next_frame

TEXT = "Back at eleven.\nBring <b>tea</b>."


def tell(cast: Cast, text: str) -> int:
    return cast.trainer.post(f"/trainer/w/{cast.code}/message", data={"text": text}, headers=AS_PAGE).status_code


def test_a_message_reaches_every_table_and_goes_again(cast: Cast) -> None:
    phase(cast, "read")
    with cast.cat.websocket_connect(address(cast)) as line:
        next_frame(line)
        assert tell(cast, TEXT) == 200
        assert "Back at eleven." in next_frame(line)
        for seat in (cast.ann, cast.cat):
            page = seat.get(f"/w/{cast.code}").text
            assert "From the trainer, to everyone" in page
            assert "Back at eleven.<br>Bring &lt;b&gt;tea&lt;/b&gt;." in page
        assert tell(cast, "  ") == 200
        assert "Back at eleven." not in next_frame(line)
    assert cast.workshop().message == ""


def test_a_message_has_at_most_500_characters(cast_on_sqlite: Cast) -> None:
    assert (tell(cast_on_sqlite, "é" * 500), tell(cast_on_sqlite, "x" * 501)) == (200, 422)
    assert cast_on_sqlite.workshop().message == "é" * 500


def test_a_message_from_a_page_without_scripts_leads_back_to_the_desk(cast_on_sqlite: Cast) -> None:
    cast = cast_on_sqlite
    sent = {"data": {"text": "Tea!"}, "headers": {"Accept": "text/html"}}
    reply = cast.trainer.post(f"/trainer/w/{cast.code}/message", **sent)  # type: ignore[arg-type]  # by name
    assert (reply.status_code, reply.headers["location"]) == (303, f"/trainer/w/{cast.code}")
    assert cast.workshop().message == "Tea!"
