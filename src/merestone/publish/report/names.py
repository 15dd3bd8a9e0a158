"""The names on the map: of points, and of who lies on either side."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from merestone.delimit.boundary_line import CompiledSection
from merestone.publish.report.anchors import MOST_MARKERS
from merestone.publish.report.badges import BADGE_PX, badge_spot
from merestone.publish.report.chains import every_few_px
from merestone.publish.report.clauses import party_titles
from merestone.publish.report.drawn import DrawnMap
from merestone.publish.report.labels import Label, Room
from merestone.publish.report.margins import keep_off_margins
from merestone.publish.report.markup import Markup
from merestone.publish.report.side_names import side_names
from merestone.publish.report.ties import TiedVertex
from merestone.publish.text import plain

_MOST_NAMES = 48


def room_on(drawn: DrawnMap) -> Room:
    """The sheet with the furniture's corners, the markers and the line already on it."""
    sheet = drawn.sheet
    chains = [every_few_px(part.chain) for part in drawn.parts if part.chain is not None]
    room = Room(sheet.width_px, sheet.height_px, np.concatenate(chains) if chains else np.empty((0, 2)))
    keep_off_margins(room, sheet, drawn.matter.standing)
    for x, y in filter(None, (badge_spot(part, drawn.pixels) for part in drawn.parts)):
        room.take(x - BADGE_PX, y - BADGE_PX, x + BADGE_PX, y + BADGE_PX)
    for x, y in list(drawn.pixels.values())[:MOST_MARKERS]:
        room.take(x - 5, y - 5, x + 5, y + 5)
    return room


def places_of_names(drawn: DrawnMap, room: Room) -> dict[str, Label]:
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


def sides_svg(drawn: DrawnMap, room: Room) -> Iterable[Markup]:
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
    """The two names of a section."""
    chains = [p.chain for p in drawn.parts if p.tied.section is section and p.chain is not None and len(p.chain) > 1]
    right, left = (
        None if who in (None, "nobody", "open") else titles.get(who, who) for who in (section.right, section.left)
    )
    if chains:
        yield from side_names(room, np.concatenate(chains), right, left)
