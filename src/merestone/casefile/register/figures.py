"""Whether the figures that a signed line states of itself are those that this machine computes of the same line."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from merestone.casefile.register.agreement import ONE_UNIT_UM, Disagreement
from merestone.delimit.boundary_line import UNITS_PER_DEGREE
from merestone.publish.register.stated_figures import StatedFigures, StatedLeg
from merestone.publish.stored_line import StoredLeg, StoredLine

LENGTH_UM = 1_000
PER_PIECE_UM = 250
"""How far two stated lengths may lie apart: a millimetre, and two units for each piece between vertices."""
AZIMUTH = 100
"""How far two stated azimuths may lie apart in units of 1e-9 degree, besides what two units mean at a piece's length."""
_FULL_TURN = 360 * UNITS_PER_DEGREE
_UM_PER_RADIAN_UNIT = UNITS_PER_DEGREE * 57.29577951308232


def figure_disagreements(signed: StatedFigures, here: StatedFigures, line: StoredLine) -> Iterator[Disagreement]:
    """Figures of legs, rings and the whole that are another line's; `line` is the one compiled here."""
    legs = [part for section in line.sections for part in section.parts if isinstance(part, StoredLeg)]
    for one, other, leg in zip(signed.legs, here.legs, legs, strict=True):
        if not _is_same_leg(one, other, leg):
            sentence = f"leg {one.leg} of {one.section}: its stated length or azimuths differ from those computed here"
            yield Disagreement(sentence, one.section, one.leg)
    room_um = LENGTH_UM + sum(map(_room_um, legs))
    if _apart(signed.length_um, here.length_um) > room_um:
        yield Disagreement("the stated length of the whole line differs from the one computed here")
    yield from _areas(signed, here, room_um)


def _areas(signed: StatedFigures, here: StatedFigures, room_um: float) -> Iterator[Disagreement]:
    """Areas: a strip as wide as two units along the whole length may be between them."""
    if [name for name, _ in signed.areas_m2] != [name for name, _ in here.areas_m2]:
        yield Disagreement("the act states areas of other rings than those computed here")
        return
    strip_m2 = 0.01 + (here.length_um or 0) * 1e-6 * max(ONE_UNIT_UM, room_um / 10.0) * 1e-6
    for (name, one), (_, other) in zip(signed.areas_m2, here.areas_m2, strict=True):
        if abs(float(one) - float(other)) > strip_m2:
            yield Disagreement(
                f"ring {name}: the act states an area of {one} m², and {other} m² was computed here", name
            )


def _room_um(leg: StoredLeg) -> float:
    met_um = sum(2 * (each or 0) for each in leg.tolerances_um if each is not None and each > ONE_UNIT_UM)
    return PER_PIECE_UM * (len(leg.vertices) - 1) + met_um


def _apart(one: int | None, other: int | None) -> float:
    if one is None or other is None:
        return 0.0 if one is other else float("inf")
    return float(abs(one - other))


def _is_same_leg(one: StatedLeg, other: StatedLeg, leg: StoredLeg) -> bool:
    if _apart(one.length_um, other.length_um) > LENGTH_UM + _room_um(leg):
        return False
    ends_um = [max(PER_PIECE_UM, *(2 * (each or 0) for each in pair)) for pair in pairwise(leg.tolerances_um)]
    pieces = zip(one.lengths_um, other.lengths_um, ends_um, strict=True)
    if any(_apart(length, there) > LENGTH_UM + 2 * room for length, there, room in pieces):
        return False
    return all(
        _is_same_azimuth(azimuth, there, length, room)
        for column, column_there in (
            (one.azimuths_at_start, other.azimuths_at_start),
            (one.azimuths_at_end, other.azimuths_at_end),
        )
        for azimuth, there, length, room in zip(column, column_there, other.lengths_um, ends_um, strict=True)
    )


def _is_same_azimuth(one: int, other: int, length_um: int | None, room_um: float) -> bool:
    apart = abs(one - other)
    swing = 2.0 * room_um / max(length_um or 1, 1) * _UM_PER_RADIAN_UNIT
    return min(apart, _FULL_TURN - apart) <= AZIMUTH + swing
