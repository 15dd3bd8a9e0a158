"""Bearings and winds in the letters of other languages are read by the declared language, and refused without one."""

from __future__ import annotations

import pytest

from merestone.description.legs.at_azimuth import AtAzimuthLeg
from merestone.description.parser import parse
from merestone.description.tree import Leg, Section
from merestone.geodesy.angle import Angle


def read(head: str, printed: str) -> float | str:
    """The azimuth of a leg in degrees, or the code of what is wrong with it."""
    parsed = parse(f"{head}section S\n  from A\n  leg 1 at azimuth {printed} by geodesic for 1 km\n")
    if parsed.diagnostics:
        return parsed.diagnostics[0].code
    section = parsed.description.statements[-1]
    assert isinstance(section, Section)
    (leg,) = (each for each in section.body if isinstance(each, Leg))
    assert isinstance(leg.kind, AtAzimuthLeg)
    assert isinstance(leg.kind.azimuth, Angle)
    return float(leg.kind.azimuth.exact)


@pytest.mark.parametrize(
    ("head", "printed", "right"),
    [
        ("letters in es\n", "N 84° O", 276.0),
        ("letters in de\n", "N 84° O", 84.0),
        ("", "N 84° O", "C225"),
        ("instrument I «I» in es, de\n", "N 84° O", "C225"),
        ("letters in pt\n", "S 30° L", 150.0),
        ("letters in da\n", "S 30° V", 210.0),
        ("letters in cs\n", "S 30° V", 30.0),
        ("instrument I «I» in cs\n", "S 30° V", 30.0),
        ("instrument I «I» in cs\n", "S 30° E", "C225"),
        ("letters in en\n", "S 30° E", 150.0),
        ("", "NW 28º58'6\"", 360 - (28 + 58 / 60 + 6 / 3600)),
        ("letters in es\n", "NO 28º58'6\"", 360 - (28 + 58 / 60 + 6 / 3600)),
        ("letters in de\n", "NO 28º58'6\"", 28 + 58 / 60 + 6 / 3600),
        ("", "s 10° e", 170.0),
        ("letters in es\n", "s 10° o", 190.0),
        ("", "Norte 25° Oeste", 335.0),
        ("", "N. 25° W.", 335.0),
        ("letters in es\n", "SO", 225.0),
        ("letters in de\n", "SO", 135.0),
        ("letters in fr\n", "NNO", 337.5),
        ("letters in de\n", "ONO", 67.5),
        ("", "SO", "C225"),
        ("letters in cs\n", "JV", 135.0),
        ("letters in cs\n", "SE", "C225"),
        ("letters in cs\n", "S", 0.0),
        ("instrument I «I» in cs\n", "S", "C225"),
        ("letters in fi\n", "E", 180.0),
        ("", "S", 180.0),
        ("", "NE", 45.0),
        ("letters in hu\n", "É 30° Ny", 330.0),
    ],
)
def test_by_declared_language(head: str, printed: str, right: float | str) -> None:
    """A bearing between two letters, with both in front, and a wind."""
    found = read(head, printed)
    assert found == right if isinstance(right, str) else found == pytest.approx(right, abs=1e-12)


def test_doubt_shows_the_angle_between_the_readings() -> None:
    """`N 84° O` is 276° in Spanish and 84° in German: 168° apart."""
    (finding,) = parse("section S\n  from A\n  leg 1 at azimuth N 84° O by geodesic for 1 km\n").diagnostics
    (measure,) = finding.measures
    assert measure.value == pytest.approx(168.0)
    assert (measure.unit, measure.between) == ("deg", ("azimuth 276°", "azimuth 84°"))
