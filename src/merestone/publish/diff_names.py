"""The names on the map of a difference: the points of the new line, and who lies on either side of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from merestone.delimit.boundary_line import UNITS_PER_DEGREE, BoundaryLine
from merestone.description.tree import Parties
from merestone.geodesy.line import Floats
from merestone.publish.report.chains import every_few_px
from merestone.publish.report.labels import Box, Room
from merestone.publish.report.margins import keep_off_margins
from merestone.publish.report.markup import Markup, element
from merestone.publish.report.numbers import px
from merestone.publish.report.sheet import Sheet
from merestone.publish.report.side_names import side_names
from merestone.publish.report.trace import trace
from merestone.publish.text import plain

MOST_NAMES = 60
_LONGEST = 24


def names_svg(sheet: Sheet, line: BoundaryLine, standing: str, taken: Iterable[Box]) -> Iterator[Markup]:
    """The names of the sides, then of the points, each where it covers neither the line nor another name."""
    chains = [sheet.pixels(trace(leg)) for leg in line.legs]
    drawn = [every_few_px(chain) for chain in chains if np.isfinite(chain).all(axis=1).any()]
    room = Room(sheet.width_px, sheet.height_px, np.concatenate(drawn) if drawn else np.empty((0, 2)))
    keep_off_margins(room, sheet, standing)
    for box in taken:
        room.take(*box)
    points = list(_points(sheet, line).items())[:MOST_NAMES]
    for _, (x, y) in points:
        room.take(x - 3, y - 3, x + 3, y + 3)
    yield from _sides(room, sheet, line)
    for name, (x, y) in points:
        label = room.place(name, x, y)
        yield element("circle", {"class": "dot", "cx": px(x), "cy": px(y), "r": "3"})
        if label.fits:
            at = {"x": px(x + label.dx), "y": px(y + label.dy), "text-anchor": label.anchor}
            yield element("text", {"class": "name", **at}, name)


def _points(sheet: Sheet, line: BoundaryLine) -> dict[str, tuple[float, float]]:
    """The named vertices of the line in pixels, each once."""
    found: dict[str, tuple[float, float]] = {}
    for leg in line.legs:
        at: Floats = sheet.pixels(np.asarray(leg.vertices / UNITS_PER_DEGREE))
        for name, (x, y) in zip(leg.vertex_names, at.tolist(), strict=True):
            if name and np.isfinite([x, y]).all():
                short = plain(name)
                found.setdefault(short if len(short) <= _LONGEST else f"{short[: _LONGEST - 1]}…", (x, y))
    return found


def _sides(room: Room, sheet: Sheet, line: BoundaryLine) -> Iterator[Markup]:
    """Both parties' names beside the first section that says who lies there."""
    titles = {
        party.name.text: party.title
        for one in line.description.statements
        if isinstance(one, Parties)
        for party in one.parties
    }
    for section in line.sections:
        if section.ring or not section.legs or not (section.right or section.left):
            continue
        right, left = (
            None if who in (None, "nobody", "open") else titles.get(who, who) for who in (section.right, section.left)
        )
        yield from side_names(room, np.concatenate([sheet.pixels(trace(leg)) for leg in section.legs]), right, left)
        return
