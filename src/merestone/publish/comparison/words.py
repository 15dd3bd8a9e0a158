"""How a comparison speaks of its two lines: names, whose they are, who holds what, what is significant.

A claim is never named without its claimant, and no sentence puts one line above the other.
"""

from __future__ import annotations

from typing import Protocol

from merestone.compare.claim import Claim, Standing
from merestone.compare.comparison import Comparison, Side, Since, Verdict, Zone
from merestone.publish.angles import Axis, dms
from merestone.publish.comparison.export import ComparisonExport
from merestone.publish.export import NOT_AGREED
from merestone.publish.report.numbers import grouped, rough, square_km
from merestone.publish.text import plain
from merestone.sources.remark import Remark


class OfTwo(Protocol):
    """What compares two claims."""

    @property
    def first(self) -> Claim:
        """The first of them."""

    @property
    def second(self) -> Claim:
        """The second."""


NOBODY = "not named"
ORDINALS = ("first", "second")
LONGEST_NAME = 32

VERDICT_WORDS = {
    Verdict.DIFFERENT: "different",
    Verdict.UNDECIDABLE: "undecidable",
    Verdict.WITHIN_ERROR: "within the error",
}
"""What the stated uncertainty allows to say."""


def title(export: ComparisonExport) -> str:
    """The title given, else both lines' names in the order of the inputs."""
    made = export.comparison
    return plain(export.title or f"{made.first.title} and {made.second.title} compared")


def short_names(made: OfTwo) -> tuple[str, str]:
    """The two lines' titles for columns and legends, cut to a width, told apart by their order where they are one."""
    one, two = (cut(plain(claim.title).strip() or "untitled") for claim in (made.first, made.second))
    return (one, two) if one != two else (f"{one} (first)", f"{two} (second)")


def cut(name: str) -> str:
    """A name cut to a width, with a sign that it was."""
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…"


def under_names(made: OfTwo) -> tuple[str, str]:
    """Both lines under their claimants' names."""
    return plain(made.first.under_name), plain(made.second.under_name)


def standing(made: OfTwo) -> str:
    """The sentence that every output carries, without a full stop: whose the lines are, and that neither is agreed."""
    said = _both_stated(made)
    return f"{NOT_AGREED}; shown without prejudice to the position of any party. {said}"


def map_standing(made: Comparison) -> str:
    """The standing for a drawing, as short as it may be."""
    return f"{NOT_AGREED}. {_both_stated(made)}"


def _both_stated(made: OfTwo) -> str:
    """What either line is, in one where both are the same."""
    one, two = short_names(made)
    first, second = stated(made.first), stated(made.second)
    return f"Both lines: {first}" if first == second else f"{one}: {first}; {two}: {second}"


def stated(claim: Claim) -> str:
    """What a line is: as claimed, as read, as published."""
    who = cut(plain(claim.claimant)) if claim.claimant else None
    match claim.standing:
        case Standing.CLAIM:
            return f"claim of {who or 'an unnamed party'}, without prejudice"
        case Standing.READING:
            return f"reading of {who or 'an unnamed reader'}"
        case Standing.VERSION:
            return f"version published by {who}" if who else "published data, not a claim of a party"


def edges(claim: Claim) -> str:
    """How the vertices of a line are joined."""
    return f"edges {claim.edges.value}"


def accuracy(claim: Claim) -> str:
    """The stated components of a line's uncertainty in words."""
    parts = claim.uncertainty.components
    if not parts:
        return "no accuracy stated, so it counts as exact"
    return "standard deviation " + ", ".join(f"{grouped(part.sigma_m, 1)} m ({plain(part.source)})" for part in parts)


def origin(claim: Claim) -> str:
    """The file a line was read from, with layer, format and SHA-256; empty where it came from no file."""
    found = claim.origin
    parts = (
        found.file,
        found.layer and f"layer {found.layer}",
        found.format,
        found.sha256 and f"SHA-256 {found.sha256}",
    )
    return plain(", ".join(part for part in (*parts, found.note) if part))


def holders(zone: Zone) -> tuple[str, str]:
    """Who has a zone in the first and in the second line."""
    one, two = (NOBODY if who is None else plain(who) for who in (zone.held_in_first, zone.held_in_second))
    return one, two


def identity_text(made: Comparison) -> str:
    """How many zones are those of an earlier comparison, how many are new, how many gone; empty where none was given."""
    if made.identity is None:
        return ""
    kept, new = (sum(zone.since is each for zone in made.zones) for each in (Since.KEPT, Since.NEW))
    gone = sum(not zone.gone_before for zone in made.identity.gone)
    return (
        f"Since the earlier comparison ({plain(made.identity.origin.file)}) {grouped(kept, 0)} "
        f"{'zone keeps its number' if kept == 1 else 'zones keep their numbers'}, {grouped(new, 0)} "
        f"{'is' if new == 1 else 'are'} new, {grouped(gone, 0)} {'is' if gone == 1 else 'are'} gone."
    )


def before_text(zone: Zone) -> str:
    """What a zone was in the earlier comparison: its number and its area there in km², or that it is new."""
    return "new" if zone.area_before_m2 is None else f"{zone.name}, {grouped(zone.area_before_m2 / 1e6, 3)}"


def side_names(made: Comparison) -> tuple[str, str]:
    """Who lies to the left and to the right of the common orientation."""
    left, right = (NOBODY if who is None else plain(who) for who in made.sides)
    return left, right


def holders_on(made: Comparison, side: Side) -> str:
    """Who has the land on one side of the first line in either version, for a legend: `A in X, B in Y`."""
    one, two = short_names(made)
    other = Side.RIGHT if side is Side.LEFT else Side.LEFT
    if None in made.sides:
        return f"{side.value} of {one}, {other.value} of {two}"
    left, right = (cut(who) for who in side_names(made))
    here, there = (left, right) if side is Side.LEFT else (right, left)
    return f"{here} in {one}, {there} in {two}"


def place_text(place: tuple[float, float], decimals: int = 0) -> str:
    """A place in degrees, minutes and seconds, latitude first; a second is 31 m."""
    lon, lat = (round(value * 1e9) for value in place)
    return f"{dms(lat, Axis.LATITUDE, decimals)}, {dms(lon, Axis.LONGITUDE, decimals)}"


def chance(probability: float) -> str:
    """A probability in per cent, never rounded to certainty."""
    if probability > 0.999:
        return "> 99.9 %"
    return "< 0.1 %" if probability < 0.001 else f"{probability * 100:.1f} %"


def size_text(remark: Remark) -> str:
    """How large what a remark speaks of is, in the unit that suits it; empty where it has no size."""
    if remark.size is None:
        return ""
    match remark.unit:
        case "m2" | "m²":
            return square_km(remark.size)
        case "m":
            return rough(remark.size)
        case unit:
            whole = float(remark.size).is_integer()
            return f"{grouped(remark.size, 0 if whole else 3)} {plain(unit)}".strip()
