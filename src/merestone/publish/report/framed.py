"""The frame of a map: graticule below what is drawn, edges, scale, north and standing around it.

The outer drawing has a fixed size. In it lies the `view`, whose viewBox the page's script changes to zoom and pan;
what keeps its size (names, badges, markers) sits in groups of class `fix`, scaled back by `--s`.
"""

from __future__ import annotations

from collections.abc import Iterable

from merestone.publish.report.furniture import furniture, furniture_boxes
from merestone.publish.report.markup import Attribute, Markup, element
from merestone.publish.report.net import edge_labels, graticule_svg
from merestone.publish.report.numbers import px
from merestone.publish.report.sheet import Sheet


def framed(sheet: Sheet, layers: Iterable[Markup], standing: str, said: str | None) -> Markup:
    """The layers on their sheet as an SVG element: part of a page under the spoken name `said`, or standing alone
    where that is None."""
    size = f"0 0 {px(sheet.width_px)} {px(sheet.height_px)}"
    view = element(
        "svg",
        {"id": "view", "viewBox": size, "width": px(sheet.width_px), "height": px(sheet.height_px)},
        *graticule_svg(sheet),
        *layers,
    )
    attributes: dict[str, Attribute] = {
        "class": "map",
        "viewBox": size,
        "xmlns": "http://www.w3.org/2000/svg" if said is None else None,
    }
    if said is not None:
        attributes |= {"id": "map", "role": "group", "aria-label": said, "data-scale": f"{sheet.metres_per_px:.9g}"}
    return element(
        "svg",
        attributes,
        element("rect", {"class": "ground", "width": px(sheet.width_px), "height": px(sheet.height_px)}),
        view,
        element("g", {"class": "edges", "aria-hidden": "true"}, *edge_labels(sheet, furniture_boxes(sheet, standing))),
        furniture(sheet, standing),
    )
