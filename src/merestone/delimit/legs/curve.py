"""A curve by hand and radius: an arc at a constant geodesic distance from a centre that lies to one hand.

The centre is found from the start and a direction (at right angles to it, a radius away) or from the two ends of the
chord (a radius from both, to the hand that the curve turns to). A curve between two ends is the shorter of the two arcs.
"""

from __future__ import annotations

import math

import numpy as np

from merestone.delimit.drawn import Drawn, Setting, trouble
from merestone.delimit.endings import drawn
from merestone.delimit.fix import ONE_UNIT_M, Place
from merestone.delimit.lengths import last_place_m
from merestone.description.legs.curve import CurveLeg
from merestone.description.tree import Azimuth, Length, Open, ToPoint
from merestone.diagnostics import Diagnostic, Measure, Severity
from merestone.geodesy.elementary import direct, distance_m, inverse
from merestone.geodesy.line import Line
from merestone.geodesy.lines.arc import Arc, Turn
from merestone.geodesy.lines.part import Part

OFF_THE_CURVE_M = 0.5
"""An end further off the circle than this is a contradiction in the words, and not rounding."""
_STEPS = 20


def draw(node: CurveLeg, setting: Setting) -> Drawn:
    """The curve to where the words end it."""
    if node.chord is not None:
        return _on_chord(node, node.chord, setting)
    if node.leaving is None and node.tangent is None:
        return drawn(setting, lambda start, end: _between(node, setting, start, end), None, _NEEDS)
    direction_deg = _start_deg(node, setting)
    hand_deg = direction_deg + (90.0 if node.right else -90.0)
    centre = _away(setting, setting.start, hand_deg, setting.around.metres(node.radius))

    def between(start: Place, end: Place) -> Line:
        _check_on_circle(node, setting, centre, end)
        return _arc(node, setting, centre, start, end)

    def ray(start: Place, length_m: float) -> Line:
        circle = _arc(node, setting, centre, start, start)
        return Part(circle, 0.0, min(length_m, circle.length_m))

    return drawn(setting, between, ray, "", 7.0 * setting.around.metres(node.radius))


_NEEDS = "say `tangent to leg ID`, `leaving at azimuth A` or `on chord A LENGTH`, or end the curve with `to POINT`"


def _on_chord(node: CurveLeg, chord: tuple[Azimuth, Length], setting: Setting) -> Drawn:
    """The curve whose chord is printed: to the point that the words name, else to the end of the chord (`open`)."""
    azimuth, length = chord
    chord_deg = setting.around.true_azimuth_deg(azimuth, setting.start)
    end = _away(setting, setting.start, chord_deg, setting.around.metres(length))
    if isinstance(setting.ending, Open):
        return Drawn(_between(node, setting, setting.start, end))
    if not isinstance(setting.ending, ToPoint):
        raise trouble(
            "G506",
            f"{setting.subject} ends where its chord ends, and its words end it in another way too",
            setting.span,
            "end it with `open`, or with `to POINT`",
            setting.subject,
        )
    findings: list[Diagnostic] = []

    def between(start: Place, named: Place) -> Line:
        missed_m = distance_m(setting.ellipsoid, end, named)
        if missed_m > ONE_UNIT_M:
            findings.append(_missed(azimuth, length, setting, missed_m))
        return _between(node, setting, start, named)

    line = drawn(setting, between, None, "").line
    return Drawn(line, findings=tuple(findings))


def _missed(azimuth: Azimuth, length: Length, setting: Setting, missed_m: float) -> Diagnostic:
    """How far the printed chord ends from the point that the leg runs to."""
    across_m = setting.around.metres(length) * math.radians(float(azimuth.unit) / 2.0)
    allowed_m = math.hypot(last_place_m(length) / 2.0, across_m)
    within = missed_m <= allowed_m
    return Diagnostic(
        "G521",
        Severity.NOTE if within else Severity.WARNING,
        f"the chord of {setting.subject} ends {missed_m:,.2f} m from its end; its print leaves {allowed_m:,.2f} m open",
        setting.span,
        hint="the curve is drawn to the named end" if within else "check the chord's direction and length, or the end",
        subject=setting.subject,
        measures=(Measure("misclosure", missed_m, "m"), Measure("left open by the print", allowed_m, "m")),
    )


def _start_deg(node: CurveLeg, setting: Setting) -> float:
    """The direction in degrees at the start: as printed, or that of the end of the leg that the curve goes on from."""
    if node.leaving is not None:
        return setting.around.true_azimuth_deg(node.leaving, setting.start)
    if node.tangent is None:
        raise AssertionError("a direction or a tangent")
    before = setting.around.leg_line(node.tangent)
    apart_m = distance_m(setting.ellipsoid, _place(before.ends[1]), setting.start)
    if apart_m > OFF_THE_CURVE_M:
        raise trouble(
            "G542",
            f"{setting.subject} starts {apart_m:,.2f} m from the end of leg {node.tangent.leg.text}, to which it is "
            "said to be tangent",
            node.span,
            "name the leg that ends where the curve starts, or say `leaving at azimuth A`",
            setting.subject,
        )
    return float(before.azimuth(np.array([before.length_m]))[0])


def _between(node: CurveLeg, setting: Setting, start: Place, end: Place) -> Line:
    """The shorter arc of the radius from place to place, turning to the hand that is said."""
    radius_m = setting.around.metres(node.radius)
    azimuths_deg, _, chords_m = inverse(setting.ellipsoid, np.array([start]), np.array([end]))
    chord_deg, chord_m = float(azimuths_deg[0]), float(chords_m[0])
    if chord_m > 2.0 * radius_m:
        raise trouble(
            "G543",
            f"the two ends of {setting.subject} lie {chord_m:,.2f} m apart, more than twice the radius",
            node.span,
            "check the radius and the chord, or the coordinates of the ends",
            setting.subject,
        )
    turn = 1.0 if node.right else -1.0
    half_deg = math.degrees(math.acos(chord_m / (2.0 * radius_m)))
    for _ in range(_STEPS):  # by the secant rule of the plane, corrected until the centre is a radius from the end too
        centre = _away(setting, start, chord_deg + turn * half_deg, radius_m)
        off_m = distance_m(setting.ellipsoid, centre, end) - radius_m
        if abs(off_m) < 1e-7:
            break
        half_deg -= math.degrees(off_m / max(chord_m * math.sin(math.radians(half_deg)), 1e-3 * chord_m))
    return _arc(node, setting, centre, start, end)


def _arc(node: CurveLeg, setting: Setting, centre: Place, start: Place, end: Place) -> Line:
    azimuths_deg = inverse(setting.ellipsoid, np.array([centre, centre]), np.array([start, end]))[0]
    turn = Turn.CLOCKWISE if node.right else Turn.ANTICLOCKWISE
    first, last = (float(each) for each in azimuths_deg)
    return Arc.around(setting.ellipsoid, centre, setting.around.metres(node.radius), first, last, turn)


def _check_on_circle(node: CurveLeg, setting: Setting, centre: Place, end: Place) -> None:
    off_m = distance_m(setting.ellipsoid, centre, end) - setting.around.metres(node.radius)
    if abs(off_m) > OFF_THE_CURVE_M:
        raise trouble(
            "G510",
            f"the end of {setting.subject} lies {abs(off_m):,.1f} m {'outside' if off_m > 0 else 'inside'} the circle "
            "that it should run on",
            node.span,
            "check the radius, the hand and the direction at the start, or the coordinates of the end",
            setting.subject,
        )


def _away(setting: Setting, start: Place, azimuth_deg: float, length_m: float) -> Place:
    lonlat, _ = direct(setting.ellipsoid, np.array([start]), np.array([azimuth_deg]), np.array([length_m]))
    return _place(lonlat[0])


def _place(lonlat: np.typing.NDArray[np.float64]) -> Place:
    return float(lonlat[0]), float(lonlat[1])
