"""A chain of geodesics or loxodromes as one line: places, directions and nearest places along all of its pieces."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np

from merestone.geodesy.elementary import continued_longitudes, direct
from merestone.geodesy.ellipsoid import Ellipsoid
from merestone.geodesy.line import Floats, Indices, Line, Nearest
from merestone.geodesy.lines.chain import Chain
from merestone.geodesy.lines.geodesic import Geodesic
from merestone.geodesy.lines.loxodrome import Loxodrome
from merestone.geodesy.lines.path import Path
from merestone.geodesy.rhumb import loxodrome_direct


@dataclass(frozen=True)
class ChainedLine:
    """The pieces of a chain run one after another. Only geodesics and loxodromes: from a vertex, an azimuth and a
    distance give every place of such a piece."""

    chain: Chain

    @property
    def kind(self) -> str:
        """The kind of its pieces."""
        return self.chain.kind

    @property
    def ellipsoid(self) -> Ellipsoid:
        """The ellipsoid that it lies on."""
        return self.chain.ellipsoid

    @property
    def length_m(self) -> float:
        """Its whole length in metres."""
        return float(self.starts_m[-1])

    @cached_property
    def starts_m(self) -> Floats:
        """Distances from its start of its vertices: (n,)."""
        return np.concatenate(([0.0], np.cumsum(self.chain.lengths_m)))

    @cached_property
    def vertices(self) -> Floats:
        """Its vertices (n, 2), longitudes running on."""
        lonlat = self.chain.lonlat
        steps = np.diff(lonlat[:, 0])
        turns = np.concatenate(([0.0], np.cumsum(-360.0 * np.round(steps / 360.0))))
        return np.column_stack([lonlat[:, 0] + turns, lonlat[:, 1]])

    @property
    def ends(self) -> Floats:
        """Its two ends, (2, 2)."""
        return self.vertices[[0, -1]]

    @property
    def reach_m(self) -> tuple[float, float]:
        """From its start to its end: a chain is not produced."""
        return 0.0, self.length_m

    def position(self, along_m: Floats) -> Floats:
        """The places at distances along, in metres: (n,) -> (n, 2)."""
        which, within_m = self._piece(along_m)
        starts = self.vertices[which]
        azimuth_deg = self.chain.start_azimuth_deg[which]
        if self.kind == "loxodrome":
            places = loxodrome_direct(self.ellipsoid, starts, azimuth_deg, within_m)
        else:
            places = direct(self.ellipsoid, starts, azimuth_deg, within_m)[0]
        result = np.column_stack([continued_longitudes(starts[:, 0], places[:, 0]), places[:, 1]])
        last = np.asarray(along_m, dtype=np.float64) == self.length_m
        result[last] = self.vertices[-1]
        return result

    def azimuth(self, along_m: Floats) -> Floats:
        """The directions at distances along, in metres: (n,) -> (n,); at a vertex that of the piece that begins."""
        which, within_m = self._piece(along_m)
        azimuth_deg = self.chain.start_azimuth_deg[which]
        if self.kind == "loxodrome":
            return azimuth_deg
        return direct(self.ellipsoid, self.vertices[which], azimuth_deg, within_m)[1]

    def nearest(self, lonlat: Floats) -> Nearest:
        """Where it is nearest to each place: (n, 2) -> `Nearest`; looks at every piece."""
        return Path(self.pieces()).nearest(lonlat)

    def pieces(self) -> tuple[Line, ...]:
        """Its pieces as lines of their own; between two vertices at one place there is none."""
        kind: type[Geodesic] | type[Loxodrome] = Loxodrome if self.kind == "loxodrome" else Geodesic
        places = [(float(lon), float(lat)) for lon, lat in self.chain.lonlat]
        lengths_m = self.chain.lengths_m.tolist()
        return tuple(
            kind.between(self.ellipsoid, *ends)
            for ends, length_m in zip(pairwise(places), lengths_m, strict=True)
            if length_m > 0.0
        )

    def reversed(self) -> ChainedLine:
        """The same chain from its end to its start."""
        chain = self.chain
        there, here = (chain.end_azimuth_deg[::-1] + 180.0) % 360.0, (chain.start_azimuth_deg[::-1] + 180.0) % 360.0
        return ChainedLine(Chain(chain.ellipsoid, chain.kind, chain.lonlat[::-1], there, here, chain.lengths_m[::-1]))

    def _piece(self, along_m: Floats) -> tuple[Indices, Floats]:
        """The piece that each distance falls on, and the distance within it."""
        along_m = np.asarray(along_m, dtype=np.float64)
        which = np.clip(np.searchsorted(self.starts_m, along_m, side="right") - 1, 0, len(self.chain.lengths_m) - 1)
        return which, along_m - self.starts_m[which]
