"""A kind of leg that nobody has thought of is added in a test: a module's worth of syntax and geometry, nothing else."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path as FilePath
from typing import Any

import numpy as np
import pytest
from geographiclib.geodesic import Geodesic as Solver

from fakes.descriptions import FRAME, HEAD, SQUARE, A, B, errors, no_files, section
from merestone.casefile.exporting import content
from merestone.casefile.outcome import DelimitOptions
from merestone.casefile.pipeline import Pipeline, Result
from merestone.delimit.drawn import Drawn, Setting
from merestone.delimit.endings import drawn
from merestone.delimit.fix import Place
from merestone.delimit.legs import LEG_GEOMETRY
from merestone.delimit.readings import readings
from merestone.delimit.store import MemoryStore
from merestone.description.cursor import Cursor
from merestone.description.format import format_text
from merestone.description.legs import LEG_KINDS, LegSyntax
from merestone.description.parser import parse
from merestone.description.printer import print_description
from merestone.description.spelling import length_text
from merestone.description.tree import NOWHERE, Length
from merestone.diagnostics import Span
from merestone.geodesy.elementary import direct, inverse
from merestone.geodesy.line import Line
from merestone.geodesy.lines.geodesic import Geodesic
from merestone.geodesy.lines.path import Path
from merestone.publish.formats import FORMATS


@dataclass(frozen=True, slots=True)
class ZigzagLeg:
    """Over a corner half-way, so far to the left of the geodesic between the ends."""

    width: Length
    span: Span = field(default=NOWHERE, compare=False, repr=False)


def _parse(cursor: Cursor) -> ZigzagLeg:
    start = cursor.start
    cursor.need("zigzag", "of")
    return ZigzagLeg(cursor.length("how far it swings out"), cursor.span(start))


def _print(leg: ZigzagLeg) -> str:
    return f"zigzag of {length_text(leg.width)}"


SYNTAX = LegSyntax("zigzag", ("zigzag",), ZigzagLeg, _parse, _print, "leg 1 zigzag of 5 km to B")


def draw(node: ZigzagLeg, setting: Setting) -> Drawn:
    """Two geodesics over the corner."""

    def between(start: Place, end: Place) -> Line:
        azimuth, _, length_m = inverse(setting.ellipsoid, np.array([start]), np.array([end]))
        middle, heading = direct(setting.ellipsoid, np.array([start]), azimuth, length_m / 2.0)
        width_m = np.array([setting.around.metres(node.width)])
        corner = direct(setting.ellipsoid, middle, heading - 90.0, width_m)[0][0]
        over = (float(corner[0]), float(corner[1]))
        return Path((Geodesic.between(setting.ellipsoid, start, over), Geodesic.between(setting.ellipsoid, over, end)))

    return drawn(setting, between, None, "end it with `to POINT`")


KINDS = (*LEG_KINDS, SYNTAX)
GEOMETRY: dict[type, Any] = {**LEG_GEOMETRY, ZigzagLeg: draw}
BODY = SQUARE + section("leg 1 zigzag of 5 km to B", "leg 2 geodesic to C")


def result_of(body: str, store: MemoryStore | None = None) -> Result:
    """The whole way with one kind more."""
    return Pipeline(no_files, store, KINDS, GEOMETRY).run(HEAD + FRAME + body)


def test_it_is_parsed_and_printed() -> None:
    """Printing what was parsed gives the words back, and parsing them the same tree."""
    parsed = parse(HEAD + FRAME + BODY, KINDS)
    printed = print_description(parsed.description, KINDS)
    assert "leg 1 zigzag of 5 km to B" in printed
    assert parse(printed, KINDS).description == parsed.description


def test_it_is_formatted() -> None:
    """The canonical form keeps it."""
    assert "zigzag of 5 km to B" in format_text(HEAD + FRAME + BODY.replace("zigzag of", "zigzag   of"), KINDS)


def test_it_is_drawn() -> None:
    """Its corner lies where GeographicLib puts it, and its length is that of its two pieces."""
    result = result_of(BODY)
    assert not errors(result)
    leg = result.line.legs[0]
    whole = Solver.WGS84.Inverse(A[1], A[0], B[1], B[0])
    middle = Solver.WGS84.Direct(A[1], A[0], whole["azi1"], whole["s12"] / 2.0)
    corner = Solver.WGS84.Direct(middle["lat2"], middle["lon2"], middle["azi2"] - 90.0, 5_000.0)
    assert (leg.vertices[1] / 1e9).tolist() == pytest.approx([corner["lon2"], corner["lat2"]], abs=2e-9)
    half_m = Solver.WGS84.Inverse(A[1], A[0], corner["lat2"], corner["lon2"])["s12"]
    assert leg.lengths_m.tolist() == pytest.approx([half_m, half_m], abs=1e-3)


@pytest.mark.parametrize("ending", ["until it meets meridian 21° E", "for 5 km", "open", "to nowhere"])
def test_endings_that_it_does_not_take_are_findings(ending: str) -> None:
    """Its gap says why."""
    result = result_of(SQUARE + section(f"leg 1 zigzag of 5 km {ending}"))
    assert [gap.name for gap in result.line.gaps] == ["1"]
    assert result.line.gaps[0].why.code in {finding.code for finding in result.findings}


def test_it_is_a_chain_like_any_other() -> None:
    """`legs zigzag ... through` draws each piece with its geometry; the points are the vertices."""
    result = result_of(SQUARE + section("legs 1 zigzag of 5 km through A, B, C"))
    assert not errors(result)
    (leg,) = result.line.legs
    assert leg.vertex_names == ("A", "B", "C")
    one, two = result_of(SQUARE + section("leg 1 zigzag of 5 km to B", "leg 2 zigzag of 5 km to C")).line.legs
    assert leg.lengths_m.tolist() == pytest.approx([one.length_m, two.length_m], abs=1e-6)


def test_others_can_refer_to_it() -> None:
    """A leg runs along a stretch of it, over its corner."""
    points = "point X at 20 km along leg 1 of S from A\n"
    along = section("leg 1 along leg 1 of S to B", start="X", name="U")
    result = result_of(SQUARE + points + section("leg 1 zigzag of 5 km to B") + along)
    assert not errors(result)
    whole, stretch = result.line.legs
    assert stretch.vertices[1].tolist() == whole.vertices[1].tolist()
    assert stretch.length_m == pytest.approx(whole.length_m - 20_000.0, abs=1e-3)


def test_it_is_kept_and_exported_like_any_other() -> None:
    """Every format is written, with the same bytes from an empty and from a full store."""
    store, source = MemoryStore(), FilePath("test.boundary")
    runs = [
        [
            content(
                result_of(BODY, store),
                source,
                kind,
                DelimitOptions(crs="EPSG:32634" if kind.plane else None),
                source.with_suffix(kind.extension),
            )
            for kind in FORMATS
        ]
        for _ in range(2)
    ]
    assert runs[0] == runs[1]
    assert all(runs[0])


def test_its_readings_are_asked_for_like_those_of_any_other() -> None:
    """The table of readings passes over a kind that leaves nothing open."""
    assert readings(result_of(BODY).compiled) is not None
