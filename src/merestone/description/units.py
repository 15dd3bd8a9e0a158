"""The units of length and area that a text may write, and the canonical word for each.

How long a unit is belongs to `merestone.geodesy.units`; here are only its spellings.
"""

from __future__ import annotations

from fractions import Fraction

from merestone.geodesy.units import find_area, find_length

LENGTH_SPELLINGS: dict[str, tuple[str, ...]] = {
    "m": (
        "metres",
        "metre",
        "meters",
        "meter",
        "м",
        "metros",
        "metro",
        "mts",
        "mètres",
        "mètre",
        "Metern",
        "Meter",
        "metri",
        "метров",
        "метра",
        "метр",
    ),
    "km": (
        "kilometres",
        "kilometre",
        "kilometers",
        "kilometer",
        "км",
        "kilómetros",
        "kilómetro",
        "quilômetros",
        "quilômetro",
        "quilómetros",
        "quilómetro",
        "kilomètres",
        "kilomètre",
        "Kilometern",
        "Kilometer",
        "chilometri",
        "chilometro",
        "километров",
        "километра",
        "километр",
    ),
    "cm": ("centimetres", "centimetre", "centimeters", "centimeter"),
    "mm": ("millimetres", "millimetre", "millimeters", "millimeter"),
    "nautical miles": (
        "nautical mile",
        "NM",
        "nmi",
        "millas marinas",
        "milla marina",
        "millas náuticas",
        "milla náutica",
        "milles marins",
        "mille marin",
        "milles nautiques",
        "mille nautique",
        "Seemeilen",
        "Seemeile",
        "milhas marítimas",
        "milhas náuticas",
        "milha náutica",
        "miglia marine",
        "miglia nautiche",
        "морских миль",
        "морские мили",
        "морская миля",
    ),
    "statute miles": ("statute mile",),
    "English miles": ("English mile",),
    "feet": ("foot", "ft"),
    "US survey feet": ("US survey foot",),
    "yards": ("yard", "yd"),
    "chains": ("chain", "chs", "ch"),
    "links": ("link", "lks", "lk"),
    "rods": ("rod", "poles", "perches"),
    "fathoms": ("fathom",),
    "versts": ("verst", "верста", "версты", "верст", "вёрст"),
    "sazhens": ("sazhen", "сажень", "сажени", "саженей", "сажен"),
    "arshin": ("arshins", "аршин", "аршина", "аршинов"),
    "vershoks": ("vershok", "вершок", "вершка", "вершков"),
    "US survey mile": ("US survey miles",),
    "US survey chain": ("US survey chains",),
    "US survey links": ("US survey link",),
    "UK nautical mile": ("UK nautical miles",),
    "toises": ("toise",),
    "pieds du roi": ("pied du roi", "Paris feet", "Paris foot"),
    "pouces du roi": ("pouce du roi",),
    "Prussian rods": ("Prussian rod",),
    "Prussian feet": ("Prussian foot",),
    "Quebec arpents": ("Quebec arpent",),
    "Quebec feet": ("Quebec foot",),
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
    "ha": ("hectares", "hectare", "Ha", "Hektar", "hectáreas", "hectárea", "га"),
    "a": ("ares", "are", "Ar", "áreas", "área", "ар"),
    "ca": ("centiares", "centiare", "Ca", "centiáreas", "centiárea"),
    "acres": ("acre",),
    "roods": ("rood",),
    "square rods": (
        "square rod",
        "perches",
        "perch",
        "rods",
        "rod",
        "poles",
        "pole",
        "square perches",
        "square perch",
        "square poles",
        "square pole",
    ),
    "square chains": ("square chain",),
    "square links": ("square link",),
    "square yards": ("square yard",),
    "square feet": ("square foot",),
    "square versts": ("square verst",),
    "dessiatins": ("dessiatin", "desyatina", "десятина", "десятины", "десятин"),
    "square sazhens": ("square sazhen",),
    "Quebec square arpents": ("Quebec square arpent",),
    "metric dunams": ("metric dunam",),
    "square miles": ("square mile",),
    "square nautical miles": ("square nautical mile",),
}
"""Canonical word of each unit of area, and the other spellings that are understood."""

_ARPENT = "the arpent is another one in each country; write Quebec arpents (58.4713 m), Quebec square arpents (3418.89 m²), or the figure in metres or hectares"
_DUNAM = "the dunam is another one in each country and time; write metric dunams (1000 m²), or the area in m²"
_FOOT = "this foot is another one in each country; write Prussian feet (0.313854 m), pieds du roi (0.324839 m), Quebec feet (0.324841 m), or the length in metres"
_LEAGUE = "write a league of stated length, in kilometres"
_OF_A_COUNTRY = "this unit is another one in each country; write the length in metres, or the area in m²"

VAGUE_UNITS: dict[str, str] = {
    "mile": "write nautical miles, statute miles or English miles",
    "miles": "write nautical miles, statute miles or English miles",
    "mi": "write statute miles",
    "M": "write nautical miles, whose symbol on charts it is, or metres (m)",
    **dict.fromkeys(
        ("milles", "mille", "millas", "milla", "milhas", "milha", "miglia", "miglio", "Meilen", "Meile", "миль", "мили", "миля"),
        "write nautical miles or statute miles, or the length in metres",
    ),
    "sm": "write nautical miles (a German chart) or statute miles",
    "minutes": "write an angle, or nautical miles",
    **dict.fromkeys(
        ("cable", "cables"), "write international cables (185.2 m), UK cables (185.3184 m) or US cables (219.456 m)"
    ),
    **dict.fromkeys(
        ("vara", "varas"),
        "write Castilian varas (0.835905 m), Mexican varas (0.838 m) or Texas varas (0.846667 m), or the length in metres",
    ),
    **dict.fromkeys(("league", "leagues", "legua", "leguas", "lieue", "lieues"), _LEAGUE),
    **dict.fromkeys(("arpent", "arpents"), _ARPENT),
    **dict.fromkeys(("dunam", "dunams", "donum", "donums", "dönüm"), _DUNAM),
    **dict.fromkeys(("Rhenish", "Rhineland", "pied", "pieds", "pies", "pie", "pés", "piedi", "piede", "voet", "Fuß", "Fuss"), _FOOT),
    **dict.fromkeys(
        ("Rute", "Ruten", "Ruthe", "Ruthen", "Klafter", "Morgen", "Joch", "aune", "aunes", "braza", "brazas", "cuadra", "cuadras",
         "fanega", "fanegas", "feddan", "feddans", "ell", "ells", "rai", "bigha", "bighas", "alqueire", "alqueires"),
        _OF_A_COUNTRY,
    ),
}  # fmt: skip
"""Units that could be several (by the first word of their name), and what to do."""

_ENGLISH = ("furlongs", "chains", "rods", "fathoms", "yards", "feet", "links", "inches")
SYSTEMS: tuple[tuple[str, ...], ...] = (
    ("km", "m", "cm", "mm"),
    ("statute miles", *_ENGLISH),
    ("English miles", *_ENGLISH),
    ("US survey mile", "US survey chain", "US survey feet", "US survey links"),
    ("nautical miles", "international cables"),
    ("UK nautical mile", "UK cables"),
    ("versts", "sazhens", "arshin", "feet", "vershoks", "inches"),
    ("toises", "pieds du roi", "pouces du roi"),
    ("Prussian rods", "Prussian feet"),
    ("Quebec arpents", "Quebec feet"),
    ("km²", "ha", "a", "m²"),
    ("km²", "ha", "a", "ca"),
    ("square miles", "acres", "roods", "square rods", "square yards", "square feet"),
    ("square miles", "acres", "square chains", "square rods", "square links"),
    ("square versts", "dessiatins", "square sazhens"),
)
"""Units that one figure is printed in together, from the larger to the smaller (`5 feet 6 inches`, `336 ha 87 a 12 ca`)."""

COUNTED_FROM_STATUTE_MILES = frozenset(("furlongs", "chains", "rods", "links"))
"""Units that only the statute mile is counted in: `3 miles 20 chains` says which mile is meant."""


def is_part_of(smaller: str, larger: str) -> bool:
    """Whether the smaller unit is one that the larger is divided into in print."""
    return any(
        smaller in system and larger in system and system.index(larger) < system.index(smaller) for system in SYSTEMS
    )


def parts_in_one(smaller: str, larger: str) -> Fraction:
    """How many of the smaller unit make one of the larger, exactly."""
    if larger in AREA_SPELLINGS:
        return find_area(larger).square_metres / find_area(smaller).square_metres
    return find_length(larger).metres / find_length(smaller).metres


def _by_spelling(table: dict[str, tuple[str, ...]]) -> dict[str, str]:
    return {spelling: unit for unit, spellings in table.items() for spelling in (unit, *spellings)}


LENGTH_UNITS = _by_spelling(LENGTH_SPELLINGS)
AREA_UNITS = _by_spelling(AREA_SPELLINGS)
