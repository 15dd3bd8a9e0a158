"""What stands in the tree for a leg, or a start, that could not be understood: it leaves a gap in the line.

Were it left out, the next leg would start where the one before it ended, and run past what was not understood.
"""

from __future__ import annotations

import re

from merestone.description.keywords import RESERVED
from merestone.description.layout import LogicalLine
from merestone.description.tree import Ending, From, Leg, LegChain, LegTable, Name, Open, PointTable, Refused, ToPoint
from merestone.diagnostics import Diagnostic

_NAMED = re.compile(r"legs? +(?:«(?P<quoted>[^»]*)»|(?P<name>[^\s«]+))").match
_TO = re.compile(r"\bto +(?:«(?P<quoted>[^»]*)»|(?P<name>[\w./'’-]+))").finditer
_NO_POINTS = RESERVED | {"the", "feature", "circle"}
"""What may follow `to` and begins a line, or a hand (`to the left`): never the name of a point that is not quoted."""


def refused_leg(logical: LogicalLine, why: Diagnostic) -> Leg:
    """A leg without a kind, with the name and the end that its words still give."""
    text = logical.text.strip()
    span = logical.span(0, len(logical.text))
    named = _NAMED(text)
    name = Name(named["quoted"] or named["name"], span) if named else None
    return Leg(name, Refused(text, why, span), _ending(text, logical), span=span)


def _ending(text: str, logical: LogicalLine) -> Ending:
    """The point that a refused leg still names after `to`, so that the legs after it can go on from there."""
    found = next((each for each in _TO(text) if each["quoted"] or each["name"] not in _NO_POINTS), None)
    span = logical.span(0, len(logical.text))
    if found is None or not text.startswith("leg"):
        return Open(span)
    return ToPoint(Name(found["quoted"] or found["name"], span), span)


def is_refused(part: From | Leg | LegChain | PointTable | LegTable) -> bool:
    """Whether a part of a section stands for what could not be understood."""
    return isinstance(part, Leg) and isinstance(part.kind, Refused)
