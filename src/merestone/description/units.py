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
    "inches": ("inch",),
    "furlongs": ("furlong",),
    "international cables": ("international cable",),
    "UK cables": ("UK cable",),
    "US cables": ("US cable",),
    "Castilian varas": ("Castilian vara",),
    "Texas varas": ("Texas vara",),
    "Mexican varas": ("Mexican vara",),
}
"""Canonical word of each unit of length, and the other spellings that are understood."""

AREA_SPELLINGS: dict[str, tuple[str, ...]] = {
    "m²": ("m2", "square metres", "square metre", "square meters"),
    "km²": ("km2", "square kilometres", "square kilometre", "square kilometers"),
    "ha": ("hectares", "hectare"),
    "acres": ("acre",),
    "square miles": ("square mile",),
    "square nautical miles": ("square nautical mile",),
}
"""Canonical word of each unit of area, and the other spellings that are understood."""

VAGUE_UNITS: dict[str, str] = {
    "mile": "nautical miles, statute miles or English miles",
    "miles": "nautical miles, statute miles or English miles",
    "mi": "statute miles",
    "leagues": "a league of stated length, in kilometres",
    "minutes": "an angle, or nautical miles",
    **dict.fromkeys(
        ("cable", "cables"), "international cables (185.2 m), UK cables (185.3184 m) or US cables (219.456 m)"
    ),
    **dict.fromkeys(
        ("vara", "varas"),
        "Castilian varas (0.835905 m), Mexican varas (0.838 m) or Texas varas (0.846667 m), or the length in metres",
    ),
}
"""Units that could be several, and what to write instead."""


PARTS_OF: dict[str, tuple[str, int]] = {
    "feet": ("inches", 12),
    "yards": ("feet", 3),
    "chains": ("links", 100),
    "statute miles": ("chains", 80),
    "versts": ("sazhens", 500),
}
"""Units that a length is printed in with a smaller one behind it (`5 feet 6 inches`), and how many of it make one."""


def _by_spelling(table: dict[str, tuple[str, ...]]) -> dict[str, str]:
    return {spelling: unit for unit, spellings in table.items() for spelling in (unit, *spellings)}


LENGTH_UNITS = _by_spelling(LENGTH_SPELLINGS)
AREA_UNITS = _by_spelling(AREA_SPELLINGS)
