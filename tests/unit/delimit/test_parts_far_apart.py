"""Where no one transformation serves points that lie far apart, the finding says which serves which."""

from __future__ import annotations

from fakes.descriptions import HEAD, no_files
from merestone.casefile.pipeline import Pipeline
from merestone.diagnostics import Diagnostic

FRAMES = "frame ED50\nframe Modern is WGS 84 (G1762) epoch 2016.0\nlegs in Modern\n"
SPAIN = "point A at 40°24'00\" N 3°47'00\" W\npoint B at 41°24'00\" N 3°47'00\" W\n"
LEG = "section S\n  from A\n  leg 1 geodesic to B\n"


def refused(points: str, frames: str = FRAMES) -> list[Diagnostic]:
    """The findings that no transformation may be used."""
    return [each for each in Pipeline(no_files).run(HEAD + frames + points + LEG).findings if each.code == "F804"]


def test_the_point_that_another_operation_serves_is_named() -> None:
    """Two points in Spain and one on Svalbard, in ED50: each operation with its points, and the place of X in the text."""
    (found,) = refused(SPAIN + "point X at 78°00'00\" N 15°00'00\" E\n")
    assert found.subject == "point X"
    assert "serves A, B;" in found.sentence
    assert found.sentence.endswith("serves X")
    assert found.span is not None
    assert found.span.line == HEAD.count("\n") + FRAMES.count("\n") + 3


def test_a_point_that_no_operation_serves_is_named() -> None:
    """A point of the Pacific in ED50 is served by none."""
    (found,) = refused(SPAIN + "point X at 5°00'00\" N 142°00'00\" W\n")
    assert found.sentence.endswith("none serves X")


def test_points_of_one_region_need_no_such_finding() -> None:
    """Spain alone is carried by one operation."""
    assert refused(SPAIN) == []


def test_a_region_across_the_antimeridian_is_one() -> None:
    """St Petersburg, Sakhalin and Chukotka in Pulkovo 1942 are served by one operation of Russia."""
    points = "point A at 66°00'00\" N 170°00'00\" W\npoint B at 60°00'00\" N 30°00'00\" E\npoint C at 45°00'00\" N 142°00'00\" E\n"
    assert refused(points, FRAMES.replace("ED50", "Pulkovo 1942")) == []
