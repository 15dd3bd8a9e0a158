"""The names on the map: of points, and of who lies on either side."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from merestone.delimit.boundary_line import CompiledSection
from merestone.geodesy.line import Floats
from merestone.publish.report.anchors import MOST_MARKERS
from merestone.publish.report.clauses import party_titles
from merestone.publish.report.drawn import DrawnMap, beside
from merestone.publish.report.labels import Label, Room, text_width
from merestone.publish.report.markup import Markup, element
from merestone.publish.report.numbers import px
from merestone.publish.report.ties import TiedVertex
from merestone.publish.text import plain

_MOST_NAMES = 48
_SHARES = (0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8, 0.1, 0.9)


def room_on(drawn: DrawnMap) -> Room:
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
    """The two names of a section, in the same type, off the line where that can be; both or neither."""
    chains = [p.chain for p in drawn.parts if p.tied.section is section and p.chain is not None and len(p.chain) > 1]
    named = [
        (titles.get(who, who), sign)
        for who, sign in ((section.right, 1.0), (section.left, -1.0))
        if who not in (None, "nobody", "open")
    ]
    if not chains:
        return
    chain = np.concatenate(chains)
    spots = [_spot(room, chain[np.isfinite(chain).all(axis=1)], plain(words), sign) for words, sign in named]
    if None in spots:
        return
    for (words, _), spot in zip(named, spots, strict=True):
        x, y = spot or (0.0, 0.0)
        label = element("text", {"class": "side fix"}, plain(words))
        yield element("g", {"transform": f"translate({px(x)} {px(y)})"}, label)


def _spot(room: Room, chain: Floats, words: str, sign: float) -> tuple[float, float] | None:
    """Where the name of a side can stand: near the middle and off the line first; takes its room."""
    wide = text_width(words, 17) * 1.2
    for most_crossed in (0, 4):
        for away, share in ((away, share) for away in (46, 70, 100, 140) for share in _SHARES):
            x, y = beside(chain, share, sign * (away + wide * 0.25))
            box = (x - wide / 2 - 4, y - 14, x + wide / 2 + 4, y + 10)
            if room.free(box) and room.crossed(box) <= most_crossed:
                room.take(*box)
                return x, y
    return None
