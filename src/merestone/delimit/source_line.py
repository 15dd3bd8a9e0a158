"""The line that the file of a source holds: read at the edge, drawn here in the frame that it is used in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from merestone.delimit.authority import authority
from merestone.delimit.drawn import TroubleError, trouble
from merestone.delimit.straight import as_read
from merestone.delimit.wording import metres_text
from merestone.description.named_lines import OnSource
from merestone.description.tree import Name, Reading, ReadingKind
from merestone.diagnostics import Diagnostic, Measure, Severity
from merestone.geodesy.chained import ChainedLine
from merestone.geodesy.elementary import inverse
from merestone.geodesy.frame import Frame
from merestone.geodesy.line import Floats, Line
from merestone.geodesy.lines.chain import geodesic_chain, loxodrome_chain
from merestone.geodesy.lines.path import Path

if TYPE_CHECKING:
    from merestone.delimit.computation import Computation

SourceKey = tuple[str, str | None]
"""A source by its name, and the layer of its file that is meant."""
_CHAINS = {ReadingKind.GEODESIC: geodesic_chain, ReadingKind.LOXODROME: loxodrome_chain}
_FORMAT = Reading(ReadingKind.LONLAT)
"""What formats of vectors mean between two vertices (RFC 7946, 3.1.1)."""
NOTABLE_M = 0.01
"""Readings of the lines between vertices that lie less far apart than this are not told apart."""


@dataclass(frozen=True, slots=True, eq=False)
class SourceLine:
    """The vertices of one line, (n, 2) longitude and latitude in degrees, in the frame that its file counts in."""

    frame: Frame
    lonlat: Floats


def line_of_source(reference: OnSource, frame: Frame, computation: Computation) -> Line:
    """The line of a source in a frame; raises `TroubleError` where its file gives none."""
    found = _found(reference, computation)
    lonlat = found.lonlat
    if found.frame != frame:
        lonlat = np.asarray(computation.frames.operation(found.frame, frame).apply(lonlat))
    _tell_readings(reference, frame, lonlat, computation)
    _tell_accuracy(reference, found.frame, frame, computation)
    reading = _FORMAT if reference.read_as is None else reference.read_as.reading
    measure = _CHAINS.get(reading.kind)
    if measure is not None:
        return ChainedLine(measure(frame.ellipsoid, lonlat))
    places = [(float(lon), float(lat)) for lon, lat in lonlat]
    return Path(tuple(as_read(reading, frame, start, end) for start, end in pairwise(places)))


def said_of_source(name: Name, computation: Computation) -> str:
    """All that a drawing depends on in a source: the vertices of every line that is taken from it."""
    lines: Mapping[SourceKey, SourceLine | Diagnostic] = computation.source_lines
    taken = sorted((key[1] or "", found) for key, found in lines.items() if key[0] == name.text)
    return " ".join(
        f"{layer} {found.frame!r} {blake2b(found.lonlat.tobytes(), digest_size=20).hexdigest()}"
        if isinstance(found, SourceLine)
        else f"{layer} {found.sentence}"
        for layer, found in taken
    )


def _found(reference: OnSource, computation: Computation) -> SourceLine:
    found = computation.source_lines.get((reference.source.text, reference.layer))
    if found is None:
        source = computation.resolved.sources.get(reference.source.text)
        kind = "" if source is None else f", of kind {source.kind},"
        sentence = f"the source {reference.source.text}{kind} is not read for a line"
        raise trouble(
            "N901", sentence, reference.span, "bind the feature to a source of kind `line`: a file of vectors"
        )
    if isinstance(found, Diagnostic):
        raise TroubleError(found)
    return found


def _tell_readings(reference: OnSource, frame: Frame, lonlat: Floats, computation: Computation) -> None:
    """Report what the file leaves open: which lines join its vertices."""
    apart_m = greatest_apart_m(frame, lonlat)
    if apart_m >= NOTABLE_M:
        taken = reference.read_as
        name = _FORMAT.kind.value if taken is None else taken.reading.kind.value
        by = authority(taken.by) if taken is not None else "the format of the file"
        computation.report(
            Diagnostic(
                "O614",
                Severity.OPEN,
                f"between the vertices of the source {reference.source.text} the line runs {name}"
                f"{f' by {by}' if by else ''}; straight in longitude and latitude and geodesic lie up to about "
                f"{metres_text(apart_m)} apart",
                reference.span,
                hint=None if taken is not None else "write `read as geodesic by «WHO»` behind the source",
                subject=f"source {reference.source.text}",
                measures=(Measure("separation", apart_m, "m", (_FORMAT.kind.value, ReadingKind.GEODESIC.value)),),
                read_as=name,
            )
        )


def _tell_accuracy(reference: OnSource, frame: Frame, used_in: Frame, computation: Computation) -> None:
    """Report how sure the source is, and the operation that carries it, where what rests on it does not say so."""
    source = computation.resolved.sources[reference.source.text]
    parts = []
    if source.accuracy is not None:
        parts.append(f"it is accurate to {source.accuracy.number.text} {source.accuracy.unit}")
    if frame != used_in:
        operation = computation.frames.operation(frame, used_in)
        sigma_m = max((each.sigma_m for each in operation.uncertainty.components), default=0.0)
        if sigma_m > 0.0:
            parts.append(f"it is carried from {frame.name} with {metres_text(sigma_m)} (one sigma)")
    if parts:
        computation.report(
            Diagnostic(
                "O615",
                Severity.WARNING,
                f"the uncertainty of what rests on the source {reference.source.text} does not include that of the source: "
                f"{' and '.join(parts)}",
                reference.span,
                hint="add it to the uncertainty of every point and leg that rests on this source",
                subject=f"source {reference.source.text}",
            )
        )


def greatest_apart_m(frame: Frame, lonlat: Floats) -> float:
    """How far the middle of any piece, straight in longitude and latitude, lies from the geodesic between its ends, in
    metres, taking the ellipsoid as a sphere for the small angle between them."""
    starts, ends = lonlat[:-1], lonlat[1:]
    halves = (starts + ends) / 2.0
    azimuth_deg, _, _ = inverse(frame.ellipsoid, starts, ends)
    half_deg, _, half_m = inverse(frame.ellipsoid, starts, halves)
    radius_m = frame.ellipsoid.a_m
    across_m = radius_m * np.arcsin(np.sin(half_m / radius_m) * np.sin(np.radians(half_deg - azimuth_deg)))
    return float(np.abs(across_m).max())
