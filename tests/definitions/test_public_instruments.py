"""Places of public instruments as they are printed, and the lengths of their lines held against independent formulas.

Each case is a few numbers of an instrument with its source. Geodesics are held against geographiclib; loxodromes against
the isometric latitude on the ellipsoid (Snyder, Map Projections, USGS 1395, 1987, eq. 3-7) and geographiclib's meridian arcs.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import pytest
from geographiclib.geodesic import Geodesic

from fakes.descriptions import no_files
from merestone.casefile.pipeline import Pipeline

G = Geodesic.WGS84


def deg(degrees: float, minutes: float = 0.0, seconds: float = 0.0) -> float:
    return degrees + minutes / 60.0 + seconds / 3600.0


def loxodrome_m(one: tuple[float, float], other: tuple[float, float]) -> float:
    """The length of a loxodrome between latitude and longitude of two places, in metres."""
    e2 = G.f * (2.0 - G.f)
    e = math.sqrt(e2)
    first, second = math.radians(one[0]), math.radians(other[0])
    step = math.radians((other[1] - one[1] + 180.0) % 360.0 - 180.0)
    if abs(second - first) < 1e-12:
        return float(abs(G.a / math.sqrt(1.0 - e2 * math.sin(first) ** 2) * math.cos(first) * step))
    isometric = [math.atanh(math.sin(lat)) - e * math.atanh(e * math.sin(lat)) for lat in (first, second)]
    arc_m = G.Inverse(one[0], 0.0, other[0], 0.0)["s12"]
    return float(abs(arc_m / math.cos(math.atan2(step, isometric[1] - isometric[0]))))


@dataclass(frozen=True)
class Case:
    """What stands in the head, the printed places, the kind of line, and latitude and longitude typed a second time."""

    source: str
    head: str
    printed: tuple[str, ...]
    kind: str
    places: tuple[tuple[float, float], ...]


CASES = (
    Case(
        "France, decree 2012-1148 of 12 October 2012, western part, points 0 to 3",
        "coordinates without letters are north, east\n",
        ("42° 26,12' 3° 26,88'", "42° 26,12' 3° 33,50'", "40° 05,00' 5° 21,50'", "40° 05,00' 6° 16,67'"),
        "loxodrome",
        ((deg(42, 26.12), deg(3, 26.88)), (deg(42, 26.12), deg(3, 33.5)), (deg(40, 5), deg(5, 21.5)), (deg(40, 5), deg(6, 16.67))),
    ),
    Case(
        "France, baselines of Guadeloupe (JORFARTI000002097697), A, B, C",
        "",
        ("latitude 16o 19' 40'' N ; longitude 61o 17' 53'' W", "latitude 16o 19' 12'' N ; longitude 61o 4' 26'' W",
         "latitude 16o 20' 2'' N ; longitude 61o 0' 7'' W"),
        "geodesic",
        ((deg(16, 19, 40), -deg(61, 17, 53)), (deg(16, 19, 12), -deg(61, 4, 26)), (deg(16, 20, 2), -deg(61, 0, 7))),
    ),
    Case(
        "France, shelf of Saint-Paul and Amsterdam (JORFARTI000043053484), dd-mm-ss",
        "angles in degrees, minutes, seconds\n",
        ("37-32-06S 081-46-44E", "37-31-52S 081-47-01E", "36-43-02S 082-26-50E"),
        "loxodrome",
        ((-deg(37, 32, 6), deg(81, 46, 44)), (-deg(37, 31, 52), deg(81, 47, 1)), (-deg(36, 43, 2), deg(82, 26, 50))),
    ),
    Case(
        "France, order of 10 January 2023, emission control area of North America, points 1, 17, 18",
        "",
        ("32°32ʹ10ʺ N. 117°06ʹ11ʺ W.", "36°16ʹ25ʺ N. 126°45ʹ30ʺ W.", "37°01'35ʺ N. 127°07ʹ18ʺ W."),
        "geodesic",
        ((deg(32, 32, 10), -deg(117, 6, 11)), (deg(36, 16, 25), -deg(126, 45, 30)), (deg(37, 1, 35), -deg(127, 7, 18))),
    ),
    Case(
        "Russian Federation, order 2168-r of 24 October 2015, a sea port, points 1, 2, 11; political facts are not judged here",
        "",
        ("44°36'39,2333\" северной широты и 33°35'56,5803\" восточной долготы",
         "44°36'39,3366\" северной широты и 33°35'57,1174\" восточной долготы",
         "44°36'30,2725\" северной широты и 33°36'10,3395\" восточной долготы"),
        "geodesic",
        ((deg(44, 36, 39.2333), deg(33, 35, 56.5803)), (deg(44, 36, 39.3366), deg(33, 35, 57.1174)),
         (deg(44, 36, 30.2725), deg(33, 36, 10.3395))),
    ),
    Case(
        "Russian Federation, boundary of the Baikal natural territory, buffer zone, with accents for signs of minutes",
        "",
        ("56 град. 12`49\" с.ш., 110 град. 54`56\" в.д.", "56 град. 39`40\" с.ш., 113 град. 06`33\" в.д."),
        "geodesic",
        ((deg(56, 12, 49), deg(110, 54, 56)), (deg(56, 39, 40), deg(113, 6, 33))),
    ),
    Case(
        "Germany, ordinance on the reserve «Östliche Deutsche Bucht» (BGBl. 2005 I p. 2782), points 1, 75, 74",
        "",
        ("55° 13' 57\" N/07° 12' 45\" E", "54° 44' 01\" N/07° 20' 10\" E", "54° 32' 22\" N/07° 33' 39\" E"),
        "loxodrome",
        ((deg(55, 13, 57), deg(7, 12, 45)), (deg(54, 44, 1), deg(7, 20, 10)), (deg(54, 32, 22), deg(7, 33, 39))),
    ),
    Case(
        "Brazil, decree 86.923 of 16 February 1982, marks 06 and 04",
        "decimal sign comma\nletters in pt\n",
        ("03º17'51\",9N e 61º24'54\",7WGr.", "03º18'44\",5N e 61º24'00\",4WGr."),
        "geodesic",
        ((deg(3, 17, 51.9), -deg(61, 24, 54.7)), (deg(3, 18, 44.5), -deg(61, 24, 0.4))),
    ),
    Case(
        "Brazil, decree of 17 April 2015 (Dsn14170), points 7505, 7511, 7512, with commas and points for the decimals",
        "decimal sign comma\nletters in pt\n",
        ("04º52’09,09162”S e 59º56’36,69479”W", "05º01'12.16776”S e 60º01'10.49067”W", "05º01'44.73350”S e 60º01'10.00442”W"),
        "geodesic",
        ((-deg(4, 52, 9.09162), -deg(59, 56, 36.69479)), (-deg(5, 1, 12.16776), -deg(60, 1, 10.49067)),
         (-deg(5, 1, 44.7335), -deg(60, 1, 10.00442))),
    ),
    Case(
        "Brazil, decree of 18 April 2006, Kuruáya, with `Wgr.`",
        "letters in pt\n",
        ("05°28’41.7”S e 54° 29’34.8”Wgr.", "05°41’52,7731”S e 54° 46’42,8784”Wgr."),
        "geodesic",
        ((-deg(5, 28, 41.7), -deg(54, 29, 34.8)), (-deg(5, 41, 52.7731), -deg(54, 46, 42.8784))),
    ),
)  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.source[:40])
def test_the_places_and_lengths_of_an_instrument(case: Case) -> None:
    """Every place is the printed one, every length that of the independent formula, and nothing is refused."""
    head = f"boundary «{case.source}»\nreading by «the tests»\nframe WGS 84 (G1762) epoch 2016.0\n{case.head}"
    points = "".join(f"point P{number} at {printed}\n" for number, printed in enumerate(case.printed))
    legs = "".join(f"  leg {number} {case.kind} to P{number}\n" for number in range(1, len(case.printed)))
    result = Pipeline(no_files).run(f"{head}{points}section S\n  from P0\n{legs}")
    assert [each.code for each in result.findings if each.severity == "error"] == []
    for number, (latitude, longitude) in enumerate(case.places):
        (point,) = [each for each in result.line.points if each.name == f"P{number}"]
        assert (point.units[0] / 1e9, point.units[1] / 1e9) == pytest.approx((longitude, latitude), abs=1e-9)
    pairs = list(zip(case.places, case.places[1:], strict=False))
    by_hand = [
        loxodrome_m(one, other) if case.kind == "loxodrome" else G.Inverse(*one, *other)["s12"] for one, other in pairs
    ]
    assert [leg.length_m for leg in result.line.legs] == pytest.approx(by_hand, abs=5e-4)
