"""The pages of `merestone explain`: one text for each code, part of the program."""

from __future__ import annotations

from importlib.resources import files
from importlib.resources.abc import Traversable


def codes() -> tuple[str, ...]:
    """Every code that has a page, in order."""
    return tuple(sorted(page.name.removesuffix(".md") for page in _folder().iterdir() if page.name.endswith(".md")))


def page(code: str) -> str:
    """The page of a code, in Markdown."""
    return (_folder() / f"{code}.md").read_text(encoding="utf-8")


def title(code: str) -> str:
    """The heading of a code's page without the code: what the finding is about, in a phrase."""
    heading = page(code).split("\n", 1)[0].lstrip("# ")
    return heading.removeprefix(code).lstrip(" :")


def _folder() -> Traversable:
    return files("merestone") / "explanations"
