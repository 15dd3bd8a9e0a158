"""What else is in force where an act draws its lines: the same line under another name, written from its other end, or a stretch of
it. Both parties could put one line in force twice without seeing it, and then end it under one name only."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from merestone.casefile.register.desk import Desk, called
from merestone.compare.lines.run_together import RunTogether, run_together
from merestone.compare.texts.trace import Trace, trace
from merestone.delimit.boundary_line import UNITS_PER_DEGREE
from merestone.errors import MerestoneError
from merestone.geodesy.chained import ChainedLine
from merestone.geodesy.ellipsoid import Ellipsoid
from merestone.geodesy.line import Floats
from merestone.geodesy.lines.chain import geodesic_chain, loxodrome_chain
from merestone.publish.line_reader import read_line
from merestone.publish.register.measured_legs import ellipsoid_of
from merestone.publish.stored_line import StoredFrame, StoredLeg, StoredLine
from merestone.register.ledger import ON_TRACK
from merestone.register.objects import Act, Change, Content, Reference, Status
from merestone.register.track import Segment, placed

TOLERANCE_M = 1.0
"""Lines in one frame that lie no farther apart than this are one line on the ground."""
OTHER_FRAME_M = 1_000.0
"""Between frames whose relation is not looked at here, coordinates of one place differ by no more than this."""
LEAST = 10.0
"""How many tolerances long a stretch is that is told: two lines that leave one place run together for less."""
_STRAIGHT_IN_LONLAT = frozenset({"parallel", "meridian", "straight in lon/lat"})
_SPACING_M = 1_000.0
_MARGIN = 0.2


@dataclass(frozen=True, slots=True)
class _Other:
    """A line that is, or would be, in force under another name: what it is called, and the SHA-256 of its bytes."""

    what: str
    sha256: str


def beside(desk: Desk, content: Content, digest: str) -> tuple[str, ...]:
    """For each line of an act what runs along it under another name, each in a sentence; `digest` is the act's own."""
    if not isinstance(content, Act):
        return ()
    return tuple(
        sentence
        for change in content.changes
        if change.text.line is not None and change.status is not Status.ENDED
        for other in _others(desk, content, change, digest)
        for sentence in _said(desk, change.section, change.text.line.sha256, other)
    )


# ---- which lines ------------------------------------------------------------------------------------------------------


def _others(desk: Desk, act: Act, change: Change, digest: str) -> Iterator[_Other]:
    """Lines in force once the act is, lines of the act itself, and lines that other offers on the desk would put in force."""
    for section in desk.store.sections(desk.store.size):
        if section != change.section:
            yield from _in_force(desk, act, change, section)
    for other in act.changes:
        if other.section != change.section and other.text.line is not None and _meet(change, other):
            yield _Other(f"section {other.section} of this act", other.text.line.sha256)
    for offer in desk.offers():
        if offer.digest == digest or offer.is_dead or not isinstance(offer.content, Act):
            continue
        for other in offer.content.changes:
            on_track = other.status in ON_TRACK - {Status.ENDED}
            if on_track and other.section != change.section and other.text.line is not None and _meet(change, other):
                what = f"section {other.section} of the offer {offer.digest[:8]} {called(offer.content)}"
                yield _Other(what, other.text.line.sha256)


def _in_force(desk: Desk, act: Act, change: Change, section: str) -> Iterator[_Other]:
    for each in _track(desk, act, section):
        standing = desk.store.standing(each.change)
        if standing is None or standing.change.status is Status.ENDED or standing.change.text.line is None:
            continue
        if not _overlap((change.valid_from, change.valid_to), (each.begin, each.end)):
            continue
        until = f" to {each.end}" if each.end else ""
        place = f"entry {each.change.index}/{each.change.change}"
        what = f"section {section}, {standing.change.status.value} from {each.begin}{until} by {place}"
        yield _Other(what, standing.change.text.line.sha256)


def _track(desk: Desk, act: Act, section: str) -> Sequence[Segment]:
    """What is left of the track of another section when the act is an entry."""
    own = next((each for each in act.changes if each.section == section and each.status in ON_TRACK), None)
    there = desk.store.segments(section)
    if own is None:
        return there
    new = Segment(own.valid_from, own.valid_to, Reference(desk.store.size, 0))
    return [each for each in placed(there, new)[0] if each is not new]


def _meet(one: Change, other: Change) -> bool:
    return _overlap((one.valid_from, one.valid_to), (other.valid_from, other.valid_to))


def _overlap(one: tuple[str, str], other: tuple[str, str]) -> bool:
    """Whether two spans of dates, the end of each not included and an empty end open, have a day in common."""
    return (not other[1] or one[0] < other[1]) and (not one[1] or other[0] < one[1])


# ---- how they lie -----------------------------------------------------------------------------------------------------


def _said(desk: Desk, section: str, own: str, other: _Other) -> Iterator[str]:
    begin = f"section {section}: its line"
    if own == other.sha256:
        yield f"{begin} is byte for byte the line of {other.what}"
        return
    try:
        one, two = read_line(desk.blob(own)), read_line(desk.blob(other.sha256))
        if one.frame is None or two.frame is None:
            yield f"{begin} was not compared with the line of {other.what}: one of the two lines does not have a frame"
            return
        same_frame = _is_one_frame(one.frame, two.frame)
        tolerance_m = TOLERANCE_M if same_frame else OTHER_FRAME_M
        found = _together(one, two, tolerance_m) if _are_near(one, two) else None
    except (MerestoneError, ValueError) as trouble:
        yield f"{begin} could not be compared with the line of {other.what}: {trouble}"
        return
    if found is not None:
        frames = (
            ""
            if same_frame
            else f"; its frame is {one.frame.name} and that of the other line is {two.frame.name}: the coordinates were compared as printed"
        )
        yield f"{begin} {_how(found, tolerance_m, other.what)}{frames}"


def _how(found: RunTogether, tolerance_m: float, what: str) -> str:
    if found.is_whole:
        turned = ", written from the other end" if found.is_backwards else ""
        return f"is the line of {what}{turned}; the two lines are at most {found.apart_m:,.3f} m apart"
    ways = ", which is written in the other direction" if found.is_backwards else ""
    return (
        f"runs along the line of {what}{ways}, for {found.along_first_m:,.1f} m; its length is {found.first_m:,.1f} m, and that of "
        f"the other line {found.second_m:,.1f} m; along this stretch they are at most {tolerance_m:g} m apart"
    )


def _is_one_frame(one: StoredFrame, other: StoredFrame) -> bool:
    """Whether two frames are the same but for their epoch, which moves coordinates by decimetres."""
    return (one.code, one.name, one.ellipsoid) == (other.code, other.name, other.ellipsoid)


def _together(one: StoredLine, two: StoredLine, tolerance_m: float) -> RunTogether | None:
    if one.frame is None:
        return None
    ellipsoid = ellipsoid_of(one.frame)
    return run_together(_strands(ellipsoid, one), _strands(ellipsoid, two), tolerance_m, LEAST * tolerance_m)


def _strands(ellipsoid: Ellipsoid, line: StoredLine) -> list[Trace]:
    """The legs of a line, each as a chain of close places."""
    return [trace(_chain(ellipsoid, leg).pieces()) for leg in _legs(line) if len(leg.vertices) > 1]


def _legs(line: StoredLine) -> list[StoredLeg]:
    return [part for section in line.sections for part in section.parts if isinstance(part, StoredLeg)]


def _chain(ellipsoid: Ellipsoid, leg: StoredLeg) -> ChainedLine:
    """A leg from its vertices. What is neither straight in longitude and latitude nor a loxodrome is taken as geodesics between
    them, which two lines of one kind through the same vertices are in the same way."""
    places = leg.vertices / UNITS_PER_DEGREE
    if leg.kind == "loxodrome":
        return ChainedLine(loxodrome_chain(ellipsoid, places))
    return ChainedLine(
        geodesic_chain(ellipsoid, _dense(ellipsoid, places) if leg.kind in _STRAIGHT_IN_LONLAT else places)
    )


def _dense(ellipsoid: Ellipsoid, places: Floats) -> Floats:
    """Places on pieces that are straight in longitude and latitude, at most a kilometre apart or so."""
    lonlat = np.column_stack([np.unwrap(places[:, 0], period=360.0), places[:, 1]])
    longest_m = np.abs(np.diff(lonlat, axis=0)).max(axis=1) * np.radians(1.0) * ellipsoid.a_m
    steps = [max(2, min(4_000, int(np.ceil(each / _SPACING_M)) + 1)) for each in longest_m]
    pieces = [np.linspace(lonlat[at], lonlat[at + 1], count)[:-1] for at, count in enumerate(steps)]
    return np.concatenate([*pieces, lonlat[-1:]])


def _are_near(one: StoredLine, two: StoredLine) -> bool:
    """Whether the boxes around two lines, widened for what lies between vertices, have anything in common."""
    boxes = [_box(each) for each in (one, two)]
    if any(each is None for each in boxes):
        return False
    (low, high), (other_low, other_high) = (each for each in boxes if each is not None)
    turn = 360.0 * np.round((low[0] + high[0] - other_low[0] - other_high[0]) / 720.0)
    shift = np.array([turn, 0.0])
    return bool(np.all(low <= other_high + shift) and np.all(other_low + shift <= high))


def _box(line: StoredLine) -> tuple[Floats, Floats] | None:
    vertices = [leg.vertices / UNITS_PER_DEGREE for leg in _legs(line) if len(leg.vertices)]
    if not vertices:
        return None
    places = np.concatenate(vertices)
    lonlat = np.column_stack([np.unwrap(places[:, 0], period=360.0), places[:, 1]])
    low, high = lonlat.min(axis=0), lonlat.max(axis=0)
    margin = 0.02 + _MARGIN * float((high - low).max())
    return low - margin, high + margin
