"""The map: the line, its points and gaps, graticule, scale, north, legend and standing, as SVG without a request.

The outer drawing has a fixed size. In it lies the `view`, whose viewBox the page's script changes to zoom and pan;
what keeps its size (names, badges, markers) sits in groups of class `fix`, scaled back by `--s`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from merestone.delimit.boundary_line import CompiledLeg, CompiledSection, Gap
from merestone.geodesy.line import Floats
from merestone.publish.report import graticule
from merestone.publish.report.clauses import party_titles
from merestone.publish.report.furniture import furniture
from merestone.publish.report.kinds import STATUS_DASHES, kind_text, style_of
from merestone.publish.report.labels import Label, Room, text_width
from merestone.publish.report.markup import Markup, element
from merestone.publish.report.model import Matter
from merestone.publish.report.numbers import metres, polyline, px
from merestone.publish.report.sheet import Sheet, sheet_for
from merestone.publish.report.ties import TiedPart, Ties, TiedVertex
from merestone.publish.report.trace import trace
from merestone.publish.text import plain

MOST_MARKERS = 1_500
"""More vertices than this are not marked one by one: the line itself shows them."""

_GRATICULE_PX = 110.0
_FINER = 5
_BADGE_PX = 10.0
_MOST_NAMES = 48
_CROWDED_PX = 13.0


@dataclass(frozen=True, slots=True)
class DrawnPart:
    """A leg or gap with its chain in pixels (n, 2), None where nothing of it can be drawn."""

    tied: TiedPart
    chain: Floats | None


@dataclass(frozen=True, slots=True)
class DrawnMap:
    """The map ready to be written: its sheet and what lies on it."""

    matter: Matter
    ties: Ties
    sheet: Sheet
    parts: tuple[DrawnPart, ...]
    pixels: dict[str, tuple[float, float]]
    """Vertices by key, in pixels."""


def draw(matter: Matter, ties: Ties) -> DrawnMap | None:
    """The map of a line, None where it has no frame or nothing to draw."""
    line = matter.line
    if line.frame is None or not ties.vertices:
        return None
    places = {vertex.key: vertex.place for vertex in ties.vertices}
    chains = [_chain(tied, places) for tied in ties.parts]
    known = [chain for chain in chains if chain is not None]
    everything = np.concatenate([*known, np.array([*places.values()])])
    sheet = sheet_for(line.frame.ellipsoid, everything)
    parts = tuple(
        DrawnPart(tied, None if chain is None else sheet.pixels(chain))
        for tied, chain in zip(ties.parts, chains, strict=True)
    )
    at = sheet.pixels(np.array([*places.values()]))
    pixels = {key: (x, y) for key, (x, y) in zip(places, at.tolist(), strict=True)}
    return DrawnMap(matter, ties, sheet, parts, pixels)


def _chain(tied: TiedPart, places: dict[str, Floats]) -> Floats | None:
    """The places of a part: a leg's curve, the straight joint of a gap's known ends."""
    if isinstance(tied.part, CompiledLeg):
        return trace(tied.part)
    if len(tied.vertices) < 2:
        return None
    start, end = (places[key] for key in tied.vertices)
    turn = 360.0 * np.round((start[0] - end[0]) / 360.0)
    share = np.linspace(0.0, 1.0, 17)[:, None]
    result: Floats = start + share * (end + np.array([turn, 0.0]) - start)
    return result


def map_svg(drawn: DrawnMap, *, standalone: bool = False) -> Markup:
    """The map as an SVG element; `standalone` leaves out what needs the page around it (links)."""
    sheet = drawn.sheet
    size = f"0 0 {px(sheet.width_px)} {px(sheet.height_px)}"
    room = _room(drawn)
    names = _places_of_names(drawn, room)
    view = element(
        "svg",
        {"id": "view", "viewBox": size, "width": px(sheet.width_px), "height": px(sheet.height_px)},
        *_graticule(sheet),
        element("g", {"class": "sides", "aria-hidden": "true"}, *_sides(drawn, room)),
        element("g", {"class": "lines", "data-rove": "legs"}, *(_part(part, standalone) for part in drawn.parts)),
        element("g", {"class": "points", "data-rove": "points"}, *_points(drawn, names, standalone)),
    )
    attributes = {"class": "map", "viewBox": size, "xmlns": "http://www.w3.org/2000/svg" if standalone else None}
    if not standalone:
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
        element("g", {"class": "edges", "aria-hidden": "true"}, *_edge_labels(sheet)),
        furniture(sheet, drawn.matter.standing),
    )


# ---- graticule --------------------------------------------------------------------------------------------------


def _graticule(sheet: Sheet) -> Iterable[Markup]:
    """The graticule in two densities: the second shows when the map is enlarged."""
    for css, finer in (("coarse", 1), ("fine", _FINER)):
        lines = [_graticule_line(line) for line in graticule_lines(sheet, finer)]
        yield element("g", {"class": f"graticule {css}", "aria-hidden": "true"}, *lines)


def _graticule_line(line: graticule.GraticuleLine) -> Markup:
    return element(
        "path",
        {"d": "".join(polyline(run) for run in line.runs), "data-l": line.label, "data-m": line.meridian},
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


def _edge_labels(sheet: Sheet) -> Iterable[Markup]:
    """Labels where meridians leave the bottom of the map and parallels its left side (the script moves them)."""
    for line in graticule_lines(sheet):
        ends = np.concatenate(line.runs)
        if line.meridian:
            at = ends[np.abs(ends[:, 1] - sheet.height_px) < 0.5]
            if len(at) and 20 < at[0, 0] < sheet.width_px - 20:
                yield element("text", {"x": px(at[0, 0]), "y": px(sheet.height_px - 5), "class": "m"}, line.label)
        else:
            at = ends[np.abs(ends[:, 0]) < 0.5]
            if len(at) and 20 < at[0, 1] < sheet.height_px - 20:
                yield element("text", {"x": "5", "y": px(at[0, 1] - 4)}, line.label)


# ---- names ------------------------------------------------------------------------------------------------------


def _room(drawn: DrawnMap) -> Room:
    """The sheet with the furniture's corners, the markers and the line already on it."""
    sheet = drawn.sheet
    chains = [_every_few_px(part.chain) for part in drawn.parts if part.chain is not None]
    room = Room(sheet.width_px, sheet.height_px, np.concatenate(chains) if chains else np.empty((0, 2)))
    room.take(0, sheet.height_px - 62, sheet.width_px, sheet.height_px)
    room.take(sheet.width_px - 50, 0, sheet.width_px, 66)
    for x, y in list(drawn.pixels.values())[:MOST_MARKERS]:
        room.take(x - 5, y - 5, x + 5, y + 5)
    return room


def _every_few_px(chain: Floats) -> Floats:
    """A chain with a place at least every 5 pixels, for counting what a name would cover."""
    finite = chain[np.isfinite(chain).all(axis=1)]
    steps = np.hypot(*np.diff(finite, axis=0).T) if len(finite) > 1 else np.empty(0)
    ends = np.concatenate([[0.0], np.cumsum(steps)])
    along = np.linspace(0.0, ends[-1], min(int(ends[-1] / 5) + 2, 4_000))
    return np.column_stack([np.interp(along, ends, finite[:, axis]) for axis in (0, 1)])


def _places_of_names(drawn: DrawnMap, room: Room) -> dict[str, Label]:
    """Where the names stand: ends of sections first, then the others in order."""
    ends = {key for tied in drawn.ties.parts if len(tied.vertices) > 1 for key in (tied.vertices[0], tied.vertices[-1])}
    named = [vertex for vertex in drawn.ties.vertices if vertex.name and vertex.key in drawn.pixels][:MOST_MARKERS]
    if len(named) <= _MOST_NAMES:
        ordered = sorted(named, key=lambda vertex: vertex.key not in ends)
    else:
        ranked = sorted(enumerate(named), key=lambda one: (_rank(one[0], len(named)), one[0]))
        ordered = [vertex for _, vertex in ranked]
    shown = {vertex.key: room.place(shortened(vertex), *drawn.pixels[vertex.key]) for vertex in ordered[:_MOST_NAMES]}
    return shown | {vertex.key: Label(9.0, -5.0, "start", fits=False) for vertex in ordered[_MOST_NAMES:]}


def _rank(index: int, count: int) -> int:
    """In which round a name of many is placed: both ends, then the middle, the quarters, and so on."""
    if index in (0, count - 1):
        return 0
    return next(round_ for round_ in range(1, 64) if (index << round_) // count != ((index - 1) << round_) // count)


def shortened(vertex: TiedVertex) -> str:
    """The name of a vertex for the map: 24 characters at most."""
    name = plain(vertex.name)
    return name if len(name) <= 24 else f"{name[:23]}…"


def _sides(drawn: DrawnMap, room: Room) -> Iterable[Markup]:
    """The names of who lies on either side, one beside the longest leg of each section, both in the same type."""
    titles = party_titles(drawn.matter)
    done: set[tuple[str | None, str | None]] = set()
    for section in drawn.matter.line.sections:
        sides = (section.right, section.left)
        if section.ring or sides in done or not any(sides):
            continue
        done.add(sides)
        yield from _two_sides(drawn, room, section, titles)


def _two_sides(drawn: DrawnMap, room: Room, section: CompiledSection, titles: dict[str, str]) -> Iterable[Markup]:
    """The two names of a section, at the same distance from the middle of its longest leg where there is room."""
    chains = [p.chain for p in drawn.parts if p.tied.section is section and p.chain is not None and len(p.chain) > 1]
    if not chains:
        return
    chain = max(chains, key=_chain_px)
    for name, sign in ((section.right, 1.0), (section.left, -1.0)):
        words = titles.get(name or "", "" if name in ("nobody", "open", None) else str(name))
        wide = text_width(plain(words), 17)
        for share, away in ((s, a) for a in (46, 70, 100, 140) for s in (0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8)):
            x, y = _beside(chain, share, sign * (away + wide * 0.25))
            box = (x - wide / 2 - 4, y - 14, x + wide / 2 + 4, y + 10)
            if words and room.free(box) and not room.crossed(box):
                room.take(*box)
                yield element(
                    "g",
                    {"transform": f"translate({px(x)} {px(y)})"},
                    element("text", {"class": "side fix"}, plain(words)),
                )
                break


def _chain_px(chain: Floats) -> float:
    return float(np.nansum(np.hypot(*np.diff(chain, axis=0).T)))


def _beside(chain: Floats, share: float, away_px: float) -> tuple[float, float]:
    """The point so far to the right (positive) of a chain, at a share of its length."""
    steps = np.nan_to_num(np.hypot(*np.diff(chain, axis=0).T))
    ends = np.concatenate([[0.0], np.cumsum(steps)])
    index = int(np.clip(np.searchsorted(ends, share * ends[-1]), 1, len(chain) - 1))
    (x, y), (dx, dy) = chain[index], chain[index] - chain[index - 1]
    size = float(np.hypot(dx, dy)) or 1.0
    return float(x - dy / size * away_px), float(y + dx / size * away_px)


# ---- line and points --------------------------------------------------------------------------------------------


def _part(part: DrawnPart, standalone: bool) -> Markup | None:
    """A leg or gap: what is seen, a wider stroke that catches the pointer, and its badge."""
    if part.chain is None:
        return None
    tied = part.tied
    runs = [run for run in _finite_runs(part.chain) if len(run) > 1]
    path = "".join(polyline(run) for run in runs)
    css, badge, dash, said = _look(tied)
    inner = (
        element("path", {"class": "halo", "d": path}),
        element("path", {"class": "ink", "d": path, "stroke-dasharray": dash or None}),
        None if standalone else element("path", {"class": "hit", "d": path}),
        _badge(part.chain, badge),
    )
    if standalone:
        return element("g", {"class": css}, *inner)
    near = " ".join(dict.fromkeys((tied.vertices[0], tied.vertices[-1]))) if tied.vertices else None
    return element(
        "a",
        {
            "href": f"#clause-{tied.key}",
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


def _badge(chain: Floats, letter: str) -> Markup | None:
    """The letter of the kind in the middle of a part, where the part is long enough to bear it."""
    if _chain_px(chain) < 5 * _BADGE_PX:
        return None
    x, y = _beside(chain, 0.5, 0.0)
    return element(
        "g",
        {"class": "badge", "transform": f"translate({px(x)} {px(y)})"},
        element("g", {"class": "fix"}, element("circle", {"r": px(_BADGE_PX)}), element("text", {"y": "4.5"}, letter)),
    )


def _finite_runs(chain: Floats) -> list[Floats]:
    """The runs of a chain that have an image."""
    finite = np.isfinite(chain).all(axis=1)
    edges = np.flatnonzero(np.diff(finite.astype(np.int8))) + 1
    return [run for run in np.split(chain, edges) if np.isfinite(run).all()]


def _points(drawn: DrawnMap, names: dict[str, Label], standalone: bool) -> Iterable[Markup]:
    """The vertices: a marker, its name, a link to its row."""
    crowded = _crowded(drawn)
    for vertex in drawn.ties.vertices[:MOST_MARKERS]:
        x, y = drawn.pixels[vertex.key]
        if not np.isfinite([x, y]).all():
            continue
        kind = _kind_of_point(vertex, crowded=vertex.key in crowded)
        inner = element("g", {"class": "fix"}, *_marker(vertex, names.get(vertex.key)))
        move = f"translate({px(x)} {px(y)})"
        if standalone:
            yield element("g", {"class": kind, "transform": move}, inner)
            continue
        yield element(
            "a",
            {
                "href": f"#row-{vertex.key}",
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


def _marker(vertex: TiedVertex, label: Label | None) -> Iterable[Markup]:
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
            },
            shortened(vertex),
        )
