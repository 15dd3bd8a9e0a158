"""`merestone explain`."""

from __future__ import annotations

from typing import Annotated

import typer

from merestone.cli.explanations import code_of, codes, near, page, title
from merestone.cli.front import Front
from merestone.cli.options import AsJson


def _completed(incomplete: str) -> list[str]:
    return [code for code in codes() if code.casefold().startswith(incomplete.casefold())]


Code = Annotated[
    str | None,
    typer.Argument(
        metavar="[CODE]",
        help="The code of a finding, such as O101, or the rule that a refusal of the register names, such as E14 or head.",
        autocompletion=_completed,
    ),
]


def explain(code: Code = None, as_json: AsJson = False) -> int:
    """Explain a finding or a rule of the register.

    The page tells a case and what to do. Without CODE, the command lists all codes.
    """
    front = Front("explain", as_json=as_json)
    if code is None:
        titles = {each: title(each) for each in codes()}
        widest = max(map(len, titles))
        front.answer({"codes": titles}, "".join(f"{each:<{widest}}  {text}\n" for each, text in titles.items()))
        return 0
    known = code_of(code)
    if known is None:
        raise typer.BadParameter(_unknown(code))
    front.answer({"code": known, "title": title(known), "text": page(known)}, page(known))
    return 0


def _unknown(code: str) -> str:
    found = near(code)
    meant = f"; did you mean {', '.join(found)}?" if found else ""
    return f"{code!r} is not the code of a finding or the name of a rule{meant} (`merestone explain` lists all codes)"
