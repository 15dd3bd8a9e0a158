"""Lines that this program wrote, read back: the canonical line (`.line.json`) and the coordinate catalogue (`.csv`).

Both hold the defining vertices, with kind, length and directions of every piece. The curves between are drawn again, and the
stated length of each is the check. What is read is bounded, and nothing in it is run or followed.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby, pairwise
from pathlib import Path

import numpy as np

from merestone.casefile.claims import Draft, carried
from merestone.casefile.drawn_strands import DRAWN_M, Around, Drawn, strands_of
from merestone.casefile.files import read_description
from merestone.compare.claim import Claim, Origin, Standing, Strand
from merestone.compare.lines.redrawn import AGREED_M, Piece, redrawn
from merestone.delimit.boundary_line import UNITS_PER_DEGREE
from merestone.errors import GeometryError, UnknownFrameError, UnreadableFileError
from merestone.geodesy.catalogue import find
from merestone.geodesy.densify import densify
from merestone.geodesy.frame import Frame
from merestone.geodesy.line import Floats
from merestone.geodesy.turning import Chord
from merestone.geodesy.uncertainty import Uncertainty
from merestone.publish.csv_catalogue import COLUMNS
from merestone.publish.line_reader import LineFormatError, read_line
from merestone.publish.register.stated_figures import StatedLeg, stated_figures
from merestone.publish.stored_line import StoredFrame, StoredLeg, StoredSection
from merestone.publish.text import counted
from merestone.sources.file_names import as_text
from merestone.sources.remark import Remark

LINE_ENDING, CATALOGUE_ENDING = ".line.json", ".csv"
_LARGEST_BYTES = 64 << 20
_HEAD = ",".join(COLUMNS[:7]).encode()
_CODE = re.compile(r"\((EPSG:\d+)\)")
_GIVE = "give the description or the canonical line (.line.json)"


@dataclass(frozen=True, slots=True)
class _Section:
    """A section as it was read: parts in order, None for a gap."""

    around: Around
    parts: Sequence[tuple[Piece, ...] | None]


def written_draft(path: Path) -> Draft | None:
    """The line of a file that this program wrote; None for a file that is neither of the two. Raise `UnreadableFileError`
    where it cannot be drawn again."""
    name = path.name.lower()
    if name.endswith(LINE_ENDING):
        return _of_line(path, read_description(path, _LARGEST_BYTES))
    if name.endswith(CATALOGUE_ENDING) and path.is_file():
        with path.open("rb") as file:
            is_ours = file.read(len(_HEAD) + 3).removeprefix(b"\xef\xbb\xbf").startswith(_HEAD)
        return _of_catalogue(path, read_description(path, _LARGEST_BYTES)) if is_ours else None
    return None


def _draft(
    path: Path, data: bytes, title: str, by: str, frame: Frame, sections: Sequence[_Section], kind: str
) -> Draft:
    try:
        strands = tuple(strand for section in sections for strand in _strands(section))
    except GeometryError as error:
        raise UnreadableFileError(path, f"{error}; {_GIVE}") from error
    if not strands:
        raise UnreadableFileError(path, "it does not hold any leg of a line; give a file with a line")
    origin = Origin(as_text(path.name), "", hashlib.sha256(data).hexdigest(), kind, "")
    claim = Claim(title, strands, frame, Chord.LONLAT, Standing.READING, by or None, Uncertainty(), origin)
    gaps = sum(part is None for section in sections for part in section.parts)
    sentence = f"{counted(gaps, 'leg')} could not be computed and {'is' if gaps == 1 else 'are'} missing from the line"
    remarks = (Remark("D305", sentence, size=float(gaps), unit="parts", of=origin.file),) if gaps else ()
    return Draft(frame, partial(carried, claim), remarks)


def _strands(section: _Section) -> tuple[Strand, ...]:
    return strands_of(section.around, [None if part is None else _leg(part, section.around) for part in section.parts])


def _leg(pieces: tuple[Piece, ...], around: Around) -> Drawn:
    chains = [_chain(piece, around) for piece in pieces]
    made = chains[0]
    for chain in chains[1:]:
        turns = 360.0 * np.round((made[-1, 0] - chain[0, 0]) / 360.0)
        made = np.concatenate([made, chain[1:] + np.array([turns, 0.0])])
    return Drawn(pieces[0].leg, made)


def _chain(piece: Piece, around: Around) -> Floats:
    """The chain of a piece; a piece between two vertices at one place is that place twice."""
    if piece.start == piece.end and (piece.length_m or 0.0) < AGREED_M:
        return np.array([piece.start, piece.end])
    return densify(redrawn(piece, around.ellipsoid), DRAWN_M, Chord.LONLAT).lonlat


def _frame(path: Path, code: str | None, name: str) -> Frame:
    try:
        if code is not None:
            return find(code)
    except UnknownFrameError as error:
        raise UnreadableFileError(path, f"{error}; {_GIVE}") from error
    raise UnreadableFileError(
        path, f"its frame ({name}) does not have a code of the EPSG registry; give the description"
    )


# ---- the canonical line -----------------------------------------------------------------------------------------


def _of_line(path: Path, data: bytes) -> Draft:
    try:
        line = read_line(data)
        stated = iter(stated_figures(data, line).legs)
    except LineFormatError as error:
        raise UnreadableFileError(path, f"it is not a valid canonical line: {error}") from error
    frame = _frame_of_line(path, line.frame)
    sections = [_stored(path, section, frame, line.frame, stated) for section in line.sections]
    return _draft(path, data, line.title, line.reading_by, frame, sections, "canonical line")


def _frame_of_line(path: Path, stored: StoredFrame | None) -> Frame:
    if stored is None:
        raise UnreadableFileError(
            path,
            "its frame is not stated and no reading of it is declared; give the description with `read as FRAME by «WHO»`",
        )
    return _frame(path, stored.code, stored.name)


def _stored(
    path: Path, section: StoredSection, frame: Frame, of_line: StoredFrame | None, stated: Iterator[StatedLeg]
) -> _Section:
    parts: list[tuple[Piece, ...] | None] = []
    for part in section.parts:
        if not isinstance(part, StoredLeg):
            parts.append(None)
            continue
        if part.frame != of_line:
            raise UnreadableFileError(path, f"leg {part.name} was computed in another frame; give the description")
        parts.append(tuple(_stored_pieces(part, next(stated))))
    return _Section(Around(section.name, section.ring, section.right, section.left, frame.ellipsoid), parts)


def _stored_pieces(leg: StoredLeg, stated: StatedLeg) -> Iterator[Piece]:
    places = [(lon / UNITS_PER_DEGREE, lat / UNITS_PER_DEGREE) for lon, lat in leg.vertices.tolist()]
    figures = zip(stated.lengths_um, stated.azimuths_at_start, stated.azimuths_at_end, strict=True)
    for (start, end), (length_um, there, back) in zip(pairwise(places), figures, strict=True):
        azimuths_deg = there / UNITS_PER_DEGREE, back / UNITS_PER_DEGREE
        yield Piece(leg.name, leg.kind, start, end, None if length_um is None else length_um / 1e6, azimuths_deg)


# ---- the catalogue ----------------------------------------------------------------------------------------------


def _of_catalogue(path: Path, data: bytes) -> Draft:
    try:
        rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True))
        frames = {row["frame"] for row in rows}
        if len(frames) != 1:
            raise UnreadableFileError(path, "its rows name different frames; give the description")
        name = frames.pop()
        found = _CODE.search(name)
        frame = _frame(path, found[1] if found else None, name)
        sections = [
            _Section(_around(section, list(group), frame), tuple(_parts(list(group))))
            for section, group in ((key, tuple(rows_)) for key, rows_ in groupby(rows, key=lambda row: row["section"]))
        ]
        by = rows[0]["reading_by"]
    except (UnicodeDecodeError, csv.Error, KeyError, TypeError, ValueError, IndexError) as error:
        why = f"it is not a catalogue as Merestone writes it ({type(error).__name__}); give the file unchanged, or {_GIVE}"
        raise UnreadableFileError(path, why) from error
    return _draft(path, data, as_text(path.name).split(".")[0], by, frame, sections, "coordinate catalogue")


def _around(section: str, rows: Sequence[Mapping[str, str]], frame: Frame) -> Around:
    places = [_place(row) for row in rows if row["number"]]
    ring = len(places) > 3 and places[0] == places[-1]
    return Around(section, ring, None, None, frame.ellipsoid)


def _parts(rows: Sequence[Mapping[str, str]]) -> Iterator[tuple[Piece, ...] | None]:
    """The legs of a section, None for a gap."""
    pieces: list[Piece] = []
    for row, after in zip(rows, [*rows[1:], None], strict=True):
        if pieces and row["leg_to_next"] != pieces[-1].leg:
            yield tuple(pieces)
            pieces = []
        if not row["number"]:
            yield None
        elif row["kind"]:
            if after is None or not after["number"]:
                raise ValueError(row["number"])
            pieces.append(_piece(row, after))
    if pieces:
        yield tuple(pieces)


def _piece(row: Mapping[str, str], after: Mapping[str, str]) -> Piece:
    azimuths_deg = float(row["azimuth_at_start_deg"]), float(row["azimuth_at_end_deg"])
    start, (lon, lat) = _place(row), _place(after)
    end = lon + 360.0 * round((start[0] - lon) / 360.0), lat
    return Piece(row["leg_to_next"], row["kind"], start, end, float(row["length_m"]), azimuths_deg)


def _place(row: Mapping[str, str]) -> tuple[float, float]:
    lon, lat = float(row["longitude_deg"]), float(row["latitude_deg"])
    if not (abs(lon) <= 180.0 and abs(lat) <= 90.0):
        raise ValueError(row["number"])
    return lon, lat
