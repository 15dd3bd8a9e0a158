"""Two lines compared: the passes in their order, each a function of what came before."""

from __future__ import annotations

from collections.abc import Callable

from merestone.compare.claim import Claim
from merestone.compare.comparison import Balance, Comparison, Pair, Profile, Reach, Settings, Stretch, Zone
from merestone.compare.lines.arrangement import Faces, faces
from merestone.compare.lines.give_back import give_back
from merestone.compare.lines.land_zones import held, land_faces, on_difference
from merestone.compare.lines.matched import Matched, matched, peaks, ready
from merestone.compare.lines.matching import Answer
from merestone.compare.lines.measures import (
    compared_lengths,
    greatest_frechet,
    resolutions,
    shares,
    sides_of_all,
    statistics_of,
    whole_length,
)
from merestone.compare.lines.orientation import Sides
from merestone.compare.lines.partings import partings
from merestone.compare.lines.profile import Greatest, Ground, profile
from merestone.compare.lines.remarks import remarks, self_crossings
from merestone.compare.lines.significance import Doubt
from merestone.compare.lines.zones import NOTHING, sized, zones
from merestone.compare.territory import TerritoryBalance
from merestone.sources.remark import Remark

Progress = Callable[[str, int, int], None]
"""Told the stage, how much of it is done, and of how much."""

PASSES = 7


def silent(stage: str, done: int, total: int) -> None:
    """Tells nobody."""


def compare(
    first: Claim,
    second: Claim,
    settings: Settings,
    progress: Progress = silent,
    territory: TerritoryBalance | None = None,
) -> Comparison:
    """Where two lines agree and where they part. Both must be in one frame: raise `MixedFramesError` otherwise, and
    `GeometryError` for what cannot be compared (a line at a pole, a line without strands).

    Where polygons say which land passes between the States (`territory`), the zones are that land, and what the lines
    alone enclose is held against it.
    """
    progress("preparing the lines", 0, PASSES)
    tracks = ready(first, second)
    progress("matching", 1, PASSES)
    both = matched(tracks, Doubt(first.uncertainty, second.uncertainty, settings), sides_known=territory is not None)
    progress("finding the zones", 2, PASSES)
    # First, so that what GEOS needs for both is free again before the rest is measured.
    crossings = self_crossings((first, second), both)
    between = faces(both.lines) if both.grounds else None
    give_back(sum(len(track.lonlat) for line in tracks for track in line))
    progress("measuring separations", 3, PASSES)
    profiles = tuple((profile(ground, 0, both.doubt), profile(ground, 1, both.doubt)) for ground in both.grounds)
    tops = tuple(peaks(ground, pair, settings) for ground, pair in zip(both.grounds, profiles, strict=True))
    progress("computing the Fréchet distance", 4, PASSES)
    stretches = tuple(map(_stretch, both.answers, both.grounds, profiles, tops))
    progress("measuring the zones", 5, PASSES)
    found, balance, differing = _zones((first, second), both, between, territory)
    progress("measuring lengths at common resolutions", 6, PASSES)
    return Comparison(
        first,
        second,
        settings,
        _sides(both.answers, territory),
        stretches,
        both.unmatched,
        statistics_of(stretches, tops),
        max((max(one.apart_m, other.apart_m) for one, other in tops), default=float("nan")),
        greatest_frechet(stretches),
        compared_lengths(stretches),
        (whole_length(both.tracks[0]), whole_length(both.tracks[1])),
        resolutions(both.grounds),
        partings(stretches, settings.tolerance_m),
        found,
        balance,
        shares(profiles, both.doubt),
        (*differing, *remarks((first, second), both, profiles, crossings)),
        territory=territory,
    )


def _sides(answers: tuple[Answer, ...], territory: TerritoryBalance | None) -> Sides:
    """Who lies to either side: as the polygons say where they name both States, else as the lines do."""
    if territory is not None and None not in (named := territory.changed[0].both):
        return named
    return sides_of_all(answers)


def _zones(
    claims: tuple[Claim, Claim], both: Matched, between: Faces | None, territory: TerritoryBalance | None
) -> tuple[tuple[Zone, ...], Balance, tuple[Remark, ...]]:
    """The zones, the areas by side, and where the lines alone would enclose other areas than the polygons."""
    if territory is None:
        found, balance = ((), NOTHING) if between is None else zones(both.lines, between, both.doubt)
        return found, balance, ()
    lines = both.lines if both.grounds else both.whole_lines
    error_m = both.doubt.settings.error_m
    by_lines = NOTHING if between is None else sized(lines.ellipsoid, between, error_m).balance(between.left_of_first)
    land = land_faces(territory, lines)
    found, balance = zones(lines, land, both.doubt)
    found = held(found, territory)
    length_m = sum(whole_length(tracks) for tracks in both.tracks)
    return found, balance, on_difference(claims, territory, by_lines, length_m, found)


def _stretch(
    answer: Answer, ground: Ground, pair: tuple[Profile, Profile], peaks: tuple[Greatest, Greatest]
) -> Stretch:
    reaches = tuple(
        Reach(track.name, answer.from_m[line], answer.to_m[line])
        for line, track in enumerate((answer.first, answer.second))
    )
    return Stretch((reaches[0], reaches[1]), answer.knots_m, pair, _frechet(answer, ground, peaks), answer.ring)


def _frechet(answer: Answer, ground: Ground, peaks: tuple[Greatest, Greatest]) -> Pair:
    """The Fréchet distance of a stretch as (at least, at most): never less than the Hausdorff distance."""
    from merestone.geodesy.frechet import frechet_distance, frechet_distance_closed

    measure = frechet_distance_closed if answer.ring else frechet_distance
    least_m = max(peaks[0].apart_m, peaks[1].apart_m)
    chains = ground.track(0).lonlat, ground.track(1).lonlat
    found = measure(answer.first.ellipsoid, *chains, at_least_m=least_m, relative=FRECHET_RELATIVE)
    return found.at_least_m, found.at_most_m


FRECHET_RELATIVE = 1e-3
"""How wide the interval may be in which the Fréchet distance is given."""
