"""What is printed parses to what was printed: for trees of every kind of statement."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import assume, given
from hypothesis import strategies as st

from merestone.description.azimuths import AzimuthsFrom, CountedAzimuth, GridNorth, MagneticNorth, TrueNorth
from merestone.description.course_tables import Course, CourseTable
from merestone.description.exchanges import Exchange, ExpectedBalance, ExpectedShare, Transfer
from merestone.description.legs.along_circle import AlongCircleLeg
from merestone.description.legs.along_feature import AlongFeatureLeg
from merestone.description.legs.along_line import AlongLineLeg
from merestone.description.legs.arc import ArcLeg
from merestone.description.legs.at_azimuth import AtAzimuthLeg
from merestone.description.legs.at_right_angles import AtRightAnglesLeg
from merestone.description.legs.curve import CurveLeg
from merestone.description.legs.geodesic import GeodesicLeg
from merestone.description.legs.loxodrome import LoxodromeLeg
from merestone.description.legs.meridian import MeridianLeg
from merestone.description.legs.parallel import ParallelLeg
from merestone.description.legs.straight import StraightLeg
from merestone.description.legs.straight_on import StraightOnLeg
from merestone.description.legs.towards import TowardsLeg
from merestone.description.legs.traverse import TraverseLeg
from merestone.description.legs.water_line import WaterLineLeg
from merestone.description.named_lines import (
    CircleAbout,
    Construction,
    FeatureBinding,
    FromTowards,
    OnConstruction,
    OnSection,
    OnSource,
    ThroughPoint,
    ThroughPoints,
)
from merestone.description.numbers import Reading as NumberReading
from merestone.description.numbers import read, roughly
from merestone.description.parser import parse
from merestone.description.printer import print_description
from merestone.description.tree import (
    Area,
    AtAzimuth,
    AtCoordinates,
    AtDistanceAlong,
    AtFoot,
    AtIntersection,
    AtMidpoint,
    Between,
    ByDistances,
    Choice,
    Chooser,
    Coordinate,
    DeclaredReading,
    Description,
    DistanceFrom,
    ExpectArea,
    ExpectAzimuth,
    ExpectLength,
    ForDistance,
    FrameChoice,
    FrameStatement,
    From,
    FromAzimuth,
    Geographic,
    Hemisphere,
    InDirection,
    InLanguage,
    Instrument,
    Leg,
    LegChain,
    Length,
    Name,
    Note,
    Number,
    Numbers,
    OnFeature,
    OnLeg,
    OnMeridian,
    OnParallel,
    Open,
    Parties,
    Party,
    Point,
    Reading,
    ReadingKind,
    Reference,
    Section,
    Sides,
    Standing,
    Status,
    StatusBy,
    StraightKind,
    StraightReading,
    Title,
    ToPoint,
    UntilMeets,
    Words,
)
from merestone.geodesy.angle import Angle

TEXTS = st.text(
    st.characters(categories=["L", "Nd", "Po", "Sm"], exclude_characters="\u00ad\u115f\u1160\u3164\uffa0"), max_size=12
)


def composed(text: str) -> str:
    """A text that the language can hold: normal form C, one space between words, quotations that pair."""
    import unicodedata

    return " ".join(unicodedata.normalize("NFC", text).translate({ord(c): None for c in "«»“”"}).split())


SAID = TEXTS.map(composed)
NAMES = st.one_of(st.sampled_from(["A", "B-1", "10/2", "to", "leg", "Ras Al'Khaimah", "é"]), SAID.filter(bool)).map(
    Name
)
LOCATED = st.sampled_from([None, "art. 1", "section 4 para. 2"])


@st.composite
def numbers(draw: st.DrawFn) -> Number:
    """A number as printed."""
    decimals = draw(st.integers(0, 4))
    value = Decimal(draw(st.integers(0, 10**7))).scaleb(-decimals)
    text = f"{value:f}"
    # Three decimals behind one to three digits could be thousands: such a print needs a declaration.
    assume(isinstance(read(text, None), NumberReading))
    return Number(text, value, Decimal(1).scaleb(-decimals))


@st.composite
def angles(draw: st.DrawFn, below: int) -> Angle:
    """An angle in degrees, minutes or seconds."""
    degrees, minutes, seconds = draw(st.integers(0, below - 1)), draw(st.integers(0, 59)), draw(st.integers(0, 599))
    match draw(st.integers(0, 2)):
        case 0:
            return Angle(f"{degrees}°", degrees, 1, 1)
        case 1:
            return Angle(f"{degrees}°{minutes:02d}'", degrees * 60 + minutes, 1, 60)
        case _:
            text = f"{degrees}°{minutes:02d}'{seconds // 10:02d}.{seconds % 10}\""
            return Angle(text, (degrees * 60 + minutes) * 600 + seconds, 1, 36000)


LENGTHS = st.builds(Length, numbers(), st.sampled_from(["m", "km", "nautical miles", "versts"]))
STATED = LENGTHS | LENGTHS.map(lambda said: Length(roughly(said.number), said.unit, about=True))
AREAS = st.builds(Area, numbers(), st.sampled_from(["m²", "km²", "ha", "acres"]))
LATITUDES = st.builds(Coordinate, angles(90), st.sampled_from([Hemisphere.NORTH, Hemisphere.SOUTH]))
LONGITUDES = st.builds(Coordinate, angles(180), st.sampled_from([Hemisphere.EAST, Hemisphere.WEST]))
NORTHS = st.one_of(
    st.just(TrueNorth()),
    st.builds(GridNorth, st.sampled_from([Name("EPSG:31983"), Name("Gauss-Kruger zone 20")])),
    st.builds(MagneticNorth, angles(20), st.booleans(), st.sampled_from(["1904", "1904-06-01"])),
)


@st.composite
def directions(draw: st.DrawFn) -> Angle:
    """An azimuth, a bearing in a quadrant, a wind, or `due north` and the like."""
    if draw(st.booleans()):
        return draw(angles(360))
    if draw(st.booleans()):
        return draw(
            st.sampled_from(
                [Angle("north-east", 2, 45, 2), Angle("WNW", 13, 45, 2), Angle("due east", 324000, 1, 3600)]
            )
        )
    angle, south, west = draw(angles(90)), draw(st.booleans()), draw(st.booleans())
    text = f"{'S' if south else 'N'} {angle.text} {'W' if west else 'E'}"
    half = 180 * angle.unit_denominator
    count = (half + angle.count if west else half - angle.count) if south else (-angle.count if west else angle.count)
    return Angle(text, count % (2 * half), 1, angle.unit_denominator)


AZIMUTHS = st.one_of(directions(), st.builds(CountedAzimuth, directions(), NORTHS))


def place(latitude: Coordinate, longitude: Coordinate) -> Geographic:
    """A place with its text."""
    text = f"{latitude.angle.text} {latitude.hemisphere} {longitude.angle.text} {longitude.hemisphere}"
    return Geographic(text, latitude, longitude)


PLACES = st.builds(place, LATITUDES, LONGITUDES)
PROJECTIONS = st.sampled_from([Name("EPSG:32719"), Name("Gauss-Kruger zone 20")])
FRAMES = st.sampled_from([Name("WGS 84 (G1762)"), Name("EPSG:4326"), Name("read as written"), Name("ED50")])
STANDINGS = st.one_of(
    st.sampled_from([Numbers(Standing.ENACTED), Numbers(Standing.ROUNDED)]),
    st.builds(lambda within: Numbers(Standing.MEASURED, within), LENGTHS),
)
REFERENCES = st.one_of(
    st.builds(lambda who: Reference(None, None, who), SAID),
    st.builds(lambda locator: Reference(Name("award"), locator, None), LOCATED),
)
READINGS = st.one_of(
    st.sampled_from([kind for kind in ReadingKind if kind is not ReadingKind.PROJECTED]).map(Reading),
    PROJECTIONS.map(lambda name: Reading(ReadingKind.PROJECTED, name)),
)
DECLARED = st.builds(DeclaredReading, READINGS, st.none() | REFERENCES, st.lists(READINGS, max_size=2).map(tuple))
ON_LEGS = st.builds(OnLeg, NAMES, st.none() | NAMES, st.booleans())
PLAIN_KINDS = st.sampled_from([StraightKind.STRAIGHT, StraightKind.GEODESIC, StraightKind.LOXODROME])
CIRCLES = st.builds(CircleAbout, LENGTHS, NAMES)
LINES = st.one_of(
    CIRCLES,
    st.builds(FromTowards, PLAIN_KINDS, NAMES, NAMES),
    st.builds(ThroughPoint, NAMES, st.booleans()),
    st.builds(ThroughPoints, PLAIN_KINDS, st.lists(NAMES, min_size=2, max_size=4).map(tuple)),
    st.builds(ThroughPoints, st.just(StraightKind.PROJECTED), st.just(()), NAMES, PROJECTIONS),
    st.builds(OnSection, NAMES, st.booleans()),
    st.builds(OnConstruction, NAMES, st.just(False), st.booleans()),
    st.builds(OnConstruction, NAMES, st.just(True)),
    st.builds(OnFeature, SAID.map(Name)),
    st.builds(OnParallel, LATITUDES | NAMES),
    st.builds(OnMeridian, LONGITUDES | NAMES),
    ON_LEGS,
    st.builds(Between, PLAIN_KINDS, NAMES, NAMES, st.none(), st.booleans()),
    st.builds(FromAzimuth, st.just(StraightKind.PROJECTED), NAMES, AZIMUTHS, PROJECTIONS),
)
CHOICES = st.one_of(
    st.none(),
    st.builds(lambda name: Choice(Chooser.NEAREST, name), NAMES),
    st.sampled_from([chooser for chooser in Chooser if chooser is not Chooser.NEAREST]).map(Choice),
)
# `in direction` keeps a compass direction as its own value; it is not an azimuth there.
IN_DEGREES = AZIMUTHS.filter(
    lambda said: (said.angle if isinstance(said, CountedAzimuth) else said).unit_numerator != 45
)
WINDS = st.sampled_from(["N", "NNE", "SW", "WNW"])
DEFINITIONS = st.one_of(
    st.builds(AtCoordinates, PLACES, st.none() | FRAMES, st.none() | STANDINGS, st.booleans()),
    st.builds(AtIntersection, LINES, LINES, CHOICES),
    st.builds(AtMidpoint, NAMES, NAMES),
    st.builds(AtFoot, NAMES, LINES),
    st.builds(AtDistanceAlong, STATED, ON_LEGS.map(lambda leg: OnLeg(leg.leg, leg.section)), NAMES),
    st.builds(AtAzimuth, AZIMUTHS, STATED, NAMES, st.none() | PLAIN_KINDS),
    st.builds(InDirection, IN_DEGREES, st.none(), NAMES),
    st.builds(InDirection, st.none(), WINDS, NAMES),
    st.builds(
        ByDistances,
        st.lists(st.builds(DistanceFrom, STATED, st.none() | WINDS, NAMES), min_size=1, max_size=3).map(tuple),
    ),
)
CLAUSES = st.lists(
    st.one_of(
        st.builds(Words, SAID, st.sampled_from([None, "en", "zh-Hant"]), LOCATED),
        st.builds(Note, SAID),
        st.builds(ExpectLength, STATED, st.none() | LENGTHS),
        st.builds(
            ExpectArea, AREAS, st.none() | AREAS, st.none() | PROJECTIONS, st.lists(NAMES, max_size=2).map(tuple)
        ),
        st.builds(ExpectAzimuth, AZIMUTHS, st.booleans(), st.none(), st.none() | angles(10)),
    ),
    max_size=2,
).map(tuple)
POINTS = st.builds(
    Point, NAMES, st.lists(DEFINITIONS, min_size=1, max_size=3).map(tuple), st.none() | SAID, st.none() | SAID, CLAUSES
)
KINDS = st.one_of(
    st.builds(
        lambda table, rule: TraverseLeg((), courses_of=table, rule=rule),
        NAMES,
        st.sampled_from([None, "compass", "transit"]),
    ),
    st.builds(AtRightAnglesLeg, LINES, st.booleans(), st.sampled_from([None, StraightKind.GEODESIC])),
    st.builds(CurveLeg, st.booleans(), LENGTHS),
    st.builds(CurveLeg, st.booleans(), LENGTHS, st.tuples(AZIMUTHS, LENGTHS)),
    st.builds(CurveLeg, st.booleans(), LENGTHS, st.none(), AZIMUTHS),
    st.builds(CurveLeg, st.booleans(), LENGTHS, st.none(), st.none(), ON_LEGS),
    st.builds(AtAzimuthLeg, AZIMUTHS, st.just(StraightKind.PROJECTED), PROJECTIONS),
    st.builds(
        TraverseLeg,
        st.lists(st.tuples(AZIMUTHS, STATED), min_size=1, max_size=3).map(tuple),
        st.just(StraightKind.PROJECTED),
        PROJECTIONS,
    ),
    st.builds(TowardsLeg, PLAIN_KINDS, NAMES, st.booleans()),
    st.builds(TowardsLeg, st.just(StraightKind.PROJECTED), NAMES, st.booleans(), PROJECTIONS),
    st.builds(ParallelLeg, st.sampled_from([None, "eastward", "westward"]), st.none() | NAMES),
    st.builds(MeridianLeg, st.sampled_from([None, "northward", "southward"]), st.none() | NAMES),
    st.builds(AlongLineLeg, NAMES),
    st.builds(AlongCircleLeg, NAMES, st.booleans()),
    st.builds(AlongFeatureLeg, st.sampled_from(["road", "feature"]), SAID.map(Name)),
    st.just(StraightLeg()),
    st.builds(GeodesicLeg, st.none() | AZIMUTHS),
    st.builds(LoxodromeLeg, st.none() | AZIMUTHS),
    st.sampled_from([ParallelLeg(), ParallelLeg("westward"), MeridianLeg("northward")]),
    st.builds(StraightOnLeg, PROJECTIONS),
    st.builds(ArcLeg, LENGTHS, NAMES, st.booleans()),
    st.builds(AtAzimuthLeg, AZIMUTHS, st.sampled_from([None, StraightKind.GEODESIC])),
    st.builds(TraverseLeg, st.lists(st.tuples(AZIMUTHS, STATED), min_size=1, max_size=3).map(tuple)),
    st.builds(WaterLineLeg, st.sampled_from(["thalweg", "left bank"]), NAMES, st.sampled_from([None, "upstream"])),
)
ENDINGS = st.one_of(
    st.builds(ToPoint, NAMES), st.builds(UntilMeets, LINES, CHOICES), st.builds(ForDistance, STATED), st.just(Open())
)
LEGS = st.builds(Leg, st.none() | NAMES, KINDS, ENDINGS, st.none() | FRAMES, st.none() | DECLARED, CLAUSES)
IN_CHAINS = KINDS.filter(lambda kind: getattr(kind, "through", None) is None)
CHAINS = st.builds(
    LegChain,
    st.none() | NAMES,
    IN_CHAINS,
    st.none(),
    st.lists(NAMES, min_size=2, max_size=4).map(tuple),
    st.none() | FRAMES,
    st.none() | DECLARED,
    CLAUSES,
)
SECTIONS = st.builds(
    Section,
    NAMES,
    st.none() | SAID,
    st.booleans(),
    st.none() | st.builds(Sides, NAMES, NAMES),
    st.none()
    | st.builds(StatusBy, st.sampled_from(list(Status)), st.none() | REFERENCES, st.sampled_from([None, "1904"])),
    CLAUSES,
    st.lists(st.one_of(st.builds(From, NAMES, st.booleans()), LEGS, CHAINS), max_size=4).map(tuple),
)
OTHERS = st.lists(st.builds(InLanguage, st.sampled_from(["es", "ar"]), SAID), max_size=2).map(tuple)
CHOSEN = st.builds(FrameChoice, FRAMES, st.sampled_from([None, "EPSG:1234", "Helmert 1962"]))
COURSES = st.builds(
    lambda name, courses: CourseTable(name, ("azimuth", "length"), tuple(Course(*each) for each in courses)),
    NAMES,
    st.lists(st.tuples(AZIMUTHS, STATED), min_size=1, max_size=4),
)
SHARES = st.builds(
    ExpectedShare, NAMES, st.sampled_from(["gives", "takes", "gains", "loses"]), AREAS, st.none() | AREAS,
    st.none() | PROJECTIONS,
)  # fmt: skip
EXCHANGES = st.builds(
    Exchange,
    NAMES,
    st.none() | SAID,
    st.lists(st.builds(Transfer, NAMES, NAMES, NAMES), min_size=1, max_size=3).map(tuple),
    st.lists(SHARES | st.builds(ExpectedBalance, st.none() | AREAS, st.none() | PROJECTIONS), max_size=2).map(tuple),
)
HEADS = st.one_of(
    EXCHANGES,
    COURSES,
    st.builds(AzimuthsFrom, NORTHS, st.none() | REFERENCES),
    st.builds(Construction, NAMES, LINES, st.just(False), st.none() | SAID),
    st.builds(Construction, NAMES, CIRCLES, st.just(True), st.none() | SAID),
    st.builds(FeatureBinding, SAID.map(Name), LINES),
    st.builds(FeatureBinding, SAID.map(Name), st.builds(OnSource, NAMES, st.none() | SAID, st.none() | DECLARED)),
    st.builds(
        FeatureBinding,
        SAID.map(Name),
        st.builds(ThroughPoints, st.just(StraightKind.STRAIGHT), st.just(()), NAMES),
    ),
    st.builds(Title, SAID, OTHERS),
    st.builds(Parties, st.lists(st.builds(Party, NAMES, SAID, OTHERS), min_size=1, max_size=3).map(tuple)),
    st.builds(
        Instrument,
        NAMES,
        SAID,
        kind=st.sampled_from([None, "award"]),
        dated=st.sampled_from([None, "1966-12-09", "1966"]),
        languages=st.sampled_from([(), ("en", "es")]),
        prevails=st.sampled_from([None, "es"]),
        note=st.none() | SAID,
    ),
    st.builds(StraightReading, DECLARED),
    st.builds(
        lambda candidates, read_as: FrameStatement(None, None, candidates=tuple(candidates), read_as=read_as),
        st.lists(CHOSEN, min_size=1, max_size=3),
        st.none() | CHOSEN,
    ),
)
DESCRIPTIONS = st.builds(Description, st.lists(st.one_of(HEADS, POINTS, SECTIONS), max_size=5).map(tuple))


@given(DESCRIPTIONS)
def test_parsing_what_was_printed_gives_the_tree_back(description: Description) -> None:
    """The printer is the inverse of the parser, whatever a tree holds, and finds nothing wrong with its own text."""
    text = print_description(description)
    parsed = parse(text)
    assert [f for f in parsed.diagnostics if f.code != "T107"] == []
    assert parsed.description == description
    assert print_description(parsed.description) == text
