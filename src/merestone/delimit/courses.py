"""The courses of a drawn line: its corners, and the length and azimuths between them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from merestone.geodesy.chained import ChainedLine
from merestone.geodesy.line import Floats, Line
from merestone.geodesy.lines.geodesic import Geodesic
from merestone.geodesy.lines.path import Path


@dataclass(frozen=True, slots=True)
class Courses:
    """What lies between the corners of a line: `corners` (n - 1, 2) between its ends in degrees; lengths in metres and
    azimuths in degrees at the start and the end of each of the n courses."""

    corners: Floats
    lengths_m: Floats
    azimuths_start_deg: Floats
    azimuths_end_deg: Floats


NO_CORNERS = np.empty((0, 2))


def courses(line: Line) -> Courses:
    """The courses of a line; a line of one kind between two places is one course."""
    if isinstance(line, Path):
        return _of_path(line)
    if isinstance(line, ChainedLine):
        chain = line.chain
        return Courses(chain.lonlat[1:-1], chain.lengths_m, chain.start_azimuth_deg, chain.end_azimuth_deg)
    if isinstance(line, Geodesic):
        return Courses(
            NO_CORNERS, np.array([line.length_m]), np.array([line.start_azimuth_deg]), np.array([line.end_azimuth_deg])
        )
    length_m = line.length_m
    start_deg, end_deg = line.azimuth(np.array([0.0, length_m]))
    return Courses(NO_CORNERS, np.array([length_m]), np.array([start_deg]), np.array([end_deg]))


def courses_of_pieces(line: Line) -> Courses:
    """The courses of a chain: one for each of its pieces, whatever corners a piece has in itself."""
    if not isinstance(line, Path):
        return courses(line)
    ends = [piece.azimuth(np.array([0.0, piece.length_m])) for piece in line.pieces]
    return Courses(
        np.array([piece.ends[0] for piece in line.pieces[1:]]).reshape(-1, 2),
        np.array([piece.length_m for piece in line.pieces]),
        np.array([start_deg for start_deg, _ in ends]),
        np.array([end_deg for _, end_deg in ends]),
    )


def _of_path(path: Path) -> Courses:
    parts = [courses(piece) for piece in path.pieces]
    corners = [parts[0].corners]
    for piece, part in zip(path.pieces[1:], parts[1:], strict=True):
        corners += [piece.ends[:1], part.corners]
    return Courses(
        np.concatenate(corners),
        np.concatenate([part.lengths_m for part in parts]),
        np.concatenate([part.azimuths_start_deg for part in parts]),
        np.concatenate([part.azimuths_end_deg for part in parts]),
    )
