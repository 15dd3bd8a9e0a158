"""Units of length and area as instruments name them, each exactly in metres with its definition.

"Mile" alone is refused: statute and nautical mile differ by 15 %. "Chain", "foot" and "yard" alone are those of the
agreement of 1959; the chains of the older feet differ from it by 2 to 10 parts in a million and have names of their
own here.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from merestone.errors import MerestoneError


class UnknownUnitError(MerestoneError):
    """A unit was named that is not known, or whose name stands for several."""

    def __init__(self, name: str, suggestions: tuple[str, ...], *, ambiguous: bool = False) -> None:
        what = "may mean" if ambiguous else "is not a known unit; did you mean"
        super().__init__(
            f"{name!r} {what} {', '.join(suggestions)}" if suggestions else f"{name!r} is not a known unit"
        )
        self.name = name
        self.suggestions = suggestions
        self.ambiguous = ambiguous


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of length: name, symbol, exact value in metres, its definition, and the source of it."""

    name: str
    symbol: str
    metres: Fraction
    definition: str
    source: str
    names: tuple[str, ...] = ()

    def in_metres(self, value: Fraction | int) -> Fraction:
        """A length in this unit in metres, exactly."""
        return value * self.metres


@dataclass(frozen=True, slots=True)
class AreaUnit:
    """A unit of area: name, symbol, exact value in square metres, its definition."""

    name: str
    symbol: str
    square_metres: Fraction
    definition: str
    names: tuple[str, ...] = ()


_SI = "SI Brochure, 9th edition, BIPM 2019"
_YARD = "International Yard and Pound agreement, 1 July 1959"
_MENDENHALL = "Mendenhall Order, 5 April 1893; retired by NIST SP 811 and 85 FR 62698 from 2023"
_RUSSIA = "Regulation on weights and measures of the Russian Empire, 4 June 1899: arshin 0.711 200 m"
_BENOIT = "J.-R. Benoît, Comparison of the standard yards, 1895, as in the EPSG Dataset, unit 9052"

FOOT = Fraction(3048, 10000)
US_SURVEY_FOOT = Fraction(1200, 3937)
CLARKE_FOOT = Fraction(3047972654, 10**10)
ARSHIN = Fraction(7112, 10000)

METRE = Unit(
    "metre",
    "m",
    Fraction(1),
    "the SI unit of length",
    _SI,
    ("meter", "metres", "meters", "metros", "metro", "mts", "metern", "metri"),
)
CENTIMETRE = Unit("centimetre", "cm", Fraction(1, 100), "0.01 m", _SI, ("centimetres", "centimeter", "centimeters"))
MILLIMETRE = Unit("millimetre", "mm", Fraction(1, 1000), "0.001 m", _SI, ("millimetres", "millimeter", "millimeters"))
KILOMETRE = Unit(
    "kilometre",
    "km",
    Fraction(1000),
    "1000 m",
    _SI,
    ("kilometer", "kilometres", "kilometers", "kilometern", "chilometri", "chilometro"),
)
NAUTICAL_MILE = Unit(
    "nautical mile", "M", Fraction(1852), "1852 m",
    "First International Extraordinary Hydrographic Conference, Monaco 1929; SI Brochure",
    ("international nautical mile", "nautical miles", "sea mile", "sea miles", "nmi", "NM", "millas marinas", "milla marina",
     "milles marins", "mille marin", "milles nautiques", "mille nautique", "seemeilen", "seemeile", "miglia marine", "miglia nautiche"),
)  # fmt: skip
UK_NAUTICAL_MILE = Unit(
    "UK nautical mile", "UK nmi", 6080 * FOOT, "6080 feet", "Used on Admiralty charts until 1970; EPSG Dataset",
    ("Admiralty mile", "British nautical mile", "UK nautical miles"),
)  # fmt: skip
STATUTE_MILE = Unit(
    "statute mile", "mi", 5280 * FOOT, "5280 international feet, 1609.344 m", _YARD,
    ("statute miles", "international mile", "international miles", "English mile", "English miles"),
)  # fmt: skip
US_SURVEY_MILE = Unit(
    "US survey mile", "mi (US survey)", 5280 * US_SURVEY_FOOT, "5280 US survey feet of 1200/3937 m", _MENDENHALL,
    ("US statute mile", "survey mile", "US survey miles"),
)  # fmt: skip
INTERNATIONAL_FOOT = Unit(
    "international foot",
    "ft",
    FOOT,
    "0.3048 m",
    _YARD,
    ("foot", "feet", "international feet", "English foot", "English feet"),
)
SURVEY_FOOT = Unit("US survey foot", "ft (US survey)", US_SURVEY_FOOT, "1200/3937 m", _MENDENHALL, ("US survey feet",))
CLARKES_FOOT = Unit(
    "Clarke's foot", "ft (Clarke)", CLARKE_FOOT, "0.304 797 265 4 m", "A. R. Clarke 1865, as in the EPSG Dataset, unit 9005",
    ("Clarke's feet",),
)  # fmt: skip
INTERNATIONAL_YARD = Unit("international yard", "yd", 3 * FOOT, "0.9144 m", _YARD, ("yard", "yards"))
FATHOM = Unit("fathom", "fm", 6 * FOOT, "2 yards, 1.8288 m", _YARD, ("fathoms",))
ROD = Unit(
    "rod", "rd", Fraction(33, 2) * FOOT, "16 1/2 international feet", _YARD, ("rods", "pole", "poles", "perch", "perches")
)  # fmt: skip
CHAIN = Unit(
    "Gunter's chain", "ch", 66 * FOOT, "66 international feet, 20.1168 m", _YARD,
    ("Gunter's chains", "international chain", "surveyor's chain", "chain", "chains", "chs"),
)  # fmt: skip
US_CHAIN = Unit(
    "US survey chain",
    "ch (US survey)",
    66 * US_SURVEY_FOOT,
    "66 US survey feet",
    _MENDENHALL,
    ("US chain", "US survey chains"),
)
BENOIT_CHAIN = Unit(
    "British chain (Benoit 1895 A)", "ch (BnA)", Fraction(201167824, 10**7), "20.116 782 4 m", _BENOIT, ("British chain",)
)  # fmt: skip
LINK = Unit("link", "li", Fraction(66, 100) * FOOT, "a hundredth of Gunter's chain", _YARD, ("links", "lks", "lk"))
US_LINK = Unit(
    "US survey link", "li (US survey)", Fraction(66, 100) * US_SURVEY_FOOT, "a hundredth of the US survey chain",
    _MENDENHALL, ("US survey links",),
)  # fmt: skip
ARSHIN_UNIT = Unit(
    "arshin", "arsh", ARSHIN, "28 English inches, 0.7112 m", _RUSSIA, ("arshins", "аршин", "аршина", "аршинов")
)
VERSHOK = Unit(
    "vershok", "vsh", ARSHIN / 16, "a sixteenth of an arshin, 0.044 45 m", _RUSSIA, ("vershoks", "вершок", "вершка", "вершков")
)  # fmt: skip
SAZHEN = Unit(
    "sazhen", "sazh", 3 * ARSHIN, "3 arshins, 7 English feet, 2.1336 m", _RUSSIA,
    ("sazhens", "сажень", "сажени", "саженей", "сажен"),
)  # fmt: skip
VERST = Unit(
    "verst", "v", 1500 * ARSHIN, "500 sazhens, 1066.8 m", _RUSSIA, ("versts", "верста", "вёрст", "верст", "версты")
)
INCH = Unit("inch", "in", FOOT / 12, "a twelfth of a foot, 0.0254 m", _YARD, ("inches",))
FURLONG = Unit("furlong", "fur", 660 * FOOT, "660 international feet, 201.168 m", _YARD, ("furlongs",))
INTERNATIONAL_CABLE = Unit(
    "international cable", "cable", Fraction(1852, 10), "a tenth of the international nautical mile, 185.2 m",
    "IHO Hydrographic Dictionary S-32, cable", ("international cables",),
)  # fmt: skip
UK_CABLE = Unit(
    "UK cable", "cable (UK)", 608 * FOOT, "a tenth of the UK nautical mile of 6080 feet, 185.3184 m",
    "Used on Admiralty charts until 1970", ("UK cables",),
)  # fmt: skip
US_CABLE = Unit(
    "US cable", "cable (US)", 720 * FOOT, "120 fathoms, 720 feet, 219.456 m", "United States Navy usage", ("US cables",)
)
CASTILIAN_VARA = Unit(
    "Castilian vara", "vara (Burgos)", Fraction(835905, 10**6), "0.835 905 m",
    "Spanish Royal Order of 9 December 1852 with the table of equivalents", ("Castilian varas",),
)  # fmt: skip
TEXAS_VARA = Unit(
    "Texas vara", "vara (Texas)", Fraction(100, 3) * FOOT / 12, "33 1/3 inches, 0.846 667 m",
    "Texas, Act of 17 June 1919", ("Texas varas",),
)  # fmt: skip
MEXICAN_VARA = Unit(
    "Mexican vara", "vara (Mexico)", Fraction(838, 1000), "0.838 m",
    "Mexican usage after the metric law of 1857", ("Mexican varas",),
)  # fmt: skip
TOISE = Unit(
    "toise", "T", Fraction(1000 * 864, 443296),
    "864 lignes, where the metre is 443.296 lignes of the toise of Peru: 1.949 036 m",
    "Law of 19 Frimaire, year VIII (10 December 1799)", ("toises", "toise of Peru"),
)  # fmt: skip
FRENCH_FOOT = Unit(
    "pied du roi", "pied (Paris)", TOISE.metres / 6, "a sixth of the toise of Peru, 0.324 839 m", TOISE.source,
    ("pieds du roi", "Paris foot", "Paris feet"),
)  # fmt: skip
FRENCH_INCH = Unit(
    "pouce du roi", "pouce (Paris)", TOISE.metres / 72, "a twelfth of the pied du roi", TOISE.source, ("pouces du roi",)
)
PRUSSIAN_FOOT = Unit(
    "Prussian foot", "Fuß (Prussia)", Fraction(13913 * 10, 443296), "139.13 lignes of Paris, 0.313 854 m",
    "Prussian Maß- und Gewichtsordnung of 16 May 1816", ("Prussian feet",),
)  # fmt: skip
PRUSSIAN_ROD = Unit(
    "Prussian rod", "Rute (Prussia)", 12 * PRUSSIAN_FOOT.metres, "12 Prussian feet, 3.766 242 m", PRUSSIAN_FOOT.source,
    ("Prussian rods",),
)  # fmt: skip
_CANADA = "Canada, Weights and Measures Act, R.S.C. 1985, c. W-6, Schedule III: the French foot is 12.789 inches"
QUEBEC_FOOT = Unit(
    "Quebec foot", "pied (Quebec)", Fraction(12789, 1000) * FOOT / 12, "12.789 inches, 0.324 841 m", _CANADA,
    ("Quebec feet",),
)  # fmt: skip
QUEBEC_ARPENT = Unit(
    "Quebec arpent", "arpent (Quebec)", 180 * QUEBEC_FOOT.metres, "180 Quebec feet, 58.471 308 m", _CANADA,
    ("Quebec arpents",),
)  # fmt: skip

LENGTHS: tuple[Unit, ...] = (
    METRE, CENTIMETRE, MILLIMETRE, KILOMETRE, NAUTICAL_MILE, UK_NAUTICAL_MILE, STATUTE_MILE, US_SURVEY_MILE,
    INTERNATIONAL_FOOT, SURVEY_FOOT, CLARKES_FOOT, INTERNATIONAL_YARD, FATHOM, ROD, CHAIN, US_CHAIN, BENOIT_CHAIN, LINK,
    ARSHIN_UNIT, SAZHEN, VERST, TOISE, INCH, FURLONG, INTERNATIONAL_CABLE, UK_CABLE, US_CABLE, CASTILIAN_VARA, TEXAS_VARA,
    MEXICAN_VARA, US_LINK, VERSHOK, FRENCH_FOOT, FRENCH_INCH, PRUSSIAN_FOOT, PRUSSIAN_ROD, QUEBEC_FOOT, QUEBEC_ARPENT,
)  # fmt: skip

SQUARE_METRE = AreaUnit(
    "square metre", "m²", Fraction(1), "the SI unit of area", ("m2", "square metres", "square meter")
)
HECTARE = AreaUnit("hectare", "ha", Fraction(10000), "10 000 m²", ("hectares", "Ha", "Hektar"))
SQUARE_KILOMETRE = AreaUnit(
    "square kilometre", "km²", Fraction(10**6), "1 000 000 m²", ("km2", "square kilometres", "square kilometer")
)  # fmt: skip
ACRE = AreaUnit("acre", "ac", 10 * (66 * FOOT) ** 2, "10 square chains of 66 international feet", ("acres",))
SQUARE_MILE = AreaUnit(
    "square mile", "mi²", (5280 * FOOT) ** 2, "the square of a statute mile", ("square miles", "mi2")
)
SQUARE_NAUTICAL_MILE = AreaUnit(
    "square nautical mile", "M²", Fraction(1852**2), "the square of a nautical mile", ("square nautical miles",)
)
DESSIATIN = AreaUnit(
    "dessiatin", "des", 2400 * (3 * ARSHIN) ** 2, "2400 square sazhens", ("dessiatins", "десятина", "desyatina")
)
SQUARE_SAZHEN = AreaUnit("square sazhen", "sazh²", (3 * ARSHIN) ** 2, "the square of a sazhen", ("square sazhens",))
SQUARE_VERST = AreaUnit("square verst", "v²", (1500 * ARSHIN) ** 2, "the square of a verst", ("square versts",))
ARE = AreaUnit("are", "a", Fraction(100), "100 m²", ("ares", "Ar"))
CENTIARE = AreaUnit("centiare", "ca", Fraction(1), "1 m²", ("centiares", "Ca"))
ROOD = AreaUnit("rood", "ro", ACRE.square_metres / 4, "a quarter of an acre", ("roods",))
SQUARE_CHAIN = AreaUnit("square chain", "ch²", (66 * FOOT) ** 2, "the square of Gunter's chain", ("square chains",))
SQUARE_ROD = AreaUnit(
    "square rod", "rd²", ACRE.square_metres / 160, "a fortieth of a rood, 30 1/4 square yards",
    ("square rods", "square perch", "square perches", "square pole", "square poles", "perch", "perches", "rod", "rods", "pole", "poles"),
)  # fmt: skip
SQUARE_LINK = AreaUnit("square link", "li²", (Fraction(66, 100) * FOOT) ** 2, "the square of a link", ("square links",))
SQUARE_YARD = AreaUnit("square yard", "yd²", (3 * FOOT) ** 2, "the square of a yard", ("square yards",))
SQUARE_FOOT = AreaUnit("square foot", "ft²", FOOT**2, "the square of a foot", ("square feet",))
QUEBEC_SQUARE_ARPENT = AreaUnit(
    "Quebec square arpent", "arpent² (Quebec)", QUEBEC_ARPENT.metres**2, "32 400 square Quebec feet, 3418.89 m²",
    ("Quebec square arpents",),
)  # fmt: skip
METRIC_DUNAM = AreaUnit("metric dunam", "dunam (metric)", Fraction(1000), "1000 m²", ("metric dunams",))

AREAS: tuple[AreaUnit, ...] = (
    SQUARE_METRE, HECTARE, SQUARE_KILOMETRE, ACRE, SQUARE_MILE, SQUARE_NAUTICAL_MILE, DESSIATIN, SQUARE_SAZHEN,
    SQUARE_VERST, ARE, CENTIARE, ROOD, SQUARE_CHAIN, SQUARE_ROD, SQUARE_LINK, SQUARE_YARD, SQUARE_FOOT,
    QUEBEC_SQUARE_ARPENT, METRIC_DUNAM,
)  # fmt: skip

_AMBIGUOUS = {
    "mile": (STATUTE_MILE, NAUTICAL_MILE, US_SURVEY_MILE),
    "miles": (STATUTE_MILE, NAUTICAL_MILE, US_SURVEY_MILE),
}
_LENGTHS = {name: unit for unit in LENGTHS for name in (unit.name, unit.symbol, *unit.names)}
_AREAS = {name: unit for unit in AREAS for name in (unit.name, unit.symbol, *unit.names)}


def find_length(name: str) -> Unit:
    """The unit of length with this name or symbol; raises `UnknownUnitError` with suggestions.

    Symbols are compared as written (`M` is a nautical mile, `m` a metre), names without letter case. A name that
    stands for several units ("mile") is refused with what it may mean.
    """
    wanted = " ".join(name.replace("’", "'").split())
    if wanted in _LENGTHS:
        return _LENGTHS[wanted]
    if wanted.lower() in _AMBIGUOUS:
        raise UnknownUnitError(name, tuple(unit.name for unit in _AMBIGUOUS[wanted.lower()]), ambiguous=True)
    for known, unit in _LENGTHS.items():
        if len(wanted) > 3 and known.casefold() == wanted.casefold():
            return unit
    raise UnknownUnitError(name, tuple(difflib.get_close_matches(wanted, _LENGTHS, 3)))


def find_area(name: str) -> AreaUnit:
    """The unit of area with this name or symbol; raises `UnknownUnitError` with suggestions."""
    wanted = " ".join(name.split())
    for known, unit in _AREAS.items():
        if known == wanted or (len(wanted) > 3 and known.casefold() == wanted.casefold()):
            return unit
    raise UnknownUnitError(name, tuple(difflib.get_close_matches(wanted, _AREAS, 3)))


@lru_cache(maxsize=256)
def _length_m(unit: str) -> Fraction:
    """One unit of length in metres."""
    return find_length(unit).metres


@lru_cache(maxsize=64)
def _area_m2(unit: str) -> Fraction:
    """One unit of area in square metres."""
    return find_area(unit).square_metres


def metres(value: Fraction | Decimal | int, unit: str) -> float:
    """A length in metres, rounded once: the exact value times the exact unit. Raises `UnknownUnitError`."""
    return float(Fraction(value) * _length_m(unit))


def square_metres(value: Fraction | Decimal | int, unit: str) -> float:
    """An area in square metres, rounded once. Raises `UnknownUnitError`."""
    return float(Fraction(value) * _area_m2(unit))
