"""`merestone explain`."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Annotated

import typer

from merestone.cli.explanations import codes, page, title
from merestone.cli.front import Front
from merestone.cli.options import AsJson


def _completed(incomplete: str) -> list[str]:
    return [code for code in codes() if code.startswith(incomplete.upper())]


Code = Annotated[
    str | None,
    typer.Argument(metavar="[CODE]", help="The code of a finding, such as O101.", autocompletion=_completed),
]


def explain(code: Code = None, as_json: AsJson = False) -> int:
    """Print what a finding means.

    With a real case, and what settles it. Without CODE: a list of all codes.
    """
    front = Front("explain", as_json=as_json)
    if code is None:
        titles = {each: title(each) for each in codes()}
        front.answer({"codes": titles}, "".join(f"{each}  {text}\n" for each, text in titles.items()))
        return 0
    known = code.upper()
    if known not in codes():
        raise typer.BadParameter(_unknown(code))
    front.answer({"code": known, "title": title(known), "text": page(known)}, page(known))
    return 0


def _unknown(code: str) -> str:
    near = get_close_matches(code.upper(), codes(), n=3, cutoff=0.5)
    meant = f"; did you mean {', '.join(near)}?" if near else ""
    return f"no finding has the code {code!r}{meant} (`merestone explain` lists all codes)"
