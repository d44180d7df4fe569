"""Serving: migrations first, then the way in on the terminal, then the server with its limits."""

import contextlib
import gc
import io
import socket
from collections.abc import Callable

import segno
import uvicorn
from fastapi import FastAPI

from app.cli.migrate import upgrade
from app.cli.people import first_link
from app.cli.terminal import fail, say
from app.config import Settings
from app.main import create_app
from app.web.addresses import is_loopback, served_at
from app.web.logs import configure_logs
from app.web.templates import assets

WORKER = "app.cli.serve:worker"


def serve(settings: Settings, host: str, port: int, workers: int) -> None:
    """Serve until it is stopped."""
    if workers > 1 and settings.database_address.startswith("sqlite"):
        fail("Several workers need PostgreSQL: set CONCORD_DATABASE_URL, or serve with one worker.")
    if not assets().built:
        fail("The front end is not built: run `make setup`.")
    configure_logs(settings)
    with contextlib.closing(listen(host, port)) as listening:
        upgrade(settings)
        here = is_loopback(host) and not settings.public_url
        at = f"http://localhost:{port}" if here else served_at(settings, port)
        words = welcome(at, first_link(settings, at))
        run(configured(settings, workers), listening, words)


def run(config: uvicorn.Config, listening: socket.socket, words: str) -> None:
    """Run the server, or a crew of workers, and speak."""
    if config.workers > 1:
        from uvicorn.supervisors import Multiprocess

        say(words, plain=True)
        Multiprocess(config, sockets=[listening]).run()
        return
    server = Announcing(config, lambda: say(words, plain=True))
    with contextlib.suppress(KeyboardInterrupt):  # Ctrl+C is how it is meant to end
        server.run(sockets=[listening])
    if not server.started:
        fail("Concord could not start; the lines above say why.")


class Announcing(uvicorn.Server):
    """A server that speaks once it answers."""

    def __init__(self, config: uvicorn.Config, announce: Callable[[], None]) -> None:
        super().__init__(config)
        self.announce = announce

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then speak."""
        await super().startup(sockets)
        if self.started:
            self.announce()


def configured(settings: Settings, workers: int, make: str | Callable[[], FastAPI] = WORKER) -> uvicorn.Config:
    """Set the server's limits; what they defend against is told in the threat model. `make` makes the app."""
    return uvicorn.Config(
        make,
        factory=True,
        workers=workers,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=settings.trusted_proxy is not None,
        forwarded_allow_ips=settings.trusted_proxy or "",
        ws_max_size=65536,
        ws_max_queue=8,
        ws_per_message_deflate=False,
        ws_ping_interval=15,
        ws_ping_timeout=10,
        timeout_graceful_shutdown=8,
        timeout_keep_alive=90,  # longer than a proxy keeps its lines, so that it never writes to a closed one
        limit_concurrency=6000,
    )


def worker() -> FastAPI:
    """Make the app in a worker, from the environment's settings."""
    settings = Settings()
    configure_logs(settings)
    app = create_app(settings)
    # What is loaded by now stays: the collector need not go through it again and again, with a whole room waiting.
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)
    return app


def listen(host: str, port: int) -> socket.socket:
    """Take the port, before anything is promised about it."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    taken = socket.socket(family, socket.SOCK_STREAM)
    taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        taken.bind((host, port))
    except OSError as trouble:
        taken.close()
        fail(f"Cannot listen on {host}, port {port}: {trouble.strerror}. Choose another with --port.")
    taken.set_inheritable(True)
    return taken


def welcome(at: str, link: str | None) -> str:
    """Write what a trainer needs to begin: a link for the laptop, an address and a QR code for phones."""
    drawn = io.StringIO()
    segno.make(at, error="m").terminal(drawn, border=2, compact=True)
    if link:
        door = f"Trainer, open this link; it signs you in once:\n\n  {link}"
    else:
        door = f"Trainers sign in at {at}/trainer"
    phones = f"Phones in this network reach it at {at}\n\n{drawn.getvalue()}"
    return f"\nConcord is running.\n\n{door}\n\n{phones}\nStop with Ctrl+C.\n"
