"""The profile of one line seen from the other: chainage across the page, separation to the left up and right down.

The straight axis is the line from which is measured, drawn in its own stroke; the curve is the other line in its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from merestone.compare.comparison import Comparison, Profile, Reach, Stretch
from merestone.geodesy.arrays import Indices
from merestone.geodesy.line import Floats
from merestone.publish.comparison.report.drawn import DrawnComparison
from merestone.publish.comparison.report.shown import Shown
from merestone.publish.comparison.report.strokes import LINES, zone_said
from merestone.publish.comparison.words import NOBODY, short_names, side_names
from merestone.publish.report.axes import tick_text, ticks
from merestone.publish.report.labels import text_width
from merestone.publish.report.markup import Attribute, Markup, element
from merestone.publish.report.numbers import grouped, polyline, px, rough
from merestone.publish.text import plain

WIDTH_PX, HEIGHT_PX = 720.0, 178.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 66.0, 10.0, 24.0, 36.0
_WIDE, _TALL = WIDTH_PX - _LEFT - _RIGHT, HEIGHT_PX - _TOP - _BOTTOM
_GAPS_PX = 60.0
_PARTING_PX = 5.0


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch on the axis: its strand and reach on the line seen from, its left end in pixels, pixels to a metre."""

    profile: Profile
    reach: Reach
    left_px: float
    px_per_m: float

    def x(self, along_m: Floats | float) -> Floats:
        """Pixels of chainages, kept within the stretch."""
        inside = np.clip(along_m, self.reach.from_m, self.reach.to_m)
        return np.asarray(self.left_px + (inside - self.reach.from_m) * self.px_per_m)


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart ready to be written: seen from the second line or not, its spans by the index of their stretch, and the
    separations in metres at its lower and upper edge."""

    made: Comparison
    from_second: bool
    spans: dict[int, Span]
    low_m: float
    high_m: float

    def y(self, separation_m: Floats | float) -> Floats:
        """Pixels of separations, left of the line up."""
        return np.asarray(_TOP + (self.high_m - np.asarray(separation_m)) / (self.high_m - self.low_m) * _TALL)


def chart(made: Comparison, *, from_second: bool) -> Chart | None:
    """The chart of one direction, None where no stretch has a profile."""
    which = int(from_second)
    held = {
        number: stretch
        for number, stretch in enumerate(made.stretches)
        if len(stretch.profiles[which].along_m) > 1 and stretch.reaches[which].length_m > 0.0
    }
    if not held:
        return None
    low_m, high_m = _range(made, [stretch.profiles[which] for stretch in held.values()])
    return Chart(made, from_second, _spans(held, which), low_m, high_m)


def _spans(held: dict[int, Stretch], which: int) -> dict[int, Span]:
    """The stretches one after another, with small gaps between them."""
    whole_m = sum(stretch.reaches[which].length_m for stretch in held.values())
    gap_px = min(10.0, _GAPS_PX / len(held))
    per_m = (_WIDE - gap_px * (len(held) - 1)) / whole_m
    spans, left = {}, _LEFT
    for number, stretch in held.items():
        reach = stretch.reaches[which]
        spans[number] = Span(stretch.profiles[which], reach, left, per_m)
        left += reach.length_m * per_m + gap_px
    return spans


def _range(made: Comparison, profiles: list[Profile]) -> tuple[float, float]:
    """The separations that the chart spans: zero, all of the curve with one sigma, and never less than the tolerance.

    A sigma larger than the curve is shown to half as much again, not in full: the curve is what is looked at.
    """
    curve = np.concatenate([profile.separation_m for profile in profiles])
    sigma = np.concatenate([_stated_sigma(profile) for profile in profiles])
    most = float(np.abs(curve).max())
    least = max(1.5 * made.settings.tolerance_m, 1.5 * float(np.median(sigma)), 1e-3)
    low = min(max(float((curve - sigma).min()), float(curve.min()) - most / 2), -least)
    high = max(min(float((curve + sigma).max()), float(curve.max()) + most / 2), least)
    return low * 1.08, high * 1.08


def kept(span: Span) -> Indices:
    """The stations that a pixel column can show: of each column the least and the greatest, and both ends."""
    column = np.floor(span.x(span.profile.along_m)).astype(np.intp)
    order = np.lexsort((span.profile.separation_m, column))
    edges = np.flatnonzero(np.diff(column[order])) + 1
    starts, ends = np.concatenate([[0], edges]), np.concatenate([edges - 1, [len(order) - 1]])
    return np.unique(np.concatenate([order[starts], order[ends], [0, len(order) - 1]]))


def chart_svg(made: Chart, parts: Shown, drawn: DrawnComparison | None, *, alone: bool) -> Markup:
    """The chart as an SVG element; `alone` without links and stations, for a picture."""
    said = caption(made)
    attributes: dict[str, Attribute] = {"class": "profile chart", "viewBox": f"0 0 {px(WIDTH_PX)} {px(HEIGHT_PX)}"}
    if not alone:
        attributes |= {"role": "group", "aria-label": said, "data-stations": _stations(made, drawn)}
    return element(
        "svg",
        attributes,
        element("rect", {"class": "ground", "width": px(WIDTH_PX), "height": px(HEIGHT_PX)}),
        element(
            "g", {"class": "bands", "data-rove": f"bands-{int(made.from_second)}"}, *_bands(made, parts, alone=alone)
        ),
        *_grid(made),
        *_sigma(made),
        *_tolerance(made),
        *_curves(made),
        element("g", {"class": "bars"}, *_bars(made, parts)),
        *_titles(made),
        None if alone else element("path", {"class": "cursor", "d": f"M0 {px(_TOP)}v{px(_TALL)}"}),
    )


def caption(made: Chart) -> str:
    """What the chart shows, in a sentence."""
    here, there = _names(made)
    return f"Seen from {here} (the axis): how far {there} lies to the left or right"


def _names(made: Chart) -> tuple[str, str]:
    one, two = short_names(made.made)
    return (two, one) if made.from_second else (one, two)


def _strokes(made: Chart) -> tuple[str, str]:
    one, two = LINES
    return (two, one) if made.from_second else (one, two)


def _bands(made: Chart, parts: Shown, *, alone: bool) -> Iterator[Markup]:
    """The zones where they lie along the line, numbered where there is room."""
    for key, zone in parts.zones.items():
        reach, span = zone.reaches[int(made.from_second)], made.spans.get(-1 if zone.stretch is None else zone.stretch)
        if reach is None or span is None or reach.strand != span.reach.strand:
            continue
        left, right = float(span.x(reach.from_m)), float(span.x(reach.to_m))
        wide = max(right - left, 1.5)
        band = {"x": px(left), "y": px(_TOP), "width": px(wide), "height": px(_TALL)}
        name = element("text", {"class": "n", "x": px((left + right) / 2), "y": px(_TOP - 4)}, str(zone.number))
        inner = (element("rect", {**band}), name if wide > text_width(str(zone.number), 11) + 3 else None)
        css = f"band {zone.in_first.value}"
        if alone:
            yield element("g", {"class": css}, *inner)
        else:
            said = zone_said(made.made, zone)
            yield element("a", {"href": f"#row-{key}", "class": css, "data-k": key, "aria-label": said}, *inner)


def _grid(made: Chart) -> Iterator[Markup]:
    """Lines at round separations, ticks at round chainages of each stretch that has room for them."""
    unit, per_m = ("km", 1e-3) if max(-made.low_m, made.high_m) >= 2000 else ("m", 1.0)
    for value in ticks(made.low_m, made.high_m, 4):
        y = float(made.y(value))
        yield element("path", {"d": f"M{px(_LEFT)} {px(y)}H{px(WIDTH_PX - _RIGHT)}"})
        shown = tick_text(abs(value) * per_m, "").strip()
        words = "0" if value == 0 else f"{shown} {unit}"
        yield element("text", {"x": px(_LEFT - 7), "y": px(y + 4), "text-anchor": "end"}, words)
    for span in made.spans.values():
        wide = span.reach.length_m * span.px_per_m
        if wide < 90:
            continue
        for along in ticks(span.reach.from_m, span.reach.to_m, max(int(wide / 90), 1)):
            x = px(float(span.x(along)))
            yield element("path", {"class": "tick", "d": f"M{x} {px(HEIGHT_PX - _BOTTOM)}v5"})
            yield element(
                "text",
                {"x": x, "y": px(HEIGHT_PX - _BOTTOM + 18), "text-anchor": "middle"},
                tick_text(along / 1000.0, ""),
            )


def _sigma(made: Chart) -> Iterator[Markup]:
    """The band of one standard deviation to either side of the curve."""
    for span in made.spans.values():
        sigma = _stated_sigma(span.profile)
        if not sigma.any():
            continue
        columns, starts = np.unique(np.floor(span.x(span.profile.along_m)), return_index=True)
        x = np.concatenate([[span.left_px], columns[1:-1] + 0.5, [float(span.x(span.reach.to_m))]])[: len(columns)]
        upper = _clipped(made, np.maximum.reduceat(span.profile.separation_m + sigma, starts))
        lower = _clipped(made, np.minimum.reduceat(span.profile.separation_m - sigma, starts))
        outline = np.concatenate([np.column_stack([x, upper]), np.column_stack([x, lower])[::-1]])
        yield element("path", {"class": "sigma", "d": f"{polyline(np.round(outline, 1))}Z"})


def _stated_sigma(profile: Profile) -> Floats:
    """The sigmas of a profile, 0 where none is known."""
    return np.nan_to_num(profile.sigma_m, nan=0.0, posinf=0.0)


def _clipped(made: Chart, separation_m: Floats) -> Floats:
    return np.clip(made.y(separation_m), _TOP, HEIGHT_PX - _BOTTOM)


def _tolerance(made: Chart) -> Iterator[Markup]:
    """The tolerance to either side of the axis, where it can be told from the axis."""
    for sign in (1.0, -1.0):
        y = float(made.y(sign * made.made.settings.tolerance_m))
        if abs(y - float(made.y(0.0))) > 1.5:
            yield element("path", {"class": "tolerance", "d": f"M{px(_LEFT)} {px(y)}H{px(WIDTH_PX - _RIGHT)}"})


def _curves(made: Chart) -> Iterator[Markup]:
    """The axis in the stroke of the line seen from, the curve in that of the other."""
    axis, curve = _strokes(made)
    y = px(float(made.y(0.0)))
    for span in made.spans.values():
        ends = (px(float(span.x(span.reach.from_m))), px(float(span.x(span.reach.to_m))))
        yield element("path", {"class": f"stroke-{axis}", "d": f"M{ends[0]} {y}H{ends[1]}"})
        at = kept(span)
        points = np.column_stack([span.x(span.profile.along_m[at]), made.y(span.profile.separation_m[at])])
        yield element("path", {"class": f"stroke-{curve}", "d": polyline(np.round(points, 1))})


def _bars(made: Chart, parts: Shown) -> Iterator[Markup]:
    """Where the lines are further apart than the tolerance: bars along the lower edge."""
    for key, row in parts.partings.items():
        span, reach = made.spans.get(row.stretch), row.reaches[int(made.from_second)]
        if span is None:
            continue
        left, right = float(span.x(reach.from_m)), float(span.x(reach.to_m))
        bar = {"x": px(left), "y": px(HEIGHT_PX - _BOTTOM - _PARTING_PX), "width": px(max(right - left, 1.0))}
        yield element("rect", {**bar, "class": "bar-parting", "height": px(_PARTING_PX), "data-k": key})


def _titles(made: Chart) -> Iterator[Markup]:
    """Which side is up and which is down, and what runs across."""
    left, right = side_names(made.made)
    up, down = (
        f"{side}" if who == NOBODY else f"{side}: {plain(who)}" for side, who in (("left", left), ("right", right))
    )
    yield element("text", {"class": "axis way", "x": px(_LEFT + 4), "y": px(_TOP + 13)}, f"▲ {_short(up)}")
    yield element(
        "text", {"class": "axis way", "x": px(_LEFT + 4), "y": px(HEIGHT_PX - _BOTTOM - 9)}, f"▼ {_short(down)}"
    )
    tolerance = rough(made.made.settings.tolerance_m)
    said = f"km along {_names(made)[0]}; bars: further apart than {tolerance}; shade: ± one sigma"
    place = {"class": "axis", "x": px(WIDTH_PX - _RIGHT), "y": px(HEIGHT_PX - 4), "text-anchor": "end"}
    yield element("text", {**place}, said)


def _short(words: str) -> str:
    return words if len(words) <= 36 else f"{words[:35]}…"


def _stations(made: Chart, drawn: DrawnComparison | None) -> str:
    """What the script needs to walk along: for each pixel column x on the chart, both places on the map, chainage,
    separation and sigma in metres."""
    rows: list[str] = []
    for span in made.spans.values():
        profile, at = span.profile, _one_per_column(span)
        nowhere = np.full((len(at), 2), np.nan)
        here, there = (
            (nowhere, nowhere)
            if drawn is None
            else (drawn.sheet.pixels(profile.lonlat[at]), drawn.sheet.pixels(profile.foot[at]))
        )
        columns = (
            span.x(profile.along_m[at])[:, None],
            here,
            there,
            profile.along_m[at][:, None],
            profile.separation_m[at][:, None],
            profile.sigma_m[at][:, None],
        )
        table = np.nan_to_num(np.hstack(columns), nan=-1.0, posinf=-1.0, neginf=-1.0)
        rows += [",".join(px(value) for value in row) for row in table.tolist()]
    return ";".join(rows)


def _one_per_column(span: Span) -> Indices:
    """Of each pixel column the station furthest from the axis."""
    column = np.floor(span.x(span.profile.along_m)).astype(np.intp)
    order = np.lexsort((np.abs(span.profile.separation_m), column))
    ends = np.concatenate([np.flatnonzero(np.diff(column[order])), [len(order) - 1]])
    return np.sort(order[ends])


def greatest_text(made: Chart) -> str:
    """The greatest separation on the chart in words, for the readout before anything is pointed at."""
    statistics = made.made.statistics
    if statistics is None:
        return ""
    one = statistics[int(made.from_second)]
    strand = f" of {plain(one.strand)}" if len(made.spans) > 1 else ""
    return f"Greatest: {rough(one.greatest_m)} at km {grouped(one.along_m / 1000, 2)}{strand}"
