"""The profile of a leg between its readings: along the leg across the page, apart from one another up and down.

Six kilometres in 937 cannot be seen on a map of a page; here the second axis is stretched until they can.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import floor, log10

import numpy as np

from merestone.geodesy.line import Floats
from merestone.publish.report.axes import tick_text, ticks
from merestone.publish.report.labels import Room
from merestone.publish.report.markup import Attribute, Markup, element, joined
from merestone.publish.report.model import LegReadings, Profile
from merestone.publish.report.numbers import grouped, polyline, px, rough, square_km
from merestone.publish.text import plain

WIDTH_PX = 720.0
HEIGHT_PX = 196.0
MOST_PAIRS = 6
DASHES = ("", "9 4", "2 4", "12 4 2 4", "6 3", "1 3")
"""Each pair has its dash beside its colour."""

_LEFT, _RIGHT, _TOP, _BOTTOM = 78.0, 24.0, 34.0, 40.0
_MOST_PLACES = 240


def profile_svg(readings: LegReadings, leg_said: str) -> Markup:
    """The chart of a leg's readings as an SVG element, each pair with its greatest offset marked."""
    shown = shown_pairs(readings)
    ends_m = max(float(profile.along_m[-1]) for profile in shown) or 1.0
    low, high = _range(shown)
    axes = _Axes(ends_m, low, high)
    return element(
        "svg",
        {
            "class": "profile",
            "viewBox": f"0 0 {px(WIDTH_PX)} {px(HEIGHT_PX)}",
            "role": "img",
            "aria-label": f"{leg_said}: {'; '.join(greatest_text(profile) for profile in shown)}",
        },
        element("rect", {"class": "ground", "width": px(WIDTH_PX), "height": px(HEIGHT_PX)}),
        *axes.grid(),
        *(_curve(axes, profile, index) for index, profile in enumerate(shown)),
        *_marks(axes, shown),
        element(
            "text",
            {"class": "axis", "x": px(_LEFT), "y": "20"},
            _axis_title(shown, axes.unit),
        ),
        element(
            "text",
            {"class": "axis", "x": px(WIDTH_PX - _RIGHT), "y": px(HEIGHT_PX - 6), "text-anchor": "end"},
            f"{axes.along_unit} along the leg; offsets enlarged {axes.enlarged} times",
        ),
    )


def shown_pairs(readings: LegReadings) -> tuple[Profile, ...]:
    """The pairs of the chart: each other reading seen from the first named, which is the straight zero line."""
    base = readings.profiles[0].one
    return tuple(profile for profile in readings.profiles if profile.one == base)[:MOST_PAIRS]


def _axis_title(shown: tuple[Profile, ...], unit: str) -> str:
    """What the offsets are, and from which reading."""
    return f"seen from the {plain(shown[0].one)} (0), {unit} to the left (+) or right (−)"


def short_text(profile: Profile) -> str:
    """The greatest offset of a pair in few words, for a legend beside the chart."""
    along = rough(float(profile.along_m[_greatest(profile)]))
    return f"{plain(profile.other)}: {rough(profile.hausdorff_m)} at most, at {along}; {square_km(profile.area_m2)} between"


def greatest_text(profile: Profile) -> str:
    """The greatest offset of a pair in words: how far, where, between which."""
    index = _greatest(profile)
    return (
        f"{plain(profile.one)} and {plain(profile.other)} are at most {rough(profile.hausdorff_m)} apart, "
        f"{rough(float(profile.along_m[index]))} along the leg; {square_km(profile.area_m2)} lies between them"
    )


def legend(readings: LegReadings) -> Iterable[Markup]:
    """One entry for each pair: its stroke, and the greatest offset in words."""
    for index, profile in enumerate(shown_pairs(readings)):
        size: dict[str, Attribute] = {"viewBox": "0 0 34 10", "width": "34", "height": "10"}
        key = element("svg", {"class": "key", **size, "aria-hidden": "true"}, stroke(index))
        yield element("li", None, key, " ", short_text(profile))


def stroke(index: int) -> Markup:
    """A piece of the curve of a pair, for a legend."""
    return element("path", {"class": f"pair p{index}", "d": "M1 5H33", "stroke-dasharray": DASHES[index] or None})


class _Axes:
    """Metres along and across to pixels."""

    def __init__(self, ends_m: float, low_m: float, high_m: float) -> None:
        self._ends_m, self._low_m, self._high_m = ends_m, low_m, high_m
        self._wide, self._tall = WIDTH_PX - _LEFT - _RIGHT, HEIGHT_PX - _TOP - _BOTTOM
        self.unit, self._per_m = ("km", 1e-3) if max(-low_m, high_m) >= 1000 else ("m", 1.0)
        self.along_unit, self._along_per_m = ("km", 1e-3) if ends_m >= 1000 else ("m", 1.0)

    def x(self, along_m: float) -> float:
        return _LEFT + along_m / self._ends_m * self._wide

    def y(self, offset_m: float) -> float:
        return _TOP + (self._high_m - offset_m) / (self._high_m - self._low_m) * self._tall

    @property
    def enlarged(self) -> str:
        """How many times the offsets are enlarged against the distances along, to two digits."""
        times = (self._tall / (self._high_m - self._low_m)) / (self._wide / self._ends_m)
        digits = 1 - floor(log10(times))
        return grouped(round(times, digits), max(digits, 0))

    def grid(self) -> Iterable[Markup]:
        """Lines at round values, with their numbers."""
        for offset in ticks(self._low_m, self._high_m, 4):
            y = px(self.y(offset))
            css = "zero" if offset == 0 else None
            yield element("path", {"class": css, "d": f"M{px(_LEFT)} {y}H{px(WIDTH_PX - _RIGHT)}"})
            yield element(
                "text",
                {"x": px(_LEFT - 8), "y": px(self.y(offset) + 4), "text-anchor": "end"},
                tick_text(offset * self._per_m, self.unit if offset else ""),
            )
        for along in ticks(0.0, self._ends_m, 8):
            x = px(self.x(along))
            yield element("path", {"class": "tick", "d": f"M{x} {px(HEIGHT_PX - _BOTTOM)}v5"})
            yield element(
                "text",
                {"x": x, "y": px(HEIGHT_PX - _BOTTOM + 18), "text-anchor": "middle"},
                tick_text(along * self._along_per_m, ""),
            )


def _points(axes: _Axes, profile: Profile) -> Floats:
    """The curve of one pair in pixels, (n, 2), its greatest offset among them."""
    kept = np.unique(np.linspace(0, len(profile.along_m) - 1, _MOST_PLACES).round().astype(np.intp))
    kept = np.union1d(kept, [_greatest(profile)])
    pairs = zip(profile.along_m[kept].tolist(), profile.offset_m[kept].tolist(), strict=True)
    return np.array([(axes.x(along_m), axes.y(offset_m)) for along_m, offset_m in pairs])


def _curve(axes: _Axes, profile: Profile, index: int) -> Markup:
    """The offsets of one pair as a stroke."""
    path = polyline(_points(axes, profile))
    return element("path", {"class": f"pair p{index}", "d": path, "stroke-dasharray": DASHES[index] or None})


def _marks(axes: _Axes, shown: tuple[Profile, ...]) -> Iterable[Markup]:
    """A ring at the greatest offset of each pair with its value, where there is room beside those already placed."""
    peaks = [(axes.x(float(p.along_m[k])), axes.y(float(p.offset_m[k]))) for p in shown for k in [_greatest(p)]]
    room = Room(WIDTH_PX, HEIGHT_PX - _BOTTOM + 4, np.concatenate([_points(axes, profile) for profile in shown]))
    room.take(0, 0, WIDTH_PX, 24)
    for x, y in peaks:
        room.take(x - 6, y - 6, x + 6, y + 6)
    for index, ((x, y), profile) in enumerate(zip(peaks, shown, strict=True)):
        words = short_value(profile)
        label = room.place(words, x, y)
        yield joined(
            element("circle", {"class": f"most p{index}", "cx": px(x), "cy": px(y), "r": "5"}),
            element(
                "text",
                {"class": "value", "x": px(x + label.dx), "y": px(y + label.dy), "text-anchor": label.anchor},
                words,
            )
            if label.fits
            else None,
        )


def short_value(profile: Profile) -> str:
    """The greatest offset and its place: `6.00 km at 468 km`."""
    at = _greatest(profile)
    return f"{rough(abs(float(profile.offset_m[at])))} at {rough(float(profile.along_m[at]))}"


def _greatest(profile: Profile) -> int:
    return int(np.argmax(np.abs(profile.offset_m)))


def _range(shown: tuple[Profile, ...]) -> tuple[float, float]:
    """The offsets that the chart spans, zero among them, with some air; never nothing."""
    low = min(0.0, *(float(profile.offset_m.min()) for profile in shown))
    high = max(0.0, *(float(profile.offset_m.max()) for profile in shown))
    air = max(0.12 * (high - low), 1e-3)
    return (low - air if low < 0 else low - air / 3), (high + air if high > 0 else high + air / 3)
