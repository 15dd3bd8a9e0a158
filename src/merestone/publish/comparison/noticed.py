"""Which zones a person is shown first, and what is said of each: the largest first, what is narrower than the tolerance
folded together, and no verdict where no accuracy is stated."""

from __future__ import annotations

import numpy as np

from merestone.compare.comparison import Comparison, Profile, Verdict, Zone
from merestone.publish.comparison.words import VERDICT_WORDS, chance
from merestone.publish.report.numbers import grouped, rough, square_km
from merestone.publish.text import counted


def by_area(made: Comparison) -> tuple[Zone, ...]:
    """The zones, the largest first; of equals that with the lower number."""
    return tuple(sorted(made.zones, key=lambda zone: (-zone.area_m2, zone.number)))


def noticed(made: Comparison) -> tuple[Zone, ...]:
    """The zones that are somewhere wider than the tolerance, the largest first."""
    return tuple(zone for zone in by_area(made) if zone.greatest_width_m > made.settings.tolerance_m)


def narrow(made: Comparison) -> tuple[Zone, ...]:
    """The zones that are nowhere wider than the tolerance, the largest first."""
    return tuple(zone for zone in by_area(made) if zone.greatest_width_m <= made.settings.tolerance_m)


def narrow_text(made: Comparison) -> str:
    """How many zones are nowhere wider than the tolerance, and how much land they hold; empty where there are none."""
    found = narrow(made)
    if not found:
        return ""
    area_m2 = sum(zone.area_m2 for zone in found)
    are, hold = ("is", "holds") if len(found) == 1 else ("are", "hold")
    return (
        f"{counted(len(found), 'zone')} {are} nowhere wider than the tolerance of {rough(made.settings.tolerance_m)} "
        f"and {hold} {square_km(area_m2)}"
    )


def is_accuracy_stated(made: Comparison) -> bool:
    """Whether the accuracy of either line is stated, so that a difference can be judged against it."""
    return bool(made.first.uncertainty.components or made.second.uncertainty.components)


def judged(made: Comparison, zone: Zone) -> tuple[str, ...]:
    """The verdict on a zone and its probability; nothing where no accuracy is stated to judge it against."""
    return (VERDICT_WORDS[zone.verdict], chance(zone.probability)) if is_accuracy_stated(made) else ()


def apart_per_cent(made: Comparison) -> str:
    """How much of the compared length of both lines together lies further apart than the tolerance, in per cent."""
    profiles = [profile for stretch in made.stretches for profile in stretch.profiles]
    whole = sum(float(profile.along_m[-1] - profile.along_m[0]) for profile in profiles)
    apart = sum(_apart_m(profile, made.settings.tolerance_m) for profile in profiles)
    return f"{grouped(100.0 * apart / whole if whole else 0.0, 0)} %"


def _apart_m(profile: Profile, tolerance_m: float) -> float:
    """The length in metres over which a profile is beyond the tolerance, linear between its stations."""
    separation_m = np.abs(profile.separation_m)
    low, high = np.minimum(separation_m[:-1], separation_m[1:]), np.maximum(separation_m[:-1], separation_m[1:])
    rise = np.where(high > low, high - low, 1.0)
    beyond = np.where(low >= tolerance_m, 1.0, np.clip((high - tolerance_m) / rise, 0.0, 1.0))
    return float((np.diff(profile.along_m) * beyond).sum())


def per_cent(made: Comparison, verdict: Verdict) -> str:
    """How much of the compared length of both lines together falls under a verdict, in per cent."""
    whole = sum(made.lengths_m)
    held = sum(sum(share.lengths_m) for share in made.shares if share.verdict is verdict)
    return f"{grouped(100.0 * held / whole if whole else 0.0, 0)} %"
