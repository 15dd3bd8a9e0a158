"""`along road «NAME»`, `along railway «NAME»`, `along feature «NAME»`: a line that something on the ground draws.

It is compiled where the head binds the feature to a line of the description.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from merestone.description.cursor import Cursor
from merestone.description.legs.syntax import LegSyntax
from merestone.description.phrases import quoted_name
from merestone.description.spelling import quoted
from merestone.description.tree import NOWHERE, Name
from merestone.diagnostics import Span


@dataclass(frozen=True, slots=True)
class AlongFeatureLeg:
    """Along a `feature` that is a road, a railway, or anything else (`what`)."""

    what: str
    feature: Name
    span: Span = field(default=NOWHERE, compare=False, repr=False)


def _parse(cursor: Cursor) -> AlongFeatureLeg:
    start = cursor.start
    cursor.need("along")
    what = cursor.take_any(("road", "railway", "feature"))
    if what is None:
        raise cursor.unexpected()
    return AlongFeatureLeg(what, quoted_name(cursor, "its name"), cursor.span(start))


def _print(leg: AlongFeatureLeg) -> str:
    return f"along {leg.what} {quoted(leg.feature.text)}"


SYNTAX = LegSyntax(
    "along feature",
    ("along road", "along railway", "along feature"),
    AlongFeatureLeg,
    _parse,
    _print,
    "leg 1 along road «N 7» to B",
    compiled=False,
)
