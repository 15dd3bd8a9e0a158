"""A path: lines of any kinds, end to end, as one line."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from merestone.geodesy.ellipsoid import Ellipsoid
from merestone.geodesy.line import Floats, Indices, Line, Nearest


@dataclass(frozen=True, slots=True)
class Path:
    """Lines run one after another, each starting where the one before it ends."""

    pieces: tuple[Line, ...]

    @property
    def kind(self) -> str:
        """The kind of its pieces, or `path` where they are of several kinds."""
        kinds = {piece.kind for piece in self.pieces}
        return kinds.pop() if len(kinds) == 1 else "path"

    @property
    def ellipsoid(self) -> Ellipsoid:
        """The ellipsoid that its pieces lie on."""
        return self.pieces[0].ellipsoid

    @property
    def starts_m(self) -> Floats:
        """Distances from its start at which the pieces begin and the last one ends: (pieces + 1,)."""
        return np.concatenate(([0.0], np.cumsum([piece.length_m for piece in self.pieces])))

    @property
    def length_m(self) -> float:
        """Its whole length in metres."""
        return float(self.starts_m[-1])

    @property
    def ends(self) -> Floats:
        """Its two ends, (2, 2), the second's longitude continued along the path."""
        first, last = self.pieces[0].ends[0], self.pieces[-1].ends[1]
        return np.array([first, [last[0] + self._turns_deg()[-1], last[1]]])

    @property
    def reach_m(self) -> tuple[float, float]:
        """As far as its first piece can be produced backwards and its last one forwards."""
        back, length = self.pieces[0].reach_m[0], self.pieces[-1].length_m
        return back, self.length_m + self.pieces[-1].reach_m[1] - length

    def position(self, along_m: Floats) -> Floats:
        """The places at distances along, in metres: (n,) -> (n, 2)."""
        along_m = np.asarray(along_m, dtype=np.float64)
        result = np.empty((len(along_m), 2))
        turns_deg = self._turns_deg()
        for which, here, within_m in self._by_piece(along_m):
            result[here] = self.pieces[which].position(within_m)
            result[here, 0] += turns_deg[which]
        return result

    def azimuth(self, along_m: Floats) -> Floats:
        """The directions at distances along, in metres: (n,) -> (n,); at a corner that of the piece that begins."""
        along_m = np.asarray(along_m, dtype=np.float64)
        result = np.empty(len(along_m))
        for which, here, within_m in self._by_piece(along_m):
            result[here] = self.pieces[which].azimuth(within_m)
        return result

    def nearest(self, lonlat: Floats) -> Nearest:
        """Where it is nearest to each place: (n, 2) -> `Nearest`."""
        starts_m, turns_deg = self.starts_m, self._turns_deg()
        best = self.pieces[0].nearest(lonlat)
        for which, piece in enumerate(self.pieces[1:], start=1):
            other = piece.nearest(lonlat)
            nearer = np.abs(other.separation_m) < np.abs(best.separation_m)
            moved = other.lonlat + np.array([turns_deg[which], 0.0])
            best = Nearest(
                np.where(nearer, other.along_m + starts_m[which], best.along_m),
                np.where(nearer, other.separation_m, best.separation_m),
                np.where(nearer[:, None], moved, best.lonlat),
            )
        return best

    def reversed(self) -> Path:
        """The same path from its end to its start."""
        return Path(tuple(piece.reversed() for piece in reversed(self.pieces)))

    def _turns_deg(self) -> Floats:
        """Whole turns (degrees) to add to each piece's longitudes so that they run on along the path."""
        turns = [0.0]
        for before, after in zip(self.pieces, self.pieces[1:], strict=False):
            gap = float(before.ends[1, 0]) + turns[-1] - float(after.ends[0, 0])
            turns.append(360.0 * round(gap / 360.0))
        return np.array(turns)

    def _by_piece(self, along_m: Floats) -> list[tuple[int, Indices, Floats]]:
        """The pieces that are asked for: number, indices into `along_m`, distances within the piece."""
        starts_m = self.starts_m
        which = np.clip(np.searchsorted(starts_m, along_m, side="right") - 1, 0, len(self.pieces) - 1)
        asked = [(int(each), np.nonzero(which == each)[0]) for each in np.unique(which)]
        return [(each, here, along_m[here] - starts_m[each]) for each, here in asked]
