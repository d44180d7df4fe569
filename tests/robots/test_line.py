import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from app.robots.line import Hung, Inside

Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]


async def echo(scope: dict[str, Any], receive: Receive, send: Send) -> None:
    """Say everything back that one sends, after who one is; hang up on a full stop."""
    assert (await receive())["type"] == "websocket.connect"
    if scope["path"] != "/open":
        await send({"type": "websocket.close", "code": 4404})
        return
    await send({"type": "websocket.accept"})
    await send({"type": "websocket.send", "text": dict(scope["headers"])[b"cookie"].decode()})
    while (message := await receive())["type"] == "websocket.receive":
        if message["bytes"] == b".":
            await send({"type": "websocket.close", "code": 1000})
            return
        await send({"type": "websocket.send", "bytes": message["bytes"] + scope["query_string"]})


async def test_line_into_an_app_goes_both_ways() -> None:
    line = await Inside.to(echo, "/open?as=seat", "seat=1")
    assert await line.hear() == b"seat=1"
    await line.send(b"words ")
    assert await line.hear() == b"words as=seat"
    await line.close()
    with pytest.raises(Hung):
        await line.send(b"more")


async def test_line_that_the_app_closes_is_closed_for_whoever_listens() -> None:
    line = await Inside.to(echo, "/open", "seat=1")
    await line.hear()
    await line.send(b".")
    for _ in range(2):
        with pytest.raises(Hung):
            await asyncio.wait_for(line.hear(), 5)
    await line.close()


async def test_line_that_the_app_refuses_is_never_opened() -> None:
    with pytest.raises(Hung):
        await Inside.to(echo, "/shut", "seat=1")
