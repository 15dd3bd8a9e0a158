"""Two lines compared: the passes in their order, each a function of what came before."""

from __future__ import annotations

from collections.abc import Callable

from merestone.compare.arrangement import faces, lines_of
from merestone.compare.claim import Claim
from merestone.compare.comparison import Balance, Comparison, Pair, Profile, Reach, Settings, Stretch, Unmatched, Zone
from merestone.compare.leftovers import leftovers
from merestone.compare.matching import Answer, matching
from merestone.compare.measures import (
    compared_lengths,
    greatest_frechet,
    resolutions,
    shares,
    sides_of_all,
    statistics_of,
    whole_length,
)
from merestone.compare.orientation import contradictions, oriented, oriented_ring
from merestone.compare.partings import partings
from merestone.compare.profile import Greatest, Ground, greatest, profile
from merestone.compare.significance import Doubt
from merestone.compare.track import Track, Tracks, tracks_of
from merestone.compare.zones import zones
from merestone.errors import MixedFramesError
from merestone.geodesy.lonlat_area import ring_area_m2
from merestone.sources.remark import Remark

Progress = Callable[[str, int, int], None]
"""Told the stage, how much of it is done, and of how much."""

PASSES = 7


def silent(stage: str, done: int, total: int) -> None:
    """Tells nobody."""


def compare(first: Claim, second: Claim, settings: Settings, progress: Progress = silent) -> Comparison:
    """Where two lines agree and where they part. Both must be in one frame: raise `MixedFramesError` otherwise, and
    `GeometryError` for what cannot be compared (a line at a pole)."""
    if first.frame.ellipsoid != second.frame.ellipsoid or first.frame.code != second.frame.code:
        raise MixedFramesError(str(first.frame), str(second.frame))
    progress("making the lines ready", 0, PASSES)
    both = tracks_of(first), tracks_of(second)
    progress("matching", 1, PASSES)
    answers = tuple(oriented(each) for each in matching(Tracks.of(both[0]), Tracks.of(both[1]), settings.reach_m))
    unmatched = (
        *leftovers(both[0], answers, settings.tolerance_m, of_second=False),
        *leftovers(both[1], answers, settings.tolerance_m, of_second=True),
    )
    doubt = Doubt(first.uncertainty, second.uncertainty, settings)
    grounds = tuple(Ground.of(answer) for answer in answers)
    progress("measuring separations", 2, PASSES)
    profiles = tuple((profile(ground, 0, doubt), profile(ground, 1, doubt)) for ground in grounds)
    peaks = tuple(_peaks(ground, pair, settings) for ground, pair in zip(grounds, profiles, strict=True))
    progress("matching continuously", 3, PASSES)
    stretches = tuple(map(_stretch, answers, grounds, profiles, peaks))
    progress("finding the zones", 4, PASSES)
    found: tuple[Zone, ...] = ()
    balance = Balance(0.0, 0.0, 0.0, 0)
    alone = (_rings_alone(both[0], unmatched, 0), _rings_alone(both[1], unmatched, 1))
    if grounds:
        lines = lines_of(answers, grounds, tuple(tuple(filter(_named, each)) for each in alone))
        progress("measuring the zones", 5, PASSES)
        found, balance = zones(lines, faces(lines), doubt)
    progress("lengths at common resolutions", 6, PASSES)
    return Comparison(
        first,
        second,
        settings,
        sides_of_all(answers),
        stretches,
        unmatched,
        statistics_of(stretches, peaks),
        max((max(one.apart_m, other.apart_m) for one, other in peaks), default=float("nan")),
        greatest_frechet(stretches),
        compared_lengths(stretches),
        (whole_length(both[0]), whole_length(both[1])),
        resolutions(grounds),
        partings(stretches, settings.tolerance_m),
        found,
        balance,
        shares(profiles, doubt),
        _remarks((first, second), answers, alone, doubt),
    )


def _named(track: Track) -> bool:
    return track.left is not None and track.right is not None


def _rings_alone(tracks: tuple[Track, ...], unmatched: tuple[Unmatched, ...], line: int) -> tuple[Track, ...]:
    """The rings of a line that nothing on the other answers to, in the common orientation."""
    names = {each.reach.strand for each in unmatched if each.of_second == bool(line) and each.why.startswith("ring")}
    return tuple(oriented_ring(track) for track in tracks if track.name in names)


def _peaks(ground: Ground, pair: tuple[Profile, Profile], settings: Settings) -> tuple[Greatest, Greatest]:
    """The greatest distance of either line from the other along a stretch."""
    return greatest(ground, 0, pair[0], settings.error_m), greatest(ground, 1, pair[1], settings.error_m)


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


def _remarks(
    claims: tuple[Claim, Claim], answers: tuple[Answer, ...], alone: tuple[tuple[Track, ...], ...], doubt: Doubt
) -> tuple[Remark, ...]:
    """What the reader must know of the comparison itself."""
    titles = claims[0].title, claims[1].title
    found = [remark for answer in answers for remark in contradictions(answer, titles)]
    if not answers:
        found.append(Remark("D303", "no part of either line answers to a part of the other; nothing was compared"))
    for claim, rings in zip(claims, alone, strict=True):
        found += [_uncounted(claim, track) for track in rings if not _named(track) or not answers]
    if not doubt.stated:
        sentence = "no accuracy is stated that would differ between the lines: every separation counts as real"
        found.append(Remark("D304", sentence))
    return tuple(found)


def _uncounted(claim: Claim, track: Track) -> Remark:
    """A ring that cannot be counted to a side."""
    lon, lat = track.lonlat[0]
    area_m2 = abs(ring_area_m2(track.ellipsoid, track.lonlat))
    sentence = f"{track.name} lies in one line alone, and who holds it is not said: it is in no zone and in no sum"
    return Remark("D302", sentence, (float(lon), float(lat)), area_m2, "m2", claim.title)
