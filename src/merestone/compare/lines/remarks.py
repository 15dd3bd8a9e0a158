"""What the reader must know of a comparison itself."""

from __future__ import annotations

import numpy as np

from merestone.compare.claim import Claim
from merestone.compare.comparison import Profile
from merestone.compare.lines.constant_offset import constant_offset
from merestone.compare.lines.crossing_itself import crossing_itself
from merestone.compare.lines.matched import Matched, is_named
from merestone.compare.lines.orientation import contradictions
from merestone.compare.lines.swapped import swapped
from merestone.compare.lines.track import Track
from merestone.geodesy.lonlat_area import ring_area_m2
from merestone.sources.datum_shift import SMALLEST_SHIFT_M, known_shifts, shift_remark, suspected_shift
from merestone.sources.remark import Remark


def self_crossings(claims: tuple[Claim, Claim], both: Matched) -> tuple[Remark, ...]:
    """Where either line meets itself."""
    titled = zip(claims, both.tracks, strict=True)
    return tuple(remark for claim, tracks in titled for remark in crossing_itself(claim.title, tracks))


def remarks(
    claims: tuple[Claim, Claim],
    both: Matched,
    profiles: tuple[tuple[Profile, Profile], ...],
    crossings: tuple[Remark, ...],
) -> tuple[Remark, ...]:
    """Contradicting sides, nothing in common, rings that cannot be counted, self-crossings (as they were found before), no
    accuracy stated, the shift of a datum."""
    titles = claims[0].title, claims[1].title
    found = [remark for answer in both.answers for remark in contradictions(answer, titles)]
    if not both.answers:
        found.append(Remark("D303", "no part of one line corresponds to a part of the other; nothing was compared"))
        found += swapped(titles, both.tracks)
    for claim, rings in zip(claims, both.alone, strict=True):
        found += [_uncounted(claim, track) for track in rings if not is_named(track) or not both.answers]
    found += crossings
    if not both.doubt.stated:
        sentence = "no accuracy is stated, or only errors that both lines share, so every separation counts as real"
        found.append(Remark("D304", sentence))
    shift = _shift(titles, both, profiles)
    return (*found, shift) if shift is not None else tuple(found)


def _uncounted(claim: Claim, track: Track) -> Remark:
    """A ring that cannot be counted to a side."""
    lon, lat = track.lonlat[0]
    area_m2 = abs(ring_area_m2(track.ellipsoid, track.lonlat))
    sentence = f"only one of the lines has {track.name}, and the file does not say whose land it is; it is not in any zone or sum"
    return Remark("D302", sentence, (float(lon), float(lat)), area_m2, "m2", claim.title)


def _shift(titles: tuple[str, str], both: Matched, profiles: tuple[tuple[Profile, Profile], ...]) -> Remark | None:
    """The datum that explains a constant offset of one line from the other, where there is one."""
    if not profiles or _median_m(profiles) < SMALLEST_SHIFT_M / 2.0:
        return None
    middle = profiles[0][0].lonlat[len(profiles[0][0].lonlat) // 2]
    place = float(middle[0]), float(middle[1])
    guesses = [(sign * each.east_m, sign * each.north_m) for each in known_shifts(place) for sign in (1.0, -1.0)]
    offset = constant_offset(both.grounds, profiles, guesses)
    if offset is None or not offset.is_constant or offset.size_m < SMALLEST_SHIFT_M:
        return None
    found = suspected_shift(offset.east_m, offset.north_m, place)
    return shift_remark(found, offset.east_m, offset.north_m, place, titles[1], titles[0])


def _median_m(profiles: tuple[tuple[Profile, Profile], ...]) -> float:
    return float(np.median(np.abs(np.concatenate([pair[0].separation_m for pair in profiles]))))
