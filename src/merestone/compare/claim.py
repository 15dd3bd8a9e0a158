"""What is compared: a line as somebody states it, with who states it and how sure it is.

A claim is a value without files. It may come from a compiled description, from lines or polygons of States that
somebody published, or from a map sheet. Its vertices are longitude and latitude in its frame; how two of them are
joined is part of it (`edges`): a GeoJSON edge is straight in longitude and latitude, and over 50 km encloses 0.4 km²
with the geodesic between the same ends.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from merestone.geodesy.frame import Frame
from merestone.geodesy.line import Floats
from merestone.geodesy.turning import Chord
from merestone.geodesy.uncertainty import Uncertainty


class Standing(StrEnum):
    """What somebody's line is: as they claim it, as we read it, or a published version that nobody put forward."""

    CLAIM = "claim"
    READING = "reading"
    VERSION = "version"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a line was read from: the file's name, its layer, its SHA-256 (hexadecimal), format, and what its source
    says of itself (licence, attribution, date), empty where nothing is said."""

    file: str
    layer: str = ""
    sha256: str = ""
    format: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Label:
    """A named stretch of a strand between two of its vertices (a leg): what it is called, and where it runs."""

    name: str
    from_vertex: int
    to_vertex: int


@dataclass(frozen=True, slots=True, eq=False)
class Strand:
    """One continuous piece of a line.

    `lonlat` (n, 2) degrees, longitudes running on continuously; of a ring the first place stands again at the end.
    `left` and `right` name who lies on either side in the direction of the vertices, None where nothing is said.
    `departure_m` bounds the distance in metres between the strand and the curve it stands for.
    """

    name: str
    lonlat: Floats
    ring: bool = False
    left: str | None = None
    right: str | None = None
    labels: tuple[Label, ...] = ()
    departure_m: float = 0.0


@dataclass(frozen=True, slots=True, eq=False)
class Claim:
    """A line as somebody states it.

    `title` names it in tables; `claimant` who states it, None where nobody does; `edges` how its vertices are joined.
    """

    title: str
    strands: tuple[Strand, ...]
    frame: Frame
    edges: Chord = Chord.LONLAT
    standing: Standing = Standing.VERSION
    claimant: str | None = None
    uncertainty: Uncertainty = field(default_factory=Uncertainty)
    origin: Origin = field(default_factory=lambda: Origin(""))

    @property
    def under_name(self) -> str:
        """The title with whose line it is: a claim is never shown but under its claimant's name."""
        match self.standing:
            case Standing.CLAIM:
                return f"{self.title} (claim of {self.claimant or 'an unnamed party'}, without prejudice)"
            case Standing.READING:
                return f"{self.title} (as read by {self.claimant or 'an unnamed reader'})"
            case Standing.VERSION:
                return self.title
