"""A page opened in a real browser, for its tests: what it asked for, what is lit, what axe finds."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page


class Opened:
    """A page opened from disk, with all that it asked for and complained of."""

    def __init__(self, page: Page, file: Path) -> None:
        self.page = page
        self.requests: list[str] = []
        self.complaints: list[str] = []
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("console", lambda message: self.complaints.append(message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.goto(file.as_uri())

    def lit(self) -> list[str]:
        """The identifiers of what is lit, and the class names of what has none."""
        found: Any = self.page.evaluate("[...document.querySelectorAll('.lit')].map(e => e.id || e.className)")
        return [str(one) for one in found]

    def view(self) -> list[float]:
        """The part of the map that is shown: left, top, width, height."""
        found: Any = self.page.evaluate(
            "document.getElementById('view').getAttribute('viewBox').split(' ').map(Number)"
        )
        return [float(one) for one in found]

    def focused(self) -> str:
        """The identifier of what has the focus, or of what holds it."""
        script = "(e => e.id || (e.closest('[id]') || {}).id || e.tagName)(document.activeElement)"
        return str(self.page.evaluate(script))


def problems_of_axe(opened: Opened) -> list[tuple[str, object, object]]:
    """What breaks the rules of axe for WCAG 2.2 AA; the test is skipped where axe is missing."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="needs axe-playwright-python")
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    found = axe.Axe().run(opened.page, options={"runOnly": {"type": "tag", "values": tags}})
    return [
        (one["id"], node["target"], node.get("failureSummary"))
        for one in found.response["violations"]
        for node in one["nodes"]
    ]
