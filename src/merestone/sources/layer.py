"""What was read from a foreign file of vectors: plain values, nothing of the library that read them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from merestone.geodesy.line import Floats
from merestone.sources.remark import Remark

Value = str | int | float | bool | None
"""A value of an attribute."""


class Role(StrEnum):
    """What a part of a feature is: a line, the outline of a polygon, a hole in the polygon before it, a point."""

    LINE = "line"
    SHELL = "shell"
    HOLE = "hole"
    POINT = "point"


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """A chain of coordinates (n, 2) as the file gives them (x or longitude first), of one feature (its index).

    Rings are closed: their first place stands again at the end. Holes follow the shell that they lie in.
    """

    feature: int
    role: Role
    lonlat: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Layer:
    """A layer of a file: its name, the file's format and SHA-256, its reference system as authority and code
    (`EPSG:4326`) or None, its features' attributes, their parts, and what is wrong with it.

    `crs_read` is what was read of a reference system that is not understood; empty where nothing is stated."""

    file: str
    name: str
    format: str
    sha256: str
    crs: str | None
    attributes: tuple[Mapping[str, Value], ...]
    parts: tuple[Part, ...]
    remarks: tuple[Remark, ...] = field(default=())
    crs_read: str = ""
