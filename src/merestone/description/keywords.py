"""The words of the language: what begins a statement or a clause, and what no bare name may be."""

from __future__ import annotations

HEAD_WORDS = (
    "boundary",
    "reading",
    "parties",
    "instrument",
    "precedence",
    "source",
    "frame",
    "legs",
    "coordinates",
    "decimal",
    "angles",
    "letters",
    "longitudes",
    "numbers",
    "tolerance",
    "note",
)
TOP_WORDS = (*HEAD_WORDS, "azimuths", "construction", "exchange", "feature", "point", "table", "section", "ring")
BODY_WORDS = ("from", "leg", "legs", "then", "table")
CLAUSE_WORDS = ("words", "expect", "note")

RESERVED = frozenset(
    [
        "about",
        "along",
        "also",
        "anticlockwise",
        "approximately",
        "arc",
        "at",
        "azimuth",
        "by",
        "clockwise",
        "columns",
        "contour",
        "crest",
        "eastward",
        "enacted",
        "expect",
        "for",
        "from",
        "geodesic",
        "in",
        "is",
        "leg",
        "left",
        "legs",
        "line",
        "loxodrome",
        "main",
        "measured",
        "median",
        "meridian",
        "northward",
        "note",
        "of",
        "on",
        "open",
        "parallel",
        "produced",
        "point",
        "read",
        "right",
        "ring",
        "rounded",
        "section",
        "southward",
        "straight",
        "table",
        "thalweg",
        "then",
        "through",
        "to",
        "traverse",
        "unstated",
        "until",
        "watershed",
        "westward",
        "with",
        "within",
        "words",
    ]
)
"""Words that are no name unless they are quoted."""

LOCATORS = ("art.", "article", "section", "clause", "para.", "annex")

WINDS = ("N", "NNE", "NE", "ENE", "E", "ESE", "SE", "SSE", "S", "SSW", "SW", "WSW", "W", "WNW", "NW", "NNW")
"""The sixteen winds, clockwise from north."""

_LETTERS = {"N": "north", "E": "east", "S": "south", "W": "west"}
WIND_WORDS = {"-".join(_LETTERS[letter] for letter in wind): wind for wind in WINDS} | {
    "".join(_LETTERS[letter] for letter in wind): wind for wind in WINDS if len(wind) == 2
}
"""Winds in words (`north-north-east`, `northeast`) and the letters that they mean."""
