"""The graticule of a sheet as SVG, with its labels at the edges."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from merestone.publish.report import graticule
from merestone.publish.report.labels import Box, meet, text_width
from merestone.publish.report.markup import Markup, element
from merestone.publish.report.numbers import polyline, px
from merestone.publish.report.sheet import Sheet

_GRATICULE_PX = 110.0
_FINER = 5
_EDGE_PX = 34.0
_NORTH_PX = 75.0
_TEXT_PX = 11.0


def graticule_svg(sheet: Sheet) -> Iterable[Markup]:
    """The graticule in two densities: the second shows when the map is enlarged."""
    for css, finer in (("coarse", 1), ("fine", _FINER)):
        lines = [_graticule_line(line) for line in graticule_lines(sheet, finer)]
        yield element("g", {"class": f"graticule {css}", "aria-hidden": "true"}, *lines)


def _graticule_line(line: graticule.GraticuleLine) -> Markup:
    return element(
        "path",
        {
            "d": "".join(polyline(run) for run in line.runs),
            "data-l": line.label,
            "data-m": "1" if line.meridian else None,
        },
    )


def graticule_lines(sheet: Sheet, finer: int = 1) -> list[graticule.GraticuleLine]:
    """The parallels and meridians on a sheet; `finer` times as many."""
    west, south, east, north = _bounds(sheet)
    degrees_per_px = sheet.metres_per_px / 111_320.0
    wanted = _GRATICULE_PX * degrees_per_px / finer
    narrow = max(np.cos(np.radians(min(abs(sheet.projection.centre[1]), 88.0))), 0.05)
    step_lat, step_lon = graticule.interval(wanted), graticule.interval(wanted / narrow)
    lines = []
    for seconds in graticule.multiples(west, east, step_lon):
        if seconds == graticule.multiples(west, east, step_lon)[0] + 1_296_000:
            continue
        latitudes = graticule.sampled(max(south, -89.0), min(north, 89.0))
        places = np.column_stack([np.full_like(latitudes, float(seconds) / 3600), latitudes])
        lines.append((True, graticule.label(seconds, "EW", step_lon), places))
    for seconds in graticule.multiples(max(south, -89.0), min(north, 89.0), step_lat):
        longitudes = graticule.sampled(west, east)
        places = np.column_stack([longitudes, np.full_like(longitudes, float(seconds) / 3600)])
        lines.append((False, graticule.label(seconds, "NS", step_lat), places))
    found = (
        graticule.GraticuleLine(
            meridian, label, graticule.clipped(sheet.pixels(places), sheet.width_px, sheet.height_px)
        )
        for meridian, label, places in lines
    )
    return [line for line in found if line.runs]


def _bounds(sheet: Sheet) -> tuple[float, float, float, float]:
    """West, south, east and north of what the sheet shows; the whole turn where a pole lies on it."""
    x, y = np.meshgrid(np.linspace(0, sheet.width_px, 33), np.linspace(0, sheet.height_px, 33))
    places = sheet.places(np.column_stack([x.ravel(), y.ravel()]))
    places = places[np.isfinite(places).all(axis=1)]
    west, south = (float(edge) for edge in places.min(axis=0))
    east, north = (float(edge) for edge in places.max(axis=0))
    for pole in (90.0, -90.0):
        (px_x, px_y) = sheet.pixels(np.array([[sheet.projection.centre[0], pole]]))[0]
        if 0 <= px_x <= sheet.width_px and 0 <= px_y <= sheet.height_px:
            west, east = sheet.projection.centre[0] - 180.0, sheet.projection.centre[0] + 180.0
            south, north = (south, 90.0) if pole > 0 else (-90.0, north)
    return west, south, east, north


@dataclass(frozen=True, slots=True)
class EdgeText:
    """The label of a graticule line at the edge of a map: where its base line begins, ends or has its middle."""

    x: float
    y: float
    anchor: str | None
    words: str

    @property
    def box(self) -> Box:
        """The rectangle that it covers, in pixels."""
        wide = text_width(self.words, _TEXT_PX)
        left = self.x - {None: 0.0, "m": wide / 2, "e": wide}[self.anchor]
        return left, self.y - _TEXT_PX, left + wide, self.y + 3.0


def edge_labels(sheet: Sheet, taken: Sequence[Box]) -> Iterable[Markup]:
    """The labels at the edges as SVG. The script moves them with the map."""
    for text in edge_texts(sheet, taken):
        yield element("text", {"x": px(text.x), "y": px(text.y), "class": text.anchor}, text.words)


def edge_texts(sheet: Sheet, taken: Sequence[Box]) -> list[EdgeText]:
    """The labels that cover neither one another nor what is taken, in the order of the lines."""
    kept: list[EdgeText] = []
    for text in filter(None, (_edge_text(sheet, line) for line in graticule_lines(sheet))):
        if not any(meet(text.box, box) for box in (*taken, *(one.box for one in kept))):
            kept.append(text)
    return kept


def _edge_text(sheet: Sheet, line: graticule.GraticuleLine) -> EdgeText | None:
    """A label where a meridian leaves the bottom or top of the map and a parallel its left or right side; of a parallel
    that closes on the map, at its lowest place."""
    axis, size = (1, sheet.height_px) if line.meridian else (0, sheet.width_px)
    ends = np.concatenate(line.runs)
    across = sheet.width_px if line.meridian else sheet.height_px
    inner = ends[(ends[:, 1 - axis] > _EDGE_PX) & (ends[:, 1 - axis] < across - _EDGE_PX)]
    far, near = inner[np.abs(inner[:, axis] - size) < 0.5], inner[np.abs(inner[:, axis]) < 0.5]
    if line.meridian:
        at = (far[0, 0], sheet.height_px - 5) if len(far) else (near[0, 0], 14.0) if len(near) else None
        return None if at is None else EdgeText(float(at[0]), at[1], "m", line.label)
    if len(near):
        return EdgeText(5.0, float(near[0, 1]) - 4, None, line.label)
    if len(far):
        return EdgeText(size - 5, float(far[0, 1]) - 4, "e", line.label) if far[0, 1] > _NORTH_PX else None
    if len(inner):
        x, y = inner[int(np.argmax(inner[:, 1]))].tolist()
        return EdgeText(x, y - 4, "m", line.label)
    return None
