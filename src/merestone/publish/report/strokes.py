"""The legs, gaps and vertices of the map as SVG: what is seen, what catches the pointer, what is said aloud."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from merestone.delimit.boundary_line import Gap
from merestone.publish.report.anchors import MOST_MARKERS, Anchors
from merestone.publish.report.badges import BADGE_PX, badge_spot
from merestone.publish.report.chains import finite_runs
from merestone.publish.report.drawn import DrawnMap, DrawnPart
from merestone.publish.report.kinds import STATUS_DASHES, kind_text, style_of
from merestone.publish.report.labels import Label
from merestone.publish.report.markup import Markup, element
from merestone.publish.report.names import shortened
from merestone.publish.report.numbers import metres, polyline, px
from merestone.publish.report.ties import TiedPart, TiedVertex
from merestone.publish.text import plain

_CROWDED_PX = 13.0


def part_svg(part: DrawnPart, pixels: dict[str, tuple[float, float]], anchors: Anchors | None) -> Markup | None:
    """A leg or gap: what is seen, a wider stroke that catches the pointer, and its badge."""
    if part.chain is None:
        return None
    tied = part.tied
    runs = [run for run in finite_runs(part.chain) if len(run) > 1]
    path = "".join(polyline(run) for run in runs)
    css, badge, dash, said = _look(tied)
    inner = (
        element("path", {"class": "halo", "d": path}),
        element("path", {"class": "ink", "d": path, "stroke-dasharray": dash or None}),
        None if anchors is None else element("path", {"class": "hit", "d": path}),
        _badge(part, badge, pixels),
    )
    if anchors is None:
        return element("g", {"class": css}, *inner)
    near = " ".join(dict.fromkeys((tied.vertices[0], tied.vertices[-1]))) if tied.vertices else None
    return element(
        "a",
        {
            "href": anchors.to_words(tied.key),
            "class": css,
            "id": f"map-{tied.key}",
            "data-k": tied.key,
            "data-near": near,
            "aria-label": said,
        },
        *inner,
    )


def _look(tied: TiedPart) -> tuple[str, str, str, str]:
    """Class, badge, dash and spoken name of a part."""
    part, section = tied.part, tied.section
    if isinstance(part, Gap):
        return "gap", "?", "3 6", f"Gap {plain(part.name)} of {plain(section.name)}: {plain(part.why.sentence)}"
    style = style_of(part)
    said = f"Leg {plain(part.name)} of {plain(section.name)}, {plain(kind_text(part))}, {metres(part.length_m)}"
    return f"leg k-{style.css}", style.letter, STATUS_DASHES[section.status], said


def _badge(part: DrawnPart, letter: str, pixels: dict[str, tuple[float, float]]) -> Markup | None:
    """The letter of the kind on a part that is long enough to bear it."""
    spot = badge_spot(part, pixels)
    if spot is None:
        return None
    x, y = spot
    return element(
        "g",
        {"class": "badge", "transform": f"translate({px(x)} {px(y)})"},
        element("g", {"class": "fix"}, element("circle", {"r": px(BADGE_PX)}), element("text", {"y": "4.5"}, letter)),
    )


def points_svg(drawn: DrawnMap, names: dict[str, Label], anchors: Anchors | None) -> Iterable[Markup]:
    """The vertices: a marker, its name, a link to its row."""
    crowded = _crowded(drawn)
    ranks = {key: rank for rank, key in enumerate(names)}
    for vertex in drawn.ties.vertices[:MOST_MARKERS]:
        x, y = drawn.pixels[vertex.key]
        if not np.isfinite([x, y]).all():
            continue
        kind = _kind_of_point(vertex, crowded=vertex.key in crowded)
        inner = element("g", {"class": "fix"}, *_marker(vertex, names.get(vertex.key), ranks.get(vertex.key, 0)))
        move = f"translate({px(x)} {px(y)})"
        if anchors is None:
            yield element("g", {"class": kind, "transform": move}, inner)
            continue
        yield element(
            "a",
            {
                "href": anchors.to_words(vertex.key),
                "class": kind,
                "transform": move,
                "id": f"map-{vertex.key}",
                "data-k": vertex.key,
                "data-near": " ".join(vertex.parts) or None,
                "aria-label": f"Point {plain(vertex.name)}" if vertex.name else f"Vertex {vertex.key[1:]}",
            },
            inner,
        )


def _crowded(drawn: DrawnMap) -> set[str]:
    """The vertices so near to the one before that full markers would run into one another."""
    keys = list(drawn.pixels)
    at = np.array([*drawn.pixels.values()])
    near = np.hypot(*np.diff(at, axis=0).T) < _CROWDED_PX
    many = np.count_nonzero(near) > len(keys) / 3
    return {key for key, close in zip(keys[1:], near.tolist(), strict=True) if close and many}


def _kind_of_point(vertex: TiedVertex, *, crowded: bool) -> str:
    """The class of a marker: a point with a name, a mere bend, a point that is not on the line."""
    if not vertex.parts:
        return "point aside"
    return "point" if vertex.name and not crowded else "bend"


def _marker(vertex: TiedVertex, label: Label | None, rank: int) -> Iterable[Markup]:
    """The sign of a vertex and its name; a name without room is shown when it is lit or the map enlarged."""
    yield element("circle", {"class": "hit", "r": "12"})
    yield element("circle", {"class": "dot", "r": "4.5" if vertex.name else "2.2"})
    if label is not None:
        yield element(
            "text",
            {
                "x": px(label.dx),
                "y": px(label.dy),
                "text-anchor": label.anchor,
                "class": None if label.fits else "deep",
                "data-rank": str(rank),
            },
            shortened(vertex),
        )
