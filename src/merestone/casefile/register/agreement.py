"""Where a signed line and the line that this machine compiled part: section by section, leg by leg, vertex by vertex.

The tolerances are those of the line compiled here: a file cannot ask for more room than its own words need. Legs whose kind
follows data are compared as curves.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from posixpath import commonprefix

import numpy as np

from merestone.casefile.register.curves import farthest_apart
from merestone.delimit.boundary_line import UNITS_PER_DEGREE
from merestone.geodesy.elementary import solver
from merestone.geodesy.ellipsoid import Ellipsoid
from merestone.publish.angles import decimal_degrees
from merestone.publish.register.line_rows import frame_words
from merestone.publish.register.measured_legs import ellipsoid_of
from merestone.publish.stored_line import (
    StoredFrame,
    StoredGap,
    StoredLeg,
    StoredLine,
    StoredReading,
    StoredSection,
    StoredWords,
)

Units2 = tuple[int, int]

_BEFORE, _MOST_SHOWN = 20, 200

FOLLOWS_DATA: frozenset[str] = frozenset()
"""Kinds of leg that are drawn from data or maps. The language has none yet that compiles: they are gaps."""

ONE_UNIT_UM = 120
"""A vertex with this tolerance or less is met integer for integer, within one unit."""
TOLERANCE_SHARE = 0.01
"""Tolerances are weighed with floating point; two machines agree on them to a hundredth and a micrometre."""


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One place where the lines part: section, leg and vertex (from 0) as far as there is one, the coordinates signed and
    compiled here in units of 1e-9 degree, how far apart they lie in millimetres, and a sentence."""

    sentence: str
    section: str = ""
    leg: str = ""
    vertex: int | None = None
    signed: Units2 | None = None
    here: Units2 | None = None
    distance_mm: float | None = None


def disagreements(
    signed: StoredLine,
    here: StoredLine,
    tolerance_um: int,
    *,
    wording: bool = True,
    follows_data: frozenset[str] = FOLLOWS_DATA,
) -> Iterator[Disagreement]:
    """Where the lines part, in the order of the signed one; `tolerance_um` is the act's, for curves that follow data.

    Without `wording` what depends on the language of a description is let be: titles, names, words, notes, who reads.
    """
    yield from _head(signed, here, wording=wording)
    if signed.frame is None or here.frame is None or signed.frame != here.frame:
        return
    lines = _Lines(ellipsoid_of(here.frame), tolerance_um, wording, follows_data)
    yield from lines.points(signed, here)
    if len(signed.sections) != len(here.sections):
        yield Disagreement(
            f"number of sections: the signed line has {len(signed.sections)}, and the text compiles to {len(here.sections)}"
        )
        return
    for one, other in zip(signed.sections, here.sections, strict=True):
        yield from lines.section(one, other)


Facts = Sequence[tuple[str, object, object]]
"""What is compared: what it is called, as signed, as compiled here."""


def _differing(facts: Facts, where: str, section: str = "", leg: str = "") -> Iterator[Disagreement]:
    for what, one, other in facts:
        if one != other:
            signed, here = _cut(_shown(one), _shown(other))
            yield Disagreement(
                f"{where}: {what}: the signed line has {signed}, and the text compiles to {here}", section, leg
            )


def _shown(value: object) -> str:
    """A compared fact as a sentence holds it."""
    match value:
        case None | () | "":
            return "nothing"
        case tuple():
            return ", ".join(map(_shown, value))
        case StoredFrame():
            return frame_words(value)
        case StoredWords():
            return f"{value.language or ''} «{value.text}» {value.article or ''}".strip()
        case _:
            return str(value)


def _cut(one: str, other: str) -> tuple[str, str]:
    """Two long texts from shortly before they part, so that a sentence shows where."""
    common = len(commonprefix([one, other]))
    start = common - _BEFORE if common > 2 * _BEFORE else 0
    return _piece(one, start), _piece(other, start)


def _piece(text: str, start: int) -> str:
    end = start + _MOST_SHOWN
    return f"{'...' if start else ''}{text[start:end]}{'...' if end < len(text) else ''}"


def _head(signed: StoredLine, here: StoredLine, *, wording: bool) -> Iterator[Disagreement]:
    facts: list[tuple[str, object, object]] = []
    if wording:
        facts += [
            ("title", signed.title, here.title),
            ("author of the reading", signed.reading_by, here.reading_by),
            ("titles of the parties", _titles(signed), _titles(here)),
            ("author of the reading of the frame", _reader(signed.frame_reading), _reader(here.frame_reading)),
        ]
    facts += [
        ("frame", signed.frame, here.frame),
        ("reading of the frame", _reading(signed.frame_reading), _reading(here.frame_reading)),
        ("parties", _identities(signed), _identities(here)),
        ("standing", signed.standing, here.standing),
    ]
    yield from _differing(facts, "the line")


def _identities(line: StoredLine) -> tuple[str, ...]:
    return tuple(identity for identity, _ in line.parties)


def _titles(line: StoredLine) -> tuple[str, ...]:
    return tuple(title for _, title in line.parties)


def _point_names(line: StoredLine) -> tuple[str, ...]:
    return tuple(point.name for point in line.points)


def _reading(reading: StoredReading | None) -> object:
    return None if reading is None else (reading.name, *reading.also)


def _reader(reading: StoredReading | None) -> object:
    return None if reading is None else reading.by


@dataclass(frozen=True, slots=True)
class _At:
    """A place in the line: how it is called in a sentence, and its section, leg and vertex."""

    where: str
    section: str = ""
    leg: str = ""
    vertex: int | None = None


@dataclass(frozen=True, slots=True)
class _Lines:
    """The functions that compare each part, with what they share."""

    ellipsoid: Ellipsoid
    tolerance_um: int
    wording: bool
    follows_data: frozenset[str]

    def points(self, signed: StoredLine, here: StoredLine) -> Iterator[Disagreement]:
        facts: list[tuple[str, object, object]] = [("number of points", len(signed.points), len(here.points))]
        if self.wording:
            facts.append(("names of points", _point_names(signed), _point_names(here)))
        found = list(_differing(facts, "the line"))
        yield from found
        if found:
            return
        for one, other in zip(signed.points, here.points, strict=True):
            places = (one.longitude, one.latitude), (other.longitude, other.latitude)
            at = _At(f"point {one.name}")
            yield from self._vertex(at, places, (one.tolerance_um, other.tolerance_um))
            yield from _differing([("source", one.source, other.source)], at.where)

    def section(self, signed: StoredSection, here: StoredSection) -> Iterator[Disagreement]:
        facts: list[tuple[str, object, object]] = [
            ("whether it is a ring", signed.ring, here.ring),
            ("who is on the right or inside", signed.right, here.right),
            ("who is on the left or outside", signed.left, here.left),
            ("status", signed.status, here.status),
            ("number of legs and gaps", len(signed.parts), len(here.parts)),
        ]
        if self.wording:
            facts += [("name", signed.name, here.name), ("title", signed.title, here.title)]
        yield from _differing(facts, f"section {signed.name}", signed.name)
        if len(signed.parts) == len(here.parts):
            for one, other in zip(signed.parts, here.parts, strict=True):
                yield from self._part(signed.name, one, other)

    def _part(self, section: str, signed: StoredLeg | StoredGap, here: StoredLeg | StoredGap) -> Iterator[Disagreement]:
        where = f"leg {signed.name} of {section}"
        match signed, here:
            case StoredLeg(), StoredLeg():
                yield from self._leg(section, where, signed, here)
            case StoredGap(), StoredGap():
                yield from _differing(self._gap_facts(signed, here), where, section, signed.name)
            case StoredLeg(), _:
                sentence = f"{where}: the signed line has a leg, and the text leaves a gap here"
                yield Disagreement(sentence, section, signed.name)
            case _:
                sentence = f"{where}: the signed line has a gap, and the text compiles to a leg"
                yield Disagreement(sentence, section, signed.name)

    def _gap_facts(self, signed: StoredGap, here: StoredGap) -> Facts:
        facts: list[tuple[str, object, object]] = [("code of the gap", signed.code, here.code)]
        if self.wording:
            names = ("name", "said", "start", "end", "why", "words", "notes")
            facts += [(name, getattr(signed, name), getattr(here, name)) for name in names]
        return facts

    def _leg(self, section: str, where: str, signed: StoredLeg, here: StoredLeg) -> Iterator[Disagreement]:
        facts: list[tuple[str, object, object]] = [
            ("kind", signed.kind, here.kind),
            ("frame", signed.frame, here.frame),
            ("reading", _reading(signed.reading), _reading(here.reading)),
        ]
        if self.wording:
            facts += [(name, getattr(signed, name), getattr(here, name)) for name in ("name", "said", "words", "notes")]
            facts.append(("author of its reading", _reader(signed.reading), _reader(here.reading)))
        yield from _differing(facts, where, section, signed.name)
        if signed.kind in self.follows_data and signed.kind == here.kind:
            yield from self._curve(section, where, signed, here)
            return
        vertices: list[tuple[str, object, object]] = [("number of vertices", len(signed.vertices), len(here.vertices))]
        vertices.append(("sources of its vertices", signed.vertex_sources, here.vertex_sources))
        if self.wording:
            vertices.append(("names of its vertices", signed.vertex_names, here.vertex_names))
        found = list(_differing(vertices, where, section, signed.name))
        yield from found
        if len(signed.vertices) == len(here.vertices):
            yield from self._vertices(section, where, signed, here)

    def _vertices(self, section: str, where: str, signed: StoredLeg, here: StoredLeg) -> Iterator[Disagreement]:
        same = (signed.vertices == here.vertices).all(axis=1)
        same &= np.array(signed.tolerances_um, dtype=object) == np.array(here.tolerances_um, dtype=object)
        for at in np.flatnonzero(~same).tolist():
            places = _units(signed, at), _units(here, at)
            named = f" ({signed.vertex_names[at]})" if signed.vertex_names[at] else ""
            tolerances = signed.tolerances_um[at], here.tolerances_um[at]
            here_at = _At(f"{where}, vertex {at + 1}{named}", section, signed.name, at)
            yield from self._vertex(here_at, places, tolerances)

    def _vertex(
        self, at: _At, places: tuple[Units2, Units2], tolerances_um: tuple[int | None, int | None]
    ) -> Iterator[Disagreement]:
        """A vertex that is further away than it may be, or that allows itself more than its words do."""
        signed, here = places
        asked_um, own_um = tolerances_um
        if not _is_same_tolerance(asked_um, own_um):
            sentence = (
                f"{at.where}: the signed line has {_tolerance(asked_um)}, and the text compiles to {_tolerance(own_um)}"
            )
            yield Disagreement(sentence, at.section, at.leg, at.vertex)
        within_unit = max(abs(one - other) for one, other in zip(signed, here, strict=True)) <= 1
        if within_unit:
            return
        distance_m = _distance_m(self.ellipsoid, signed, here)
        if own_um is not None and own_um > ONE_UNIT_UM and distance_m * 1e6 <= own_um:
            return
        may = "one unit of 1e-9 degree" if own_um is None or own_um <= ONE_UNIT_UM else f"{own_um / 1000.0:,.3f} mm"
        sentence = (
            f"{at.where}: the signed line has {_place(signed)}, and the text compiles to {_place(here)}: "
            f"they are {distance_m * 1000.0:,.3f} mm apart, and at most {may} is allowed"
        )
        yield Disagreement(sentence, at.section, at.leg, at.vertex, signed, here, distance_m * 1000.0)

    def _curve(self, section: str, where: str, signed: StoredLeg, here: StoredLeg) -> Iterator[Disagreement]:
        tolerance_m = self.tolerance_um / 1e6
        one, other = (leg.vertices / UNITS_PER_DEGREE for leg in (signed, here))
        apart = farthest_apart(self.ellipsoid, one, other, tolerance_m)
        if apart.distance_m <= tolerance_m:
            return
        places = _rounded(apart.place), _rounded(apart.foot)
        sentence = (
            f"{where}: the curves of the signed leg and of the leg compiled here are {apart.distance_m * 1000.0:,.3f} mm apart, from "
            f"{_place(places[0])} to {_place(places[1])}; the act allows {tolerance_m * 1000.0:,.3f} mm"
        )
        yield Disagreement(sentence, section, signed.name, None, *places, apart.distance_m * 1000.0)


def _tolerance(um: int | None) -> str:
    return "no tolerance" if um is None else f"a tolerance of {um} µm"


def _is_same_tolerance(signed_um: int | None, here_um: int | None) -> bool:
    if signed_um is None or here_um is None:
        return signed_um is here_um
    return abs(signed_um - here_um) <= 1 + TOLERANCE_SHARE * here_um


def _units(leg: StoredLeg, at: int) -> Units2:
    return int(leg.vertices[at, 0]), int(leg.vertices[at, 1])


def _rounded(place: tuple[float, float]) -> Units2:
    return round(place[0] * UNITS_PER_DEGREE), round(place[1] * UNITS_PER_DEGREE)


def _distance_m(ellipsoid: Ellipsoid, one: Units2, other: Units2) -> float:
    lon, lat, other_lon, other_lat = (value / UNITS_PER_DEGREE for value in (*one, *other))
    return float(solver(ellipsoid).inv(lon, lat, other_lon, other_lat)[2])


def _place(units: Units2) -> str:
    """Latitude and longitude in decimal degrees."""
    return f"{decimal_degrees(units[1])} {decimal_degrees(units[0])}"
