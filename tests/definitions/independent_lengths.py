"""Lengths of the legs of the examples, computed without Merestone: coordinates, kinds, formulas and figures of its own.

Places are read from the texts by one regular expression, or typed where a text defines a point by lines. Lengths are
GeographicLib's for geodesics and meridians (Karney 2013), and closed forms elsewhere:

    parallel    N(phi) cos(phi) |dlon|, N = a / sqrt(1 - e² sin²(phi))
    loxodrome   |M(phi2) - M(phi1)| / |cos(alpha)|, tan(alpha) = dlon / (psi2 - psi1), with M the meridian arc (by
                GeographicLib) and psi the isometric latitude, asinh(tan(phi)) - e atanh(e sin(phi))
    grid line   the sum of geodesics between 4000 equal steps on the plane (PROJ), whose chord error is below 0.01 mm
    arc         the angle at the centre between the two ends is walked in 4000 steps of constant geodesic distance

`python tests/definitions/independent_lengths.py` prints the figures that `LEGS` holds.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from geographiclib.geodesic import Geodesic
from pyproj import CRS, Transformer

EXAMPLES = Path(__file__).parents[2] / "examples"
WGS84 = Geodesic.WGS84
GRS80 = Geodesic(6378137.0, 1 / 298.257222101)
INTERNATIONAL = Geodesic(6378388.0, 1 / 297.0)

Place = tuple[float, float]
"""Latitude and longitude in degrees."""

_COORDINATE = re.compile(
    r"(?P<d>\d+)\s*(?:[°º˚o]|degrees)\s*(?:(?P<m>\d+)\s*(?:['′’´]|minutes)?(?:,\s*(?P<mf>\d+))?)?"
    r"(?P<md>[.,]\d+)?(?:['′])?\s*"
    r"(?:(?P<s>\d+)\s*(?:[.](?P<sd>\d+))?\s*(?:[\"″”]|´´|seconds)?(?:[.,]\s*(?P<sf>\d+))?)?"
    r"[\s\"″]*(?P<h>N|S|E|W|)"
)


def coordinate(text: str) -> float:
    """One coordinate in degrees, negative to the south and west; without a letter it is north or east."""
    match = _COORDINATE.search(text)
    assert match is not None, text
    minutes = float(f"{match['m'] or 0}.{match['mf'] or (match['md'] or '.0')[1:]}")
    seconds = float(f"{match['s'] or 0}.{match['sd'] or match['sf'] or 0}")
    degrees = float(match["d"]) + minutes / 60 + seconds / 3600
    return -degrees if match["h"] in {"S", "W"} else degrees


def places(text: str) -> dict[str, Place]:
    """The places that a text gives by coordinates, in its points and the rows of its tables."""
    found: dict[str, Place] = {}
    for match in re.finditer(r"^\s+(\S+)\s*\|([^|\n]+)\|([^|\n]+)$", text, re.MULTILINE):
        found[match[1]] = (coordinate(match[2]), coordinate(match[3]))
    for match in re.finditer(r"^point (\S+)(?: «[^»]*»)?(?: approximately)? at (\d[^\n]*)$", text, re.MULTILINE):
        first = _COORDINATE.search(match[2])
        assert first is not None
        found[match[1]] = (coordinate(match[2]), coordinate(match[2][first.end() :]))
    return found


def geodesic(start: Place, end: Place, on: Geodesic = WGS84) -> float:
    """Length of the geodesic in metres."""
    return float(on.Inverse(*start, *end)["s12"])


def parallel(start: Place, end: Place, on: Geodesic = WGS84) -> float:
    """Length of the parallel in metres."""
    assert start[0] == end[0]
    latitude = math.radians(start[0])
    radius: float = on.a / math.sqrt(1 - on.f * (2 - on.f) * math.sin(latitude) ** 2)
    return radius * math.cos(latitude) * math.radians(abs(end[1] - start[1]))


def meridian(start: Place, end: Place, on: Geodesic = WGS84) -> float:
    """Length of the meridian in metres."""
    assert start[1] == end[1]
    return float(on.Inverse(start[0], 0, end[0], 0)["s12"])


def isometric(latitude_deg: float, on: Geodesic) -> float:
    """Isometric latitude in radians."""
    eccentricity, sine = math.sqrt(on.f * (2 - on.f)), math.sin(math.radians(latitude_deg))
    return math.asinh(math.tan(math.radians(latitude_deg))) - eccentricity * math.atanh(eccentricity * sine)


def rhumb_azimuth(start: Place, end: Place, on: Geodesic = WGS84) -> float:
    """Azimuth of the loxodrome in degrees."""
    east, north = math.radians(end[1] - start[1]), isometric(end[0], on) - isometric(start[0], on)
    return math.degrees(math.atan2(east, north)) % 360


def loxodrome(start: Place, end: Place, on: Geodesic = WGS84) -> float:
    """Length of the loxodrome in metres."""
    if start[0] == end[0]:
        return parallel(start, end, on)
    arc = float(on.Inverse(start[0], 0, end[0], 0)["s12"])
    return arc / abs(math.cos(math.radians(rhumb_azimuth(start, end, on))))


def utm10(start: Place, end: Place, on: Geodesic = GRS80, steps: int = 4000) -> float:
    """Ground length in metres of the straight line on NAD83(CSRS) / UTM zone 10N (EPSG:3157)."""
    plane = Transformer.from_crs(CRS.from_epsg(4617), CRS.from_epsg(3157), always_xy=True)
    (x1, y1), (x2, y2) = plane.transform(start[1], start[0]), plane.transform(end[1], end[0])
    shares = [step / steps for step in range(steps + 1)]
    lon, lat = plane.transform(
        [x1 + share * (x2 - x1) for share in shares], [y1 + share * (y2 - y1) for share in shares], direction="INVERSE"
    )
    return sum(geodesic(a, b, on) for a, b in pairwise(zip(lat, lon, strict=True)))


def arc(centre: Place, start: Place, end: Place, on: Geodesic = WGS84, steps: int = 4000) -> float:
    """Length in metres of the shorter arc about `centre` from `start` to `end`."""
    first, last = on.Inverse(*centre, *start), on.Inverse(*centre, *end)
    turn = (last["azi1"] - first["azi1"] + 180) % 360 - 180
    ends = [on.Direct(*centre, first["azi1"] + turn * step / steps, first["s12"]) for step in range(steps + 1)]
    return sum(geodesic((a["lat2"], a["lon2"]), (b["lat2"], b["lon2"]), on) for a, b in pairwise(ends))


def at_distances(first: Place, second: Place, distance_m: float, near: Place, on: Geodesic = WGS84) -> Place:
    """The place at the same distance from two places, nearest to `near`: Newton's method on the two distances."""
    place = near
    for _ in range(20):
        rows = [on.Inverse(*place, *known) for known in (first, second)]
        (s1, c1), (s2, c2) = ((math.sin(math.radians(r["azi1"])), math.cos(math.radians(r["azi1"]))) for r in rows)
        miss = [row["s12"] - distance_m for row in rows]
        determinant = s1 * c2 - s2 * c1
        east, north = (miss[0] * c2 - miss[1] * c1) / determinant, (s1 * miss[1] - s2 * miss[0]) / determinant
        step = on.Direct(*place, math.degrees(math.atan2(east, north)), math.hypot(east, north))
        place = (step["lat2"], step["lon2"])
    return place


def rhumb_on_circle(start: Place, end: Place, centre: Place, radius_m: float, low: float, high: float) -> Place:
    """Where a loxodrome (longitudes running on) meets a circle, between two latitudes: by halving."""
    slope = math.radians(end[1] - start[1]) / (isometric(end[0], WGS84) - isometric(start[0], WGS84))

    def at(latitude: float) -> Place:
        east = slope * (isometric(latitude, WGS84) - isometric(start[0], WGS84))
        return latitude, start[1] + math.degrees(east)

    inside_low = geodesic(centre, at(low)) < radius_m
    assert inside_low != (geodesic(centre, at(high)) < radius_m)
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if (geodesic(centre, at(middle)) < radius_m) == inside_low else (low, middle)
    return at(low)


def joined_arc(centre: Place, start: Place, end: Place, radius_m: float = 200 * 1852.0) -> float:
    """Length in metres of an arc of this radius, with the straight pieces to ends that lie off the circle."""
    ends = [WGS84.Inverse(*centre, *place) for place in (start, end)]
    on_it = [WGS84.Direct(*centre, each["azi1"], radius_m) for each in ends]
    first, last = ((each["lat2"], each["lon2"]) for each in on_it)
    return arc(centre, first, last) + float(sum(abs(each["s12"] - radius_m) for each in ends))


def _bering(known: dict[str, Place]) -> dict[str, Place]:
    """Points 37 and 38 of the Annex of 1990, where the circles meet the rhumb line."""
    north, south = known["R-north"], (known["R-south"][0], known["R-south"][1] - 360)
    radius_m = 200 * 1852.0
    return {
        "37": rhumb_on_circle(north, south, known["C-east"], radius_m, 59.5, 60.5),
        "38": rhumb_on_circle(north, south, known["C-west"], radius_m, 58.0, 60.0),
    }


KINDS = {"geodesic": geodesic, "loxodrome": loxodrome, "parallel": parallel, "meridian": meridian, "utm10": utm10}


@dataclass(frozen=True, slots=True)
class Leg:
    """One leg, or a chain of one kind: where it stands in the example, its kind, its points, its length in metres."""

    example: str
    section: str
    name: str
    kind: str
    points: tuple[str, ...]
    length_m: float
    on: Geodesic = WGS84

    def computed(self) -> float:
        """The length in metres, computed here."""
        text = (EXAMPLES / f"{self.example}.boundary").read_text(encoding="utf-8")
        known = places(text) | TYPED.get(self.example, {})
        if self.example == "romania-ukraine":
            known["Centre"] = at_distances(known["P1"], known["P2"], 12 * 1852.0, (45.25, 30.2))
        if self.example == "bering-sea":
            known |= _bering(known)
        if self.kind == "joined arc":
            return joined_arc(known[self.points[0]], known[self.points[1]], known[self.points[2]])
        if self.kind == "arc":
            return arc(known[self.points[0]], known[self.points[1]], known[self.points[2]], self.on)
        return sum(KINDS[self.kind](known[a], known[b], self.on) for a, b in pairwise(self.points))


TROPIC = 23 + 26 / 60 + 37 / 3600
TYPED: dict[str, dict[str, Place]] = {
    "libya-chad": {"P1": (19.5, 24.0), "P2": (TROPIC, 16.0), "P3": (23.0, 15.0)},
    "beagle": {"D": (-(56 + 22.8 / 60), -(65 + 43.6 / 60))},
    "nunavut": {"N1": (60.0, -102.0)},
}


def _chain(prefix: str, first: int, last: int) -> tuple[str, ...]:
    return tuple(f"{prefix}{number}" for number in range(first, last + 1))


LEGS: tuple[Leg, ...] = (
    Leg("libya-chad", "Main", "1", "geodesic", ("P1", "P2"), 936781.3272),
    Leg("libya-chad", "Main", "2", "geodesic", ("P2", "P3"), 113533.6789),
    Leg("beagle", "Sea", "A-B", "loxodrome", ("A", "B"), 22635.3254),
    Leg("beagle", "Sea", "B-C", "loxodrome", ("B", "C"), 31414.7349),
    Leg("beagle", "Sea", "C-D", "meridian", ("C", "D"), 111154.0843),
    Leg("beagle", "Sea", "D-E", "parallel", ("D", "E"), 95139.9485),
    Leg("beagle", "Sea", "E-F", "meridian", ("E", "F"), 219577.3491),
    Leg("nunavut", "West", "1", "meridian", ("N1", "N2"), 471793.0855, GRS80),
    Leg("nunavut", "West", "2", "geodesic", ("N2", "N3"), 358062.4672, GRS80),
    Leg("nunavut", "West", "3", "geodesic", ("N3", "N4"), 97115.7449, GRS80),
    Leg("nunavut", "West", "4", "parallel", ("N4", "N5"), 84868.5205, GRS80),
    Leg("nunavut", "West", "5", "geodesic", ("N5", "N6"), 455138.1473, GRS80),
    Leg("nunavut", "West", "10", "geodesic", ("N10", "N11"), 12441.2455, GRS80),
    Leg("nunavut", "West", "11", "parallel", ("N11", "N12"), 161656.3581, GRS80),
    Leg("nunavut", "West", "12", "meridian", ("N12", "N13"), 18593.4949, GRS80),
    Leg("nunavut", "West", "13", "parallel", ("N13", "N14"), 8981.3095, GRS80),
    Leg("nunavut", "West", "17", "parallel", ("N17", "N18"), 95466.3532, GRS80),
    Leg("prairie-creek", "Parcel", "1", "utm10", ("P1", "P2"), 1934.0196, GRS80),
    Leg("prairie-creek", "Parcel", "2", "utm10", ("P2", "P3"), 1813.6564, GRS80),
    Leg("prairie-creek", "Parcel", "3", "utm10", ("P3", "P4"), 1890.5306, GRS80),
    Leg("prairie-creek", "Parcel", "4", "utm10", ("P4", "P5"), 1648.6034, GRS80),
    Leg("prairie-creek", "Parcel", "5", "utm10", ("P5", "P6"), 1639.2433, GRS80),
    Leg("prairie-creek", "Parcel", "6", "utm10", ("P6", "P7"), 4419.6002, GRS80),
    Leg("prairie-creek", "Parcel", "7", "utm10", ("P7", "P8"), 2476.4756, GRS80),
    Leg("prairie-creek", "Parcel", "8", "utm10", ("P8", "P9"), 14442.2418, GRS80),
    Leg("prairie-creek", "Parcel", "9", "utm10", ("P9", "P10"), 1233.0653, GRS80),
    Leg("prairie-creek", "Parcel", "10", "utm10", ("P10", "P11"), 3514.8921, GRS80),
    Leg("prairie-creek", "Parcel", "11", "utm10", ("P11", "P12"), 844.2777, GRS80),
    Leg("prairie-creek", "Parcel", "12", "utm10", ("P12", "P13"), 2467.7628, GRS80),
    Leg("prairie-creek", "Parcel", "13", "utm10", ("P13", "P14"), 2067.0319, GRS80),
    Leg("prairie-creek", "Parcel", "14", "utm10", ("P14", "P15"), 2440.4763, GRS80),
    Leg("prairie-creek", "Parcel", "15", "utm10", ("P15", "P16"), 2912.1343, GRS80),
    Leg("prairie-creek", "Parcel", "16", "utm10", ("P16", "P17"), 1123.0300, GRS80),
    Leg("prairie-creek", "Parcel", "17", "utm10", ("P17", "P18"), 6436.2379, GRS80),
    Leg("prairie-creek", "Parcel", "18", "utm10", ("P18", "P19"), 11739.4928, GRS80),
    Leg("prairie-creek", "Parcel", "19", "utm10", ("P19", "P1"), 8910.1649, GRS80),
    Leg("french-mediterranean", "West", "1", "loxodrome", _chain("P", 0, 9), 808961.9167),
    Leg("french-mediterranean", "West", "3", "loxodrome", _chain("P", 10, 14), 156704.7638),
    Leg("canada-zone-6", "Area1", "1", "geodesic", _chain("A1-", 1, 2), 370386.4265, GRS80),
    Leg("canada-zone-6", "Area2", "a", "geodesic", _chain("A2-", 1, 82), 1293864.3031, GRS80),
    Leg("canada-zone-6", "Area2", "b", "geodesic", _chain("A2-", 82, 83), 13172.4862, GRS80),
    Leg("canada-zone-6", "Area2", "c", "geodesic", _chain("A2-", 83, 95), 778599.1434, GRS80),
    Leg("canada-zone-6", "Area3", "1", "geodesic", _chain("A3-", 1, 33), 657932.7212, GRS80),
    Leg("bering-sea", "North", "N", "geodesic", _chain("", 30, 36), 125580.2933),
    Leg("bering-sea", "Arcs", "36", "joined arc", ("C-east", "36", "37"), 25279.9144),
    Leg("bering-sea", "Arcs", "37", "loxodrome", ("37", "38"), 150730.3475),
    Leg("bering-sea", "Arcs", "38", "joined arc", ("C-west", "38", "39"), 18222.5210),
    Leg("bering-sea", "South", "S", "geodesic", _chain("", 39, 53), 321144.8316),
    Leg("abyei", "North", "1", "parallel", ("NW", "NE"), 127846.8714),
    Leg("iran-qatar", "Shelf", "2-3", "geodesic", ("P2", "P3"), 35756.9741),
    Leg("iran-qatar", "Shelf", "3-4", "geodesic", ("P3", "P4"), 62918.4651),
    Leg("iran-qatar", "Shelf", "4-5", "geodesic", ("P4", "P5"), 71052.8077),
    Leg("iran-qatar", "Shelf", "5-6", "geodesic", ("P5", "P6"), 71616.7116),
    Leg("romania-ukraine", "Chords", "1", "arc", ("Centre", "P1", "P2"), 9969.9585),
    Leg("romania-ukraine", "Chords", "2", "geodesic", ("P2", "P3"), 71741.4192),
    Leg("romania-ukraine", "Chords", "3", "geodesic", ("P3", "P4"), 16255.6851),
    Leg("romania-ukraine", "Chords", "4", "geodesic", ("P4", "P5"), 78824.6227),
    Leg("hong-kong", "Land", "4", "geodesic", ("P3", "P4"), 17.5916),
    Leg("ice-field", "Survey", "1", "parallel", ("Box-NW", "Box-NE"), 47405.0191, INTERNATIONAL),
    Leg("ice-field", "Survey", "2", "meridian", ("Box-NE", "Box-SE"), 69514.3477, INTERNATIONAL),
    Leg("ice-field", "Survey", "3", "parallel", ("Box-SE", "Box-SW"), 46805.5406, INTERNATIONAL),
    Leg("ice-field", "Survey", "4", "meridian", ("Box-SW", "Box-NW"), 69514.3477, INTERNATIONAL),
)

if __name__ == "__main__":
    for leg in LEGS:
        print(f"{leg.example:22} {leg.section:8} {leg.name:5} {leg.computed():15.5f}")
