"""`watershed` and `crest`: the divide between waters, or the crest of a ridge. Not yet compiled."""

from __future__ import annotations

from dataclasses import dataclass, field

from merestone.description.cursor import Cursor
from merestone.description.legs.syntax import LegSyntax
from merestone.description.phrases import quoted_name
from merestone.description.spelling import quoted
from merestone.description.tree import NOWHERE, Name
from merestone.diagnostics import Span


@dataclass(frozen=True, slots=True)
class WatershedLeg:
    """Along the watershed, or along the `crest`, of what `name` names."""

    crest: bool
    name: Name | None = None
    span: Span = field(default=NOWHERE, compare=False, repr=False)


def _parse(cursor: Cursor) -> WatershedLeg:
    start = cursor.start
    word = cursor.take_any(("watershed", "crest"))
    if word is None:
        raise cursor.unexpected()
    name = quoted_name(cursor, "a ridge or range") if cursor.take("of") else None
    return WatershedLeg(word == "crest", name, cursor.span(start))


def _print(leg: WatershedLeg) -> str:
    word = "crest" if leg.crest else "watershed"
    return word if leg.name is None else f"{word} of {quoted(leg.name.text)}"


SYNTAX = LegSyntax(
    "watershed",
    ("watershed", "crest"),
    WatershedLeg,
    _parse,
    _print,
    "leg 1 watershed of «Cordillera» to B",
    compiled=False,
)
