"""At a distance from a feature that the head binds to a line: beside each piece of it, and round its outer corners.

On the outer side of a corner the line at a distance is an arc about the corner; on the inner side the lines beside the two
pieces are cut where they meet. The result is checked against the feature: where a place of it lies nearer to the feature
than the distance (pieces that are short for the distance, a narrow bay), the leg stays a named gap.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from merestone.delimit.drawn import Drawn, Setting, TroubleError, trouble
from merestone.delimit.endings import drawn
from merestone.delimit.fix import Place
from merestone.delimit.lengths import metres
from merestone.delimit.misclosure import EXACT_M, joined, judge_at_distance
from merestone.delimit.stretch import across_deg
from merestone.description.legs.offset import OffsetLeg
from merestone.description.tree import OnFeature
from merestone.diagnostics import Diagnostic
from merestone.geodesy.chained import ChainedLine
from merestone.geodesy.cut import cut
from merestone.geodesy.intersect import intersect
from merestone.geodesy.line import Floats, Line
from merestone.geodesy.lines.arc import Arc
from merestone.geodesy.lines.offset import Offset
from merestone.geodesy.lines.path import Path

_STRAIGHT_ON_DEG = 1e-7
_PLACES = 200


def draw(node: OffsetLeg, setting: Setting) -> Drawn:
    """The stretch between the leg's two ends of the line at the distance, on the side of the feature where they lie."""
    feature = setting.around.feature_line(node.feature)
    found: list[Diagnostic] = []

    def between(start: Place, end: Place) -> Line:
        left = feature.nearest(np.array([start, end])).separation_m > 0.0
        if left[0] != left[1]:
            raise _trouble(node, setting, "its two ends lie on different sides of the feature")
        distance_m = metres(node.distance) * (1.0 if left[0] else -1.0)
        beside = _beside(node, setting, feature, distance_m)
        _check_ends(node, setting, feature, beside, (start, end), found)
        nearest = beside.nearest(np.array([start, end]))
        line = cut(beside, float(nearest.along_m[0]), float(nearest.along_m[1]))
        _check_distance(node, setting, feature, line)
        return line

    return joined(drawn(setting, between, None, "end it with `to POINT`"), setting, found)


def _beside(node: OffsetLeg, setting: Setting, feature: Line, distance_m: float) -> Line:
    """The whole line at a signed distance from the feature, positive to its left."""
    pieces = _pieces(feature)
    beside: list[Line] = [Offset.beside(pieces[0], distance_m)]
    for before, after in pairwise(pieces):
        following: Line = Offset.beside(after, distance_m)
        arrive, leave = (float(azimuth) for azimuth in (before.azimuth(np.array([before.length_m]))[0],
                                                        after.azimuth(np.array([0.0]))[0]))  # fmt: skip
        turn_deg = (leave - arrive + 180.0) % 360.0 - 180.0
        if abs(turn_deg) > _STRAIGHT_ON_DEG and (turn_deg > 0.0) == (distance_m > 0.0):
            corner = float(after.ends[0, 0]), float(after.ends[0, 1])
            away_deg = arrive + (-90.0 if distance_m > 0.0 else 90.0)
            beside.append(Arc.sweeping(feature.ellipsoid, corner, abs(distance_m), away_deg, turn_deg))
        elif abs(turn_deg) > _STRAIGHT_ON_DEG:
            crossings = intersect(beside[-1], following)
            if len(crossings) != 1:
                raise _trouble(node, setting, "a piece of the feature is too short for the distance")
            beside[-1] = cut(beside[-1], 0.0, crossings[0].along_first_m)
            following = cut(following, crossings[0].along_second_m, following.length_m)
        beside.append(following)
    return beside[0] if len(beside) == 1 else Path(tuple(beside))


def _pieces(line: Line) -> tuple[Line, ...]:
    if isinstance(line, ChainedLine):
        return tuple(line.pieces())
    if isinstance(line, Path):
        return tuple(piece for part in line.pieces for piece in _pieces(part))
    return (line,)


def _check_ends(
    node: OffsetLeg, setting: Setting, feature: Line, beside: Line, places: tuple[Place, Place],
    found: list[Diagnostic],
) -> None:  # fmt: skip
    """Judge both ends of the leg, which should lie on the line beside the feature."""
    nearest = beside.nearest(np.array(places))
    for which, place, foot, off_m in zip(("start", "end"), places, nearest.lonlat, nearest.separation_m, strict=True):
        if abs(off_m) <= EXACT_M:
            continue
        across = across_deg(beside, np.array([foot]), place)
        open_m = setting.around.left_open_m(which, OnFeature(node.feature, span=node.span), across)
        said = f"the {which} of {setting.subject} lies {{off}} off the line at its distance from «{node.feature.text}»"
        hint = f"define that {which} on the line, or check the distance and which line stands for the feature"
        found.extend(
            judge_at_distance(
                "G510", said, _further_m(feature, foot, place), open_m, ("distance", node.distance), setting, hint
            )
        )


def _further_m(feature: Line, foot: Floats, place: Place) -> float:
    """How much further from the feature than the line beside it a place lies, in metres."""
    off_m = np.abs(feature.nearest(np.array([place, foot])).separation_m)
    return float(off_m[0] - off_m[1])


def _check_distance(node: OffsetLeg, setting: Setting, feature: Line, line: Line) -> None:
    """Every place of the leg lies at the distance from the feature, and no nearer to another part of it."""
    places = line.position(np.linspace(0.0, line.length_m, _PLACES))
    off_m = float(np.max(np.abs(np.abs(feature.nearest(places).separation_m) - metres(node.distance))))
    if off_m > EXACT_M:
        raise _trouble(node, setting, f"a place of it would lie {off_m:,.2f} m nearer to another part of the feature")


def _trouble(node: OffsetLeg, setting: Setting, why: str) -> TroubleError:
    return trouble(
        "N901",
        f"{setting.subject} is not yet compiled: {why}",
        node.span,
        "give the points where the line changes, and arcs about them, as legs of their own",
        setting.subject,
    )
