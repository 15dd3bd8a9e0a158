"""A world comparison as one SVG picture: the lines of both versions, darker and broader the further they lie apart.

Nothing is drawn that neither version has: no coast, no land, no default boundary. No script, no request, no font.
"""

from __future__ import annotations

from collections.abc import Iterator

from merestone.compare.claim import Claim
from merestone.compare.states.shared_edges import Pairing
from merestone.compare.world.world import PairOutcome, WorldComparison
from merestone.publish.comparison.words import short_names
from merestone.publish.report.markup import Markup, element
from merestone.publish.report.numbers import grouped, px
from merestone.publish.text import counted, folded, plain
from merestone.publish.world.classes import Class, class_of, classes_for
from merestone.publish.world.export import NO_POSITION, WorldExport, summary, title
from merestone.publish.world.plane import Sheet

WIDTH_PX, EDGE_PX, HEAD_PX = 1280.0, 24.0, 116.0
NUMBERED = 10
_FOOT_PX = 206.0
_COLUMNS = 150

_STYLE = """
text{font-family:ui-sans-serif,system-ui,"Noto Sans",Arial,sans-serif;font-size:14px;fill:#1a1a1a}
.title{font-size:22px;font-weight:600}.head{font-weight:600}.soft{fill:#4a4a4a}
.net{fill:none;stroke:#e4e4e4;stroke-width:1}
.pair{fill:none;stroke-linejoin:round;stroke-linecap:round}
.alone{stroke:#8a8a8a;stroke-width:1;stroke-dasharray:3 2}
.mark{fill:#fff;stroke:#1a1a1a;stroke-width:1}.number{font-size:12px;text-anchor:middle}
"""


def write_picture(export: WorldExport) -> bytes:
    """The picture as UTF-8."""
    world, sheet = export.world, Sheet(WIDTH_PX - 2 * EDGE_PX)
    height = HEAD_PX + sheet.height_px + _FOOT_PX
    at_map = f"translate({px(EDGE_PX)} {px(HEAD_PX)})"
    root = element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "viewBox": f"0 0 {px(WIDTH_PX)} {px(height)}",
            "width": px(WIDTH_PX),
            "height": px(height),
            "role": "img",
            "aria-label": f"{title(world)}; {NO_POSITION}",
        },
        element("style", None, Markup(_STYLE)),
        element("rect", {"width": px(WIDTH_PX), "height": px(height), "fill": "#fff"}),
        *_head(world),
        element(
            "g",
            {"transform": at_map},
            element("path", {"class": "net", "d": "".join(sheet.net())}),
            *_alone(world, sheet),
            *_pairs(world, sheet),
            *_marks(world, sheet),
        ),
        *_legend(world, HEAD_PX + sheet.height_px + 30.0),
        *_list(world, HEAD_PX + sheet.height_px + 30.0),
    )
    return f"{root}\n".encode("utf-8", "surrogatepass")


def _text(x: float, y: float, words: str, name: str | None = None) -> Markup:
    return element("text", {"x": px(x), "y": px(y), "class": name}, words)


def _head(world: WorldComparison) -> Iterator[Markup]:
    """Title, what was found, and that no position is taken."""
    yield _text(EDGE_PX, 36.0, title(world), "title")
    lines = (*folded(f"{summary(world)}.", _COLUMNS), f"{NO_POSITION[:1].upper()}{NO_POSITION[1:]}.")
    for number, line in enumerate(lines):
        yield _text(EDGE_PX, 58.0 + 19.0 * number, line, "soft")


def _alone(world: WorldComparison, sheet: Sheet) -> Iterator[Markup]:
    """The lines that one version alone has, or that could not be compared."""
    left = [each.pair for each in world.outcomes if each.measures is None]
    for number, version in enumerate(world.versions):
        for pair in (*left, *(each.pair for each in world.alone[number])):
            path = _path(version.claims[pair], sheet)
            yield element("path", {"class": "pair alone", "d": path}, element("title", None, _name(pair)))


def _pairs(world: WorldComparison, sheet: Sheet) -> Iterator[Markup]:
    """The lines of both versions of every pair, the nearest first, so that none hides one that lies further apart."""
    compared = [each for each in world.outcomes if each.measures is not None]
    classes = _classes(world)
    for each in sorted(compared, key=lambda each: (each.measures.greatest_m if each.measures else 0.0, each.pair)):
        if each.measures is None:
            continue
        kind = class_of(classes, each.measures.greatest_m)
        path = "".join(_path(version.claims[each.pair], sheet) for version in world.versions)
        stroke: dict[str, str | int | bool | None] = {"stroke": kind.colour, "stroke-width": px(kind.width_px)}
        yield element("path", {"class": "pair", **stroke, "d": path}, element("title", None, _said(each)))


def _classes(world: WorldComparison) -> tuple[Class, ...]:
    """The classes for what the pairs hold."""
    return classes_for([each.measures.greatest_m for each in world.outcomes if each.measures is not None])


def _path(claim: Claim, sheet: Sheet) -> str:
    return "".join(sheet.path(strand.lonlat) for strand in claim.strands)


def _name(pair: Pairing) -> str:
    return plain(f"{pair[0]} \N{EN DASH} {pair[1]}")


def _said(outcome: PairOutcome) -> str:
    measures = outcome.measures
    if measures is None:
        return _name(outcome.pair)
    area, apart = grouped((outcome.area_m2 or 0.0) / 1e6, 1), grouped(measures.greatest_m / 1e3, 2)
    return f"{_name(outcome.pair)}: {area} km² between, {apart} km apart at most"


def _marks(world: WorldComparison, sheet: Sheet) -> Iterator[Markup]:
    """Numbers where the pairs with the largest areas lie furthest apart."""
    import numpy as np

    for rank, each in reversed(list(enumerate(world.outcomes[:NUMBERED], 1))):
        if each.measures is not None:
            x, y = sheet.places(np.array([each.measures.place]))[0].tolist()
            yield element("circle", {"class": "mark", "cx": px(x), "cy": px(y), "r": "9"})
            yield _text(x, y + 4.0, str(rank), "number")


def _legend(world: WorldComparison, top: float) -> Iterator[Markup]:
    """The classes of separation with how many pairs each has."""
    yield _text(EDGE_PX, top, "Greatest separation of the two versions", "head")
    classes = _classes(world)
    counts = dict.fromkeys(classes, 0)
    for each in world.outcomes:
        if each.measures is not None:
            counts[class_of(classes, each.measures.greatest_m)] += 1
    for number, kind in enumerate(classes):
        y = top + 22.0 * (number + 1)
        yield _line(y, kind)
        yield _text(EDGE_PX + 56.0, y + 5.0, f"{kind.words}: {counted(counts[kind], 'pair')}")
    left = sum(each.measures is None for each in world.outcomes)
    one, two = short_names(world)
    ways = f"in one version alone: {len(world.alone[0])} ({one}), {len(world.alone[1])} ({two})"
    y = top + 22.0 * (len(classes) + 1)
    yield element("path", {"class": "pair alone", "d": f"M{px(EDGE_PX)} {px(y)}h44"})
    yield _text(EDGE_PX + 56.0, y + 5.0, ways + (f"; not compared: {left}" if left else ""))


def _line(y: float, kind: Class) -> Markup:
    path = f"M{px(EDGE_PX)} {px(y)}h44"
    return element("path", {"class": "pair", "stroke": kind.colour, "stroke-width": px(kind.width_px), "d": path})


def _list(world: WorldComparison, top: float) -> Iterator[Markup]:
    """The pairs that bear numbers, in two columns."""
    x = EDGE_PX + 600.0
    yield _text(x, top, "Largest areas between the versions (number: where they lie furthest apart)", "head")
    for number, each in enumerate(world.outcomes[:NUMBERED]):
        if each.measures is not None:
            column, row = divmod(number, NUMBERED // 2)
            yield _text(x + 320.0 * column, top + 22.0 * (row + 1) + 5.0, f"{number + 1}  {_line_of(each)}")


def _line_of(outcome: PairOutcome) -> str:
    measures = outcome.measures
    size = (
        ""
        if measures is None
        else f"{grouped((outcome.area_m2 or 0.0) / 1e6, 0)} km², {measures.greatest_m / 1e3:.1f} km"
    )
    return f"{_name(outcome.pair)}: {size}"
