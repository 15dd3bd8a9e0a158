"""The map: the line, its points and gaps, graticule, scale, north, legend and standing, as SVG without a request.

The outer drawing has a fixed size. In it lies the `view`, whose viewBox the page's script changes to zoom and pan;
what keeps its size (names, badges, markers) sits in groups of class `fix`, scaled back by `--s`.
"""

from __future__ import annotations

from merestone.publish.report.anchors import Anchors
from merestone.publish.report.drawn import DrawnMap
from merestone.publish.report.furniture import furniture
from merestone.publish.report.markup import Attribute, Markup, element
from merestone.publish.report.names import places_of_names, room_on, sides_svg
from merestone.publish.report.net import edge_labels, graticule_svg
from merestone.publish.report.numbers import px
from merestone.publish.report.strokes import part_svg, points_svg
from merestone.publish.text import plain


def map_svg(drawn: DrawnMap, anchors: Anchors | None) -> Markup:
    """The map as an SVG element; without `anchors` it stands alone, without links."""
    sheet = drawn.sheet
    size = f"0 0 {px(sheet.width_px)} {px(sheet.height_px)}"
    room = room_on(drawn)
    names = places_of_names(drawn, room)
    view = element(
        "svg",
        {"id": "view", "viewBox": size, "width": px(sheet.width_px), "height": px(sheet.height_px)},
        *graticule_svg(sheet),
        element("g", {"class": "sides", "aria-hidden": "true"}, *sides_svg(drawn, room)),
        element(
            "g",
            {"class": "lines", "data-rove": "legs"},
            *(part_svg(part, drawn.pixels, anchors) for part in drawn.parts),
        ),
        element("g", {"class": "points", "data-rove": "points"}, *points_svg(drawn, names, anchors)),
    )
    attributes: dict[str, Attribute] = {
        "class": "map",
        "viewBox": size,
        "xmlns": "http://www.w3.org/2000/svg" if anchors is None else None,
    }
    if anchors is not None:
        attributes |= {
            "id": "map",
            "role": "group",
            "aria-label": f"Map of {plain(drawn.matter.line.title)}; {plain(drawn.matter.standing)}",
            "data-scale": f"{sheet.metres_per_px:.9g}",
        }
    return element(
        "svg",
        attributes,
        element("rect", {"class": "ground", "width": px(sheet.width_px), "height": px(sheet.height_px)}),
        view,
        element("g", {"class": "edges", "aria-hidden": "true"}, *edge_labels(sheet)),
        furniture(sheet, drawn.matter.standing),
    )
