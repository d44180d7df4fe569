"""A workshop to try things on, made from a terminal."""

import json
from contextlib import closing
from typing import Any

from app.cli.migrate import upgrade
from app.config import Settings
from app.db import Database
from app.web.state import utc_now
from app.workshops.codes import shown
from app.workshops.seed import seed


def seeded(settings: Settings, agenda: str, tables: int, seats: int, *, as_json: bool) -> str:
    """Make the workshop, and tell its addresses."""
    upgrade(settings)
    with closing(Database(settings.database_address)) as db:
        made = seed(db, settings, utc_now(), agenda=agenda, tables=tables, seats=seats)
    return json.dumps(made) if as_json else told(made)


def told(made: dict[str, Any]) -> str:
    """Tell the addresses of a workshop in words."""
    lines = [
        f"Workshop {shown(made['workshop'])}, open, with {len(made['seats'])} people.",
        f"Desk (signs you in once): {made['desk']}",
        f"Wall: {made['wall']}",
        "Seats, each with the cookie that holds it:",
    ]
    lines += [f"  table {seat['table']}  {seat['agency']:<12}  {seat['cookie']}" for seat in made["seats"]]
    return "\n".join(lines)
