"""What a browser complains of: scripts that fail, things a policy forbids, and any line in the console."""

import re
from dataclasses import dataclass, field

from playwright.sync_api import BrowserContext, ConsoleMessage

# A line that was cut complains in the browser's own words; a test that cuts one says so.
CUT_OFF = r"net::ERR_|WebSocket connection to .* failed|htmx:ws:error"
# so does a socket that was still opening as its page went away
LEFT_SOON = "WebSocket is closed before the connection is established"


@dataclass  # Playwright marks the methods that it calls: no slots
class Troubles:
    """All complaints of all devices of a test; those it expects are left out."""

    heard: list[str] = field(default_factory=list)
    expected: list[str] = field(default_factory=lambda: [LEFT_SOON])

    def expect(self, *patterns: str) -> None:
        """Say which complaints belong to what the test does."""
        self.expected.extend(patterns)

    def watch(self, context: BrowserContext) -> None:
        """Listen to every page of a device."""
        context.on("console", self._said)
        context.on("weberror", lambda error: self.heard.append(f"error: {error.error}"))

    def _said(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning", "assert"):
            self.heard.append(f"{message.type}: {message.text} ({message.location.get('url', '')})")

    @property
    def unexpected(self) -> list[str]:
        """What nobody expected."""
        return [line for line in self.heard if not any(re.search(pattern, line) for pattern in self.expected)]
