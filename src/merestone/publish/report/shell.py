"""What is around every page: its head with a strict policy, its chapters, the buttons of its map.

The content security policy allows nothing but the page's own style sheet and script, each by its SHA-256.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from merestone.publish.report.markup import Content, Markup, element
from merestone.publish.report.sorting import SORTING


@dataclass(frozen=True, slots=True)
class Shell:
    """The title for a tab, what made the page, which way it runs, its style sheet and script."""

    title: str
    generator: str
    direction: str
    style: str
    script: str

    @property
    def whole_script(self) -> str:
        """The page's script, and that of its tables."""
        return f"{self.script}{SORTING}"


def document(shell: Shell, body: Iterable[Markup]) -> bytes:
    """The whole page as UTF-8: the body between head and script."""
    page = element(
        "html",
        {"lang": "en", "dir": shell.direction},
        _head(shell),
        element(
            "body",
            None,
            *body,
            element("p", {"id": "told", "class": "said-aloud", "role": "status"}),
            element("script", None, Markup(shell.whole_script)),
        ),
    )
    return f"<!doctype html>\n{page}\n".encode()


def _head(shell: Shell) -> Markup:
    policy = (
        f"default-src 'none'; style-src '{_digest(shell.style)}'; script-src '{_digest(shell.whole_script)}'; "
        "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    )
    return element(
        "head",
        None,
        element("meta", {"charset": "utf-8"}),
        element("meta", {"http-equiv": "Content-Security-Policy", "content": policy}),
        element("meta", {"name": "viewport", "content": "width=device-width, initial-scale=1"}),
        element("meta", {"name": "referrer", "content": "no-referrer"}),
        element("meta", {"name": "generator", "content": shell.generator}),
        element("title", None, shell.title),
        element("style", None, Markup(shell.style)),
    )


def _digest(content: str) -> str:
    """The source expression of an inline style sheet or script (CSP Level 3, section 2.3.1)."""
    return f"sha256-{b64encode(sha256(content.encode()).digest()).decode()}"


def contents(chapters: list[tuple[str, str, Content]]) -> Markup:
    """Links to the chapters of a page."""
    links = (element("li", None, element("a", {"href": f"#{key}"}, name)) for key, name, _ in chapters)
    return element("nav", {"class": "contents", "aria-label": "On this page"}, element("ul", None, *links))


def chapter(key: str, name: str, content: Content) -> Markup:
    """A chapter under its heading."""
    return element(
        "section", {"id": key, "aria-labelledby": f"{key}-h"}, element("h2", {"id": f"{key}-h"}, name), content
    )


def tools() -> Markup:
    """Buttons to zoom and move the map."""
    acts = (
        ("in", "+", "Zoom in"),
        ("out", "−", "Zoom out"),
        ("all", "⤢", "Show the whole line"),
        ("up", "↑", "Move north"),
        ("down", "↓", "Move south"),
        ("left", "←", "Move west"),
        ("right", "→", "Move east"),
    )
    buttons = (
        element("button", {"type": "button", "data-act": act, "aria-label": said, "title": said}, sign)
        for act, sign, said in acts
    )
    return element("div", {"class": "tools", "role": "group", "aria-label": "Map"}, *buttons)
