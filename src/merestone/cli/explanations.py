"""The pages of `merestone explain`: one text for each code of a finding and each rule of the register, part of the program."""

from __future__ import annotations

import re
from difflib import get_close_matches
from importlib.resources import files
from importlib.resources.abc import Traversable

_NUMBERED = re.compile("([A-Z])([0-9]+)")


def codes() -> tuple[str, ...]:
    """Every code that has a page, in order: letters and numbers first, then words."""
    names = (page.name for page in _folder().iterdir())
    return tuple(sorted((name.removesuffix(".md") for name in names if name.endswith(".md")), key=_place))


def code_of(name: str) -> str | None:
    """The code that somebody means, in whatever case and with blanks as they stand in a refusal; None where none is."""
    asked = _folded(name)
    return next((code for code in codes() if code.casefold() == asked), None)


def near(name: str) -> list[str]:
    """The codes that are spelled nearly so, the nearest first."""
    known = {code.casefold(): code for code in codes()}
    return [known[each] for each in get_close_matches(_folded(name), known, n=3, cutoff=0.5)]


def page(code: str) -> str:
    """The page of a code, in Markdown."""
    return (_folder() / f"{code}.md").read_text(encoding="utf-8")


def title(code: str) -> str:
    """The heading of a code's page without the code: what it is about, in a phrase."""
    heading = page(code).split("\n", 1)[0].lstrip("# ")
    return heading.removeprefix(code).lstrip(" :")


def _place(code: str) -> tuple[bool, str, int]:
    numbered = _NUMBERED.fullmatch(code)
    return (False, numbered[1], int(numbered[2])) if numbered else (True, code, 0)


def _folded(name: str) -> str:
    return "-".join(name.split()).casefold()


def _folder() -> Traversable:
    return files("merestone") / "explanations"
