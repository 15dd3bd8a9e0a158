"""Our figures of the public versions of one boundary, beside those that were measured before with other tools.

What is computed here is shown by `python -m benchmarks.versions_page FOLDER` and asserted by
`tests/reference/test_armenia_azerbaijan.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from benchmarks.published_versions import (
    LAND_FILES,
    LAND_KM2,
    REFERENCE,
    VERSIONS,
    Files,
    both_states,
    boundary_of,
    claim_of,
)
from merestone.compare.claim import Claim, Strand
from merestone.compare.comparison import Comparison, Settings, Side, Zone
from merestone.compare.lines.compare import compare
from merestone.compare.lines.track import Track, Tracks, measured, tracks_of
from merestone.compare.states.changed_land import land_of_one_in_the_other
from merestone.compare.states.chord_length import chord_length_m
from merestone.compare.states.state import outline_of
from merestone.compare.states.state_polygons import area_m2, land_of
from merestone.geodesy.catalogue import find
from merestone.geodesy.ellipsoid import WGS84
from merestone.geodesy.line import Floats, Place

Figures = tuple[float, float, float, float]
"""Mean, median, 95th percentile, greatest."""

UTM_38N = "EPSG:32638"
STEP_M = 100.0
"""How far apart places are sampled where it is done as before."""

REACH_M = 2_500.0

CRUMB_M2 = 20_000.0


@dataclass(frozen=True, slots=True)
class Lengths:
    """The lengths in km and the vertices of a version's eastern and Nakhchivan line."""

    east_km: float
    east_vertices: int
    nakhchivan_km: float
    nakhchivan_vertices: int


def lengths_of(folder: Path, version: str) -> Lengths:
    """The lengths of a version; where the two outlines share no vertices, of Armenia's within 2.5 km of the other."""
    files = VERSIONS[version].files
    boundary = boundary_of(folder, files)
    chains = [strand.lonlat for strand in boundary.strands if not strand.ring]
    if not boundary.matched:
        chains = _within_reach(folder, files)
    drawn = {tuple(place) for ring in both_states(folder, files)[0].rings for place in ring.tolist()}
    (east_km, east), (nakhchivan_km, nakhchivan) = (
        (chord_length_m(chain, WGS84) / 1e3, sum(tuple(place) in drawn for place in chain.tolist()))
        for chain in chains[:2]
    )
    return Lengths(east_km, east, nakhchivan_km, nakhchivan)


@lru_cache(maxsize=4)
def _within_reach(folder: Path, files: Files) -> list[Floats]:
    """The parts of Armenia's outline within 2.5 km of Azerbaijan's, the longest first, as they were measured before."""
    armenia, azerbaijan = (
        tracks_of(Claim(state.identity, outline_of(state), find("EPSG:4326"))) for state in both_states(folder, files)
    )
    outline, other = max(armenia, key=lambda track: track.length_m), Tracks.of(azerbaijan)
    along_m = np.arange(0.0, outline.length_m, STEP_M)
    far = np.nonzero(other.nearest(outline.position(along_m))[0].distance_m > REACH_M)[0]
    outline = outline.started_at(float(along_m[far[0]]))
    along_m = np.append(np.arange(0.0, outline.length_m, STEP_M), outline.length_m)
    near = other.nearest(outline.position(along_m))[0].distance_m <= REACH_M
    turns = np.nonzero(np.diff(near))[0]
    parts = [outline.between(along_m[start + 1], along_m[end]) for start, end in turns.reshape(-1, 2).tolist()]
    return sorted(parts, key=lambda part: -chord_length_m(part, WGS84))


@dataclass(frozen=True, slots=True)
class Apart:
    """How far a version's eastern line is from that of `osm_2026`, in metres: by comparison (exact, geodesic, the parts
    that answer to one another); all of the line sampled every `STEP_M`, by geodesics and in the plane of UTM 38N.

    `cut_m`: how much of the line goes beyond the ends of the other and is not compared.
    """

    compared: Figures
    sampled: Figures
    planar: Figures
    cut_m: float


@lru_cache(maxsize=32)
def apart_of(folder: Path, version: str) -> Apart:
    """How far a version's eastern line is from that of `osm_2026`."""
    files = VERSIONS[version].files
    line, reference = _east(folder, version), claim_of(folder, VERSIONS[REFERENCE].files, east_only=True)
    made = compare(claim_of(folder, files, east_only=True), reference, Settings())
    assert made.statistics is not None
    found = made.statistics[0]
    return Apart(
        (found.mean_m, found.median_m, found.p95_m, found.greatest_m),
        sampled_apart_m(line, reference),
        planar_apart_m(line.strands[0].lonlat, reference.strands[0].lonlat),
        made.whole_lengths_m[0] - made.lengths_m[0],
    )


def _east(folder: Path, version: str) -> Claim:
    """The eastern line as it was measured before."""
    files = VERSIONS[version].files
    whole = claim_of(folder, files, east_only=True)
    if boundary_of(folder, files).matched:
        return whole
    return Claim(whole.title, (Strand("east", _within_reach(folder, files)[0]),), whole.frame)


def sampled_apart_m(line: Claim, reference: Claim, step_m: float = STEP_M) -> Figures:
    """The geodesic distances of places along a line from another, evenly spaced: mean, median, 95th percentile, greatest."""
    (track,) = tracks_of(line)
    places = track.position(np.arange(0.0, track.length_m, step_m))
    return _figures(Tracks.of(tracks_of(reference)).nearest(places)[0].distance_m)


def planar_apart_m(line: Floats, reference: Floats, step_m: float = STEP_M) -> Figures:
    """The same in the plane of UTM 38N with shapely, which is how it was done before."""
    import shapely
    from pyproj import Transformer

    project = Transformer.from_crs("EPSG:4326", UTM_38N, always_xy=True).transform
    one, other = (shapely.LineString(np.column_stack(project(*chain.T))) for chain in (line, reference))
    places = shapely.line_interpolate_point(one, np.arange(0.0, one.length, step_m))
    return _figures(shapely.distance(places, other))


def _figures(apart_m: Floats) -> Figures:
    values = apart_m.mean(), np.median(apart_m), np.percentile(apart_m, 95.0), apart_m.max()
    mean, median, p95, greatest = map(float, values)
    return mean, median, p95, greatest


@dataclass(frozen=True, slots=True)
class Piece:
    """Land that only one of the two computations counts: its area in km², a place in it, and how far it is in km from
    the nearest end of what is compared, or part of either line that answers to nothing."""

    area_km2: float
    place: Place
    from_end_km: float


@dataclass(frozen=True, slots=True)
class Land:
    """Land in km² that is Armenia's in one version and Azerbaijan's in another: as measured before in a plane, by the
    polygons alone, and by the zones of the comparison of lines; what the zones lack and what they have more."""

    before_km2: float
    polygons_km2: float
    zones_km2: float
    lacking: tuple[Piece, ...]
    more: tuple[Piece, ...]
    imbalance_m2: float

    @property
    def off(self) -> float:
        """By what share the zones depart from the polygons."""
        return self.zones_km2 / self.polygons_km2 - 1.0


def entries() -> list[tuple[str, str]]:
    """The rows and columns of the table of land; of a version whose States share their vertices none with itself."""
    names = list(LAND_FILES)
    return [(one, other) for one in names for other in names if one != other or one in ("wof quattro/meso", "dcw_gmt")]


def land_of_entry(folder: Path, row: str, column: str) -> Land:
    """One entry of the table of land: Armenia of the row's version in Azerbaijan of the column's."""
    import shapely

    made, side = _compared(folder, row, column)
    zones = [zone for zone in made.zones if zone.in_first is side]
    armenia = both_states(folder, LAND_FILES[row])[0]
    azerbaijan = both_states(folder, LAND_FILES[column])[1]
    common = shapely.intersection(land_of(armenia, WGS84).geometry, land_of(azerbaijan, WGS84).geometry)
    drawn = shapely.union_all([_polygon(zone) for zone in zones])
    lacking, more = shapely.difference(common, drawn), shapely.difference(drawn, common)
    polygons_m2 = land_of_one_in_the_other(armenia, azerbaijan)
    zones_m2 = sum(zone.area_m2 for zone in zones)
    names = list(LAND_FILES)
    return Land(
        LAND_KM2[names.index(row)][names.index(column)],
        polygons_m2 / 1e6,
        zones_m2 / 1e6,
        _pieces(lacking, made),
        _pieces(more, made),
        zones_m2 + area_m2(lacking, WGS84) - area_m2(more, WGS84) - polygons_m2,
    )


def _compared(folder: Path, row: str, column: str) -> tuple[Comparison, Side]:
    """The comparison that holds an entry, and on which side of its first line the land lies: one comparison for an
    entry and its mirror, where both versions are drawn once for both States."""
    names = list(LAND_FILES)
    one_line = all(boundary_of(folder, LAND_FILES[each]).matched for each in (row, column))
    if one_line and names.index(row) > names.index(column):
        return _made(folder, column, row), Side.RIGHT
    return _made(folder, row, column), Side.LEFT


@lru_cache(maxsize=64)
def _made(folder: Path, row: str, column: str) -> Comparison:
    return compare(claim_of(folder, LAND_FILES[row], 0), claim_of(folder, LAND_FILES[column], 1), Settings())


def _polygon(zone: Zone) -> object:
    import shapely

    return shapely.union_all([shapely.Polygon(rings[0], rings[1:]) for rings in zone.polygons])


def _pieces(land: object, made: Comparison) -> tuple[Piece, ...]:
    """The pieces of land larger than crumbs, the largest first."""
    import shapely

    ends = Tracks.of(tuple(_ends(made)))
    found = []
    for part in shapely.get_parts(land):
        size_m2 = area_m2(part, WGS84) if part.geom_type == "Polygon" else 0.0
        if size_m2 > CRUMB_M2:
            point = shapely.point_on_surface(part)
            apart_m = float(ends.nearest(shapely.get_coordinates(part))[0].distance_m.min())
            found.append(Piece(size_m2 / 1e6, (float(point.x), float(point.y)), apart_m / 1e3))
    return tuple(sorted(found, key=lambda piece: -piece.area_km2))


def _ends(made: Comparison) -> list[Track]:
    """The straight joins at both ends of what is compared, and the parts of both lines that answer to nothing. Both
    run with Armenia on the left, which is the common orientation, so that chainages are those of the strands."""
    claims = made.first, made.second
    tracks = [{track.name: track for track in tracks_of(claim)} for claim in claims]
    like = next(iter(tracks[0].values()))
    found = []
    for each in made.unmatched:
        track = tracks[int(each.of_second)][each.reach.strand]
        found.append(measured(track.ellipsoid, track.between(each.reach.from_m, each.reach.to_m), track))
    for stretch in made.stretches:
        for end in (0, -1):
            join = np.array([profile.lonlat[end] for profile in stretch.profiles])
            if not stretch.ring and (join[0] != join[1]).any():
                found.append(measured(like.ellipsoid, join, like))
    return found
