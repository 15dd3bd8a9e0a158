"""Strands made ready for measuring: straight in longitude and latitude, in short pieces, with chainages.

An edge of another kind is replaced by pieces straight in longitude and latitude that keep within `EDGE_M` of it, so that
what the two enclose is at most that times the length. A piece longer than `LONGEST_M` is cut, which changes nothing of
the curve and makes chainage linear along every piece to better than 0.1 m.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from merestone.compare.claim import Claim, Strand
from merestone.compare.lines.crossing_itself import meetings_with_itself
from merestone.errors import GeometryError, UnusableLineError
from merestone.geodesy.ellipsoid import Ellipsoid
from merestone.geodesy.line import Floats
from merestone.geodesy.lonlat_length import along_m, edge_lengths_m
from merestone.geodesy.many_geodesics import densify_geodesics
from merestone.geodesy.near_chain import ChainIndex, Feet
from merestone.geodesy.turning import Chord

EDGE_M = 0.01
"""How far a piece may lie from the edge that it stands for, in metres."""

LONGEST_M = 2_000.0
NEAREST_POLE_DEG = 89.0
"""Further north or south lines straight in longitude and latitude lose their meaning."""


@dataclass(frozen=True, eq=False)
class Track:
    """A strand as it is measured: `lonlat` (n, 2), chainages `along_m` (n,) and whether it is closed."""

    ellipsoid: Ellipsoid
    name: str
    lonlat: Floats
    along_m: Floats
    ring: bool
    left: str | None
    right: str | None
    mirror: Track | None = None
    """The same track run the other way, where this one was made from it: both share one index."""
    whole: Track | None = None
    """The track of which this one is a part."""

    @property
    def length_m(self) -> float:
        """Its length in metres."""
        return float(self.along_m[-1])

    @cached_property
    def meetings(self) -> Floats:
        """The places where it meets itself in the plane of longitude and latitude, in their order along it: (k, 2)."""
        if self.mirror is not None:
            return self.mirror.meetings[::-1]
        if self.whole is not None and self.whole.simple:
            return np.empty((0, 2))
        return meetings_with_itself(self.lonlat)

    @property
    def simple(self) -> bool:
        """Whether it nowhere meets itself in the plane of longitude and latitude."""
        return not len(self.meetings)

    def position(self, along_m: Floats) -> Floats:
        """The places at chainages: (q,) -> (q, 2)."""
        from merestone.geodesy.along_chain_loops import interpolated

        places = np.empty((len(along_m), 2))
        interpolated(along_m, self.along_m, self.lonlat, places)
        return places

    def reversed(self) -> Track:
        """The same strand run the other way, its sides exchanged."""
        along_m = self.along_m[-1] - self.along_m[::-1]
        return Track(
            self.ellipsoid, self.name, self.lonlat[::-1].copy(), along_m, self.ring, self.right, self.left, self
        )

    def started_at(self, along_m: float) -> Track:
        """A ring that starts at another of its places."""
        return self._again(self.between(along_m, self.length_m), self.between(0.0, along_m))

    def between(self, from_m: float, to_m: float) -> Floats:
        """The vertices between two chainages, both ends included: (k, 2)."""
        inside = (self.along_m > from_m) & (self.along_m < to_m)
        ends = self.position(np.array([from_m, to_m]))
        return np.concatenate([ends[:1], self.lonlat[inside], ends[1:]])

    def part(self, from_m: float, to_m: float) -> Track:
        """The track between two chainages, counted from the first; only its first and last pieces are measured anew."""
        lonlat = self.between(from_m, to_m)
        few = lonlat[[0, 1, -2, -1]] if len(lonlat) > 3 else lonlat
        new_m = edge_lengths_m(self.ellipsoid, few[:-1], few[1:])
        new_m = new_m if len(lonlat) == 2 else new_m[[0, -1]]
        inside = np.diff(self.along_m[(self.along_m > from_m) & (self.along_m < to_m)])
        lengths_m = np.concatenate([new_m[:1], inside, new_m[1:]])
        moved = np.concatenate([[True], lengths_m > 0.0])
        along_m = np.concatenate([[0.0], np.cumsum(lengths_m)])[moved]
        if len(along_m) < 2:
            raise GeometryError(f"{self.name} is a single position and not a line; leave it out of the file")
        return Track(self.ellipsoid, self.name, lonlat[moved], along_m, self.ring, self.left, self.right, whole=self)

    def feet(self, places: Floats) -> tuple[Floats, Floats]:
        """The chainages of the places of the track nearest to places (q, 2), and their distances, in metres: (q,)."""
        feet = self.index.nearest(places)
        start_m = self.along_m[feet.edge]
        return start_m + feet.share * (self.along_m[feet.edge + 1] - start_m), feet.distance_m

    def azimuth_deg(self, along_m: Floats) -> Floats:
        """The direction of the piece at each chainage: (q,) -> (q,), degrees."""
        piece = np.clip(np.searchsorted(self.along_m, along_m, side="right") - 1, 0, len(self.along_m) - 2)
        return np.asarray(self._azimuths[piece])

    @cached_property
    def index(self) -> ChainIndex:
        """The track, made ready for searching."""
        if self.mirror is not None:
            return self.mirror.index.reversed()
        return ChainIndex.of(self.ellipsoid, [self.lonlat])

    def forget_index(self) -> None:
        """Let go of the index, which takes four times the room of the track; it is made anew where it is asked for."""
        self.__dict__.pop("index", None)

    @cached_property
    def _azimuths(self) -> Floats:
        return _azimuths_deg(self.lonlat)

    def _again(self, *parts: Floats) -> Track:
        joined = [parts[0]]
        for part in parts[1:]:
            turns = 360.0 * np.round((joined[-1][-1, 0] - part[0, 0]) / 360.0)
            joined.append(part[1:] + np.array([turns, 0.0]))
        return measured(self.ellipsoid, np.concatenate(joined), self)


def _azimuths_deg(lonlat: Floats) -> Floats:
    """The directions of pieces from their middle latitudes, on the sphere: good to 0.2 degrees, for sigmas."""
    step = np.diff(lonlat, axis=0)
    middle = np.radians((lonlat[1:, 1] + lonlat[:-1, 1]) / 2.0)
    return np.asarray(np.degrees(np.arctan2(step[:, 0] * np.cos(middle), step[:, 1])) % 360.0)


def measured(ellipsoid: Ellipsoid, lonlat: Floats, like: Track | Strand) -> Track:
    """A track along vertices straight in longitude and latitude, with the name and sides of another; equal neighbours
    are one vertex. Raise `GeometryError` where no length is left."""
    moved = np.concatenate([[True], (np.diff(lonlat, axis=0) != 0.0).any(axis=1)])
    lonlat = lonlat if moved.all() else lonlat[moved]
    if len(lonlat) < 2:
        raise GeometryError(f"{like.name} is a single position and not a line; leave it out of the file")
    return Track(ellipsoid, like.name, lonlat, along_m(ellipsoid, lonlat), like.ring, like.left, like.right)


def tracks_of(claim: Claim) -> tuple[Track, ...]:
    """The tracks of a claim. Raise `UnusableLineError` for a strand that comes within a degree of a pole."""
    return tuple(_track(claim, strand) for strand in claim.strands)


def _track(claim: Claim, strand: Strand) -> Track:
    ellipsoid, lonlat = claim.frame.ellipsoid, np.asarray(strand.lonlat, dtype=np.float64)
    if np.abs(lonlat[:, 1]).max() > NEAREST_POLE_DEG:
        raise UnusableLineError(
            strand.name,
            claim.title,
            f"comes within a degree of a pole (latitude {lonlat[np.abs(lonlat[:, 1]).argmax(), 1]:.6g}), where lines are "
            "not compared; leave out the part beyond 89 degrees",
        )
    if claim.edges is Chord.GEODESIC:
        lonlat = along_geodesics(ellipsoid, lonlat)
    return measured(ellipsoid, short_pieces(ellipsoid, lonlat), strand)


def along_geodesics(ellipsoid: Ellipsoid, lonlat: Floats) -> Floats:
    """The chain of geodesics through vertices as one straight in longitude and latitude, within `EDGE_M` of it."""
    moved = np.concatenate([[True], (np.diff(lonlat, axis=0) != 0.0).any(axis=1)])
    vertices = lonlat[moved]
    chains = densify_geodesics(ellipsoid, vertices[:-1], vertices[1:], EDGE_M)
    keep = np.ones(len(chains.lonlat), dtype=np.bool_)
    keep[chains.offsets[1:-1]] = False
    return np.asarray(chains.lonlat[keep])


def short_pieces(ellipsoid: Ellipsoid, lonlat: Floats) -> Floats:
    """The chain with its long pieces cut into equal shares."""
    step = np.diff(lonlat, axis=0)
    rough_m = np.hypot(step[:, 0] * np.cos(np.radians(lonlat[:-1, 1])), step[:, 1]) * np.radians(ellipsoid.a_m)
    cuts = np.maximum(1, np.ceil(rough_m / LONGEST_M)).astype(np.intp)
    if (cuts == 1).all():
        return lonlat
    piece = np.repeat(np.arange(len(cuts)), cuts)
    rank = np.arange(len(piece)) - np.repeat(np.cumsum(cuts) - cuts, cuts)
    inside = lonlat[piece] + step[piece] * (rank / cuts[piece])[:, None]
    return np.concatenate([inside, lonlat[-1:]])


@dataclass(frozen=True, slots=True, eq=False)
class Tracks:
    """All tracks of one line with the index that finds the nearest of them."""

    tracks: tuple[Track, ...]
    index: ChainIndex
    along_m: Floats

    @classmethod
    def of(cls, tracks: tuple[Track, ...]) -> Tracks:
        """The tracks, made ready for searching."""
        one = len(tracks) == 1
        index = tracks[0].index if one else ChainIndex.of(tracks[0].ellipsoid, [track.lonlat for track in tracks])
        return cls(tracks, index, tracks[0].along_m if one else np.concatenate([track.along_m for track in tracks]))

    def nearest(self, places: Floats) -> tuple[Feet, Floats]:
        """The feet of places (q, 2), and their chainages (q,) on their own track."""
        feet = self.index.nearest(places)
        start_m = self.along_m[feet.edge]
        return feet, start_m + feet.share * (self.along_m[feet.edge + 1] - start_m)
