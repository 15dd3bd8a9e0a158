"""A canonical line as it is shown to a signer: its frame, its legs with figures measured again where they can be, its gaps,
and what it says itself that it leaves open. Without a frame, or without an epoch where the frame moves, it is refused."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

from merestone.delimit.boundary_line import UNITS_PER_DEGREE
from merestone.errors import UnknownFrameError
from merestone.geodesy.catalogue import find
from merestone.publish.line_reader import LineFormatError, read_line
from merestone.publish.register.measured_legs import Measured, measured_legs
from merestone.publish.register.stated_figures import StatedFigures, StatedLeg, stated_figures
from merestone.publish.stored_line import StoredFrame, StoredGap, StoredLeg, StoredLine, StoredReading
from merestone.register.objects import Blob

APART_M = 1e-3
APART_PER_PIECE_M = 2.5e-4
"""How far a stated length may lie from the one measured here: vertices are whole units of 0.11 mm."""


@dataclass(frozen=True, slots=True)
class LegView:
    """A leg: as stored, what the file states of it, and what was measured here (None where the kind does not allow it)."""

    leg: StoredLeg
    stated: StatedLeg
    measured: Measured | None

    @property
    def length_m(self) -> float | None:
        """Its length in metres: as measured here, else as stated, None where neither is known."""
        if self.measured is not None:
            return self.measured.length_m
        return None if self.stated.length_um is None else self.stated.length_um / 1e6

    @property
    def azimuths_deg(self) -> tuple[float, float]:
        """Its azimuths at its start and its end in degrees, as measured here, else as stated."""
        if self.measured is not None:
            return self.measured.azimuth_start_deg, self.measured.azimuth_end_deg
        return self.stated.azimuths_at_start[0] / UNITS_PER_DEGREE, self.stated.azimuths_at_end[-1] / UNITS_PER_DEGREE

    @property
    def is_misstated(self) -> bool:
        """Whether the file states another length than was measured here."""
        if self.measured is None or self.stated.length_um is None:
            return False
        apart_m = abs(self.measured.length_m - self.stated.length_um / 1e6)
        return apart_m > APART_M + APART_PER_PIECE_M * (len(self.leg.vertices) - 1)


@dataclass(frozen=True, slots=True)
class SectionOfLine:
    """A section of the line with its legs and gaps in order, and the area in m² that the file states of a ring."""

    name: str
    title: str | None
    ring: bool
    sides: tuple[str | None, str | None]
    status: str | None
    parts: tuple[LegView | StoredGap, ...]
    area_m2: str | None

    @property
    def legs(self) -> tuple[LegView, ...]:
        """Its legs."""
        return tuple(part for part in self.parts if isinstance(part, LegView))


@dataclass(frozen=True, slots=True)
class LineView:
    """The line: its blob, what is stored in it and the SHA-256 of the compared part (None where it is no line that can be
    read), its sections, what it leaves open, and what speaks against signing it."""

    blob: Blob
    line: StoredLine | None
    compared_sha256: str
    sections: tuple[SectionOfLine, ...]
    open_words: tuple[str, ...]
    refusals: tuple[str, ...]

    @property
    def length_m(self) -> float:
        """The length in metres of all legs whose length is known."""
        return sum(leg.length_m or 0.0 for section in self.sections for leg in section.legs)


def line_view(blob: Blob, data: bytes) -> LineView:
    """The view of a line's bytes."""
    try:
        line = read_line(data)
        figures = stated_figures(data, line)
        sections = tuple(_sections(line, figures))
    except LineFormatError as error:
        return LineView(blob, None, "", (), (), (f"the line cannot be read: {error}",))
    refusals = [*_frame_refusals(line), *_without_legs(sections), *_misstated(sections)]
    digest = sha256(line.compared).hexdigest()
    return LineView(blob, line, digest, sections, tuple(_open_words(line)), tuple(refusals))


def _sections(line: StoredLine, figures: StatedFigures) -> Iterator[SectionOfLine]:
    legs = [part for section in line.sections for part in section.parts if isinstance(part, StoredLeg)]
    measured = measured_legs(line.frame, legs) if line.frame is not None else (None,) * len(legs)
    views = iter([LegView(*each) for each in zip(legs, figures.legs, measured, strict=True)])
    areas = dict(figures.areas_m2)
    for section in line.sections:
        parts = tuple(part if isinstance(part, StoredGap) else next(views) for part in section.parts)
        status = None if section.status is None else section.status.value
        sides = section.right, section.left
        yield SectionOfLine(section.name, section.title, section.ring, sides, status, parts, areas.get(section.name))


def _frame_refusals(line: StoredLine) -> Iterator[str]:
    if line.frame is None:
        yield "the line does not have a frame, so its coordinates do not give positions"
    elif line.frame.epoch is None and _moves(line.frame):
        yield f"the line does not have an epoch, and positions in its frame {line.frame.name} change with time, so its coordinates do not give positions"


def _without_legs(sections: tuple[SectionOfLine, ...]) -> Iterator[str]:
    if not any(section.legs for section in sections):
        yield "the line does not have a leg, so a signature would not concern any position"


def _moves(frame: StoredFrame) -> bool:
    """Whether the catalogue says that the ground moves in a frame; a commission's own frame is in no catalogue."""
    try:
        return find(frame.code or frame.name).is_dynamic
    except UnknownFrameError:
        return False


def _misstated(sections: tuple[SectionOfLine, ...]) -> Iterator[str]:
    for section in sections:
        for each in section.legs:
            if each.is_misstated and each.measured is not None and each.stated.length_um is not None:
                yield (
                    f"leg {each.leg.name} of {section.name}: the line states a length of {each.stated.length_um / 1e6:,.6f} m "
                    f"in its figures; measured between its vertices, it is {each.measured.length_m:,.6f} m"
                )


def _open_words(line: StoredLine) -> Iterator[str]:
    if line.frame_reading is not None:
        yield f"the frame is not stated in the words; it is read as {_read(line.frame_reading)}"
    if line.frame is not None and line.frame.epoch is None:
        yield f"no epoch is stated for {line.frame.name}"
    for section in line.sections:
        for part in section.parts:
            if isinstance(part, StoredGap):
                yield f"leg {part.name} of {section.name} is not in the line: {part.why} [{part.code}]"
            elif part.reading is not None:
                yield f"leg {part.name} of {section.name} is read as {_read(part.reading)}"


def _read(reading: StoredReading) -> str:
    also = f"; it can also be read as {', '.join(reading.also)}" if reading.also else ""
    return f"{reading.name} by {reading.by or 'an unnamed author'}{also}"
