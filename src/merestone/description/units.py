"""The units of length and area that a text may write, and the canonical word for each.

How long a unit is belongs to `merestone.geodesy.units`; here are only its spellings.
"""

from __future__ import annotations

LENGTH_SPELLINGS: dict[str, tuple[str, ...]] = {
    "m": ("metres", "metre", "meters", "meter", "м"),
    "km": ("kilometres", "kilometre", "kilometers", "kilometer", "км"),
    "cm": ("centimetres", "centimetre", "centimeters", "centimeter"),
    "mm": ("millimetres", "millimetre", "millimeters", "millimeter"),
    "nautical miles": ("nautical mile", "NM", "M", "nmi"),
    "statute miles": ("statute mile",),
    "English miles": ("English mile",),
    "feet": ("foot", "ft"),
    "US survey feet": ("US survey foot",),
    "yards": ("yard", "yd"),
    "chains": ("chain",),
    "links": ("link",),
    "rods": ("rod", "poles", "perches"),
    "fathoms": ("fathom",),
    "versts": ("verst", "верста", "версты", "верст", "вёрст"),
    "sazhens": ("sazhen", "сажень", "сажени"),
    "arshin": ("аршин",),
    "US survey mile": ("US survey miles",),
    "US survey chain": ("US survey chains",),
    "UK nautical mile": ("UK nautical miles",),
    "toises": ("toise",),
}
"""Canonical word of each unit of length, and the other spellings that are understood."""

AREA_SPELLINGS: dict[str, tuple[str, ...]] = {
    "m²": ("m2", "square metres", "square metre", "square meters"),
    "km²": ("km2", "square kilometres", "square kilometre", "square kilometers"),
    "ha": ("hectares", "hectare"),
    "acres": ("acre",),
    "square miles": ("square mile",),
}
"""Canonical word of each unit of area, and the other spellings that are understood."""

VAGUE_UNITS: dict[str, str] = {
    "mile": "nautical miles, statute miles or English miles",
    "miles": "nautical miles, statute miles or English miles",
    "mi": "statute miles",
    "leagues": "a league of stated length, in kilometres",
    "minutes": "an angle, or nautical miles",
}
"""Units that could be several, and what to write instead."""


def _by_spelling(table: dict[str, tuple[str, ...]]) -> dict[str, str]:
    return {spelling: unit for unit, spellings in table.items() for spelling in (unit, *spellings)}


LENGTH_UNITS = _by_spelling(LENGTH_SPELLINGS)
AREA_UNITS = _by_spelling(AREA_SPELLINGS)
