"""A line that misses its printed end by what the printed precision allows is joined to it; by more, it is refused."""

from __future__ import annotations

import numpy as np
import pytest
from geographiclib.geodesic import Geodesic

from fakes.descriptions import result_of
from merestone.delimit.expectations import evaluate
from merestone.diagnostics import Severity

G = Geodesic.WGS84
ARC = """point C1 at 60°38′23″ N 173°06′54″ W
point P36 at 60°11′39″ N 179°46′49″ W
point P37 at 59°58′22″ N 179°40′55″ W
section Line
  from P36
  leg b arc of 200 nautical miles about C1 anticlockwise to P37
"""


def parallel(latitude: str) -> str:
    """A parallel from 10°00'00" N to a point of this latitude."""
    return (
        f"point A at 10°00'00\" N 20° E\npoint B at {latitude} N 20°10' E\nsection S\n  from A\n  leg 1 parallel to B\n"
    )


def test_an_arc_of_the_line_of_1990_is_joined_to_its_printed_ends() -> None:
    """The ends lie 8.26 m and 2.94 m off the circle, coordinates of 1" explain it; the arc keeps its 25,270.19 m."""
    result = result_of(ARC)
    found = [each for each in result.findings if each.code == "G510"]
    assert [each.severity for each in found] == [Severity.NOTE, Severity.NOTE]
    centre, ends = (60 + 38 / 60 + 23 / 3600, -(173 + 6 / 60 + 54 / 3600)), (
        (60 + 11 / 60 + 39 / 3600, -(179 + 46 / 60 + 49 / 3600)), (59 + 58 / 60 + 22 / 3600, -(179 + 40 / 60 + 55 / 3600)),
    )  # fmt: skip
    off_m = [G.Inverse(*centre, *end)["s12"] - 200.0 * 1852.0 for end in ends]
    assert [each.measures[0].value for each in found] == pytest.approx(off_m, abs=1e-3)
    assert off_m == pytest.approx([8.26, 2.94], abs=0.01)
    (leg,) = result.line.legs
    assert leg.kind == "arc"
    assert leg.length_m == pytest.approx(25_270.191 + sum(off_m), abs=0.01)
    assert np.allclose(leg.line.ends[:, 1], [end[0] for end in ends], atol=1e-9)


def test_the_azimuth_of_a_joined_arc_is_that_of_the_arc() -> None:
    """`expect azimuth` is held against the arc, not against the piece that joins it to its printed start."""
    (figure,) = evaluate(result_of(ARC + "    expect azimuth 169°25'\n").compiled)[0]
    assert figure.agrees


def test_a_radius_of_whole_miles_is_no_rounding_without_a_word() -> None:
    """Ends 500 m off a circle of 200 nautical miles: only another radius explains it, and that is a warning."""
    result = result_of(
        ARC.replace("point P37 at 59°58′22″", "point P37 at 59°58′02″").replace("179°40′55″", "179°41′25″")
    )
    found = [each for each in result.findings if each.code == "G510" and each.severity is Severity.WARNING]
    assert len(found) == 1
    assert "only a radius of" in found[0].sentence


def test_an_arc_that_nothing_explains_is_refused() -> None:
    """A radius of 198 nautical miles misses both ends by 3.7 km: the finding gives both figures."""
    (gap,) = result_of(ARC.replace("200 nautical", "198 nautical")).line.gaps
    assert gap.why.code == "G510"
    assert "370,408.26 m instead of the radius of 366,696.00 m" in gap.why.sentence


def test_a_parallel_is_joined_to_an_end_within_the_print() -> None:
    """0.4" off with ends printed to 1" and 0.1" is a note of 12.29 m; the line reaches the printed end."""
    result = result_of(parallel("10°00'00.4\""))
    (finding,) = [each for each in result.findings if each.code == "G505"]
    assert finding.severity is Severity.NOTE
    assert finding.measures[0].value == pytest.approx(G.Inverse(10.0, 20.0, 10.0 + 0.4 / 3600.0, 20.0)["s12"], abs=0.01)
    (leg,) = result.line.legs
    assert leg.vertices[-1].tolist() == [20_166_666_667, 10_000_111_111]


def test_a_parallel_is_refused_beyond_the_print() -> None:
    """1.4" off with ends printed to 1" and 0.1" is a contradiction."""
    (gap,) = result_of(parallel("10°00'01.4\"")).line.gaps
    assert gap.why.code == "G505"
    assert "the printed precision allows 16.90 m" in gap.why.sentence
