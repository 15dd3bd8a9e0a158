"""Legs that follow data, compared as curves: both ways, within the act's tolerance, on lines made for the purpose."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from geographiclib.geodesic import Geodesic as Exact

from fakes.acts import changed, line_of
from merestone.casefile.register.agreement import disagreements
from merestone.casefile.register.curves import farthest_apart
from merestone.geodesy.ellipsoid import WGS84
from merestone.geodesy.line import Floats
from merestone.publish.line_reader import read_line

RIVER: Floats = np.array([[20.0, 10.0], [20.01, 10.004], [20.02, 10.001], [20.05, 10.02]])


def halved(line: Floats) -> Floats:
    """The same curve with a vertex in the middle of each piece, by GeographicLib."""
    rows = [line[0]]
    for start, end in pairwise(line):
        piece = Exact.WGS84.InverseLine(start[1], start[0], end[1], end[0])
        middle = piece.Position(piece.s13 / 2.0)
        rows += [np.array([middle["lon2"], middle["lat2"]]), end]
    return np.array(rows)


def shifted(line: Floats, vertex: int, north_m: float) -> Floats:
    """The line with one vertex moved to the north."""
    moved = line.copy()
    there = Exact.WGS84.Direct(line[vertex, 1], line[vertex, 0], 0.0, north_m)
    moved[vertex] = there["lon2"], there["lat2"]
    return moved


def test_other_vertices_of_one_curve_agree() -> None:
    """A curve with twice as many vertices is the same curve: nothing apart but the rounding of the chain."""
    assert farthest_apart(WGS84, RIVER, halved(RIVER), 0.01).distance_m < 1e-3


def test_the_greatest_distance_is_found() -> None:
    """The distance is that from the vertex moved out to the other curve, by the altitude of the triangle there."""
    found = farthest_apart(WGS84, RIVER[:2], shifted(halved(RIVER[:2]), 1, 5.0), 1.0)
    azimuth = np.radians(Exact.WGS84.Inverse(10.0, 20.0, 10.004, 20.01)["azi1"])
    assert found.distance_m == pytest.approx(5.0 * np.sin(azimuth), rel=1e-4)


@pytest.mark.parametrize("tolerance_m", [0.001, 0.5, 6.0])
def test_it_is_the_same_from_either_side(tolerance_m: float) -> None:
    """Swapping the curves changes no number."""
    other = shifted(RIVER, 2, 5.0)
    one_way = farthest_apart(WGS84, RIVER, other, tolerance_m)
    assert one_way.distance_m == farthest_apart(WGS84, other, RIVER, tolerance_m).distance_m


def test_a_piece_that_is_missing_is_found() -> None:
    """A curve that lacks its last piece is far from the one that has it, though every place of it lies on that one."""
    assert farthest_apart(WGS84, RIVER, RIVER[:-1], 1.0).distance_m > 3_000.0


def test_a_spike_between_dense_places_is_found() -> None:
    """A spike a few metres wide does not slip between the places that are laid out."""
    spike = np.insert(halved(RIVER), 2, [[20.0100001, 10.0042], [20.0100002, 10.004]], axis=0)
    assert farthest_apart(WGS84, RIVER, spike, 1.0).distance_m > 15.0


def test_a_parallel_curve_between_places_is_decided() -> None:
    """Where a curve keeps just inside the tolerance it agrees, just outside it does not: to an eighth and exactly."""
    beside = np.array([[20.0, 10.0], [20.1, 10.0]])
    north = np.array([[lon, Exact.WGS84.Direct(10.0, lon, 0.0, 1.0)["lat2"]] for lon in (20.0, 20.1)])
    found = farthest_apart(WGS84, beside, north, 1.01)
    assert found.distance_m == pytest.approx(1.0, abs=2e-3)
    assert farthest_apart(WGS84, beside, north, 0.99).distance_m > 0.99


@pytest.fixture(scope="module")
def line(root: Path) -> bytes:
    """A line whose legs are taken for ones that follow data."""
    return line_of((root / "examples" / "libya-chad.boundary").read_bytes())


def _with_middle(north: int) -> Callable[[Any], None]:
    """Puts a vertex into the second leg near its middle, so many units north of the geodesic."""
    piece = Exact.WGS84.InverseLine(23.443611111, 16.0, 23.0, 15.0)
    middle = piece.Position(piece.s13 / 2.0)

    def change(document: Any) -> None:
        vertices = document["line"]["sections"][0]["parts"][1]["vertices"]
        added = {
            "longitude": round(middle["lon2"] * 1e9),
            "latitude": round(middle["lat2"] * 1e9) + north,
            "name": "",
            "source": "leg",
            "tolerance_um": 120,
        }
        for name, value in added.items():
            vertices[name].insert(1, value)

    return change


@pytest.mark.parametrize(("north", "agrees"), [(0, True), (5_000, True), (20_000, False)])
def test_legs_that_follow_data_agree_as_curves(line: bytes, north: int, agrees: bool) -> None:
    """A leg of such a kind may have other vertices; as a curve it must keep within the act's tolerance, here a metre."""
    signed, here = read_line(changed(line, _with_middle(north))), read_line(line)
    found = list(disagreements(signed, here, 1_000_000, follows_data=frozenset({"geodesic"})))
    assert [(each.section, each.leg) for each in found] == ([] if agrees else [("Main", "2")])
    if not agrees:
        assert found[0].distance_mm == pytest.approx(2_026, abs=60)
        assert "the curves of the signed leg and of the leg compiled here are" in found[0].sentence
        assert "the act allows 1,000.000 mm" in found[0].sentence


def test_legs_from_coordinates_do_not(line: bytes) -> None:
    """A leg from coordinates with one vertex more is another leg."""
    found = list(disagreements(read_line(changed(line, _with_middle(0))), read_line(line), 1_000_000))
    assert "number of vertices: the signed line has 3, and the text compiles to 2" in found[0].sentence
