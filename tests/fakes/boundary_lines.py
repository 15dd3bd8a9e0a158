"""Small boundary lines made by hand for the tests of the outputs: an ordinary one, a hostile one, one over 180°."""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
from pyproj import Geod

from merestone.delimit.boundary_line import (
    BoundaryLine,
    CompiledLeg,
    CompiledPoint,
    CompiledSection,
    Gap,
    ReadingTaken,
    Toolchain,
    VertexSource,
)
from merestone.description.tree import (
    Clause,
    Description,
    Instrument,
    Name,
    Note,
    Parties,
    Party,
    Section,
    Status,
    Words,
)
from merestone.diagnostics import Diagnostic, Measure, Severity, Span
from merestone.geodesy.ellipsoid import WGS84, Ellipsoid
from merestone.geodesy.frame import Frame
from merestone.geodesy.lines.geodesic import Geodesic
from merestone.geodesy.lines.path import Path
from merestone.geodesy.uncertainty import Common, Component, Local
from merestone.publish.export import Export, Step, unchanged

FRAME = Frame("WGS 84", "EPSG:4326", WGS84)
OWN_FRAME = Frame("Commission 1903", None, Ellipsoid("Clarke 1880 (RGS)", 6378249.145, 293.465))
HOSTILE = "=cmd|'/c calc'!A1\x07<script>alert(1)</script>]]>&\"\u202egnp"
"""A name that tries a formula, a bell, markup, the end of a CDATA section, quotes and a direction override."""

GEOD = Geod(a=WGS84.a_m, rf=WGS84.inverse_flattening)


def leg(
    name: str,
    section: str,
    places: tuple[tuple[float, float], ...],
    names: tuple[str, ...],
    *,
    clauses: tuple[Clause, ...] = (),
    reading: ReadingTaken | None = None,
    said: str = "straight",
    frame: Frame = FRAME,
) -> CompiledLeg:
    """A geodesic leg through places in degrees, lengths and azimuths by pyproj."""
    pairs = list(itertools.pairwise(places))
    inverse = [GEOD.inv(*one, *other) for one, other in pairs]
    return CompiledLeg(
        name=name,
        section=section,
        kind="geodesic",
        said=said,
        frame=frame,
        line=Path(tuple(Geodesic.between(WGS84, one, other) for one, other in pairs)),
        vertices=np.array([[round(lon * 1e9), round(lat * 1e9)] for lon, lat in places], dtype=np.int64),
        vertex_names=names,
        vertex_sources=tuple(VertexSource.COORDINATES if name else VertexSource.LEG for name in names),
        tolerances_m=np.full(len(places), 0.000111),
        lengths_m=np.array([d for _, _, d in inverse]),
        azimuths_start_deg=np.array([az % 360.0 for az, _, _ in inverse]),
        azimuths_end_deg=np.array([(back + 180.0) % 360.0 for _, back, _ in inverse]),
        across_sigma_m=np.linspace(0.0, 0.25, len(places)),
        components=(Component("frame", 2.0, Common()), Component("print", 0.3, Local(5000.0))),
        reading=reading,
        clauses=clauses,
        span=Span(10, 3, 10, 20),
    )


def point(name: str, lon: float, lat: float) -> CompiledPoint:
    """A point by coordinates."""
    units = (round(lon * 1e9), round(lat * 1e9))
    return CompiledPoint(name, units, VertexSource.COORDINATES, 0.000111, (), (), None, None)


def section(
    name: str, parts: tuple[CompiledLeg | Gap, ...], *, ring: bool = False, title: str | None = None
) -> CompiledSection:
    """A section between ALF and BET."""
    node = Section(Name(name), title, ring, None, None, (), ())
    return CompiledSection(name, title, ring, "ALF", "BET", Status.DISPUTED, parts, node)


def boundary_line(
    sections: tuple[CompiledSection, ...],
    points: tuple[CompiledPoint, ...],
    *,
    title: str = "Alfa - Beta",
    frame: Frame | None = FRAME,
    areas: tuple[tuple[str, float], ...] = (),
) -> BoundaryLine:
    """A line of two invented parties."""
    statements = (
        Parties((Party(Name("BET"), "Beta"), Party(Name("ALF"), "Alfa"))),
        Instrument(
            Name("treaty"), "Treaty of the Two Rivers", kind="treaty", dated="1899-05-01", languages=("en", "fr")
        ),
    )
    return BoundaryLine(
        title=title,
        reading_by="the mapping office",
        description=Description(statements),
        frame=frame,
        frame_reading=None,
        points=points,
        sections=sections,
        areas_m2=areas,
        toolchain=Toolchain("0.1.0", "9.5.1", "3.11.2"),
    )


READING = ReadingTaken("geodesic", "the mapping office, note 4", ("loxodrome",))
WORDS = Words("thence in a straight line to pillar B; «de là en ligne droite»", "en", "art. 1(2)")


def ordinary() -> BoundaryLine:
    """Two legs that share pillar B, then a gap, then a detached ring."""
    a, b, c = (24.0, 19.5), (16.0, 23.443611111), (15.0, 23.0)
    first = leg("1", "Main", (a, b), ("A", "B"), clauses=(WORDS, Note("pillar B was lost")), reading=READING)
    second = leg("2", "Main", (b, (15.5, 23.25), c), ("B", "", "C"), said="geodesic")
    why = Diagnostic("N001", Severity.ERROR, "the thalweg is not yet compiled", subject="leg 3 of Main")
    gap = Gap("3", "Main", "thalweg of «Wide River» to D", why, "C", "D", (Words("thence by the river", "en"),), None)
    corners = ((20.0, 20.0), (20.0, 20.1), (20.1, 20.1), (20.1, 20.0), (20.0, 20.0))
    ring = leg("1", "Enclave", corners, ("P", "Q", "R", "S", "P"), said="geodesic")
    sections = (
        section("Main", (first, second, gap), title="from A to D"),
        section("Enclave", (ring,), ring=True),
    )
    points = (point("A", *a), point("B", *b), point("C", *c))
    return boundary_line(sections, points, areas=(("Enclave", 115_678_901.234),))


def hostile() -> BoundaryLine:
    """A line whose every text is hostile, with names in scripts of both directions and of double width."""
    words = Words(HOSTILE, "ar", HOSTILE)
    places = ((-71.0, -43.0), (-71.5, -43.5))
    one = leg(
        HOSTILE, HOSTILE, places, ("+1+1", "東京 مرز"), clauses=(words,), reading=ReadingTaken(HOSTILE, HOSTILE, ())
    )
    where = (point("+1+1", *places[0]), point("東京 مرز", *places[1]))
    line = boundary_line((section(HOSTILE, (one,), title=HOSTILE),), where, title=HOSTILE)
    return replace(line, reading_by=HOSTILE)


def over_the_antimeridian() -> BoundaryLine:
    """A leg and a clockwise ring that both cross 180 degrees; longitudes run on beyond it."""
    crossing = leg("1", "Sea", ((179.0, -10.0), (181.0, -12.0)), ("A", "B"))
    corners = ((179.5, 5.0), (179.5, 6.0), (180.5, 6.0), (180.5, 5.0), (179.5, 5.0))
    ring = leg("1", "Island", corners, ("P", "Q", "R", "S", "P"))
    sections = (section("Sea", (crossing,)), section("Island", (ring,), ring=True))
    return boundary_line(sections, (point("A", 179.0, -10.0), point("B", 181.0, -12.0)))


def findings() -> tuple[Diagnostic, ...]:
    """One open word with a spread, and one warning with a hostile sentence."""
    spread = Measure("separation", 6012.3, "m", ("geodesic", "loxodrome"))
    area = Measure("area between", 3765.4, "km2", ("geodesic", "loxodrome"))
    return (
        Diagnostic(
            "O101",
            Severity.OPEN,
            "the words do not say what kind of line is straight",
            span=Span(10, 3, 10, 20),
            settles="a protocol that names the kind of line",
            subject="leg 1 of Main",
            measures=(spread, area),
        ),
        Diagnostic("X201", Severity.WARNING, HOSTILE, hint=HOSTILE),
    )


def export(line: BoundaryLine) -> Export:
    """What writers are given: no transformation, the findings above."""

    def stays(frame: Frame) -> Step:
        return unchanged(f"none: {frame.name} is taken as WGS 84 in this test")

    return Export(line=line, to_wgs84=stays, to_frame=stays, findings=findings(), tolerance_m=0.5)
