"""On which side of a line a place lies, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from merestone.compare.claim import Claim
from merestone.compare.lines.significance import on_left
from merestone.compare.lines.track import Tracks, tracks_of
from merestone.geodesy.line import Floats, Place


@dataclass(frozen=True, slots=True)
class PlaceBeside:
    """A place beside one line: its distance from it in metres, positive to the left of the line as it is drawn; the
    standard deviation of the line across itself there; the probability that the place lies left; who lies to either
    side, None where nobody is named. `held_by`: where the line comes from polygons, the States that have the place in
    them, none where neither has it; None where no polygons are known."""

    place: Place
    offset_m: float
    sigma_m: float
    left_probability: float
    left: str | None
    right: str | None
    held_by: tuple[str, ...] | None = None


def held_by(beside: PlaceBeside, states: tuple[str, ...]) -> PlaceBeside:
    """The place with the States whose polygons have it. Where one alone has it, the place lies on that State's side of
    the line: near the ends of a line, and between its strands, the nearest piece of the line can lie about it."""
    if len(states) != 1 or states[0] not in (beside.left, beside.right):
        return replace(beside, held_by=states)
    offset_m = abs(beside.offset_m) if states[0] == beside.left else -abs(beside.offset_m)
    left = float(on_left(np.array([offset_m]), np.array([beside.sigma_m]))[0])
    return replace(beside, offset_m=offset_m, left_probability=left, held_by=states)


def beside(claim: Claim, places: Floats) -> tuple[PlaceBeside, ...]:
    """Places (n, 2), in degrees in the frame of a line, beside it. The place is taken as exact: what is unsure is the
    line. With s its standard deviation across itself, a place d to the left lies left with the probability Phi(d / s)."""
    tracks = tracks_of(claim)
    feet, along_m = Tracks.of(tracks).nearest(places)
    found = []
    for at, (lon, lat) in enumerate(np.asarray(places, dtype=np.float64).tolist()):
        track = tracks[int(feet.chain[at])]
        azimuth_deg = track.azimuth_deg(along_m[[at]])
        sigma_m = claim.uncertainty.across_sigma_m(azimuth_deg)
        offset_m = feet.distance_m[[at]] * np.where(feet.side[[at]] < 0.0, -1.0, 1.0)
        found.append(
            PlaceBeside(
                (lon, lat),
                float(offset_m[0]),
                float(sigma_m[0]),
                float(on_left(offset_m, sigma_m)[0]),
                track.left,
                track.right,
            )
        )
    return tuple(found)
