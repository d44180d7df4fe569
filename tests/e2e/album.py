"""Pictures of the screens for the documents, taken by the tests as they play."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from playwright.sync_api import Page

LARGE = {"width": 390, "height": 844}
SMALL = {"width": 360, "height": 740}


@dataclass(frozen=True, slots=True)
class Album:
    """A folder of pictures; without one, nothing is taken and no time is lost."""

    folder: Path | None

    def take(self, page: Page, name: str) -> None:
        """Take a page in light and in dark; a phone also when it is small."""
        if self.folder is None:
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        page.evaluate("() => document.fonts.ready")
        phone = page.viewport_size == LARGE
        for scheme, ending in (("light", ""), ("dark", "-dark")):
            page.emulate_media(color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce")
            self._save(page, f"{name}{ending}", fine=not ending)
        page.emulate_media(color_scheme="light", reduced_motion="reduce")
        if phone:
            page.set_viewport_size({"width": SMALL["width"], "height": SMALL["height"]})
            self._save(page, f"{name}-360")
            page.set_viewport_size({"width": LARGE["width"], "height": LARGE["height"]})
        page.emulate_media(color_scheme="null", reduced_motion="null")

    def _save(self, page: Page, name: str, *, fine: bool = False) -> None:
        assert self.folder is not None
        scale: Literal["device", "css"] = "device" if fine else "css"
        page.screenshot(path=self.folder / f"{name}.png", animations="disabled", caret="hide", scale=scale)
