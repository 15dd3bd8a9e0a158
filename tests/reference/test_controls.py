"""Lines of published instruments against independently computed and published figures.

Sources: Territorial Dispute (Libya/Chad), ICJ, 3 February 1994, operative paragraph (the Tropic read as 23°26'37"N);
Nunavut Act, S.C. 1993 c. 28, Schedule I; Treaty of Peace and Friendship between Argentina and Chile, 1984, article 7;
Canada National Parks Act, S.C. 2000 c. 32, Schedule 2, Nahanni Part II (Prairie Creek). Separations and lengths are
controls computed with GeographicLib, except where a test says that they are published.
"""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from geographiclib.geodesic import Geodesic as Oracle

from merestone.geodesy.area import ring_area
from merestone.geodesy.ellipsoid import GRS80, WGS84
from merestone.geodesy.line import Place
from merestone.geodesy.lines.geodesic import Geodesic
from merestone.geodesy.lines.loxodrome import Loxodrome
from merestone.geodesy.lines.parallel import Parallel
from merestone.geodesy.lines.projected import ProjectedStraight
from merestone.geodesy.separation import separation


def degrees(whole: float, minutes: float = 0.0, seconds: float = 0.0) -> float:
    """Decimal degrees."""
    return whole + minutes / 60.0 + seconds / 3600.0


LIBYA_CHAD_2: Place = (16.0, degrees(23, 26, 37))
LEGS: dict[str, tuple[Place, Place, float, float, float, float]] = {
    "Libya-Chad leg 1": ((24.0, 19.5), LIBYA_CHAD_2, 936.8e3, 50.0, 6.0e3, 50.0),
    "Libya-Chad leg 2": (LIBYA_CHAD_2, (15.0, 23.0), 113.5e3, 50.0, 98.0, 0.5),
    "Nunavut N2-N3": ((-102.0, degrees(64, 14)), (-degrees(109, 20), degrees(64, 50)), 358e3, 500.0, 5.2e3, 50.0),
    "Nunavut N5-N6": ((-112.5, 65.5), (-degrees(120, 40, 51), 68.0), 455e3, 500.0, 7.5e3, 50.0),
}


@pytest.mark.parametrize("name", list(LEGS))
def test_geodesic_and_loxodrome_part_by_the_control(name: str) -> None:
    """Length and separation are the controls', to their last printed digit."""
    start, end, length_m, length_within_m, apart_m, apart_within_m = LEGS[name]
    geodesic = Geodesic.between(WGS84, start, end)
    assert geodesic.length_m == pytest.approx(length_m, abs=length_within_m)
    oracle = Oracle(WGS84.a_m, WGS84.f).Inverse(start[1], start[0], end[1], end[0])
    assert geodesic.length_m == pytest.approx(oracle["s12"], abs=1e-6)
    assert geodesic.start_azimuth_deg == pytest.approx(oracle["azi1"] % 360.0, abs=1e-9)
    assert separation(geodesic, Loxodrome.between(WGS84, start, end)).greatest_m == pytest.approx(
        apart_m, abs=apart_within_m
    )


def test_beagle_loxodrome_bears_134_657_degrees() -> None:
    """The loxodrome from B to C of the Beagle Channel line bears 134.657 degrees, near the printed 45 degrees."""
    b, c = (-degrees(66, 4.7), -degrees(55, 11.0)), (-degrees(65, 43.6), -degrees(55, 22.9))
    assert Loxodrome.between(WGS84, b, c).azimuth_deg == pytest.approx(134.657, abs=5e-4)


def test_on_the_49th_parallel_over_ten_degrees_the_lines_part_by_12_km() -> None:
    """Geodesic and parallel between the same places on 49 degrees north, ten degrees apart, part by 12 km."""
    ends = (-110.0, 49.0), (-100.0, 49.0)
    found = separation(Geodesic.between(WGS84, *ends), Parallel.between(WGS84, *ends))
    assert found.greatest_m == pytest.approx(12_000.0, abs=100.0)


def test_quarter_meridian_is_10_001_965_729_metres() -> None:
    """The quarter meridian of WGS 84 is 10 001 965.729 m (EPSG Guidance Note 7-2; NIMA TR8350.2)."""
    assert Loxodrome.between(WGS84, (0.0, 0.0), (0.0, 90.0)).length_m == pytest.approx(10_001_965.729, abs=5e-4)


def test_prairie_creek_measures_301_90_square_kilometres(shared_cases: Path) -> None:
    """The ring of lines straight on UTM zone 10, as the Act defines, measures 301.90 km²; published: about 300 km²."""
    table = shared_cases / "nahanni_prairie_creek.csv"
    with table.open(encoding="utf-8", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row["lat_text"]]
    corners = [(-_angle(row["lon_text"]), _angle(row["lat_text"])) for row in rows]
    pairs = list(zip(corners, [*corners[1:], corners[0]], strict=True))
    straight = ring_area([ProjectedStraight.between(GRS80, a, b, "EPSG:26910") for a, b in pairs])
    geodesic = ring_area([Geodesic.between(GRS80, a, b) for a, b in pairs])
    assert abs(straight.area_m2) / 1e6 == pytest.approx(301.90, abs=0.005)
    assert abs(straight.area_m2 - geodesic.area_m2) / 1e6 < 0.01


def _angle(text: str) -> float:
    return degrees(*(float(part) for part in re.findall(r"[\d.]+", text)))
