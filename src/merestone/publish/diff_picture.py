"""Two versions of a line as one SVG picture: the whole line with what moved, and close-ups of where legs moved most.

The old line is broken, the new one whole, the land between tinted; none of them has the colour of a party.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from merestone.compare.texts.displacement import Displacement
from merestone.compare.texts.leg_shifts import LegShift, LegShifts
from merestone.compare.texts.trace import edges_of, trace
from merestone.delimit.boundary_line import BoundaryLine, CompiledLeg
from merestone.errors import MerestoneError
from merestone.geodesy.ellipsoid import Ellipsoid
from merestone.geodesy.line import Flags, Floats, Place
from merestone.publish.diff_names import names_svg
from merestone.publish.export import NOT_AGREED
from merestone.publish.report.furniture import furniture, furniture_boxes
from merestone.publish.report.graticule import clipped
from merestone.publish.report.labels import Box, wrapped
from merestone.publish.report.markup import Markup, element
from merestone.publish.report.net import edge_labels, graticule_svg
from merestone.publish.report.numbers import polyline, px
from merestone.publish.report.projection import suited_to
from merestone.publish.report.sheet import WIDTH_PX, Sheet, sheet_for
from merestone.publish.report.style import MAP, PALETTE
from merestone.publish.report.trace import trace as drawn_places
from merestone.publish.shift_words import leg_sentence
from merestone.publish.text import plain

MOST_CLOSE_UPS = 6
STANDING = f"{NOT_AGREED}, without prejudice"
_EDGE_PX = 20.0
_GAP_PX = 20.0
_CLOSE_PX = ((WIDTH_PX - _GAP_PX) / 2, 270.0)
_CLOSE_UP_OF = 7.0
"""A close-up is so many times as wide as the leg moved."""
_LEAST_CLOSE_UP_M = 0.05
_FAR = 40.0
"""How many sheets away a place of a close-up is clamped: only edges that it does not show are moved by that."""
_SEEN_PX = 60.0
"""What moved by more pixels than this is seen without a close-up."""
_LINE_PX = {"title": 30.0, "small": 19.0}

STYLE = (
    f"{PALETTE}{MAP}"
    """
.sheet{fill:#fff}
svg .title{font-family:ui-serif,Georgia,"Noto Serif",serif;font-size:24px;font-weight:600}
svg .small{font-size:13px;fill:var(--ink)}
svg .soft{fill:var(--soft)}
.versions path{fill:none;stroke:var(--ink);stroke-width:2.2;stroke-linejoin:round}
.versions .halo{stroke:var(--ground);stroke-width:5.5}
.versions .was{stroke:var(--loxodrome);stroke-width:2.4;stroke-dasharray:7 4}
.versions .land{fill:var(--lit);fill-opacity:.6;stroke:none;fill-rule:evenodd}
.versions .spot{fill:none;stroke:var(--accent);stroke-width:1.8}
.versions .dot{fill:var(--ground);stroke:var(--ink);stroke-width:1.5}
.versions .name{font-weight:600;paint-order:stroke;stroke:var(--ground);stroke-width:3.5px}
.versions .number{font-size:13px;font-weight:700;fill:var(--accent);text-anchor:middle;paint-order:stroke;
stroke:var(--ground);stroke-width:4px}
"""
)


class NothingToDrawError(MerestoneError):
    """A picture was asked for of two lines that cannot be laid on one another, or of none; says why."""

    def __init__(self, why: str) -> None:
        super().__init__(f"the difference cannot be drawn: {why}")
        self.why = why


@dataclass(frozen=True, slots=True)
class _Close:
    """A close-up: its number, what moved there, the place in its middle, its sheet."""

    number: int
    sentences: tuple[str, ...]
    place: Place
    sheet: Sheet


def diff_picture(old: BoundaryLine, new: BoundaryLine, shifts: LegShifts) -> bytes:
    """The picture as a file of its own, UTF-8. Raises `NothingToDrawError` where neither line has a leg."""
    return f"{diff_svg(old, new, shifts)}\n".encode()


def diff_svg(old: BoundaryLine, new: BoundaryLine, shifts: LegShifts) -> Markup:
    """The picture as an SVG element; both lines counted in one frame, and what moved between them.

    Raises `NothingToDrawError` where neither line has a leg.
    """
    legs = [*old.legs, *new.legs]
    if not legs:
        raise NothingToDrawError("no leg of either line could be computed")
    ellipsoid = legs[0].frame.ellipsoid
    sheet = sheet_for(ellipsoid, np.concatenate([drawn_places(leg) for leg in legs]))
    closes = _close_ups(ellipsoid, sheet, shifts)
    head = list(_head(old, new))
    below = _EDGE_PX + sum(_LINE_PX[css] for css, _ in head) + 8.0
    captions = [[line for said in close.sentences for line in wrapped(said, 52)] for close in closes]
    deep = max((len(lines) for lines in captions), default=0) * _LINE_PX["small"] + 8.0
    rows = (len(closes) + 1) // 2
    height = below + sheet.height_px + _EDGE_PX + rows * (_CLOSE_PX[1] + deep + _GAP_PX)
    width = WIDTH_PX + 2 * _EDGE_PX
    parts = [element("g", {"transform": f"translate({px(_EDGE_PX)} 0)"}, *_written(head, _EDGE_PX))]
    parts.append(_map(sheet, old, new, shifts, closes, (_EDGE_PX, below)))
    top = below + sheet.height_px + _GAP_PX
    for index, (close, lines) in enumerate(zip(closes, captions, strict=True)):
        x = _EDGE_PX + (index % 2) * (_CLOSE_PX[0] + _GAP_PX)
        y = top + (index // 2) * (_CLOSE_PX[1] + deep + _GAP_PX)
        parts.append(_map(close.sheet, old, new, shifts, (), (x, y)))
        said = [("small", line) for line in lines]
        parts.append(element("g", {"transform": f"translate({px(x)} {px(y + _CLOSE_PX[1])})"}, *_written(said, 0.0)))
    return _root(width, height, new, parts)


def _root(width: float, height: float, new: BoundaryLine, parts: Sequence[Markup]) -> Markup:
    return element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "class": "picture map",
            "viewBox": f"0 0 {px(width)} {px(height)}",
            "width": px(width),
            "height": px(height),
            "role": "img",
            "aria-label": f"What moved between two versions of {plain(new.title)}; {NOT_AGREED}",
        },
        element("style", None, Markup(STYLE)),
        element("rect", {"class": "sheet", "width": px(width), "height": px(height)}),
        *parts,
    )


def _head(old: BoundaryLine, new: BoundaryLine) -> Iterator[tuple[str, str]]:
    """The lines above the map."""
    for line in wrapped(f"What moved: {plain(new.title)}", 48):
        yield "title", line
    yield "small", f"dashed: the old line, reading by {plain(old.reading_by)}"
    yield "small", f"solid: the new line, reading by {plain(new.reading_by)}"


def _written(lines: Sequence[tuple[str, str]], top: float) -> Iterator[Markup]:
    y = top
    for css, words in lines:
        y += _LINE_PX[css]
        yield element("text", {"class": css, "y": px(y)}, words)


# ---- sheets -----------------------------------------------------------------------------------------------------


def _close_ups(ellipsoid: Ellipsoid, overview: Sheet, shifts: LegShifts) -> list[_Close]:
    """Close-ups of where legs moved most, in the order of the line, where the overview shows too little; legs that
    meet there share one."""
    closes: list[_Close] = []
    least_m = _SEEN_PX * overview.metres_per_px
    for leg in _most_moved(shifts, least_m):
        if leg.shift is None:
            continue
        found = leg.shift.displacement
        said = leg_sentence(leg, shifts.tolerance_m)
        shared = next((close for close in closes if _is_within(close, found.place)), None)
        if shared is not None:
            closes[closes.index(shared)] = replace(shared, sentences=(*shared.sentences, said))
        else:
            number = len(closes) + 1
            closes.append(_Close(number, (f"{number}: {said}",), found.place, _close_sheet(ellipsoid, found)))
    return closes


def _most_moved(shifts: LegShifts, least_m: float) -> list[LegShift]:
    """The legs that moved most, in the order of the line, less than the overview shows."""
    moved = [(leg.shift.displacement.greatest_m, index) for index, leg in enumerate(shifts.legs) if leg.shift]
    shown = sorted((far_m, index) for far_m, index in moved if shifts.tolerance_m < far_m < least_m)
    return [shifts.legs[index] for index in sorted(index for _, index in shown[-MOST_CLOSE_UPS:])]


def _is_within(close: _Close, place: Place) -> bool:
    """Whether a place lies well inside the sheet of a close-up."""
    x, y = close.sheet.pixels(np.array([place]))[0]
    inside = abs(x / close.sheet.width_px - 0.5) < 0.25 and abs(y / close.sheet.height_px - 0.5) < 0.25
    return bool(inside)


def _close_sheet(ellipsoid: Ellipsoid, found: Displacement) -> Sheet:
    places = np.array([found.place, found.foot])
    projection = suited_to(ellipsoid, places)
    middle = projection.forward(places).mean(axis=0)
    metres_per_px = max(found.greatest_m, _LEAST_CLOSE_UP_M) * _CLOSE_UP_OF / _CLOSE_PX[0]
    return Sheet(projection, (float(middle[0]), float(middle[1])), metres_per_px, _CLOSE_PX[1], _CLOSE_PX[0])


def _map(
    sheet: Sheet,
    old: BoundaryLine,
    new: BoundaryLine,
    shifts: LegShifts,
    closes: Sequence[_Close],
    corner: tuple[float, float],
) -> Markup:
    """One sheet at its place: ground, graticule, land between, both lines, where the close-ups are."""
    standing = STANDING if _is_overview(sheet) else ""
    size = {"x": px(corner[0]), "y": px(corner[1]), "width": px(sheet.width_px), "height": px(sheet.height_px)}
    return element(
        "svg",
        {**size, "viewBox": f"0 0 {px(sheet.width_px)} {px(sheet.height_px)}"},
        element("rect", {"class": "ground", "width": px(sheet.width_px), "height": px(sheet.height_px)}),
        *graticule_svg(sheet),
        element(
            "g",
            {"class": "versions"},
            *_land(sheet, old, new, shifts),
            *_versions(sheet, old, new),
            *(names_svg(sheet, new, STANDING, _spot_boxes(sheet, closes)) if _is_overview(sheet) else ()),
            *_spots(sheet, closes),
        ),
        element("g", {"class": "edges"}, *edge_labels(sheet, furniture_boxes(sheet, standing))),
        furniture(sheet, standing),
    )


def _versions(sheet: Sheet, old: BoundaryLine, new: BoundaryLine) -> Iterator[Markup]:
    """Both lines, the broken one on top so that it shows where they run together."""
    for css, line in (("halo", new), ("now", new), ("was", old)):
        runs = [polyline(run) for leg in line.legs for run in _runs(sheet, leg)]
        if runs:
            yield element("path", {"class": css, "d": "".join(runs)})


def _runs(sheet: Sheet, leg: CompiledLeg) -> tuple[Floats, ...]:
    """The runs of a leg on a sheet; what runs off a close-up is cut by its own frame."""
    pixels = _pixels(sheet, leg)
    return clipped(pixels, sheet.width_px, sheet.height_px) if _is_overview(sheet) else (pixels,)


def _is_overview(sheet: Sheet) -> bool:
    return sheet.width_px == WIDTH_PX


def _pixels(sheet: Sheet, leg: CompiledLeg) -> Floats:
    """A leg on a sheet (n, 2): drawn coarsely on the overview, as exactly as it is known where a close-up shows it.

    Of what lies off the sheet one place in fifty is enough; clamped far outside, no number grows long.
    """
    if _is_overview(sheet):
        return sheet.pixels(drawn_places(leg))
    pixels = sheet.pixels(trace(edges_of(leg.line)).lonlat)
    size = np.array([sheet.width_px, sheet.height_px])
    on: Flags = np.asarray(((pixels > -size) & (pixels < 2.0 * size)).all(axis=1), dtype=np.bool_)
    near: Flags = on.copy()
    near[1:] |= on[:-1]
    near[:-1] |= on[1:]
    near[::50] = near[-1] = True
    return np.asarray(np.clip(pixels[near], -_FAR * size, _FAR * size))


def _land(sheet: Sheet, old: BoundaryLine, new: BoundaryLine, shifts: LegShifts) -> Iterator[Markup]:
    """The land between the two versions of every leg that moved."""
    before = {(leg.section, leg.name): leg for leg in old.legs}
    after = {(leg.section, leg.name): leg for leg in new.legs}
    for leg in shifts.legs:
        ones, others = leg.old_legs or (leg.old,), leg.new_legs or (leg.new,)
        if leg.shift is None or not set(ones) <= set(before) or not set(others) <= set(after):
            continue
        one = np.concatenate([_pixels(sheet, before[name]) for name in ones])
        other = np.concatenate([_pixels(sheet, after[name]) for name in others])
        ring = np.concatenate([one, other if leg.shift.displacement.turned else other[::-1]])
        ring = ring[np.isfinite(ring).all(axis=1)]
        if len(ring) > 2:
            yield element("path", {"class": "land", "d": f"{polyline(ring)}Z"})


def _spot_boxes(sheet: Sheet, closes: Sequence[_Close]) -> list[Box]:
    """The room of the circles that stand for close-ups, with their numbers above."""
    at = sheet.pixels(np.array([close.place for close in closes]).reshape(-1, 2))
    return [(x - 10.0, y - 26.0, x + 10.0, y + 10.0) for x, y in at.tolist()]


def _spots(sheet: Sheet, closes: Sequence[_Close]) -> Iterator[Markup]:
    """Where the close-ups are, by their numbers."""
    if not closes:
        return
    at = sheet.pixels(np.array([close.place for close in closes]))
    for close, (x, y) in zip(closes, at.tolist(), strict=True):
        yield element("circle", {"class": "spot", "cx": px(x), "cy": px(y), "r": "9"})
        yield element("text", {"class": "number", "x": px(x), "y": px(y - 13)}, str(close.number))
