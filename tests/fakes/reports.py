"""What a report is made from, for its tests: Libya and Chad as the Court's words have them, and lines of hard shapes."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from fakes.boundary_lines import boundary_line, leg, point, section
from merestone.delimit.boundary_line import BoundaryLine, CompiledLeg, CompiledPoint, Gap, ReadingTaken, VertexSource
from merestone.description.tree import Instrument, Name, Parties, Party, Status, Words
from merestone.diagnostics import Diagnostic, Measure, Severity, Span
from merestone.geodesy.ellipsoid import WGS84
from merestone.geodesy.lines.geodesic import Geodesic
from merestone.geodesy.lines.loxodrome import Loxodrome
from merestone.publish.report.model import LegReadings, Matter, Profile

SOURCE = """\
boundary «Libya - Chad»
reading by «the tutorial of Merestone» on 2026-11-01
parties LBY «Libya», TCD «Chad»
instrument judgment «Territorial Dispute (Libyan Arab Jamahiriya/Chad)» of kind judgment dated 1994-02-03 in fr, en
frame unstated candidates WGS 84, Clarke 1880 (RGS) read as WGS 84 by «the tutorial of Merestone»
reading of straight lines: geodesic by «the tutorial of Merestone» also loxodrome
reading of «Tropic of Cancer»: parallel 23°26'37"N by «the tutorial of Merestone»

point A at the intersection of meridian 24°E and parallel 19°30'N
point B at the intersection of parallel «Tropic of Cancer» and meridian 16°E
point C at the intersection of meridian 15°E and parallel 23°N

section Main with LBY on the right, TCD on the left, delimited by judgment para. 77
  from A
  leg 1 straight to B
    words en art. 77(2) «from that point of intersection, a straight line to the point of intersection of the Tropic»
  leg 2 straight to C
    words en art. 77(2) «from the latter point a straight line to the point of intersection of the 15° meridian»
"""

A, B, C = (24.0, 19.5), (16.0, 23.443611111), (15.0, 23.0)
TAKEN = ReadingTaken("geodesic", "the tutorial of Merestone", ("loxodrome",))


def profile(start: tuple[float, float], end: tuple[float, float], area_m2: float) -> Profile:
    """The loxodrome seen from the geodesic: independent of the checker, by nearest points."""
    one = Geodesic.between(WGS84, start, end)
    other = Loxodrome.between(WGS84, start, end)
    near = one.nearest(other.position(np.linspace(0.0, other.length_m, 201)))
    far = float(np.abs(near.separation_m).max())
    return Profile("geodesic", "loxodrome", near.along_m, near.separation_m, far, area_m2)


def finding(line: int, subject: str, spread_m: float, area_km2: float) -> Diagnostic:
    """The open word of a leg."""
    return Diagnostic(
        "O101",
        Severity.OPEN,
        "the words do not say what kind of line is straight",
        span=Span(line, 9, line, 17),
        settles="a protocol that names the kind of line, or an agreed list of points along it",
        subject=subject,
        measures=(
            Measure("greatest separation", spread_m, "m", ("geodesic", "loxodrome")),
            Measure("area between", area_km2, "km2", ("geodesic", "loxodrome")),
        ),
    )


def libya_chad() -> Matter:
    """The page of the tutorial, made by hand."""
    names = {"A": (A, 9), "B": (B, 10), "C": (C, 11)}
    words = [Words(SOURCE.splitlines()[row].split("«")[1].rstrip("»"), "en", "77(2)") for row in (15, 17)]
    legs = tuple(
        replace(
            leg(
                number,
                "Main",
                (start, end),
                ends,
                clauses=(said,),
                reading=TAKEN,
                said=f"leg {number} straight to {ends[1]}",
            ),
            kind="straight",
            span=Span(row, 3, row + 1, 90),
            line=Geodesic.between(WGS84, start, end),
            across_sigma_m=np.zeros(2),
            vertex_sources=(VertexSource.COMPUTED,) * 2,
        )
        for number, start, end, ends, said, row in (
            ("1", A, B, ("A", "B"), words[0], 15),
            ("2", B, C, ("B", "C"), words[1], 17),
        )
    )
    points = tuple(
        CompiledPoint(
            name,
            (round(lon * 1e9), round(lat * 1e9)),
            VertexSource.COMPUTED,
            1.2e-4,
            (),
            (),
            None,
            Span(row, 1, row, 69),
        )
        for name, ((lon, lat), row) in names.items()
    )
    main = replace(section("Main", legs), right="LBY", left="TCD", status=Status.DELIMITED)
    line = boundary_line((main,), points, title="Libya - Chad")
    statements = (
        Parties((Party(Name("LBY"), "Libya"), Party(Name("TCD"), "Chad"))),
        Instrument(
            Name("judgment"), "Territorial Dispute (Libyan Arab Jamahiriya/Chad)", kind="judgment", dated="1994-02-03"
        ),
    )
    line = replace(
        line,
        reading_by="the tutorial of Merestone",
        description=replace(line.description, statements=statements),
        frame_reading=ReadingTaken("WGS 84", "the tutorial of Merestone", ("Clarke 1880 (RGS)",)),
    )
    readings = (
        LegReadings("Main", "1", ("geodesic", "loxodrome"), (profile(A, B, 3.76e9),)),
        LegReadings("Main", "2", ("geodesic", "loxodrome"), (profile(B, C, 7.4e6),)),
    )
    found = (finding(15, "leg 1 of Main", 6012.3, 3765.4), finding(17, "leg 2 of Main", 98.0, 7.4))
    return Matter(line, found, SOURCE, "libya-chad.boundary", readings)


def many_legs(count: int) -> Matter:
    """A line of many short legs that winds to the north-east."""
    turn = np.linspace(0.0, 9.0 * np.pi, count + 1)
    places = [
        (float(x), float(y))
        for x, y in zip(
            44.0 + turn * 0.1 + 0.1 * np.sin(3 * turn), 40.0 + 0.4 * np.cos(turn) + turn * 0.05, strict=True
        )
    ]
    legs = tuple(
        leg(
            str(k + 1),
            "Long",
            (places[k], places[k + 1]),
            (f"P{k}", f"P{k + 1}"),
            said=f"leg {k + 1} geodesic to P{k + 1}",
        )
        for k in range(count)
    )
    points = tuple(point(f"P{k}", *place) for k, place in enumerate(places))
    return Matter(boundary_line((section("Long", legs),), points), (), "", "long.boundary")


def near_the_pole() -> Matter:
    """A leg that passes half a degree from the pole, and one beside it."""
    places = ((20.0, 86.0), (-170.0, 87.5), (-120.0, 84.0))
    legs = tuple(
        leg(str(k + 1), "Ice", places[k : k + 2], (f"N{k}", f"N{k + 1}"), said=f"leg {k + 1} geodesic to N{k + 1}")
        for k in range(2)
    )
    points = tuple(point(f"N{k}", *place) for k, place in enumerate(places))
    return Matter(boundary_line((section("Ice", legs),), points), (), "", "ice.boundary")


def of(line: BoundaryLine, found: tuple[Diagnostic, ...] = ()) -> Matter:
    """A report of any line."""
    return Matter(line, found, "", "line.boundary")


def one_tiny_leg() -> Matter:
    """A single leg of some fifty metres."""
    places = ((6.0, 49.0), (6.0005, 49.0003))
    one: CompiledLeg | Gap = leg("1", "Yard", places, ("wall", "gate"), said="leg 1 geodesic to gate")
    return of(
        boundary_line(
            (section("Yard", (one,)),), tuple(point(n, *p) for n, p in zip(("wall", "gate"), places, strict=True))
        )
    )
