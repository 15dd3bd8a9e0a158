"""How values are spelled: the inverse of what the cursor takes. Numbers and angles keep the text that printed them."""

from __future__ import annotations

import re

from merestone.description.cursor import NAME_CHARACTERS
from merestone.description.keywords import RESERVED
from merestone.description.phrases import FRAME_STOPS
from merestone.description.tree import Area, Coordinate, Length, Name, OnLeg, StraightKind

_BARE_NAME = re.compile(rf"\w[{NAME_CHARACTERS}]*\Z").match
_EPSG = re.compile(r"EPSG:[0-9]{4,6}\Z").match
_FRAME_WORD = re.compile(r"[^\s,«»“”\"#]+\Z").match


def quoted(text: str) -> str:
    """A text in quotation marks: `«»`, or `“”` where the text holds guillemets that do not pair."""
    return f"«{text}»" if _pairs(text, "«", "»") else f"“{text}”"


def _pairs(text: str, opener: str, closer: str) -> bool:
    """Whether every opening sign in a text has its closing sign after it."""
    depth = 0
    for sign in text:
        depth += (sign == opener) - (sign == closer)
        if depth < 0:
            return False
    return depth == 0


def name_text(name: Name) -> str:
    """A name, bare where it can be."""
    text = name.text
    return text if _BARE_NAME(text) and text not in RESERVED else quoted(text)


def frame_text(name: Name) -> str:
    """A frame's name, bare where its words can be told from what follows."""
    words = name.text.split(" ")
    bare = all(_FRAME_WORD(word) and word not in FRAME_STOPS for word in words) and words[0] != "unstated"
    return name.text if bare else quoted(name.text)


def projection_text(name: Name) -> str:
    """A projection: its EPSG code, or its name quoted."""
    return name.text if _EPSG(name.text) else quoted(name.text)


def length_text(length: Length) -> str:
    """A length in the unit that it was printed in."""
    return f"{length.number.text} {length.unit}"


def area_text(area: Area) -> str:
    """An area in the unit that it was printed in."""
    return f"{area.number.text} {area.unit}"


def coordinate_text(coordinate: Coordinate) -> str:
    """One coordinate with its letter."""
    return f"{coordinate.angle.text} {coordinate.hemisphere.value}"


def on_leg_text(leg: OnLeg) -> str:
    """`leg ID [of SECTION] [produced]`."""
    section = "" if leg.section is None else f" of {name_text(leg.section)}"
    return f"leg {name_text(leg.leg)}{section}{' produced' if leg.produced else ''}"


def by_text(kind: StraightKind | None) -> str:
    """` by geodesic`, ` by loxodrome` or nothing."""
    return "" if kind is None else f" by {kind.value}"
