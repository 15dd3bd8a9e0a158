"""O606: words such as "Tropic of Cancer" that name a line only through a reading."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from merestone.delimit.authority import authority
from merestone.delimit.canonical import degrees_of
from merestone.delimit.check.evidence import Evidence
from merestone.delimit.printed import on_ground
from merestone.delimit.wording import metres_text
from merestone.description.tree import Coordinate
from merestone.diagnostics import Diagnostic, Measure, Severity


def find(evidence: Evidence) -> Iterator[Diagnostic]:
    """One finding for each declared reading of words, with the distance between every pair of readings."""
    for words, reading in evidence.compiled.resolved.words.items():
        values = tuple(dict.fromkeys((reading.value, *reading.also)))
        measures = tuple(_measure(evidence, *pair) for pair in combinations(values, 2))
        by = authority(reading.by)
        sentence = f"«{words}» is read as {_text(reading.value)}{f' by {by}' if by else ''}"
        if measures:
            widest = max(measures, key=lambda each: each.value)
            sentence += f"; its readings lie up to {metres_text(widest.value)} apart{_pair(widest)}"
        else:
            sentence += ", and no other reading is kept beside it"
        yield Diagnostic(
            "O606", Severity.OPEN, sentence, reading.span, measures=measures, subject=f"«{words}»",
            hint=None if measures else "add `also ANGLE`, so that the spread can be measured",
            read_as=_text(reading.value),
            settles="a figure of the parties, in degrees, for what the words name, or the date on which they name it",
        )  # fmt: skip


def _measure(evidence: Evidence, one: Coordinate, other: Coordinate) -> Measure:
    apart_deg = abs(degrees_of(one) - degrees_of(other))
    latitude_deg = _latitude(evidence, one)
    halves = (0.0, apart_deg) if one.hemisphere in "NS" else (apart_deg, 0.0)
    return Measure(
        "distance", max(on_ground(halves, evidence.ellipsoid, latitude_deg)), "m", (_text(one), _text(other))
    )


def _latitude(evidence: Evidence, coordinate: Coordinate) -> float:
    """Where on the ground the difference is measured: meridians at the line's lowest latitude, where they part most."""
    if coordinate.hemisphere in "NS":
        return degrees_of(coordinate)
    latitudes = [point.units[1] / 1e9 for point in evidence.compiled.line.points]
    return min(latitudes, key=abs, default=0.0)


def _text(coordinate: Coordinate) -> str:
    return f"{coordinate.angle.text} {coordinate.hemisphere}"


def _pair(measure: Measure) -> str:
    return f" ({measure.between[0]} and {measure.between[1]})" if measure.between is not None else ""
