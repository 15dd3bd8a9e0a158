"""Arcs of circles in foreign files are drawn within a millimetre, and that is said; checked against the circle itself."""

from __future__ import annotations

import math
import sqlite3
import struct
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from fakes import foreign_files as files
from merestone.errors import UnreadableFileError
from merestone.geodesy.arrays import Floats
from merestone.sources.layer import Layer, Role
from merestone.sources.readers.curves import DEGREE_M, arc, drawn
from merestone.sources.refused import RefusedError
from merestone.sources.vectors import read_vectors

Places = Sequence[Sequence[float]]
HALF = [[44.0, 40.0], [44.5, 40.5], [45.0, 40.0]]
"""Half a circle of half a degree about 44.5, 40."""


def chain(kind: int, places: Places, order: str = "<") -> bytes:
    """A line (2) or a chain of arcs (8) as well-known binary."""
    flat = [number for place in places for number in place]
    code = kind + 1000 * (len(places[0]) - 2)
    return struct.pack(f"{order}BII{len(flat)}d", order == "<", code, len(places), *flat)


def of_parts(kind: int, *parts: bytes) -> bytes:
    """A compound curve (9), curved polygon (10), several curves (11) or surfaces (12), a collection (7)."""
    return struct.pack("<BII", 1, kind, len(parts)) + b"".join(parts)


BACK = chain(2, [[45.0, 40.0], [44.0, 40.0]])
ROUND = of_parts(9, chain(8, HALF), BACK)
KINDS = {
    "circular string": (chain(8, HALF), [Role.LINE]),
    "big-endian": (chain(8, HALF, ">"), [Role.LINE]),
    "with heights": (chain(8, [[*place, 7.0] for place in HALF]), [Role.LINE]),
    "compound curve": (ROUND, [Role.LINE]),
    "curved polygon": (of_parts(10, ROUND), [Role.SHELL]),
    "several curves": (of_parts(11, chain(8, HALF), BACK), [Role.LINE, Role.LINE]),
    "several surfaces": (of_parts(12, of_parts(10, ROUND)), [Role.SHELL]),
    "collection": (of_parts(7, chain(8, HALF)), [Role.LINE]),
}


def write(path: Path, wkb: bytes, crs: str = "EPSG:4326") -> Path:
    """A GeoPackage whose first feature has this geometry, put in as another program would store it."""
    files.write_with_gdal(path, "GPKG", crs)
    with closing(sqlite3.connect(path)) as database, database:
        for (trigger,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            database.execute(f'DROP TRIGGER "{trigger}"')
        blob = b"GP\x00\x01" + struct.pack("<i", int(crs.removeprefix("EPSG:"))) + wkb
        database.execute("UPDATE boundary SET geom = ? WHERE fid = 1", (blob,))
        database.execute("UPDATE gpkg_geometry_columns SET geometry_type_name = 'GEOMETRY', z = 2")
    return path


def off_m(layer: Layer) -> float:
    """The farthest that a chord of the arc lies from the circle, in metres of the longest degree."""
    lonlat = layer.parts[0].lonlat
    upper = lonlat[lonlat[:, 1] >= 40.0]
    upper = upper[: int(np.argmax(np.abs(upper[:, 0] - 45.0) < 1e-12)) + 1]
    middles = (upper[:-1] + upper[1:]) / 2.0
    return float(np.abs(np.hypot(middles[:, 0] - 44.5, middles[:, 1] - 40.0) - 0.5).max() * DEGREE_M)


@pytest.mark.parametrize("kind", KINDS)
def test_every_curved_geometry_is_drawn_within_a_millimetre(tmp_path: Path, kind: str) -> None:
    """The chords keep to the circle, the places given stay, and the arc is counted."""
    wkb, roles = KINDS[kind]
    layer = read_vectors(write(tmp_path / "a.gpkg", wkb))
    assert [part.role for part in layer.parts if part.feature == 0] == roles
    assert off_m(layer) < 1.001e-3
    assert all((layer.parts[0].lonlat == place[:2]).all(axis=1).any() for place in HALF)
    (remark,) = [each for each in layer.remarks if each.code == "D125"]
    assert remark.size == 1.0


def test_a_projected_arc_is_a_circle_of_its_plane(tmp_path: Path) -> None:
    """The tolerance counts in metres where the coordinates do."""
    places = [[500_000.0, 4_400_000.0], [550_000.0, 4_450_000.0], [600_000.0, 4_400_000.0]]
    layer = read_vectors(write(tmp_path / "a.gpkg", chain(8, places), "EPSG:32638"))
    lonlat = layer.parts[0].lonlat
    middles = (lonlat[:-1] + lonlat[1:]) / 2.0
    off = np.abs(np.hypot(middles[:, 0] - 550_000.0, middles[:, 1] - 4_400_000.0) - 50_000.0)
    assert 2e-4 < off.max() < 1.001e-3


@pytest.mark.parametrize("kind", [15, 16])
def test_surfaces_of_triangles_are_refused(tmp_path: Path, kind: int) -> None:
    """A TIN or a polyhedral surface has no outline of its own."""
    face = struct.pack("<BIII8d", 1, 17 if kind == 16 else 3, 1, 4, 44, 40, 45, 40, 45, 41, 44, 40)
    with pytest.raises(UnreadableFileError, match=r"triangles|curved"):
        read_vectors(write(tmp_path / "a.gpkg", of_parts(kind, face)))


@pytest.mark.parametrize("wkb", [chain(8, HALF[:2]), chain(8, HALF)[:-5], struct.pack("<BII", 1, 8, 1 << 30),
                                 of_parts(9, of_parts(10, ROUND)), b"\x01"])  # fmt: skip
def test_broken_curves_are_refused(wkb: bytes) -> None:
    """Two places make no arc; counts are not believed; a polygon is no piece of a line."""
    with pytest.raises(RefusedError):
        drawn(wkb, 1e-8)


def test_a_flatgeobuf_with_curves_is_refused(tmp_path: Path) -> None:
    """Its arcs cannot be seen behind GDAL's chords, so the file is not taken; lines in it are."""
    import pyogrio

    for name, wkb, curved in (("a.fgb", chain(8, HALF), True), ("b.fgb", BACK, False)):
        path = tmp_path / name
        pyogrio.raw.write(
            path, geometry=np.array([wkb], dtype=object), field_data=[], fields=np.array([]), driver="FlatGeobuf",
            geometry_type="Unknown", crs="EPSG:4326", SPATIAL_INDEX="NO",
        )  # fmt: skip
        if curved:
            with pytest.raises(UnreadableFileError, match="save it as a GeoPackage"):
                read_vectors(path)
        else:
            assert len(read_vectors(path).parts[0].lonlat) == 2


def test_a_curve_as_text_is_refused(tmp_path: Path) -> None:
    """Arcs in a table are not read, and not drawn with coarse chords either."""
    (tmp_path / "a.csv").write_text('wkt\n"CIRCULARSTRING(44 40,44.5 40.5,45 40)"\n')
    with pytest.raises(UnreadableFileError):
        read_vectors(tmp_path / "a.csv")


ANGLE = st.floats(0.0, 2.0 * math.pi)


@given(ANGLE, st.floats(0.01, 0.49), st.floats(0.51, 0.99), st.floats(1.0, 1e6), st.sampled_from([1.0, -1.0]))
def test_chords_keep_to_any_circle(start: float, share: float, sweep: float, radius: float, turn: float) -> None:
    """Every vertex lies on the circle, every chord within the tolerance, and the arc runs through its middle place."""

    def at(angle: float) -> Floats:
        return np.array([math.cos(angle), math.sin(angle)]) * radius + (3.0, -2.0)

    through, end = (at(start + turn * each * 2.0 * math.pi) for each in (share * sweep, sweep))
    made = arc(at(start), through, end, 1e-3)
    away = np.hypot(*(made - (3.0, -2.0)).T)
    middles = np.hypot(*((made[:-1] + made[1:]) / 2.0 - (3.0, -2.0)).T)
    assert np.abs(away - radius).max() < 1e-9 * radius
    assert (radius - middles).max() <= 1e-3 + 1e-8 * radius
    assert shapely.LineString(made).length == pytest.approx(sweep * 2.0 * math.pi * radius, rel=1e-2, abs=0.1)


def test_a_full_circle_and_a_straight_arc() -> None:
    """A start that is the end means the whole circle; three places in a line are joined straight."""
    circle = arc(np.array([1.0, 0.0]), np.array([-1.0, 0.0]), np.array([1.0, 0.0]), 1e-6)
    assert np.abs(np.hypot(*circle.T) - 1.0).max() < 1e-12
    assert shapely.Polygon(circle).area == pytest.approx(math.pi, rel=1e-5)
    straight = arc(np.array([0.0, 0.0]), np.array([1.0, 1.0]), np.array([3.0, 3.0]), 1e-6)
    assert straight.tolist() == [[0.0, 0.0], [1.0, 1.0], [3.0, 3.0]]
