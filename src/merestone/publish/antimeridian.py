"""Chains and rings whose longitudes run on beyond 180 degrees, cut into parts that stay within [-180, 180].

RFC 7946, section 3.1.9: a geometry that crosses the antimeridian is cut in two there. Latitudes at the cut are
interpolated straight in longitude and latitude, which is how the chain is drawn anyway.
"""

from __future__ import annotations

import itertools
import math

import numpy as np

from merestone.geodesy.line import Floats


def cut_chain(chain: Floats) -> tuple[Floats, ...]:
    """The parts of a chain (n, 2), each within [-180, 180] degrees of longitude, in order."""
    if _sheet(float(chain[:, 0].min()), float(chain[:, 0].max())) is not None:
        return (_shifted(chain),)
    corners = _with_crossings(chain)
    parts: list[list[tuple[float, float]]] = [[corners[0]]]
    current: int | None = None
    for here, there in itertools.pairwise(corners):
        sheet = None if here[0] == there[0] else math.floor(((here[0] + there[0]) / 2.0 + 180.0) / 360.0)
        if sheet is not None and current is not None and sheet != current:
            parts.append([here])
        current = current if sheet is None else sheet
        parts[-1].append(there)
    return tuple(_shifted(np.array(part)) for part in parts)


def cut_ring(ring: Floats) -> tuple[Floats, ...]:
    """The parts of a closed ring (n, 2), each a closed ring within [-180, 180], run in the same direction."""
    low, high = float(ring[:, 0].min()), float(ring[:, 0].max())
    if _sheet(low, high) is not None:
        return (_shifted(ring),)
    first, last = math.floor((low + 180.0) / 360.0), math.ceil((high + 180.0) / 360.0) - 1
    parts: list[Floats] = []
    for sheet in range(first, last + 1):
        west, east = 360.0 * sheet - 180.0, 360.0 * sheet + 180.0
        for part in _east_of(ring, west):
            # The half-plane west of a meridian is the half-plane east of it seen in a mirror; mirroring reverses.
            mirrored = part[::-1] * np.array([-1.0, 1.0])
            parts += [_shifted(piece[::-1] * np.array([-1.0, 1.0])) for piece in _east_of(mirrored, -east)]
    return tuple(parts)


def cut_polygon(rings: tuple[Floats, ...]) -> tuple[tuple[Floats, ...], ...]:
    """The parts of a polygon (an outline and its holes, closed rings (n, 2)), each within [-180, 180].

    A hole may itself cross the antimeridian and so become a notch of an outline: where there are holes and a cut, the
    parts are the polygon's intersections with the sheets of 360 degrees.
    """
    outline = rings[0]
    low, high = float(outline[:, 0].min()), float(outline[:, 0].max())
    if _sheet(low, high) is not None:
        return (tuple(_shifted(ring) for ring in rings),)
    if len(rings) == 1:
        return tuple((part,) for part in cut_ring(outline))
    return tuple(
        tuple(_shifted(ring) for ring in part)
        for sheet in range(math.floor((low + 180.0) / 360.0), math.ceil((high + 180.0) / 360.0))
        for part in _on_sheet(rings, 360.0 * sheet - 180.0)
    )


def _on_sheet(rings: tuple[Floats, ...], west: float) -> list[tuple[Floats, ...]]:
    """What of a polygon lies within the 360 degrees east of a meridian, outlines counter-clockwise."""
    import shapely

    band = shapely.box(west, -90.0, west + 360.0, 90.0)
    cut = shapely.Polygon(rings[0], rings[1:]).intersection(band)
    parts = [part for part in shapely.get_parts(cut) if part.geom_type == "Polygon"]
    turned = [shapely.geometry.polygon.orient(part) for part in parts]
    return [tuple(np.asarray(ring.coords) for ring in (part.exterior, *part.interiors)) for part in turned]


def _east_of(ring: Floats, meridian: float) -> list[Floats]:
    """The parts of a closed ring on the east side of a meridian, as closed rings run in the same direction.

    The runs of the ring east of the meridian start and end on it. Sorted by latitude, neighbouring ends bound the
    inside in pairs (first with second, third with fourth), so each run goes on with the run that starts at its
    partner. This is the cut of a polygon by a line for simple polygons (Weiler and Atherton 1977, one clip edge).
    """
    inside = ring[:-1, 0] > meridian
    if inside.all():
        return [ring]
    if not inside.any():
        return []
    runs = _runs(np.roll(ring[:-1], -int(np.argmin(inside)), axis=0), meridian)
    # Every run crosses twice. An end is (latitude, run, whether the run starts there).
    ends = sorted(
        (float(run[0 if starts else -1][1]), k, starts) for k, run in enumerate(runs) for starts in (False, True)
    )
    partner = {ends[i][1:]: ends[i ^ 1][1:] for i in range(len(ends))}
    parts, left = [], set(range(len(runs)))
    while left:
        first = k = min(left)
        joined = []
        while k in left:
            left.remove(k)
            joined.append(runs[k])
            k = partner[(k, False)][0]
        parts.append(np.concatenate([*joined, runs[first][:1]]))
    return parts


def _runs(corners: Floats, meridian: float) -> list[Floats]:
    """The runs of an open ring east of a meridian, with the crossings at both ends. The first corner lies west."""
    runs: list[Floats] = []
    run: list[tuple[float, float]] = []
    closed = np.concatenate([corners, corners[:1]])
    for here, there in itertools.pairwise(closed):
        was, will = here[0] > meridian, there[0] > meridian
        if was != will:
            run.append((meridian, _latitude_at(meridian, here, there)))
        if was and not will:
            runs.append(np.array(run))
            run = []
        if will:
            run.append(_pair(there))
    return runs


def _sheet(low: float, high: float) -> int | None:
    """The number of the sheet of 360 degrees between two antimeridians that holds both longitudes, None if none."""
    sheet = math.floor((low + 180.0) / 360.0)
    return sheet if high <= 360.0 * sheet + 180.0 else None


def _with_crossings(chain: Floats) -> list[tuple[float, float]]:
    """The chain with a corner at each place where a piece crosses an antimeridian (an odd multiple of 180)."""
    corners = [_pair(chain[0])]
    for here, there in itertools.pairwise(chain):
        low, high = sorted((float(here[0]), float(there[0])))
        first, last = math.floor((low + 180.0) / 360.0) + 1, math.ceil((high + 180.0) / 360.0) - 1
        cuts = [360.0 * n - 180.0 for n in range(first, last + 1)]
        ordered = cuts if here[0] <= there[0] else cuts[::-1]
        corners += [(meridian, _latitude_at(meridian, here, there)) for meridian in ordered]
        corners.append(_pair(there))
    return corners


def _latitude_at(meridian: float, here: Floats, there: Floats) -> float:
    """The latitude where a straight piece meets a meridian, rounded to 1e-9 degree."""
    share = (meridian - float(here[0])) / (float(there[0]) - float(here[0]))
    return round(float(here[1]) + share * float(there[1] - here[1]), 9) + 0.0


def _pair(place: Floats) -> tuple[float, float]:
    """A place as two floats."""
    return float(place[0]), float(place[1])


def _shifted(part: Floats) -> Floats:
    """A part that lies between two antimeridians brought into [-180, 180] by whole turns."""
    middle = (float(part[:, 0].min()) + float(part[:, 0].max())) / 2.0
    turns = math.ceil((middle - 180.0) / 360.0)
    shifted: Floats = np.round(part - np.array([360.0 * turns, 0.0]), 9) + 0.0
    return shifted
