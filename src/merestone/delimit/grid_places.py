"""Rectangular coordinates become places: on the grid that is named, or on the one that a zone number names.

The definition of the grid says what `X` is, which way it counts and in which unit. Where that does not settle what is
printed, or the place lies where the grid is not meant to be used, nothing is computed silently: the readings are shown
with their places and the distance between them, and where more than one may be meant, none is taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from merestone.delimit.drawn import TroubleError, trouble
from merestone.delimit.wording import metres_text
from merestone.description.point_rows import PointColumns
from merestone.description.tables import grid_axes
from merestone.description.tree import Name, PointTable, SquareReference
from merestone.diagnostics import Diagnostic, Label, Measure, Severity, Span
from merestone.errors import GeometryError, UnknownFrameError
from merestone.geodesy import registry
from merestone.geodesy.catalogue import printed_code
from merestone.geodesy.elementary import distance_m
from merestone.geodesy.frame import Frame
from merestone.geodesy.grid import Grid, find_grid, prefixed_grids
from merestone.geodesy.grid_reading import SIGNS, GridReading, PrintedGrid, Way, by_definition, read, ways
from merestone.geodesy.line import Floats
from merestone.geodesy.mgrs import Square, square

BY_CODE = (
    "name the grid by its EPSG code, as in `on EPSG:28420`; a local grid that the registry does not have cannot be read"
)

ZONE_M = 1_000_000.0
"""A zone's number stands before the six digits of the metres of an easting."""
FALSE_EASTING_M = 500_000.0
"""What the eastings of Gauss-Krüger zones have on the central meridian, after the zone's number."""


@dataclass(frozen=True, slots=True)
class GridPlaces:
    """Places (n, 2) in degrees in the frame; the length in metres of the unit they are printed in; what is to be said."""

    lonlat: Floats
    unit_m: float
    remarks: tuple[Diagnostic, ...] = ()


def grid_places(printed: PrintedGrid, system: Name | None, frame: Frame, subject: str, span: Span) -> GridPlaces:
    """The places of printed pairs on a grid, which is named or found by the zone number of the eastings.

    Raises `TroubleError` where there is no such grid, it belongs to another frame, or more than one reading may be meant.
    """
    if system is None:
        return _on_zones(printed, frame, subject, span)
    try:
        grid = find_grid(system.text)
    except UnknownFrameError as error:
        hint = BY_CODE if printed_code(system.text) is None else "check the number of the grid"
        raise trouble("F805", str(error), system.span, hint) from error
    if not counts_in(grid, frame):
        raise trouble(
            "F806",
            f"the grid {grid.name} belongs to {grid.base.name}, and the point is counted in {frame.name}",
            span,
            f"say the frame after the coordinates: `in {grid.base.name}`",
        )
    try:
        return _Decision(printed, grid, subject, span).places()
    except GeometryError as error:
        raise trouble("F805", str(error), system.span, "give the points by latitude and longitude", subject) from error


def grid_places_of_table(said: PointTable, columns: PointColumns, frame: Frame) -> GridPlaces:
    """The places of a table of rectangular coordinates in its frame; raises `TroubleError`."""
    printed = PrintedGrid(grid_axes(said.columns) or ("X", "Y"), columns.grid, columns.grid_unit)
    return grid_places(printed, said.system, frame, f"table {said.name.text}", said.span)


def reference_place(reference: SquareReference, frame: Frame, subject: str) -> GridPlaces:
    """The middle of the square that a reference names, (1, 2), and the side of the square as its unit.

    Raises `TroubleError` where there is no such square, or the frame is not WGS 84.
    """
    try:
        found = square(reference.text)
    except GeometryError as error:
        hint = "look the letters up on the sheet: those of the zone, the band and the square belong together"
        raise trouble("F825", str(error), reference.span, hint, subject) from error
    check_counts_in_wgs84(frame, reference.span, subject)
    middle = np.array([found.middle_m])
    outside = outside_its_zone(reference.text, found, reference.span, subject)
    return GridPlaces(found.grid.lonlat(middle), float(found.side_m), outside)


def outside_its_zone(reference: str, found: Square, span: Span | None, subject: str) -> tuple[Diagnostic, ...]:
    """A warning where the square of a reference lies outside the zone that the reference names; else nothing."""
    if not found.outside_m:
        return ()
    sentence = f"the square of {reference} lies {metres_text(found.outside_m)} outside its zone"
    hint = "compare the number of the zone and the letters of the square with the sheet"
    measure = Measure("outside the zone", found.outside_m, "m")
    return (Diagnostic("F821", Severity.WARNING, sentence, span, hint=hint, subject=subject, measures=(measure,)),)


def check_counts_in_wgs84(frame: Frame, span: Span, subject: str) -> None:
    """Raise `TroubleError` where references of the Military Grid stand in another frame than theirs."""
    if not counts_in(find_grid("EPSG:32631"), frame):
        sentence = f"a reference of MGRS counts in WGS 84, and {subject} is counted in {frame.name}"
        raise trouble("F806", sentence, span, "say the frame after it: `in WGS 84`", subject)


def counts_in(grid: Grid, frame: Frame) -> bool:
    """Whether a grid belongs to a frame: to itself, or to the ensemble whose realisation it is."""
    if grid.base.code == frame.code:
        return True
    base, other = (registry.system(printed_code(each.code or "") or 0) for each in (grid.base, frame))
    return base is not None and other is not None and other.datum in registry.members_of(base.datum)


@dataclass(frozen=True, slots=True)
class _Decision:
    """Printed pairs on one grid: which reading is taken, and what is said of it."""

    printed: PrintedGrid
    grid: Grid
    subject: str
    span: Span

    def places(self) -> GridPlaces:
        """The places of the one reading that can be meant; raises `TroubleError` where there is none, or more."""
        way, remarks = self._way()
        self._check_zone(way)
        taken = read(self.printed, self.grid, way)
        if taken.inside:
            remarks += self._exchanged(way, taken) if not remarks else []
        else:
            remarks += self._outside(way, taken)
        remarks += self._unit(way, taken)
        return GridPlaces(taken.lonlat, self.printed.unit_m(self.grid), tuple(remarks))

    def _way(self) -> tuple[Way, list[Diagnostic]]:
        """The way to count: as defined, or where that does not settle it, the only one that leads to the area of use."""
        found = ways(self.printed.axes, self.grid)
        if len(found) == 1:
            return found[0], []
        measured = [read(self.printed, self.grid, way) for way in found]
        words = any(axis in SIGNS for axis in self.printed.axes)
        if words:
            said = ("as the words say", "as the grid counts")
            measured = [replace(each, words=text) for each, text in zip(measured, said, strict=True)]
        near = [number for number, reading in enumerate(measured) if reading.near]
        printed = " and ".join(self.printed.axes)
        sentence = f"{self._counts()}, and the text says {printed}: {_shown(measured)}"
        if len(near) != 1:
            hint = "write `northing`, `southing`, `easting` or `westing` instead of the letters"
            hint = "name the grid that the instrument means" if words else hint
            raise TroubleError(self._finding("F820", Severity.ERROR, sentence, hint, measured))
        taken = measured[near[0]].words
        sentence += f"; it is read {taken}, because the other place is far from the area of use of the grid"
        severity = Severity.WARNING if words else Severity.NOTE
        return found[near[0]], [self._finding("F820", severity, sentence, None, measured)]

    def _counts(self) -> str:
        first, second = (
            f"{axis.letters[0] if axis.letters else axis.name} to the {axis.way}" for axis in self.grid.axes
        )
        return f"{self._name()} counts {first} and {second}"

    def _name(self) -> str:
        return f"{self.grid.code} ({self.grid.name})"

    def _exchanged(self, way: Way, taken: GridReading) -> list[Diagnostic]:
        """A warning where letters, not words, say which number is which, and the other way round is as good."""
        if all(axis in SIGNS for axis in self.printed.axes):
            return []
        other = read(self.printed, self.grid, by_definition(way.axes, self.grid, 1 - way.eastward))
        if not other.inside:
            return []
        sentence = (
            f"{self._counts()}, and so the letters are read; many instruments print them the other way round: "
            f"{_shown([taken, other])}, and both lie in its area of use"
        )
        hint = "to settle it, write `northing` and `easting` instead of the letters"
        return [self._finding("F820", Severity.WARNING, sentence, hint, [taken, other])]

    def _outside(self, way: Way, taken: GridReading) -> list[Diagnostic]:
        """A warning of how far outside; raises where another reading lies inside, or there is no place."""
        sentence = f"{_whose(self.subject, taken)} {_lies_outside(taken)} the area of use of {self._name()}"
        better = next((other for other in self._others(way) if other.inside), None)
        if better is not None:
            sentence += f": {_shown([taken, better])}"
            hint = "name the grid, the unit or the axes that the instrument means"
            raise TroubleError(self._finding("F821", Severity.ERROR, sentence, hint, [taken, better]))
        hint = "is it the grid that the instrument means? Are northing and easting exchanged, or a digit lost?"
        if not np.isfinite(taken.furthest_m):
            raise TroubleError(self._finding("F821", Severity.ERROR, sentence, hint, []))
        measure = Measure("outside the area of use", taken.furthest_m, "m")
        return [replace(self._finding("F821", Severity.WARNING, sentence, hint, []), measures=(measure,))]

    def _others(self, way: Way) -> list[GridReading]:
        """What else may have been meant: axes exchanged, counted the opposite way, another unit, a zone's number."""
        swapped = by_definition(way.axes, self.grid, 1 - way.eastward)
        found = [read(self.printed, self.grid, each) for each in (swapped, swapped.opposite(), way.opposite())]
        for unit, unit_m in (("metres", 1.0), (f"the grid's unit ({self.grid.unit})", self.grid.unit_m)):
            if abs(unit_m - self.printed.unit_m(self.grid)) > 1e-9:
                reading = read(self.printed, self.grid, way, unit_m)
                found.append(replace(reading, words=f"{reading.words}, in {unit}"))
        easting = self.printed.values[:, way.eastward]
        if (prefix := self.grid.zone_prefix) and (easting < ZONE_M).all():
            found.append(
                self._with_easting(way, easting + prefix * ZONE_M, f"with the zone's number {prefix} before it")
            )
        if prefix and (np.abs(easting) < FALSE_EASTING_M).all():
            whole = easting + prefix * ZONE_M + FALSE_EASTING_M
            found.append(self._with_easting(way, whole, "if it counts from the central meridian"))
        if not prefix and (easting >= ZONE_M).all():
            found.append(self._with_easting(way, easting % ZONE_M, "without the zone's number before it"))
        return found

    def _with_easting(self, way: Way, easting: Floats, words: str) -> GridReading:
        values = self.printed.values.copy()
        values[:, way.eastward] = easting
        reading = read(replace(self.printed, values=values), self.grid, way)
        return replace(reading, words=f"{way.axes[way.eastward]} written as {easting[0]:.12g}, {words}")

    def _check_zone(self, way: Way) -> None:
        """Raise where the number before an easting is not that of the zone that is named."""
        if self.grid.zone_prefix is None or self.grid.unit_m != 1.0:
            return
        printed = {int(value // ZONE_M) for value in self.printed.values[:, way.eastward] if value >= ZONE_M}
        other = next((number for number in sorted(printed) if number != self.grid.zone_prefix), None)
        if other is None:
            return
        meant = prefixed_grids(self.grid.base, other)
        both = [read(self.printed, self.grid, way), *(read(self.printed, grid, way) for grid in meant[:2])]
        shown = [replace(each, words=f"on {each.grid.code} ({each.grid.name})") for each in both]
        sentence = (
            f"the easting of {self.subject} begins with zone {other}, and {self._name()} is zone "
            f"{self.grid.zone_prefix}: {_shown(shown)}"
        )
        hint = "name the grid of the zone that the instrument means, or correct the number"
        raise TroubleError(self._finding("F823", Severity.ERROR, sentence, hint, shown))

    def _unit(self, way: Way, taken: GridReading) -> list[Diagnostic]:
        """A warning where the unit that is printed is not the grid's, or none is and metres would do as well."""
        metres_too = self.printed.unit is None and self.grid.unit_m != 1.0
        if abs(self.printed.unit_m(self.grid) - self.grid.unit_m) > 1e-9:
            other = read(self.printed, self.grid, way, self.grid.unit_m)
            sentence = f"{self._name()} counts in the unit {self.grid.unit}; the text prints `{self.printed.unit}`, which is converted"
        elif metres_too and (other := read(self.printed, self.grid, way, 1.0)).inside:
            sentence = (
                f"{self._name()} counts in the unit {self.grid.unit}, which is taken; metres would lie in its area too"
            )
        else:
            return []
        shown = [replace(taken, words="as taken"), replace(other, words="in the other unit")]
        hint = "write the unit that is meant after each number" if metres_too else None
        return [self._finding("F822", Severity.WARNING, f"{sentence}: {_shown(shown)}", hint, shown)]

    def _finding(
        self, code: str, severity: Severity, sentence: str, hint: str | None, shown: list[GridReading]
    ) -> Diagnostic:
        return Diagnostic(
            code, severity, sentence, self.span, hint=hint, subject=self.subject, measures=_apart(shown)
        )  # fmt: skip


# ---- zones that are named by the number before an easting ---------------------------------------------------------


def _on_zones(printed: PrintedGrid, frame: Frame, subject: str, span: Span) -> GridPlaces:
    """The places of pairs whose eastings carry a zone's number, on the zones of the frame."""
    prefixes = np.floor(printed.values / ZONE_M).astype(np.int64)
    lonlat, unit_m = np.empty((len(printed.values), 2)), 1.0
    remarks: list[Diagnostic] = []
    for pair in np.unique(prefixes, axis=0).tolist():
        rows = (prefixes == pair).all(axis=1)
        some = replace(printed, values=printed.values[rows])
        grid = _zone(some, (pair[0], pair[1]), frame, subject, span)
        found = _Decision(some, grid, subject, span).places()
        lonlat[rows], unit_m = found.lonlat, found.unit_m
        remarks += found.remarks
    return GridPlaces(lonlat, unit_m, tuple(remarks))


def _zone(printed: PrintedGrid, prefixes: tuple[int, int], frame: Frame, subject: str, span: Span) -> Grid:
    """The one zone that the number before the eastings can mean; raises `TroubleError`."""
    literal: list[GridReading] = []
    otherwise: list[GridReading] = []
    for column, prefix in enumerate(prefixes):
        grids = prefixed_grids(frame, prefix)
        for grid in sorted(grids, key=lambda each: len(ways(printed.axes, each))):
            way = ways(printed.axes, grid)[0]
            means_it = way.eastward == column
            reading = read(printed, grid, way if means_it else by_definition(way.axes, grid, column))
            words = f"on {grid.code} ({grid.name}), {reading.words}"
            (literal if means_it else otherwise).append(replace(reading, words=words))
    literal, otherwise = _places_once(literal), _places_once(otherwise)
    near = [reading for reading in literal if reading.near]
    if len(near) == 1:
        return near[0].grid
    if near:
        sentence = f"the zone's number before the easting of {subject} is that of {len(near)} grids: {_shown(near)}"
        raise _refused("F823", sentence, near, subject, span)
    exchanged = [reading for reading in otherwise if reading.near]
    if exchanged:
        shown = literal[:1] + exchanged
        sentence = f"northing and easting of {subject} seem to be exchanged: {_shown(shown)}"
        raise _refused("F820", sentence, shown, subject, span)
    if literal:
        raise _refused("F821", f"{subject} lies far outside the zone: {_shown(literal)}", literal, subject, span)
    if min(prefixes) >= 1:
        sentence = f"{frame.name} has no zone of the number before the easting of {subject}"
        raise trouble("F805", sentence, span, BY_CODE, subject)
    hint = "name it after them, as in `on EPSG:28420`"
    raise trouble("F807", "rectangular coordinates are given and no grid system is named", span, hint)


def _places_once(found: list[GridReading]) -> list[GridReading]:
    """Readings without those that give the places of another: the registry has some grids twice, in either axis order.

    Of such grids the one stays whose axes carry the letters that are printed.
    """
    kept: list[GridReading] = []
    for each in found:
        same = next((other for other in kept if np.allclose(other.lonlat, each.lonlat, rtol=0.0, atol=1e-9)), None)
        if same is None:
            kept.append(each)
    return kept


def _refused(code: str, sentence: str, shown: list[GridReading], subject: str, span: Span) -> TroubleError:
    hint = "name the grid that is meant after the coordinates, as in `on EPSG:28420`"
    return TroubleError(
        Diagnostic(code, Severity.ERROR, sentence, span, hint=hint, subject=subject, measures=_apart(shown))
    )


def gathered(remarks: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """What is said of many points, once for each kind and grid: that of the greatest figure, with how many there are."""
    groups: dict[tuple[str, Severity, str], list[Diagnostic]] = {}
    for each in dict.fromkeys(remarks):
        groups.setdefault((each.code, each.severity, _grid_named(each.sentence)), []).append(each)
    return tuple(_of_group(group) for group in groups.values())


def _grid_named(sentence: str) -> str:
    found = re.search(r"EPSG:[0-9]+", sentence)
    return found.group() if found else ""


def _of_group(group: list[Diagnostic]) -> Diagnostic:
    most = max(group, key=lambda each: max((measure.value for measure in each.measures), default=0.0))
    if len(group) == 1:
        return most
    others = tuple(Label(each.span, "here too") for each in group if each is not most and each.span is not None)
    return replace(
        most, sentence=f"{most.sentence}; the same holds for {len(group)} points and tables in all", labels=others[:20]
    )


# ---- in words -----------------------------------------------------------------------------------------------------


def _shown(shown: list[GridReading]) -> str:
    """Readings with the place of each (of the one furthest outside), and how far the first two lie apart."""
    text = "; ".join(f"{each.words}: {_place(each)}" for each in shown)
    apart = _apart(shown)
    return f"{text} ({metres_text(apart[0].value)} apart)" if apart else text


def _place(reading: GridReading) -> str:
    row = int(np.argmax(reading.outside_m))
    if not np.isfinite(reading.outside_m[row]):
        return "no place"
    place = place_text(float(reading.lonlat[row, 0]), float(reading.lonlat[row, 1]))
    return place if reading.inside else f"{place}, {metres_text(reading.furthest_m)} outside its area of use"


def _lies_outside(reading: GridReading) -> str:
    if not np.isfinite(reading.furthest_m):
        return "is beyond what the projection can show, and outside"
    return f"lies {metres_text(reading.furthest_m)} outside"


def _whose(subject: str, reading: GridReading) -> str:
    count = int(np.count_nonzero(reading.outside_m))
    return subject if len(reading.outside_m) == 1 else f"the furthest of {count} places of {subject}"


def _apart(shown: list[GridReading]) -> tuple[Measure, ...]:
    """The greatest distance between the places of the first two readings."""
    if len(shown) < 2 or not all(np.isfinite(each.outside_m).all() for each in shown[:2]):
        return ()
    first, second = shown[0], shown[1]
    row = int(np.argmax(np.abs(first.lonlat - second.lonlat).sum(axis=1)))
    one, other = (tuple(map(float, each.lonlat[row])) for each in (first, second))
    apart_m = distance_m(first.grid.base.ellipsoid, (one[0], one[1]), (other[0], other[1]))
    return (Measure("between the readings", apart_m, "m", (first.words, second.words)),)


def place_text(lon_deg: float, lat_deg: float) -> str:
    """A place to a second: `50°12'32" N 16°50'59" E`."""
    return f"{_angle(lat_deg)} {'N' if lat_deg >= 0 else 'S'} {_angle(lon_deg)} {'E' if lon_deg >= 0 else 'W'}"


def _angle(degrees: float) -> str:
    seconds = round(abs(degrees) * 3600.0)
    return f"{seconds // 3600}°{seconds // 60 % 60:02d}'{seconds % 60:02d}\""
