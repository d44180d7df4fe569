"""The built front end: scripts, styles and fonts, served from memory under names that change with their content."""

import gzip
import json
import mimetypes
from dataclasses import dataclass
from pathlib import Path

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from app.errors import N_, NotFound

DIST = Path(__file__).parents[1] / "static" / "dist"
FOR_EVER = "public, max-age=31536000, immutable"
PACKS_WELL = {"text/css", "text/javascript", "image/svg+xml", "application/json"}


@dataclass(frozen=True, slots=True)
class Asset:
    """One built file, as it is and packed."""

    content: bytes
    packed: bytes | None
    media_type: str


class Assets:
    """The files of the front end, read once: a hall of phones that arrives together costs no disk."""

    def __init__(self, folder: Path = DIST) -> None:
        manifest = folder / "manifest.json"
        self.names: dict[str, str] = json.loads(manifest.read_text()) if manifest.exists() else {}
        self._files = {path.name: read(path) for path in sorted(folder.glob("*.*")) if path != manifest}

    @property
    def built(self) -> bool:
        """Whether the front end has been built at all."""
        return bool(self.names)

    def address(self, name: str) -> str:
        """Say where a page finds a script or style sheet by its own name, as `seat.js`."""
        return f"/static/{self.names.get(name, name)}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request for a file: nothing outside the list of built files can be asked for."""
        name = scope["path"].rpartition("/static/")[2]
        asset = self._files.get(name)
        if asset is None or scope["method"] not in ("GET", "HEAD"):
            raise NotFound(N_("There is nothing at this address."))
        headers = {"cache-control": FOR_EVER, "vary": "accept-encoding"}
        content = asset.content
        if asset.packed is not None and "gzip" in Headers(scope=scope).get("accept-encoding", ""):
            headers["content-encoding"] = "gzip"
            content = asset.packed
        await Response(content, media_type=asset.media_type, headers=headers)(scope, receive, send)


def read(path: Path) -> Asset:
    """Read one file, and pack it where that makes it smaller."""
    content = path.read_bytes()
    kind = "text/javascript" if path.suffix == ".js" else mimetypes.guess_type(path.name)[0]
    packed = gzip.compress(content, 9, mtime=0) if kind in PACKS_WELL else None
    return Asset(content, packed, kind or "application/octet-stream")
