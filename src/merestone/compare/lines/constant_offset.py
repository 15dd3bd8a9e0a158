"""Whether one line is the other, shifted as a whole: what a datum taken for another looks like.

The shift is found as surfaces are registered to one another (Y. Chen and G. Medioni, Image and Vision Computing 10 (1992)
145-155; of curves here): the second line is moved back by what is supposed, its places seek their feet on the first, and
what is left of them across it corrects the supposition, by least squares. A line with bends smaller than the shift is
found only from near the truth; so the search starts from every shift that is offered, and from none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from merestone.compare.comparison import Profile
from merestone.compare.lines.profile import Ground
from merestone.geodesy.elementary import radii_m
from merestone.geodesy.line import Floats

_MOST_PLACES = 600
_ROUNDS = 6
_CONVERGED_M = 0.01
_MOST_LOPSIDED = 400.0
"""A line that runs so nearly one way that a shift along it shows less than a twentieth as much as one across it."""


@dataclass(frozen=True, slots=True)
class Offset:
    """By how much the second line lies east and north of the first, in metres, and the standard deviation in metres of
    what that leaves unexplained across the line."""

    east_m: float
    north_m: float
    rest_m: float

    @property
    def size_m(self) -> float:
        """How long the shift is, in metres."""
        return float(np.hypot(self.east_m, self.north_m))

    @property
    def is_constant(self) -> bool:
        """Whether the shift explains nearly everything: what is left is a fifth of it or less."""
        return self.size_m > 0.0 and self.rest_m <= 0.2 * self.size_m


def constant_offset(
    grounds: Sequence[Ground], profiles: Sequence[tuple[Profile, Profile]], guesses: Sequence[tuple[float, float]] = ()
) -> Offset | None:
    """The offset of the second line from the first that leaves least unexplained; None where the lines do not turn
    enough to tell it, or nothing is compared. `guesses`: shifts east and north in metres to start from."""
    parts = [_Part(ground, profile[1]) for ground, profile in zip(grounds, profiles, strict=True)]
    found = [_found(parts, np.array(guess)) for guess in ((0.0, 0.0), *guesses)] if parts else []
    known = [each for each in found if each is not None]
    return min(known, key=lambda each: each.rest_m) if known else None


class _Part:
    """Places of the second line on one stretch with the first line's part, metres in a degree, and weights."""

    def __init__(self, ground: Ground, profile: Profile) -> None:
        every = max(1, len(profile.along_m) // _MOST_PLACES)
        self.ground = ground
        self.lonlat = profile.lonlat[::every]
        self.weight = np.gradient(profile.along_m)[::every] if len(profile.along_m) > 1 else np.ones(1)
        along, across = radii_m(ground.track(0).ellipsoid, self.lonlat[:, 1])
        cosine = np.cos(np.radians(self.lonlat[:, 1]))
        self.metres = np.radians(np.column_stack([across * cosine, along]))

    def left(self, offset_m: Floats) -> tuple[Floats, Floats]:
        """With the line moved back by an offset: unit normals of the first line at the feet (n, 2), and how far the
        places lie from them along those normals (n,)."""
        moved = self.lonlat - offset_m / self.metres
        feet, along_m = self.ground.parts[0].nearest(moved)
        azimuth = np.radians(self.ground.track(0).azimuth_deg(along_m))
        normal = np.column_stack([-np.cos(azimuth), np.sin(azimuth)])
        away = moved - feet.lonlat
        away[:, 0] -= 360.0 * np.round(away[:, 0] / 360.0)
        return normal, np.asarray(((away * self.metres) * normal).sum(axis=1))


def _found(parts: list[_Part], offset_m: Floats) -> Offset | None:
    """The offset that the search ends at from a supposed one; None where it cannot be told."""
    weight = np.concatenate([part.weight for part in parts])
    rest = np.zeros(len(weight))
    for _ in range(_ROUNDS):
        columns = [part.left(offset_m) for part in parts]
        normal, rest = (np.concatenate(each) for each in zip(*columns, strict=True))
        matrix = normal.T @ (normal * weight[:, None])
        if np.linalg.cond(matrix) > _MOST_LOPSIDED:
            return None
        step = np.linalg.solve(matrix, normal.T @ (rest * weight))
        offset_m = offset_m + step
        rest = rest - normal @ step
        if np.abs(step).max() < _CONVERGED_M:
            break
    rest_m = float(np.sqrt(np.sum(weight * rest**2) / np.sum(weight)))
    return Offset(float(offset_m[0]), float(offset_m[1]), rest_m)
