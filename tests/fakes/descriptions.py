"""Descriptions taken the whole way in tests: a head, four points about a square degree, and what is asked of them."""

from __future__ import annotations

from merestone.casefile.pipeline import Pipeline, Result
from merestone.delimit.boundary_line import CompiledLeg, CompiledPoint
from merestone.delimit.store import LegStore
from merestone.diagnostics import Diagnostic, Severity

HEAD = """boundary «Test»
reading by «Nobody»
parties A «Aland», B «Beland»
"""
FRAME = "frame WGS 84 (G1762) epoch 2016.0 fixed in frame\n"
SQUARE = """point A at 10°00'00" N 20°00'00" E
point B at 10°00'00" N 21°00'00" E
point C at 11°00'00" N 21°00'00" E
point D at 11°00'00" N 20°00'00" E
"""
A, B, C, D = (20.0, 10.0), (21.0, 10.0), (21.0, 11.0), (20.0, 11.0)


def no_files(path: str, sha256: str | None) -> str:
    """No description of these tests reads a file."""
    raise AssertionError((path, sha256))


def result_of(body: str, *, frame: str = FRAME, store: LegStore | None = None, checked: bool = False) -> Result:
    """A description with this body, taken the whole way."""
    return Pipeline(no_files, store).run(HEAD + frame + body, checked=checked)


def section(*legs: str, start: str = "A", name: str = "S") -> str:
    """A section that starts from a point and has these legs, a line each."""
    lines = "".join(f"  {leg}\n" for leg in legs)
    return f"section {name} with A on the right, B on the left\n  from {start}\n{lines}"


def leg_of(words: str, points: str = "", *, frame: str = FRAME) -> CompiledLeg:
    """The one leg from A that these words draw, with no error in its description."""
    result = result_of(SQUARE + points + section(f"leg 1 {words}"), frame=frame)
    assert not errors(result), errors(result)
    (leg,) = result.line.legs
    return leg


def gap_of(words: str, points: str = "", *, frame: str = FRAME) -> Diagnostic:
    """Why the one leg from A that these words describe is a gap."""
    result = result_of(SQUARE + points + section(f"leg 1 {words}"), frame=frame)
    assert not result.line.legs
    (gap,) = result.line.gaps
    return gap.why


def point_of(definition: str, points: str = "", *, sections: str = "", frame: str = FRAME) -> CompiledPoint:
    """The point X of this definition, with no error in its description."""
    sections = sections or section("leg 1 geodesic to B")
    result = result_of(f"{SQUARE}{points}point X {definition}\n{sections}", frame=frame)
    assert not errors(result), errors(result)
    return next(point for point in result.line.points if point.name == "X")


def failure_of(definition: str, points: str = "", *, sections: str = "", frame: str = FRAME) -> Diagnostic:
    """The first finding that is an error or open in a description with the point X of this definition."""
    sections = sections or section("leg 1 geodesic to B")
    result = result_of(f"{SQUARE}{points}point X {definition}\n{sections}", frame=frame)
    assert all(point.name != "X" for point in result.line.points)
    return next(each for each in result.findings if each.severity in (Severity.ERROR, Severity.OPEN))


def errors(result: Result) -> list[Diagnostic]:
    """The errors among the findings."""
    return [each for each in result.findings if each.severity is Severity.ERROR]


def end_of(leg: CompiledLeg) -> tuple[float, float]:
    """Longitude and latitude of a leg's last vertex in degrees."""
    lon, lat = leg.vertices[-1] / 1e9
    return float(lon), float(lat)


def place_of(point: CompiledPoint) -> tuple[float, float]:
    """Longitude and latitude of a point in degrees."""
    return point.units[0] / 1e9, point.units[1] / 1e9
