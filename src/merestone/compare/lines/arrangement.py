"""The plane of longitude and latitude divided by two lines: its faces, and on which side of either line each lies.

Edges are straight in that plane, so crossings are found in the kind in which the edges are stated. Noding and
polygonizing are GEOS's (snap-rounding where doubles do not suffice); crossings are good to 1e-9 m. A face lies on the
left of a line where the nearest place of the line has it on its left; where a line meets itself, by levels (`loops`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from merestone.compare.lines.loops import sides as sides_of_line
from merestone.compare.lines.matching import Answer
from merestone.compare.lines.orientation import Sides, sides_of
from merestone.compare.lines.profile import Ground
from merestone.compare.lines.track import Track, Tracks
from merestone.geodesy.ellipsoid import Ellipsoid
from merestone.geodesy.line import Flags, Floats, Indices


@dataclass(frozen=True, slots=True, eq=False)
class Lines:
    """Both lines as they are compared: the answering parts, then the rings that only one of them has, all with the
    same party on the left; for each strand its stretch (-1: none), the chainage at which its part begins, and who lies to either side."""

    parts: tuple[Tracks, Tracks]
    stretch: tuple[Indices, Indices]
    from_m: tuple[Floats, Floats]
    connectors: tuple[Floats, ...]
    sides: tuple[tuple[Sides, ...], tuple[Sides, ...]]

    @property
    def ellipsoid(self) -> Ellipsoid:
        """The ellipsoid of both."""
        return self.parts[0].tracks[0].ellipsoid


def lines_of(answers: tuple[Answer, ...], grounds: tuple[Ground, ...], rings: tuple[tuple[Track, ...], ...]) -> Lines:
    """Both lines with the connectors that close the ends of open stretches; `rings` those of the first and second line
    that answer to nothing."""
    parts, stretch, from_m, sides = [], [], [], []
    for line in (0, 1):
        tracks = [*(ground.track(line) for ground in grounds), *rings[line]]
        parts.append(grounds[0].parts[line] if len(tracks) == len(grounds) == 1 else Tracks.of(tuple(tracks)))
        stretch.append(np.array([*range(len(grounds)), *(-1 for _ in rings[line])], dtype=np.intp))
        sides.append((*map(sides_of, answers), *((ring.left, ring.right) for ring in rings[line])))
        from_m.append(np.array([*(ground.from_m[line] for ground in grounds), *(0.0 for _ in rings[line])]))
    connectors = [
        np.array([ground.track(0).lonlat[end], ground.track(1).lonlat[end]])
        for answer, ground in zip(answers, grounds, strict=True)
        if not answer.ring
        for end in (0, -1)
    ]
    return Lines(
        (parts[0], parts[1]), (stretch[0], stretch[1]), (from_m[0], from_m[1]), tuple(connectors), (sides[0], sides[1])
    )


@dataclass(frozen=True, slots=True, eq=False)
class Faces:
    """Faces that lie on different sides of the two lines.

    `rings` (n, 2) all their rings one after the other, ring i `offsets[i]:offsets[i + 1]`, closed, the inside on the
    left; `face` (r,) the face of each ring, outlines before their holes; `left_of_first` (f,); `place` (f, 2) inside.
    """

    rings: Floats
    offsets: Indices
    face: Indices
    left_of_first: Flags
    place: Floats


def faces(lines: Lines) -> Faces:
    """The faces between the lines, in no order that means anything but always the same."""
    import shapely

    near = float(lines.parts[0].tracks[0].lonlat[0, 0])
    strands = [[_near(track.lonlat, near) for track in tracks.tracks] for tracks in lines.parts]
    polygons = _all_faces([*strands[0], *strands[1], *(_near_each(each, near) for each in lines.connectors)])
    if not len(polygons):
        return Faces(np.empty((0, 2)), np.zeros(1, np.intp), np.empty(0, np.intp), np.empty(0, bool), np.empty((0, 2)))
    place = shapely.get_coordinates(shapely.point_on_surface(polygons))
    sides = [sides_of_line(*each, place) for each in zip(lines.parts, strands, strict=True)]
    between = np.nonzero(sides[0] * sides[1] < 0.0)[0]
    chosen = shapely.orient_polygons(polygons[between], exterior_cw=False)
    rings, face = shapely.get_rings(chosen, return_index=True)
    coordinates, ring_of = shapely.get_coordinates(rings, return_index=True)
    offsets = np.concatenate([[0], np.cumsum(np.bincount(ring_of, minlength=len(rings)))]).astype(np.intp)
    return Faces(coordinates, offsets, np.asarray(face, dtype=np.intp), sides[0][between] > 0.0, place[between])


def _all_faces(chains: list[Floats]) -> Any:
    """All bounded faces of the plane as GEOS's polygons; nothing else that GEOS needs outlives this."""
    import shapely

    pieces = shapely.get_parts(
        shapely.union_all(
            [shapely.LineString(chain) for chain in chains if not (chain[0] == chain[-1]).all() or len(chain) > 2]
        )
    )
    return shapely.get_parts(shapely.polygonize(pieces))


def _near(lonlat: Floats, longitude_deg: float) -> Floats:
    """The chain moved by whole turns so that it starts near a longitude."""
    turns = 360.0 * np.round((longitude_deg - lonlat[0, 0]) / 360.0)
    return lonlat + np.array([turns, 0.0]) if turns else lonlat


def _near_each(lonlat: Floats, longitude_deg: float) -> Floats:
    """Both ends of a connector, each moved by whole turns so that it lies near a longitude."""
    turns = 360.0 * np.round((longitude_deg - lonlat[:, 0]) / 360.0)
    return lonlat + np.column_stack([turns, np.zeros(len(lonlat))])


def polygons_of(faces_: Faces) -> list[tuple[Floats, ...]]:
    """Each face as its outline and its holes, closed rings (k, 2)."""
    found: list[list[Any]] = [[] for _ in range(len(faces_.place))]
    for ring, face in enumerate(faces_.face.tolist()):
        found[face].append(faces_.rings[faces_.offsets[ring] : faces_.offsets[ring + 1]])
    return [tuple(each) for each in found]
