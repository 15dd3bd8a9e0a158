"""The layers of the map: unmatched parts, zones, partings, both lines, crossings, the zones' names, the probe."""

from __future__ import annotations

from collections.abc import Iterator
from math import sqrt

import numpy as np

from merestone.compare.comparison import Comparison, Side, Verdict, Zone
from merestone.geodesy.line import Floats
from merestone.publish.comparison.export import Crossing
from merestone.publish.comparison.report.drawn import DrawnComparison
from merestone.publish.comparison.report.shown import Shown
from merestone.publish.comparison.table_text import reach_km
from merestone.publish.comparison.words import ORDINALS, VERDICT_WORDS, chance, holders, map_standing, short_names
from merestone.publish.report.chains import every_few_px
from merestone.publish.report.labels import Label, Room
from merestone.publish.report.margins import keep_off_margins
from merestone.publish.report.markup import Attribute, Markup, element
from merestone.publish.report.numbers import metres, polyline, px, rough, square_km
from merestone.publish.report.side_names import side_names
from merestone.publish.text import plain

MOST_NAMES = 60
_LARGEST_DISC_PX, _LEAST_DISC_PX = 24.0, 3.0
_DOT_PX = 3.0
LINES = ("first", "second")
RIMS = {Verdict.DIFFERENT: None, Verdict.UNDECIDABLE: "5 3", Verdict.WITHIN_ERROR: "1.5 2.5"}
"""The rim of a zone says its verdict: whole, dashed, dotted."""


def layers(made: Comparison, parts: Shown, drawn: DrawnComparison, *, alone: bool) -> Iterator[Markup]:
    """All layers from the lowest up; `alone` without links, for a picture."""
    room = _room(made, drawn)
    yield element("defs", None, *(_hatch(side) for side in Side))
    yield element("g", {"class": "sides", "aria-hidden": "true"}, *_sides(made, drawn, room))
    names = _names(parts, drawn, room)
    yield element("g", {"class": "loose", "data-rove": "loose"}, *_loose(made, parts, drawn, alone=alone))
    yield element("g", {"class": "zones", "data-rove": "zones"}, *_zones(made, parts, drawn, alone=alone))
    if not alone:
        yield element("g", {"class": "partings", "aria-hidden": "true"}, *_partings(parts, drawn))
    yield element("g", {"class": "two", "aria-hidden": "true"}, *_lines(drawn))
    yield element("g", {"class": "crossings", "aria-hidden": "true"}, *_crossings(parts, drawn))
    yield element("g", {"class": "points", "aria-hidden": "true"}, *_numbers(parts, drawn, names, alone=alone))
    if not alone:
        yield element(
            "g", {"id": "probe", "aria-hidden": "true"}, element("path"), _probe_dot("at"), _probe_dot("foot")
        )


def _hatch(side: Side) -> Markup:
    """The hatch of the zones on one side of the first line; the script keeps its width when the map is enlarged."""
    turn = "45" if side is Side.LEFT else "-45"
    return element(
        "pattern",
        {
            "id": f"hatch-{side.value}",
            "class": f"hatch {side.value}",
            "width": "5",
            "height": "5",
            "patternUnits": "userSpaceOnUse",
            "patternTransform": f"rotate({turn})",
            "data-turn": turn,
        },
        element("rect", {"width": "5", "height": "5"}),
        element("path", {"d": "M0 0V5"} if side is Side.LEFT else {"d": "M0 0V5M2.5 0V5"}),
    )


def _room(made: Comparison, drawn: DrawnComparison) -> Room:
    """The sheet with its furniture and both lines on it."""
    sheet = drawn.sheet
    chains = [every_few_px(run) for line in drawn.lines for run in line if len(run) > 1]
    room = Room(sheet.width_px, sheet.height_px, np.concatenate(chains) if chains else np.empty((0, 2)))
    keep_off_margins(room, sheet, map_standing(made))
    return room


def _sides(made: Comparison, drawn: DrawnComparison, room: Room) -> Iterator[Markup]:
    """Who lies on either side of the longest stretch, both in the same type; both or neither."""
    if None in made.sides or not made.stretches:
        return
    longest = max(made.stretches, key=lambda stretch: sum(reach.length_m for reach in stretch.reaches))
    chains = [profile.lonlat for profile in longest.profiles if len(profile.lonlat) > 1]
    if chains and not longest.ring:
        left, right = made.sides
        kept = np.unique(np.linspace(0, len(chains[0]) - 1, 2_000).round().astype(np.intp))
        yield from side_names(room, drawn.sheet.pixels(chains[0][kept]), right, left)


def _path(runs: tuple[Floats, ...], *, closed: bool = False) -> str:
    """Path data of runs, each on its own."""
    return "".join(f"{polyline(run)}{'Z' if closed else ''}" for run in runs)


def _tie(key: str, css: str, said: str, *, alone: bool) -> tuple[str, dict[str, Attribute]]:
    """The element of a part of the map, a link to its row unless it stands alone."""
    if alone:
        return "g", {"class": css}
    return "a", {"href": f"#row-{key}", "class": css, "id": f"map-{key}", "data-k": key, "aria-label": said}


def _loose(made: Comparison, parts: Shown, drawn: DrawnComparison, *, alone: bool) -> Iterator[Markup]:
    """Parts without a counterpart: a broad soft band under the line."""
    for key, runs in drawn.unmatched.items():
        row = parts.unmatched[key]
        line = short_names(made)[int(row.of_second)]
        said = f"{metres(row.reach.length_m)} of {line} without counterpart: {plain(row.why)}"
        name, attributes = _tie(key, "unmatched", said, alone=alone)
        yield element(name, attributes, element("path", {"d": _path(runs)}))


def _zones(made: Comparison, parts: Shown, drawn: DrawnComparison, *, alone: bool) -> Iterator[Markup]:
    """The zones, larger ones first so that a small one is never covered."""
    largest_m2 = max((zone.area_m2 for zone in parts.zones.values()), default=1.0)
    for key in sorted(drawn.zones, key=lambda key: (-parts.zones[key].area_m2, parts.zones[key].number)):
        zone = parts.zones[key]
        x, y = drawn.pixel(zone.place)
        name, attributes = _tie(key, f"zone {zone.in_first.value}", zone_said(made, zone), alone=alone)
        shape = {
            "class": "area",
            "d": _path(drawn.zones[key], closed=True),
            "fill": f"url(#hatch-{zone.in_first.value})",
            "stroke-dasharray": RIMS[zone.verdict],
        }
        disc = element("circle", {"class": "disc", "r": px(disc_px(zone, largest_m2))})
        spot = {"transform": f"translate({px(x)} {px(y)})"}
        yield element(
            name,
            attributes,
            element("path", {**shape}),
            element("g", {**spot}, element("g", {"class": "fix"}, disc)),
        )


def disc_px(zone: Zone, largest_m2: float) -> float:
    """The radius of a disc whose area is in proportion to that of the zone: a strip of 200 km by 100 m is not seen on
    a page by itself."""
    return max(_LARGEST_DISC_PX * sqrt(zone.area_m2 / largest_m2), _LEAST_DISC_PX) if largest_m2 > 0 else _LEAST_DISC_PX


def zone_said(made: Comparison, zone: Zone) -> str:
    """A zone in words, for those who hear the page."""
    names, who = short_names(made), holders(zone)
    held = ", ".join(f"{one} in {line}" for one, line in zip(who, names, strict=True))
    where = ", ".join(
        f"km {reach_km(reach)} of the {ordinal}"
        for reach, ordinal in zip(zone.reaches, ORDINALS, strict=True)
        if reach is not None
    )
    return (
        f"Zone {zone.number}: {square_km(zone.area_m2)}; {held}; {rough(zone.greatest_width_m)} wide at most; {where}; "
        f"{VERDICT_WORDS[zone.verdict]}, probability {chance(zone.probability)}"
    )


def _partings(parts: Shown, drawn: DrawnComparison) -> Iterator[Markup]:
    """Stretches that part: unseen until lit."""
    for key, runs in drawn.partings.items():
        if key in parts.partings:
            yield element(
                "g", {"class": "parting", "id": f"map-{key}", "data-k": key}, element("path", {"d": _path(runs)})
            )


def _lines(drawn: DrawnComparison) -> Iterator[Markup]:
    """Both lines, the narrower above the broader, so that both are seen where they run together."""
    for name, runs in zip(LINES, drawn.lines, strict=True):
        yield element("path", {"class": f"stroke-{name}", "d": _path(runs)})


def _crossings(parts: Shown, drawn: DrawnComparison) -> Iterator[Markup]:
    for key, crossing in parts.crossings.items():
        x, y = drawn.pixel(crossing.place)
        mark = element("rect", {"x": "-3", "y": "-3", "width": "6", "height": "6"})
        attributes: dict[str, Attribute] = {"class": "crossing", "id": f"map-{key}", "data-k": key}
        attributes["transform"] = f"translate({px(x)} {px(y)})"
        yield element(
            "g", attributes, element("title", None, _crossing_said(crossing)), element("g", {"class": "fix"}, mark)
        )


def _crossing_said(crossing: Crossing) -> str:
    return plain(" ".join(part for part in (crossing.kind, crossing.name) if part))


def _names(parts: Shown, drawn: DrawnComparison, room: Room) -> dict[str, Label]:
    """Where the zones' numbers stand: largest first; those without room show when lit or when the map is enlarged."""
    ranked = sorted(parts.zones, key=lambda key: (-parts.zones[key].area_m2, parts.zones[key].number))
    placed = {
        key: room.place(parts.zones[key].name, *drawn.pixel(parts.zones[key].place), _DOT_PX)
        for key in ranked[:MOST_NAMES]
    }
    return placed | {key: Label(9.0, -5.0, "start", fits=False) for key in ranked[MOST_NAMES:]}


def _numbers(parts: Shown, drawn: DrawnComparison, names: dict[str, Label], *, alone: bool) -> Iterator[Markup]:
    """A dot in each zone with its name beside it. On a page the script leaves out what has no room at the size that
    is seen, in the order of `data-rank`, which is that of `names`."""
    ranks = {key: rank for rank, key in enumerate(names)}
    for key, zone in parts.zones.items():
        x, y = drawn.pixel(zone.place)
        label = names[key]
        if not np.isfinite([x, y]).all():
            continue
        text = {
            "x": px(label.dx),
            "y": px(label.dy),
            "text-anchor": label.anchor,
            "class": None if label.fits else "deep",
            "data-rank": None if alone else str(ranks[key]),
        }
        dot = {"class": "dot", "r": "1.8"}
        inner = (element("circle", {**dot}), element("text", {**text}, zone.name))
        yield element(
            "g",
            {"class": "number", "data-k": key, "transform": f"translate({px(x)} {px(y)})"},
            element("g", {"class": "fix"}, *inner),
        )


def _probe_dot(name: str) -> Markup:
    """One end of the connection that walks along the lines."""
    return element("g", {"class": name}, element("g", {"class": "fix"}, element("circle", {"r": "4.5"})))
