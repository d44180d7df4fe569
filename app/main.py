"""The app: create_app() wires everything together and decides nothing itself."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime

from fastapi import FastAPI

from app.accounts.routes import router as accounts
from app.config import Settings
from app.db import Database
from app.exports.routes import router as exports
from app.exports.start import making
from app.exports.taking import router as summaries
from app.live.move_routes import router as moves
from app.live.paper_routes import router as paper
from app.live.routes import router as screens
from app.live.start import live
from app.rehearsals.routes import router as rehearsals
from app.rehearsals.running import rehearsing
from app.texts.routes import router as versions
from app.texts.socket import router as texts
from app.texts.start import sharing
from app.web.errors import add_refusals
from app.web.forms import MOST_FIELDS
from app.web.limits import Limits
from app.web.pages import router as pages
from app.web.security import BodyLimit, Guard, Packing, SameSite
from app.web.state import State, utc_now
from app.web.templates import assets
from app.workshops.routes import router as workshops

# The first is looked at first: moves are what comes most often.
FEATURES = (moves, screens, texts, versions, paper, workshops, rehearsals, exports, summaries, accounts, pages)


def create_app(settings: Settings | None = None, *, now: Callable[[], datetime] = utc_now) -> FastAPI:
    """Make a Concord on a database that has been migrated; `now` is its clock."""
    settings = settings or Settings()
    app = FastAPI(
        title="Concord",
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        redirect_slashes=False,
        form_limits={"max_files": 0, "max_fields": MOST_FIELDS},
        # Traces name addresses, which hold codes and tokens.
        telemetry={"tracing": False, "metrics": False, "logs": False},
    )
    app.state.concord = State(settings, Database(settings.database_address), now, Limits())
    add_refusals(app)
    # The last one added is the outermost.
    app.add_middleware(Packing)
    app.add_middleware(BodyLimit)
    app.add_middleware(SameSite, settings=settings)
    app.add_middleware(Guard, settings=settings)
    for router in FEATURES:
        app.include_router(router)
    app.mount("/static", assets())
    return app


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Open the live lines for as long as the app runs, and close the database after it."""
    try:
        async with live(app), sharing(app), rehearsing(app), making(app):
            yield
    finally:
        app.state.concord.db.close()
