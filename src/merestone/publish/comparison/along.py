"""Parts of a line between two chainages, as chains of places to draw."""

from __future__ import annotations

import numpy as np

from merestone.compare.claim import Claim, Strand
from merestone.compare.comparison import Comparison, Profile, Reach, Stretch
from merestone.geodesy.line import Floats


def on_profile(profile: Profile, from_m: float, to_m: float) -> Floats:
    """The places (n, 2) of a profile between two chainages in metres, both ends interpolated."""
    along_m, lonlat = profile.along_m, profile.lonlat
    inner = (along_m > from_m) & (along_m < to_m)
    stops = np.concatenate([[from_m], along_m[inner], [to_m]])
    return np.column_stack([np.interp(stops, along_m, lonlat[:, axis]) for axis in (0, 1)])


def parting_chains(stretch: Stretch, reaches: tuple[Reach, Reach]) -> tuple[Floats, Floats]:
    """The parts of both lines along which they part."""
    one, two = (
        on_profile(profile, reach.from_m, reach.to_m) for profile, reach in zip(stretch.profiles, reaches, strict=True)
    )
    return one, two


def on_strand(made: Comparison, reach: Reach, *, of_second: bool) -> Floats | None:
    """The places (n, 2) of a strand of one of the lines between two chainages, None where it has no such strand.

    Chainages count in the common orientation. Along the vertices they are apportioned by the lengths of the edges on
    the ellipsoid; where the compared stretches of the strand run against its vertices, from its other end.
    """
    claim = made.second if of_second else made.first
    strand = next((one for one in claim.strands if one.name == reach.strand), None)
    if strand is None or len(strand.lonlat) < 2:
        return None
    lonlat = strand.lonlat[::-1] if _turned(made, strand, of_second=of_second) else strand.lonlat
    along_m = chainages(claim, lonlat)
    inner = (along_m > reach.from_m) & (along_m < reach.to_m)
    stops = np.concatenate([[reach.from_m], along_m[inner], [min(reach.to_m, float(along_m[-1]))]])
    return np.column_stack([np.interp(stops, along_m, lonlat[:, axis]) for axis in (0, 1)])


def chainages(claim: Claim, lonlat: Floats) -> Floats:
    """The chainages (n,) in metres of vertices, by the geodesic lengths of the edges."""
    from pyproj import Geod

    ellipsoid = claim.frame.ellipsoid
    geod = (
        Geod(a=ellipsoid.a_m, rf=ellipsoid.inverse_flattening)
        if ellipsoid.f
        else Geod(a=ellipsoid.a_m, b=ellipsoid.a_m)
    )
    steps = geod.inv(lonlat[:-1, 0], lonlat[:-1, 1], lonlat[1:, 0], lonlat[1:, 1])[2]
    return np.concatenate([[0.0], np.cumsum(steps)])


def _turned(made: Comparison, strand: Strand, *, of_second: bool) -> bool:
    """Whether the common orientation runs against the vertices of a strand, as its longest profile shows."""
    held = [
        stretch.profiles[int(of_second)]
        for stretch in made.stretches
        if stretch.reaches[int(of_second)].strand == strand.name and len(stretch.profiles[int(of_second)].along_m) > 1
    ]
    if not held or strand.ring:
        return False
    profile = max(held, key=lambda one: float(one.along_m[-1] - one.along_m[0]))
    start, end = profile.lonlat[0], profile.lonlat[-1]
    first, last = (_away(strand.lonlat[end_], start) for end_ in (0, -1))
    first_end, last_end = (_away(strand.lonlat[end_], end) for end_ in (0, -1))
    return last + first_end < first + last_end


def _away(one: Floats, other: Floats) -> float:
    """About how far two places lie apart, in degrees: only to be compared."""
    east = (float(one[0] - other[0]) + 180.0) % 360.0 - 180.0
    return float(np.hypot(east * np.cos(np.radians(float(one[1]))), float(one[1] - other[1])))
