"""What stands around the map: scale bar, north, and whose reading it is."""

from __future__ import annotations

from collections.abc import Iterable
from math import floor, log10

from merestone.publish.report.labels import Box, text_width, wrapped
from merestone.publish.report.markup import Markup, element
from merestone.publish.report.numbers import grouped, px
from merestone.publish.report.sheet import Sheet

_BAR_PX = 150.0
_NEAR_POLE_DEG = 89.9
_STANDING_COLUMNS = 74
_LINE_EM = 1.25
_STANDING_PX = 12.0


def round_length(limit_m: float) -> float:
    """The greatest of 1, 2, 5 times a power of ten that is no more than a length, in metres."""
    power = 10.0 ** floor(log10(limit_m))
    return next(step * power for step in (5.0, 2.0, 1.0) if step * power <= limit_m * (1 + 1e-12))


def bar_label(length_m: float) -> str:
    """The length of the bar in km or m."""
    if length_m >= 1000:
        return f"{grouped(length_m / 1000, 0)} km"
    return f"{grouped(length_m, 0 if length_m >= 1 else 2)} m"


def furniture(sheet: Sheet, standing: str) -> Markup:
    """The marginal drawings of a map in the sheet's own pixels."""
    return element(
        "g",
        {"class": "furniture", "aria-hidden": "true"},
        _scale_bar(sheet),
        _north(sheet),
        element("g", {"class": "standing"}, *_standing(sheet, standing)),
        element(
            "rect",
            {
                "class": "neatline",
                "x": "0.5",
                "y": "0.5",
                "width": px(sheet.width_px - 1),
                "height": px(sheet.height_px - 1),
            },
        ),
    )


def furniture_boxes(sheet: Sheet, standing: str) -> tuple[Box, ...]:
    """The rectangles of scale bar, north arrow and standing in pixels."""
    wide, high = sheet.width_px, sheet.height_px
    length_px = round_length(_BAR_PX * sheet.metres_per_px) / sheet.metres_per_px
    lines = _balanced(standing)
    said = max(text_width(line, _STANDING_PX) for line in lines)
    top = high - 24 - _STANDING_PX - _STANDING_PX * _LINE_EM * (len(lines) - 1)
    return (
        (10.0, high - 50.0, 16.0 + length_px + 70.0, high - 24.0),
        (wide - 42.0, 6.0, wide - 10.0, 60.0),
        (wide - 10.0 - said, top, wide - 10.0, high - 20.0),
    )


def _scale_bar(sheet: Sheet) -> Markup:
    """A bar in two halves, true at the centre of the map; the script redraws it when the map is enlarged."""
    length_m = round_length(_BAR_PX * sheet.metres_per_px)
    wide = length_m / sheet.metres_per_px
    return element(
        "g",
        {"class": "bar", "transform": f"translate(16 {px(sheet.height_px - 34)})"},
        element("rect", {"class": "pad", "x": "-6", "y": "-16", "width": px(wide + 76), "height": "26"}),
        element("rect", {"class": "whole", "width": px(wide), "height": "5"}),
        element("rect", {"class": "half", "width": px(wide / 2), "height": "5"}),
        element("text", {"x": px(wide + 6), "y": "7"}, bar_label(length_m)),
        element("text", {"class": "zero", "x": "0", "y": "-4"}, "0"),
    )


def _north(sheet: Sheet) -> Markup | None:
    """An arrow to true north at the centre of the map; none where the centre is a pole and every way is south."""
    if abs(sheet.projection.centre[1]) > _NEAR_POLE_DEG:
        return None
    return element(
        "g",
        {"class": "north", "transform": f"translate({px(sheet.width_px - 26)} 34)"},
        element("path", {"class": "pad", "d": "M-16 -28H16V26H-16Z"}),
        element("path", {"class": "arrow", "d": "M0 -12L6 14L0 9L-6 14Z"}),
        element("text", {"y": "-15"}, "N"),
    )


def _balanced(words: str) -> list[str]:
    """A sentence in as few lines as fit beside the scale bar, three at most, of about the same length."""
    needed = len(wrapped(words, _STANDING_COLUMNS))
    wide = next(wide for wide in range(8, _STANDING_COLUMNS + 1) if len(wrapped(words, wide)) <= needed)
    return list(wrapped(words, wide))[:3]


def _standing(sheet: Sheet, standing: str) -> Iterable[Markup]:
    """The standing in the map itself, in lines that fit, one above the other whatever the size of the type."""
    lines, x = _balanced(standing), px(sheet.width_px - 10)
    rows = (
        element("tspan", {"x": x, "dy": f"{_LINE_EM if index else -_LINE_EM * (len(lines) - 1):g}em"}, words)
        for index, words in enumerate(lines)
    )
    yield element("text", {"x": x, "y": px(sheet.height_px - 24), "text-anchor": "end"}, *rows)
