"""The profile of one line seen from the other: chainage across the page, separation to the left up and right down.

The straight axis is the line from which is measured, drawn in its own stroke; the curve is the other line in its own.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from merestone.geodesy.line import Floats
from merestone.publish.comparison.report.chart_axes import (
    BOTTOM_PX,
    HEIGHT_PX,
    LEFT_PX,
    RIGHT_PX,
    TALL_PX,
    TOP_PX,
    WIDTH_PX,
    Chart,
    kept,
    one_per_column,
    stated_sigma,
)
from merestone.publish.comparison.report.drawn import DrawnComparison
from merestone.publish.comparison.report.shown import Shown
from merestone.publish.comparison.report.strokes import LINES, zone_said
from merestone.publish.comparison.words import NOBODY, short_names, side_names
from merestone.publish.report.axes import tick_text, ticks
from merestone.publish.report.labels import text_width
from merestone.publish.report.markup import Attribute, Markup, element
from merestone.publish.report.numbers import grouped, polyline, px, rough
from merestone.publish.text import plain

_PARTING_PX = 5.0


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
        None if alone else element("path", {"class": "cursor", "d": f"M0 {px(TOP_PX)}v{px(TALL_PX)}"}),
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
        band = {"x": px(left), "y": px(TOP_PX), "width": px(wide), "height": px(TALL_PX)}
        name = element("text", {"class": "n", "x": px((left + right) / 2), "y": px(TOP_PX - 4)}, str(zone.number))
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
        yield element("path", {"d": f"M{px(LEFT_PX)} {px(y)}H{px(WIDTH_PX - RIGHT_PX)}"})
        shown = tick_text(abs(value) * per_m, "").strip()
        words = "0" if value == 0 else f"{shown} {unit}"
        yield element("text", {"x": px(LEFT_PX - 7), "y": px(y + 4), "text-anchor": "end"}, words)
    for span in made.spans.values():
        wide = span.reach.length_m * span.px_per_m
        if wide < 90:
            continue
        for along in ticks(span.reach.from_m, span.reach.to_m, max(int(wide / 90), 1)):
            x = px(float(span.x(along)))
            yield element("path", {"class": "tick", "d": f"M{x} {px(HEIGHT_PX - BOTTOM_PX)}v5"})
            yield element(
                "text",
                {"x": x, "y": px(HEIGHT_PX - BOTTOM_PX + 18), "text-anchor": "middle"},
                tick_text(along / 1000.0, ""),
            )


def _sigma(made: Chart) -> Iterator[Markup]:
    """The band of one standard deviation to either side of the curve."""
    for span in made.spans.values():
        sigma = stated_sigma(span.profile)
        if not sigma.any():
            continue
        columns, starts = np.unique(np.floor(span.x(span.profile.along_m)), return_index=True)
        x = np.concatenate([[span.left_px], columns[1:-1] + 0.5, [float(span.x(span.reach.to_m))]])[: len(columns)]
        upper = _clipped(made, np.maximum.reduceat(span.profile.separation_m + sigma, starts))
        lower = _clipped(made, np.minimum.reduceat(span.profile.separation_m - sigma, starts))
        outline = np.concatenate([np.column_stack([x, upper]), np.column_stack([x, lower])[::-1]])
        yield element("path", {"class": "sigma", "d": f"{polyline(np.round(outline, 1))}Z"})


def _clipped(made: Chart, separation_m: Floats) -> Floats:
    return np.clip(made.y(separation_m), TOP_PX, HEIGHT_PX - BOTTOM_PX)


def _tolerance(made: Chart) -> Iterator[Markup]:
    """The tolerance to either side of the axis, where it can be told from the axis."""
    for sign in (1.0, -1.0):
        y = float(made.y(sign * made.made.settings.tolerance_m))
        if abs(y - float(made.y(0.0))) > 1.5:
            yield element("path", {"class": "tolerance", "d": f"M{px(LEFT_PX)} {px(y)}H{px(WIDTH_PX - RIGHT_PX)}"})


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
        bar = {"x": px(left), "y": px(HEIGHT_PX - BOTTOM_PX - _PARTING_PX), "width": px(max(right - left, 1.0))}
        yield element("rect", {**bar, "class": "bar-parting", "height": px(_PARTING_PX), "data-k": key})


def _titles(made: Chart) -> Iterator[Markup]:
    """Which side is up and which is down, and what runs across."""
    left, right = side_names(made.made)
    up, down = (
        f"{side}" if who == NOBODY else f"{side}: {plain(who)}" for side, who in (("left", left), ("right", right))
    )
    yield element("text", {"class": "axis way", "x": px(LEFT_PX + 4), "y": px(TOP_PX + 13)}, f"▲ {_short(up)}")
    yield element(
        "text", {"class": "axis way", "x": px(LEFT_PX + 4), "y": px(HEIGHT_PX - BOTTOM_PX - 9)}, f"▼ {_short(down)}"
    )
    tolerance = rough(made.made.settings.tolerance_m)
    said = f"km along {_names(made)[0]}; bars: further apart than {tolerance}; shade: ± one standard deviation"
    place = {"class": "axis", "x": px(WIDTH_PX - RIGHT_PX), "y": px(HEIGHT_PX - 4), "text-anchor": "end"}
    yield element("text", {**place}, said)


def _short(words: str) -> str:
    return words if len(words) <= 36 else f"{words[:35]}…"


def _stations(made: Chart, drawn: DrawnComparison | None) -> str:
    """What the script needs to walk along: for each pixel column x on the chart, both places on the map, chainage,
    separation and sigma in metres."""
    rows: list[str] = []
    for span in made.spans.values():
        profile, at = span.profile, one_per_column(span)
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


def greatest_text(made: Chart) -> str:
    """The greatest separation on the chart in words, for the readout before anything is pointed at."""
    statistics = made.made.statistics
    if statistics is None:
        return ""
    one = statistics[int(made.from_second)]
    strand = f" of {plain(one.strand)}" if len(made.spans) > 1 else ""
    return f"Greatest: {rough(one.greatest_m)} at km {grouped(one.along_m / 1000, 2)}{strand}"
