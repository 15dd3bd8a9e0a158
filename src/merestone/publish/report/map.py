"""The map of a line: its legs, points and gaps on the sheet, as SVG without a request."""

from __future__ import annotations

from merestone.publish.report.anchors import Anchors
from merestone.publish.report.drawn import DrawnMap
from merestone.publish.report.framed import framed
from merestone.publish.report.markup import Markup, element
from merestone.publish.report.names import places_of_names, room_on, sides_svg
from merestone.publish.report.strokes import part_svg, points_svg
from merestone.publish.text import plain


def map_svg(drawn: DrawnMap, anchors: Anchors | None) -> Markup:
    """The map as an SVG element; without `anchors` it stands alone, without links."""
    room = room_on(drawn)
    names = places_of_names(drawn, room)
    layers = (
        element("g", {"class": "sides", "aria-hidden": "true"}, *sides_svg(drawn, room)),
        element(
            "g",
            {"class": "lines", "data-rove": "legs"},
            *(part_svg(part, drawn.pixels, anchors) for part in drawn.parts),
        ),
        element("g", {"class": "points", "data-rove": "points"}, *points_svg(drawn, names, anchors)),
    )
    matter = drawn.matter
    said = f"Map of {plain(matter.line.title)}; {plain(matter.standing)}"
    return framed(drawn.sheet, layers, matter.standing, None if anchors is None else said)
