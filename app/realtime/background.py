"""Work that runs beside the requests for as long as Concord serves."""

import asyncio
from collections.abc import Awaitable, Callable

import structlog

log = structlog.get_logger()

PAUSE_SECONDS = 1.0


async def kept_up(name: str, run: Callable[[], Awaitable[None]]) -> None:
    """Run something for ever; what breaks it is written down, and it begins again."""
    while True:
        try:
            await run()
        except Exception:
            log.exception("background work broke", work=name)
            await asyncio.sleep(PAUSE_SECONDS)
