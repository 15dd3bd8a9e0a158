"""What a canonical line holds once it is read back: records without anything that was derived."""

from __future__ import annotations

from dataclasses import dataclass

from merestone.delimit.boundary_line import Units, VertexSource
from merestone.description.tree import Status


@dataclass(frozen=True, slots=True)
class StoredReading:
    """The reading taken, by whom, the alternatives kept."""

    name: str
    by: str | None
    also: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StoredFrame:
    """A frame as stored; the constants of the ellipsoid are the texts of the file."""

    name: str
    code: str | None
    epoch: str | None
    plate: str | None
    vertical: str | None
    ellipsoid: str
    semi_major_axis_m: str
    inverse_flattening: str


@dataclass(frozen=True, slots=True)
class StoredWords:
    """The instrument's words, their language and article."""

    text: str
    language: str | None
    article: str | None


@dataclass(frozen=True, slots=True)
class StoredPoint:
    """A named point in units of 1e-9 degree; the tolerance in micrometres, None where it is unknown."""

    name: str
    longitude: int
    latitude: int
    source: VertexSource
    tolerance_um: int | None


@dataclass(frozen=True, slots=True)
class StoredLeg:
    """A leg: `vertices` (n, 2) longitude, latitude in units of 1e-9 degree, and its columns (n)."""

    name: str
    kind: str
    said: str
    frame: StoredFrame | None
    reading: StoredReading | None
    words: tuple[StoredWords, ...]
    notes: tuple[str, ...]
    vertices: Units
    vertex_names: tuple[str, ...]
    vertex_sources: tuple[VertexSource, ...]
    tolerances_um: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class StoredGap:
    """A part that was not computed, and why (`code`, `why`)."""

    name: str
    said: str
    start: str | None
    end: str | None
    code: str
    why: str
    words: tuple[StoredWords, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StoredSection:
    """A section or ring with its parts in order."""

    name: str
    title: str | None
    ring: bool
    right: str | None
    left: str | None
    status: Status | None
    parts: tuple[StoredLeg | StoredGap, ...]


@dataclass(frozen=True, slots=True)
class StoredLine:
    """The compared part of a canonical line, and its exact bytes (`compared`): what a signature covers."""

    title: str
    reading_by: str
    standing: str
    frame: StoredFrame | None
    frame_reading: StoredReading | None
    parties: tuple[tuple[str, str], ...]
    points: tuple[StoredPoint, ...]
    sections: tuple[StoredSection, ...]
    compared: bytes
