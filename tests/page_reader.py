"""A page read without a browser, for its tests."""

from __future__ import annotations

from html.parser import HTMLParser


class Page(HTMLParser):
    """What a page is made of: its elements in order, their attributes, and the text of the styles and scripts."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.raw: dict[str, str] = {}
        self._open = ""
        self.feed(page.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep an element."""
        self.elements.append((tag, dict(attrs)))
        self._open = tag

    def handle_data(self, data: str) -> None:
        """Keep what stands in a style sheet or script."""
        if self._open in ("style", "script"):
            self.raw[self._open] = self.raw.get(self._open, "") + data

    def handle_endtag(self, tag: str) -> None:
        """Forget what was open."""
        self._open = ""

    def every(self, attribute: str) -> list[str]:
        """The values of an attribute, in order."""
        return [value for _, held in self.elements for value in [held.get(attribute)] if value is not None]
