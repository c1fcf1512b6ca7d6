"""One opened page, and whatever went wrong on it."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser, Page


class Visit:
    """A page of a size, with every word on the console, error and request outside that it made."""

    def __init__(
        self, browser: Browser, file: Path, width: int = 1280, height: int = 900, *, dark: bool = False
    ) -> None:
        self.wrong: list[str] = []
        scheme = "dark" if dark else "light"
        self.page: Page = browser.new_page(
            viewport={"width": width, "height": height}, color_scheme="dark" if scheme == "dark" else "light"
        )
        self.page.on("console", lambda said: self.wrong.append(f"console: {said.text}"))
        self.page.on("pageerror", lambda error: self.wrong.append(f"error: {error}"))
        self.page.on("request", lambda asked: self.asked(asked.url))
        self.page.goto(file.as_uri())

    def asked(self, address: str) -> None:
        """Note a request that leaves this machine's files; a blob is a piece of the page itself."""
        if not address.startswith(("file:", "blob:file:")):
            self.wrong.append(f"request: {address}")

    def names(self) -> list[str]:
        """The names of the rows that the Gantt has drawn."""
        shown = self.page.locator("#gantt tbody tr:not(.spacer) th b")
        return [str(name) for name in shown.all_text_contents()]
