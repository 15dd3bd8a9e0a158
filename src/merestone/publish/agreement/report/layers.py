"""The layers of the map of many lines: where not all lines agree, the listed runs, the lines, who lies on either side."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from merestone.compare.claim import Strand
from merestone.compare.many.agreed import Agreement
from merestone.geodesy.line import Floats
from merestone.publish.agreement.report.drawn import DrawnLines
from merestone.publish.agreement.words import map_standing, numbered
from merestone.publish.comparison.report.head import key_picture
from merestone.publish.comparison.words import stated
from merestone.publish.report.chains import every_few_px
from merestone.publish.report.labels import Room
from merestone.publish.report.margins import keep_off_margins
from merestone.publish.report.markup import Markup, bdi, element
from merestone.publish.report.numbers import polyline
from merestone.publish.report.side_names import side_names

STROKES = 8
"""So many kinds of dash there are."""


def layers(made: Agreement, drawn: DrawnLines) -> Iterator[Markup]:
    """All layers from the lowest up."""
    yield element("g", {"class": "apart", "aria-hidden": "true"}, element("path", {"d": _path(drawn.apart)}))
    yield element("g", {"class": "runs-along", "aria-hidden": "true"}, *_runs(drawn))
    yield element("g", {"class": "versions"}, *_lines(made, drawn))
    yield element("g", {"class": "sides", "aria-hidden": "true"}, *_sides(made, drawn))


def _path(runs: tuple[Floats, ...]) -> str:
    return "".join(map(polyline, runs))


def _runs(drawn: DrawnLines) -> Iterator[Markup]:
    """The listed runs: unseen until lit."""
    for key, runs in drawn.runs.items():
        yield element("g", {"class": "on-map", "id": f"map-{key}", "data-k": key}, element("path", {"d": _path(runs)}))


def _lines(made: Agreement, drawn: DrawnLines) -> Iterator[Markup]:
    for line, (name, runs) in enumerate(zip(numbered(made), drawn.lines, strict=True)):
        key = f"v{line + 1}"
        yield element(
            "g",
            {"class": f"version s{line % STROKES}", "id": f"map-{key}", "data-k": key},
            element("title", None, name),
            element("path", {"d": _path(runs)}),
        )


def _sides(made: Agreement, drawn: DrawnLines) -> Iterator[Markup]:
    """Who lies on either side of the reference, as it says itself, along its longest strand."""
    claim, runs = made.claims[made.reference.line], drawn.lines[made.reference.line]
    open_ = [each for each in claim.strands if not each.ring and each.left and each.right]
    if not open_:
        return
    longest: Strand = max(open_, key=lambda each: len(each.lonlat))
    sheet = drawn.sheet
    room = Room(sheet.width_px, sheet.height_px, np.concatenate([every_few_px(run) for run in runs if len(run) > 1]))
    keep_off_margins(room, sheet, map_standing())
    kept = np.unique(np.linspace(0, len(longest.lonlat) - 1, 2_000).round().astype(np.intp))
    yield from side_names(room, sheet.pixels(longest.lonlat[kept]), longest.right, longest.left)


def legend(made: Agreement) -> Iterator[Markup]:
    """Each line in its stroke with whose it is, and the band where not all lines agree."""
    for line, (name, claim) in enumerate(zip(numbered(made), made.claims, strict=True)):
        stroke = element("g", {"class": f"version s{line % STROKES}"}, element("path", {"d": "M1 8H43"}))
        yield element("li", {"data-k": f"v{line + 1}"}, key_picture(stroke), " ", bdi(f"{name}: {stated(claim)}"))
    if made.parts_somewhere:
        band = element("g", {"class": "apart"}, element("path", {"d": "M1 8H43"}))
        yield element("li", None, key_picture(band), " not all lines agree")
