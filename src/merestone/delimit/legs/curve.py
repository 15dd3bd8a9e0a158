"""A curve by hand and radius: an arc at a constant geodesic distance from a centre that lies to one hand.

The centre is found from the start and a direction (at right angles to it, a radius away) or from the two ends of the
chord (a radius from both, to the hand that the curve turns to). Two arcs of one hand and radius have the same two ends;
the shorter is drawn unless the words say `longer arc`.
"""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from merestone.delimit.drawn import Drawn, Setting, trouble
from merestone.delimit.endings import drawn
from merestone.delimit.fix import Place
from merestone.delimit.lengths import last_place_m
from merestone.delimit.misclosure import EXACT_M, joined, judge, judge_at_distance
from merestone.delimit.wording import off_text
from merestone.description.legs.curve import CurveLeg
from merestone.description.tree import Azimuth, Length, Open, ToPoint
from merestone.diagnostics import Diagnostic, Measure, Severity
from merestone.geodesy.elementary import direct, distance_m, inverse
from merestone.geodesy.line import Line
from merestone.geodesy.lines.arc import Arc, Turn
from merestone.geodesy.lines.part import Part

_STEPS = 20


def draw(node: CurveLeg, setting: Setting) -> Drawn:
    """The curve to where the words end it."""
    if node.chord is not None:
        return _on_chord(node, node.chord, setting)
    if node.leaving is None and node.tangent is None:
        said: list[Diagnostic] = []
        whole = drawn(setting, lambda start, end: _between(node, setting, start, end, said), None, _NEEDS)
        return joined(whole, setting, said)
    found: list[Diagnostic] = []
    _check_tangent(node, setting, found)
    centre = _centre(node, setting)

    def between(start: Place, end: Place) -> Line:
        _check_on_circle(node, setting, found)
        return _arc(node, setting, centre, start, end)

    def ray(start: Place, length_m: float) -> Line:
        circle = _arc(node, setting, centre, start, start)
        return Part(circle, 0.0, min(length_m, circle.length_m))

    return joined(drawn(setting, between, ray, "", 7.0 * setting.around.metres(node.radius)), setting, found)


_NEEDS = "say `tangent to leg ID`, `leaving at azimuth A` or `on chord A LENGTH`, or end the curve with `to POINT`"


def _on_chord(node: CurveLeg, chord: tuple[Azimuth, Length], setting: Setting) -> Drawn:
    """The curve whose chord is printed: to the point that the words name, else to the end of the chord (`open`)."""
    azimuth, length = chord
    end = _end_of_chord(chord, setting)
    findings: list[Diagnostic] = []
    if isinstance(setting.ending, Open):
        line = _between(node, setting, setting.start, end, findings)
        return joined(Drawn(line), setting, findings)
    if not isinstance(setting.ending, ToPoint):
        raise trouble(
            "G506",
            f"{setting.subject} ends where its chord ends, and its words end it in another way too",
            setting.span,
            "end it with `open`, or with `to POINT`",
            setting.subject,
        )

    def between(start: Place, named: Place) -> Line:
        missed_m = distance_m(setting.ellipsoid, end, named)
        if missed_m > EXACT_M:
            findings.append(_missed(azimuth, length, setting, end, named, missed_m))
        return _between(node, setting, start, named, findings)

    return joined(drawn(setting, between, None, ""), setting, findings)


def _end_of_chord(chord: tuple[Azimuth, Length], setting: Setting) -> Place:
    azimuth, length = chord
    chord_deg = setting.around.true_azimuth_deg(azimuth, setting.start)
    return _away(setting, setting.start, chord_deg, setting.around.metres(length))


def _missed(
    azimuth: Azimuth, length: Length, setting: Setting, end: Place, named: Place, missed_m: float
) -> Diagnostic:
    """How far the printed chord ends from the point that the leg runs to."""
    toward_deg = float(inverse(setting.ellipsoid, np.array([end]), np.array([named]))[0][0])
    along_deg = setting.around.true_azimuth_deg(azimuth, setting.start)
    turn = math.radians(toward_deg - along_deg)
    across_m = setting.around.metres(length) * math.radians(float(azimuth.unit) / 2.0)
    allowed_m = abs(last_place_m(length) / 2.0 * math.cos(turn)) + abs(across_m * math.sin(turn))
    allowed_m += setting.around.left_open_m("end", None, toward_deg)
    within = missed_m <= allowed_m
    return Diagnostic(
        "G521",
        Severity.NOTE if within else Severity.WARNING,
        f"the chord of {setting.subject} ends {off_text(missed_m)} from its end; the printed precision leaves {off_text(allowed_m)} open",
        setting.span,
        hint="the curve is drawn to the named end" if within else "check the chord's direction and length, or the end",
        subject=setting.subject,
        measures=(Measure("misclosure", missed_m, "m"), Measure("allowed by the printed precision", allowed_m, "m")),
    )


def _check_tangent(node: CurveLeg, setting: Setting, found: list[Diagnostic]) -> None:
    """Judge a start that lies off the end of the leg to which the curve is said to be tangent."""
    if node.tangent is None:
        return
    end = _place(setting.around.leg_line(node.tangent).ends[1])
    apart_m = distance_m(setting.ellipsoid, end, setting.start)
    if apart_m <= EXACT_M:
        return
    away_deg = float(inverse(setting.ellipsoid, np.array([end]), np.array([setting.start]))[0][0])
    open_m = setting.around.left_open_m("start", node.tangent, away_deg)
    said = (
        f"{setting.subject} starts {{off}} from the end of leg {node.tangent.leg.text}, to which it should be tangent"
    )
    hint = "name the leg that ends where the curve starts, or say `leaving at azimuth A`"
    found.extend(judge("G542", said, apart_m, open_m, node.span, hint, setting.subject, joins=False))


def _start_deg(node: CurveLeg, setting: Setting) -> float:
    """The direction in degrees at the start: as printed, or that of the end of the leg that the curve goes on from."""
    if node.leaving is not None:
        return setting.around.true_azimuth_deg(node.leaving, setting.start)
    if node.tangent is None:
        raise AssertionError("a direction or a tangent")
    before = setting.around.leg_line(node.tangent)
    return float(before.azimuth(np.array([before.length_m]))[0])


def _centre(node: CurveLeg, setting: Setting) -> Place:
    """The centre of a curve that leaves its start in a direction: a radius away, at right angles to the direction."""
    hand_deg = _start_deg(node, setting) + (90.0 if node.right else -90.0)
    return _away(setting, setting.start, hand_deg, setting.around.metres(node.radius))


def _between(node: CurveLeg, setting: Setting, start: Place, end: Place, found: list[Diagnostic]) -> Line:
    """The arc of the radius from place to place, turning to the hand that is said: the shorter, unless said otherwise.

    A chord that is longer than twice the radius by what the print explains is that of a half circle.
    """
    radius_m = setting.around.metres(node.radius)
    azimuths_deg, _, chords_m = inverse(setting.ellipsoid, np.array([start]), np.array([end]))
    chord_deg, chord_m = float(azimuths_deg[0]), float(chords_m[0])
    excess_m = chord_m - 2.0 * radius_m
    if excess_m > 0.0:
        found.extend(_judge_chord(setting, chord_m, excess_m))
        half = _away(setting, start, chord_deg, chord_m / 2.0)
        return _arc_from(node, setting, half, _azimuth_deg(setting, half, start), 180.0)
    turn = (1.0 if node.right else -1.0) * (-1.0 if node.longer else 1.0)
    half_deg = math.degrees(math.acos(chord_m / (2.0 * radius_m)))
    for _ in range(_STEPS):  # by the secant rule of the plane, corrected until the centre is a radius from the end too
        centre = _away(setting, start, chord_deg + turn * half_deg, radius_m)
        off_m = distance_m(setting.ellipsoid, centre, end) - radius_m
        if abs(off_m) < 1e-7:
            break
        half_deg -= math.degrees(off_m / max(chord_m * math.sin(math.radians(half_deg)), 1e-3 * chord_m))
    return _arc(node, setting, centre, start, end)


def _judge_chord(setting: Setting, chord_m: float, excess_m: float) -> tuple[Diagnostic, ...]:
    """Judge a chord that is longer than twice the radius."""
    open_m = sum(map(abs, setting.around.left_open_of(_excess_m).values())) if excess_m > EXACT_M else math.inf
    said = f"the two ends of {setting.subject} lie {chord_m:,.2f} m apart, {{off}} more than twice the radius"
    hint = "check the radius and the chord, or the coordinates of the ends"
    return judge("G543", said, excess_m, open_m, setting.span, hint, setting.subject, joins=False)


def _excess_m(node: CurveLeg, setting: Setting) -> float:
    """By how much the chord of a curve is longer than twice its radius, in metres."""
    end = setting.end
    if node.chord is not None and isinstance(setting.ending, Open):
        end = _end_of_chord(node.chord, setting)
    if not isinstance(end, tuple):
        return 0.0
    return distance_m(setting.ellipsoid, setting.start, end) - 2.0 * setting.around.metres(node.radius)


def other_arc(node: CurveLeg, setting: Setting, start: Place, end: Place) -> Line:
    """The arc of the same radius and hand between the same two ends that the leg does not take."""
    return _between(replace(node, longer=not node.longer), setting, start, end, [])


def _arc(node: CurveLeg, setting: Setting, centre: Place, start: Place, end: Place) -> Line:
    azimuths_deg = inverse(setting.ellipsoid, np.array([centre, centre]), np.array([start, end]))[0]
    turn = Turn.CLOCKWISE if node.right else Turn.ANTICLOCKWISE
    first, last = (float(each) for each in azimuths_deg)
    return Arc.around(setting.ellipsoid, centre, setting.around.metres(node.radius), first, last, turn)


def _arc_from(node: CurveLeg, setting: Setting, centre: Place, first_deg: float, sweep_deg: float) -> Line:
    """The arc that starts at an azimuth at its centre, through an angle, with the radius that its start has."""
    radius_m = distance_m(setting.ellipsoid, centre, setting.start)
    return Arc.sweeping(setting.ellipsoid, centre, radius_m, first_deg, sweep_deg if node.right else -sweep_deg)


def _azimuth_deg(setting: Setting, start: Place, end: Place) -> float:
    return float(inverse(setting.ellipsoid, np.array([start]), np.array([end]))[0][0])


def _check_on_circle(node: CurveLeg, setting: Setting, found: list[Diagnostic]) -> None:
    """Judge an end that lies off the circle of a curve that leaves its start in a direction."""
    off_m = _off_m(node, setting)
    if abs(off_m) <= EXACT_M:
        return
    changes = setting.around.left_open_of(_off_m)
    open_m = sum(abs(change) for key, change in changes.items() if not key.startswith(".kind.radius "))
    where = "outside" if off_m > 0 else "inside"
    said = f"the end of {setting.subject} lies {{off}} {where} the circle that it should run on"
    hint = "check the radius, the hand and the direction at the start, or the coordinates of the end"
    found.extend(judge_at_distance("G510", said, off_m, open_m, ("radius", node.radius), setting, hint))


def _off_m(node: CurveLeg, setting: Setting) -> float:
    """How far the end lies outside the circle of the curve, in metres."""
    if not isinstance(setting.end, tuple):
        raise TypeError("a curve that ends at a place")
    return distance_m(setting.ellipsoid, _centre(node, setting), setting.end) - setting.around.metres(node.radius)


def _away(setting: Setting, start: Place, azimuth_deg: float, length_m: float) -> Place:
    lonlat, _ = direct(setting.ellipsoid, np.array([start]), np.array([azimuth_deg]), np.array([length_m]))
    return _place(lonlat[0])


def _place(lonlat: np.typing.NDArray[np.float64]) -> Place:
    return float(lonlat[0]), float(lonlat[1])
