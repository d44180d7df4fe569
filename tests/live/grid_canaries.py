"""Every byte that everybody at a grid receives: pages, regions, sockets, texts, versions and exports."""

import io
import zipfile
from collections.abc import Iterable, Iterator

from httpx2 import Response
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from app.workshops.find import id_of
from tests.cast import Cast
from tests.live.pads import pad

TEXTS = ("cell-r1-health", "cell-r1-police", "joint-r1")
EXPORTS = ("participant", "commissioner", "trainer")
DESK = ("", "/people", "/paper")
TURNED_AWAY = ("removed", "other_trainer", "nobody")

Bytes = dict[str, str]
"""All that somebody receives, by who it is."""


def everything(cast: Cast, wall: TestClient, tables: Iterable[int] = (1,)) -> Bytes:
    """Gather all that everybody receives now, each from their own devices; exports stand apart from the desk."""
    seated = {name: device for name, device in cast.seats.items() if name != "Rob"}
    found = {name: "".join(of_seat(cast, device)) for name, device in seated.items()}
    found |= {f"{name}'s texts": "".join(of_texts(cast, device, "seat", tables)) for name, device in seated.items()}
    found |= {"desk": "".join(of_desk(cast)), "wall": "".join(of_wall(cast, wall))}
    # Apart, for what is hidden from there may still stand on the desk.
    found["desk's texts"] = "".join(of_texts(cast, cast.trainer, "desk", tables))
    found["versions"] = cast.trainer.get(f"/trainer/w/{cast.code}/texts").text
    found["wall's texts"] = "".join(of_texts(cast, wall, "wall", tables))
    found |= {f"{version} export": "".join(of_export(cast, version)) for version in EXPORTS}
    turned_away = [getattr(cast, name) for name in TURNED_AWAY]
    found["turned away"] = "".join(
        one
        for device in turned_away
        for one in (*of_seat(cast, device), *of_texts(cast, device, "seat", tables), *of_desk(cast, device))
    )
    return found


def readers(found: Bytes, word: str) -> set[str]:
    """Name everybody who receives a word; what a seat reads in a text, it reads."""
    return {who.removesuffix("'s texts") for who, received in found.items() if word in received}


def of_seat(cast: Cast, device: TestClient) -> Iterator[str]:
    """Give what a seat receives."""
    yield device.get(f"/w/{cast.code}").text
    yield device.get(f"/w/{cast.code}/regions").text
    yield from of_line(cast, device, "seat")


def of_desk(cast: Cast, device: TestClient | None = None) -> Iterator[str]:
    """Give what is shown at the desk."""
    device, desk = device or cast.trainer, f"/trainer/w/{cast.code}"
    for path in (*DESK, f"/paper?seat={id_of(cast.seat('Ben'))}"):
        yield device.get(f"{desk}{path}").text
    yield device.get(f"/w/{cast.code}/regions?as=desk").text
    yield from of_line(cast, device, "desk")


def of_wall(cast: Cast, wall: TestClient) -> Iterator[str]:
    """Give what the wall shows."""
    yield wall.get(f"/wall/{cast.code}").text
    yield wall.get(f"/w/{cast.code}/regions?as=wall").text
    yield from of_line(cast, wall, "wall")


def of_line(cast: Cast, device: TestClient, wanted: str) -> Iterator[str]:
    """Give the first picture that a line brings; nothing where it is closed."""
    try:
        with device.websocket_connect(f"/w/{cast.code}/live?v=0&as={wanted}") as line:
            while (frame := line.receive_text()).startswith("{"):
                yield frame
            yield frame
    except WebSocketDisconnect:
        return


def of_texts(cast: Cast, device: TestClient, wanted: str, tables: Iterable[int]) -> Iterator[str]:
    """Give the words of all shared texts that open themselves to somebody."""
    for table in tables:
        for name in TEXTS:
            try:
                with pad(cast, device, name, table, wanted) as page:
                    yield f"{page.words}\n"
            except WebSocketDisconnect:
                continue


def of_export(cast: Cast, version: str) -> Iterator[str]:
    """Give what a version of the export holds, unpacked."""
    for written in ("json", "csv"):
        reply = cast.trainer.get(f"/trainer/w/{cast.code}/export/{written}?version={version}")
        assert reply.status_code == 200
        yield from unpacked(reply)


def unpacked(reply: Response) -> Iterator[str]:
    """Read a file, unpacked where it is packed."""
    if "zip" not in reply.headers["content-type"]:
        yield reply.text
        return
    with zipfile.ZipFile(io.BytesIO(reply.content)) as packed:
        for name in packed.namelist():
            yield packed.read(name).decode("utf-8-sig")
