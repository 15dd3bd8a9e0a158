"""The tree of a `.boundary` text: immutable records, one for each thing that can be said.

The file is also the reference of the language's meaning: each record says what it means to a person. Every record
knows its place (`span`), which takes no part in equality: two texts that say the same have equal trees. Legs are
open: their kinds live in `merestone.description.legs`, one module each; everything else is a closed union.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING, Protocol, TypeAlias

from merestone.diagnostics import Diagnostic, Span
from merestone.geodesy.angle import Angle, LetterG
from merestone.geodesy.prime_meridians import BY_NAME

if TYPE_CHECKING:
    from merestone.description.azimuths import AzimuthsFrom, CountedAzimuth
    from merestone.description.course_tables import CourseTable
    from merestone.description.exchanges import Exchange
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

NOWHERE = Span(0, 0, 0, 0)
"""The span of a record that was made by hand and not read from a text."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name as written; a reference to, or the definition of, a point, leg, section, party, instrument or source."""

    text: str
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Number:
    """A number as printed. `value` is exact; `last_place` is one unit of the last printed digit (12.50 -> 0.01).

    A number with a fraction (`12½`) has fractions, and its parts are the last place (1/2).
    """

    text: str
    value: Decimal | Fraction
    last_place: Decimal | Fraction
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Length:
    """A length as printed, in the unit that it was printed in (canonical name of `merestone.geodesy.units`).

    Where the instrument gives it `about`, the last place of the number is that of its last digit that is not zero.
    """

    number: Number
    unit: str
    about: bool = False
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Area:
    """An area as printed, in the unit that it was printed in; `about` as for a length."""

    number: Number
    unit: str
    about: bool = False
    span: Span = field(default=NOWHERE, compare=False, repr=False)


class Hemisphere(StrEnum):
    """The letter that a coordinate carries."""

    NORTH = "N"
    SOUTH = "S"
    EAST = "E"
    WEST = "W"


OPPOSITE = {
    Hemisphere.NORTH: Hemisphere.SOUTH,
    Hemisphere.SOUTH: Hemisphere.NORTH,
    Hemisphere.EAST: Hemisphere.WEST,
    Hemisphere.WEST: Hemisphere.EAST,
}


@dataclass(frozen=True, slots=True)
class Coordinate:
    """A latitude or a longitude as printed, with the hemisphere that it carries or that the text declares."""

    angle: Angle
    hemisphere: Hemisphere
    zero_deg: Fraction = Fraction(0)
    """Where the count of a longitude begins, in exact degrees east of Greenwich; the angle is as printed."""
    counted_from: str = ""
    """The meridian that is printed behind this longitude and is not the declared one; empty for all others."""
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Geographic:
    """A latitude and a longitude as printed; `text` is what the instrument prints, whole."""

    text: str
    latitude: Coordinate
    longitude: Coordinate
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class GridCoordinate:
    """One rectangular coordinate as printed: what it is called (`X`, `Y`, or one of northing, southing, easting,
    westing), its number, and the unit that is printed with it, None where none is."""

    axis: str
    number: Number
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Grid:
    """Rectangular coordinates as printed, in a named system or the frame's own: which of them counts which way is
    settled by the definition of the system, not here."""

    text: str
    first: GridCoordinate
    second: GridCoordinate
    system: Name | None
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class SquareReference:
    """A reference of the Military Grid Reference System as printed, on WGS 84."""

    text: str
    span: Span = field(default=NOWHERE, compare=False, repr=False)


Coordinates: TypeAlias = Geographic | Grid | SquareReference


class Standing(StrEnum):
    """How a printed number is to be taken."""

    ENACTED = "enacted"
    """Exact by law: sigma 0. What an instrument prints, unless it says otherwise."""
    MEASURED = "measured"
    """The outcome of a measurement of stated accuracy."""
    ROUNDED = "rounded"
    """Cut to the printed digits: half a printed unit, rectangular, sigma = unit / sqrt(12)."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """How coordinates are to be taken; `within` is the stated accuracy (one sigma) of measured ones."""

    standing: Standing
    within: Length | None = None
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Reference:
    """Where something stands: an instrument and the place in it (`art. 1`), or who says so in words."""

    instrument: Name | None
    locator: str | None
    who: str | None
    span: Span = field(default=NOWHERE, compare=False, repr=False)


# ---- readings ---------------------------------------------------------------------------------------------------


class ReadingKind(StrEnum):
    """What "straight line" can be read as."""

    GEODESIC = "geodesic"
    LOXODROME = "loxodrome"
    PARALLEL = "parallel"
    LONLAT = "straight in longitude and latitude"
    PROJECTED = "straight on"


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of "straight line"; `projection` names the plane where the kind is `straight on`."""

    kind: ReadingKind
    projection: Name | None = None
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class DeclaredReading:
    """The reading that was taken, on whose authority, and the alternatives kept beside it."""

    reading: Reading
    by: Reference | None
    also: tuple[Reading, ...] = ()
    span: Span = field(default=NOWHERE, compare=False, repr=False)


# ---- lines that points and endings refer to ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OnParallel:
    """The parallel of a latitude, or of words such as "Tropic of Cancer" that need a reading."""

    latitude: Coordinate | Name
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class OnMeridian:
    """The meridian of a longitude, or of words that need a reading."""

    longitude: Coordinate | Name
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class OnLeg:
    """A leg of this description, or its production beyond its ends."""

    leg: Name
    section: Name | None
    produced: bool = False
    span: Span = field(default=NOWHERE, compare=False, repr=False)


Azimuth: TypeAlias = "Angle | CountedAzimuth"
"""A direction, clockwise from the north that it says, else from the one that the head declares, else from true north."""


class StraightKind(StrEnum):
    """The kind of a line that is drawn only to find a point."""

    STRAIGHT = "straight"
    GEODESIC = "geodesic"
    LOXODROME = "loxodrome"
    PROJECTED = "straight on"


@dataclass(frozen=True, slots=True)
class Between:
    """A line of a kind from one point to another, or its production."""

    kind: StraightKind
    start: Name
    end: Name
    projection: Name | None = None
    produced: bool = False
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class FromAzimuth:
    """A line of a kind that leaves a point at an azimuth."""

    kind: StraightKind
    start: Name
    azimuth: Azimuth
    projection: Name | None = None
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class OnFeature:
    """A natural or drawn feature: the line that the head binds it to; not yet compiled where nothing is bound to it."""

    feature: Name
    span: Span = field(default=NOWHERE, compare=False, repr=False)


LineReference: TypeAlias = (
    "OnParallel | OnMeridian | OnLeg | Between | FromAzimuth | OnFeature"
    " | CircleAbout | FromTowards | ThroughPoint | ThroughPoints | OnSection | OnSource | OnConstruction"
)


class Chooser(StrEnum):
    """Which of several intersections is meant."""

    NEAREST = "nearest to"
    FIRST_ALONG_FIRST = "first along the first"
    FIRST_ALONG_SECOND = "first along the second"
    NORTHERNMOST = "northernmost"
    SOUTHERNMOST = "southernmost"
    EASTERNMOST = "easternmost"
    WESTERNMOST = "westernmost"


@dataclass(frozen=True, slots=True)
class Choice:
    """A chooser; `point` is what the intersection is to be nearest to."""

    chooser: Chooser
    point: Name | None = None
    span: Span = field(default=NOWHERE, compare=False, repr=False)


# ---- definitions of points --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class AtCoordinates:
    """By coordinates, in the description's frame or another; `approximately` fixes nothing: the feature governs."""

    coordinates: Coordinates
    frame: Name | None = None
    numbers: Numbers | None = None
    approximately: bool = False
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class AtIntersection:
    """Where two lines meet."""

    first: LineReference
    second: LineReference
    choice: Choice | None = None
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class AtMidpoint:
    """Half-way between two points along the geodesic."""

    first: Name
    second: Name
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class AtFoot:
    """The foot of the perpendicular from a point to a line: the nearest point of the line."""

    point: Name
    line: LineReference
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class AtDistanceAlong:
    """At a distance along a leg, counted from one of its ends."""

    distance: Length
    leg: OnLeg
    start: Name
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class AtAzimuth:
    """At an azimuth and a distance from a point, along a line of a kind (None: not said)."""

    azimuth: Azimuth
    distance: Length
    start: Name
    kind: StraightKind | None = None
    projection: Name | None = None
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class InDirection:
    """A direction only: a leg that ends here is a ray. Exactly one of `azimuth` and `wind` is given."""

    azimuth: Azimuth | None
    wind: str | None
    start: Name
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class DistanceFrom:
    """One observation of a point: so far, in such a wind direction, from a known point."""

    distance: Length
    wind: str | None
    start: Name
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class ByDistances:
    """By several distances and wind directions; least squares with residuals."""

    observations: tuple[DistanceFrom, ...]
    span: Span = field(default=NOWHERE, compare=False, repr=False)


class NaturalPoint(StrEnum):
    """Points that rest on nature or on a source. Not yet compiled."""

    PLACE = "place"
    SUMMIT = "summit"
    SADDLE = "saddle near"
    CONFLUENCE = "confluence of"
    SOURCE = "source of"
    MOUTH = "mouth of"


@dataclass(frozen=True, slots=True)
class AtNature:
    """A summit, saddle, confluence, source, mouth, or a place named on a source. Not yet compiled."""

    what: NaturalPoint
    names: tuple[Name, ...]
    source: Name | None = None
    span: Span = field(default=NOWHERE, compare=False, repr=False)


PointDefinition: TypeAlias = (
    AtCoordinates
    | AtIntersection
    | AtMidpoint
    | AtFoot
    | AtDistanceAlong
    | AtAzimuth
    | InDirection
    | ByDistances
    | AtNature
)


# ---- clauses ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Words:
    """The instrument's own words for this part, in a language, with the article they stand in."""

    text: str
    language: str | None = None
    article: str | None = None
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class ExpectLength:
    """The instrument prints a length for this leg: on the ellipsoid, unless a `projection` says on which plane."""

    length: Length
    within: Length | None = None
    projection: Name | None = None
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class ExpectAzimuth:
    """The instrument prints an azimuth for this leg, at its start unless it says at its end."""

    azimuth: Azimuth
    at_end: bool = False
    kind: StraightKind | None = None
    within: Angle | None = None
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class ExpectDirection:
    """The instrument names a wind direction for this leg (of sixteen: within 11.25 degrees)."""

    wind: str
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class ExpectArea:
    """The instrument prints the area that a ring encloses: on the ellipsoid, or on the plane of `projection`; less the
    rings `net_of`, which lie inside it."""

    area: Area
    within: Area | None = None
    projection: Name | None = None
    net_of: tuple[Name, ...] = ()
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class ExpectCoordinates:
    """The instrument prints coordinates for a point that is defined otherwise."""

    coordinates: Coordinates
    within: Length | None = None
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class ExpectDistance:
    """The instrument prints the distance from this point to another."""

    point: Name
    length: Length
    within: Length | None = None
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class ExpectSide:
    """A place lies on a side: `side` is left, right, inside, outside, or a party's identity."""

    point: Name
    side: str
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Note:
    """A remark for the reader; it changes nothing."""

    text: str
    span: Span = field(default=NOWHERE, compare=False, repr=False)


Expectation: TypeAlias = (
    ExpectLength | ExpectAzimuth | ExpectDirection | ExpectArea | ExpectCoordinates | ExpectDistance | ExpectSide
)
Clause: TypeAlias = Words | Note | Expectation


# ---- legs -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ToPoint:
    """The leg runs to a point."""

    point: Name
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class UntilMeets:
    """The leg runs until it meets a line."""

    line: LineReference
    choice: Choice | None = None
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class ForDistance:
    """The leg runs for a distance."""

    distance: Length
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Open:
    """The leg has no end in the words."""

    span: Span = field(default=NOWHERE, compare=False, repr=False)


Ending: TypeAlias = ToPoint | UntilMeets | ForDistance | Open


class LegNode(Protocol):
    """What a kind of leg says: a frozen record of its own module in `merestone.description.legs`."""

    @property
    def span(self) -> Span:
        """Its place in the text."""


@dataclass(frozen=True, slots=True)
class Refused:
    """The kind of a leg, or of a start, whose statement means nothing: `text` is what stands there, `why` what is wrong.

    It keeps its place, so that the line has a gap there and does not run past what was not understood.
    """

    text: str
    why: Diagnostic
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Leg:
    """One leg: its kind, how it ends, and what the instrument says of it.

    `name` is None until `merestone format` gives it one. `read_as` is a reading declared for this leg alone.
    """

    name: Name | None
    kind: LegNode
    ending: Ending
    frame: Name | None = None
    read_as: DeclaredReading | None = None
    clauses: tuple[Clause, ...] = ()
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class LegChain:
    """Many legs of one kind through a list of points, in order: a table's rows, or points named here.

    Where `up_to` is given, `points` holds one point, and the chain runs from it through every point that the text
    defines after it (in the order written) up to and including `up_to`.
    """

    name: Name | None
    kind: LegNode
    table: Name | None
    points: tuple[Name, ...]
    frame: Name | None = None
    read_as: DeclaredReading | None = None
    clauses: tuple[Clause, ...] = ()
    up_to: Name | None = None
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class From:
    """Where the section begins, or (`then`) goes on after words that leave a gap."""

    point: Name
    then: bool = False
    span: Span = field(default=NOWHERE, compare=False, repr=False)


class Status(StrEnum):
    """The status that the instrument itself gives a section; what is in force only the register knows."""

    CLAIMED = "claimed"
    NEGOTIATED = "negotiated"
    AGREED = "agreed"
    DELIMITED = "delimited"
    DEMARCATED = "demarcated"
    DISPUTED = "disputed"
    PROVISIONAL = "provisional"


@dataclass(frozen=True, slots=True)
class Sides:
    """Who lies on either side. For a section the first is on the right and the second on the left of its direction;
    for a ring the first is inside and the second outside. A side is a party's identity, `nobody` or `open`."""

    first: Name
    second: Name
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class StatusBy:
    """A status, by what, since when."""

    status: Status
    by: Reference | None
    on: str | None
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Section:
    """A named run of legs; a `ring` closes on itself (a detached part, an enclave, a parcel)."""

    name: Name
    title: str | None
    ring: bool
    sides: Sides | None
    status: StatusBy | None
    clauses: tuple[Clause, ...]
    body: tuple[From | Leg | LegChain | PointTable | LegTable, ...]
    span: Span = field(default=NOWHERE, compare=False, repr=False)


# ---- head -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class InLanguage:
    """A text in a language (BCP 47 tag)."""

    language: str
    text: str


@dataclass(frozen=True, slots=True)
class Title:
    """The title of the description, in one or more languages."""

    text: str
    others: tuple[InLanguage, ...] = ()
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class ReadingBy:
    """Whose reading this description is."""

    who: str
    on: str | None = None
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Party:
    """A party: one identity, names in one or more languages."""

    name: Name
    title: str
    others: tuple[InLanguage, ...] = ()
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Parties:
    """The parties; their order means nothing."""

    parties: tuple[Party, ...]
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Instrument:
    """A treaty, award, judgment or other text that the boundary rests on."""

    name: Name
    title: str
    kind: str | None = None
    dated: str | None = None
    languages: tuple[str, ...] = ()
    prevails: str | None = None
    registered: str | None = None
    published: str | None = None
    note: str | None = None
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Precedence:
    """Which statement prevails where two disagree, first to last (marks, words, coordinates, map)."""

    order: tuple[str, ...]
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Source:
    """A file inside the case that the line rests on, by path and digest."""

    name: Name
    kind: str
    path: str
    sha256: str | None = None
    dated: str | None = None
    scale: Number | None = None
    edition: str | None = None
    on_duty: str | None = None
    accuracy: Length | None = None
    note: str | None = None
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a transformation as printed: its name (tx ... ds, x y z), number and unit (m, ", ppm)."""

    name: str
    number: Number
    unit: str
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class OwnTransformation:
    """A commission's own transformation: by 3, 7 or 10 parameters, from common points, or by a named `operation` (an
    EPSG code or a name).

    `common_points` are two tables: the points in the own frame, and those of the same names in the target frame;
    `count` says whether 3 or 7 parameters are to be estimated from them.

    `convention` is `position vector` or `coordinate frame`, needed wherever there are rotations.
    """

    target: Name
    parameters: tuple[Parameter, ...] = ()
    convention: str | None = None
    common_points: tuple[Name, Name] | None = None
    count: int = 0
    accuracy: Length | None = None
    operation: str | None = None
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class FrameChoice:
    """A frame with the named operation that leads from it to the frame of the description."""

    frame: Name
    operation: str | None = None
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class FrameStatement:
    """What coordinates are counted in. Without a `name` it is the frame of the description.

    `frame` is None where the instrument states none; then `candidates` are the plausible ones and `read_as` the one
    that was taken, on whose authority.
    """

    name: Name | None
    frame: Name | None
    epoch: Number | None = None
    plate: str | None = None
    fixed_in_frame: bool = False
    vertical: str | None = None
    ellipsoid: str | None = None
    own: OwnTransformation | None = None
    candidates: tuple[FrameChoice, ...] = ()
    read_as: FrameChoice | None = None
    read_by: Reference | None = None
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class LegsIn:
    """The frame that legs are computed in where it is not the frame of the description."""

    frame: Name
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class WithoutLetters:
    """What coordinates without hemisphere letters mean, and which comes first; `signed`: a minus is the other way."""

    latitude: Hemisphere
    longitude: Hemisphere
    longitude_first: bool = False
    signed: bool = False
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class LettersIn:
    """In which language the letters of hemispheres are printed: `O` is west in Spanish and east in German."""

    language: str
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class LongitudesFrom:
    """The meridian that every printed longitude is counted from: one of the EPSG registry, or one whose value `at`, from
    Greenwich, is stated, on whose authority."""

    meridian: str
    at: Coordinate | None = None
    by: Reference | None = None
    span: Span = field(default=NOWHERE, compare=False, repr=False)

    @property
    def zero_deg(self) -> Fraction:
        """The meridian in exact degrees east of Greenwich: the stated value, else that of the registry."""
        if self.at is None:
            return BY_NAME[self.meridian.casefold()].east_deg
        return self.at.angle.exact if self.at.hemisphere is Hemisphere.EAST else -self.at.angle.exact


@dataclass(frozen=True, slots=True)
class AnglesIn:
    """What the letter g behind a number of the instrument means; `in_groups`: groups of digits without signs
    (`37-32-06`) are degrees, minutes and seconds."""

    unit: LetterG
    in_groups: bool = False
    span: Span = field(default=NOWHERE, compare=False, repr=False)


class DecimalSign(StrEnum):
    """The sign that begins the decimals of a number; any other of these, where it is printed, groups thousands."""

    POINT = "point"
    COMMA = "comma"
    APOSTROPHE = "apostrophe"


@dataclass(frozen=True, slots=True)
class DecimalSignIs:
    """Which sign begins the decimals in the instrument's numbers."""

    sign: DecimalSign
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Tolerance:
    """The precision asked for: coordinates printed more coarsely become open words."""

    length: Length
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class StraightReading:
    """How "straight line" is read throughout."""

    declared: DeclaredReading
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class WordReading:
    """How words that name a parallel or meridian ("Tropic of Cancer") are read, and other readings of them."""

    words: Name
    value: Coordinate
    by: Reference | None
    also: tuple[Coordinate, ...] = ()
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Point:
    """A point: its names and every definition that the instrument gives of it."""

    name: Name
    definitions: tuple[PointDefinition, ...]
    label: str | None = None
    mark: str | None = None
    clauses: tuple[Clause, ...] = ()
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class PointTable:
    """A long list of points in columns.

    `rows` holds the text of the rows as written, one line each (they are scanned in columns, not statement by
    statement); `path` and `sha256` name a CSV file instead (`heading`: its first
    record is one); `system` the projection of rectangular coordinates. `first_line` is the line of the first row in the text.
    """

    name: Name
    columns: tuple[str, ...]
    rows: str = ""
    first_line: int = field(default=0, compare=False)
    path: str | None = None
    sha256: str | None = None
    without_letters: WithoutLetters | None = None
    frame: Name | None = None
    numbers: Numbers | None = None
    system: Name | None = None
    heading: bool = True
    span: Span = field(default=NOWHERE, compare=False, repr=False)
    decimal_sign: DecimalSign | None = None
    longitudes: LongitudesFrom | None = None


@dataclass(frozen=True, slots=True)
class LegTable:
    """A list of legs in columns; each row means what the statement would."""

    columns: tuple[str, ...]
    legs: tuple[Leg, ...]
    span: Span = field(default=NOWHERE, compare=False, repr=False)


Statement: TypeAlias = (
    "Title | ReadingBy | Parties | Instrument | Precedence | Source | FrameStatement | LegsIn | WithoutLetters | Numbers"
    " | DecimalSignIs | Tolerance | StraightReading | WordReading | Note | Construction | FeatureBinding | AzimuthsFrom | CourseTable | Exchange"
    " | Point | PointTable | Section"
    " | AnglesIn | LettersIn | LongitudesFrom"
)


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment line, kept so that formatting loses nothing; it belongs to the statement below it."""

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Description:
    """A whole description: its statements in the order written."""

    statements: tuple[Statement, ...]
    comments: tuple[Comment, ...] = field(default=(), compare=False)
