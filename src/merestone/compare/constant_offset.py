"""Whether one line is the other, shifted as a whole: what a datum taken for another looks like.

Across the line, a shift v shows as n . v, n the unit normal to the left. The v that explains the separations of all
stations best is found by least squares, weighted by length; how much of them it explains says whether it is one.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from merestone.compare.comparison import Profile
from merestone.compare.profile import Ground


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


def constant_offset(grounds: tuple[Ground, ...], profiles: tuple[tuple[Profile, Profile], ...]) -> Offset | None:
    """The offset of the second line from the first; None where the lines do not turn enough to tell it."""
    normals, seen, weights = [], [], []
    for ground, (profile, _) in zip(grounds, profiles, strict=True):
        azimuth = np.radians(ground.track(0).azimuth_deg(profile.along_m - ground.from_m[0]))
        normals.append(np.column_stack([-np.cos(azimuth), np.sin(azimuth)]))
        seen.append(profile.separation_m)
        weights.append(np.gradient(profile.along_m))
    if not normals:
        return None
    normal, across_m, weight = np.concatenate(normals), np.concatenate(seen), np.concatenate(weights)
    matrix = normal.T @ (normal * weight[:, None])
    if np.linalg.cond(matrix) > _MOST_LOPSIDED:
        return None
    east_m, north_m = np.linalg.solve(matrix, normal.T @ (across_m * weight))
    rest = across_m - normal @ np.array([east_m, north_m])
    rest_m = float(np.sqrt(np.sum(weight * rest**2) / np.sum(weight)))
    return Offset(float(east_m), float(north_m), rest_m)


_MOST_LOPSIDED = 400.0
"""A line that runs so nearly one way that a shift along it shows less than a twentieth as much as one across it."""
