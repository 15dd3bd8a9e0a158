"""What a reader hands over before anything is checked: chains of coordinates in one array, and what came with them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from merestone.geodesy.arrays import Floats, Integers
from merestone.sources.layer import Role, Value
from merestone.sources.refused import RefusedError

ROLES = tuple(Role)
"""Roles by their number in `Chains.role`."""


@dataclass(frozen=True, slots=True, eq=False)
class Chains:
    """k chains one after the other: `lonlat` (n, 2) as in the file; chain i is `lonlat[offsets[i]:offsets[i + 1]]`.

    `offsets` (k + 1,), `feature` (k,) the index of the feature, `role` (k,) the number of the role in `ROLES`.
    """

    lonlat: Floats
    offsets: Integers
    feature: Integers
    role: Integers

    @property
    def counts(self) -> Integers:
        """How many vertices each chain has, (k,)."""
        return np.diff(self.offsets)

    @property
    def of_vertex(self) -> Integers:
        """The chain of each vertex, (n,)."""
        return np.repeat(np.arange(len(self.feature)), self.counts)

    def has_role(self, *roles: Role) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        """Which chains have one of the roles, (k,)."""
        return np.isin(self.role, [ROLES.index(role) for role in roles])


@dataclass(slots=True, eq=False)
class Gathering:
    """Chains while a reader collects them, with what it had to leave out."""

    pieces: list[Floats] = field(default_factory=list)
    feature: list[int] = field(default_factory=list)
    role: list[int] = field(default_factory=list)
    collections: int = 0
    more_dimensions: int = 0
    unread: dict[str, int] = field(default_factory=dict)
    has_outline: bool = False

    def add(self, feature: int, role: Role, lonlat: Floats) -> None:
        """Add a chain (n, 2) of a feature, unless it is empty; raise `RefusedError` for a hole without its outline."""
        if role is Role.HOLE and not self.has_outline:
            raise RefusedError(f"feature {feature + 1} has a hole and no outline; ask for a corrected file")
        self.has_outline = role is Role.HOLE or (role is Role.SHELL and len(lonlat) > 0)
        if not len(lonlat):
            return
        self.pieces.append(lonlat)
        self.feature.append(feature)
        self.role.append(ROLES.index(role))

    def chains(self) -> Chains:
        """Give all chains in the order in which they were added."""
        counts = np.array([len(piece) for piece in self.pieces], dtype=np.int64)
        lonlat = np.concatenate([*self.pieces, np.empty((0, 2))])
        offsets = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
        return Chains(lonlat, offsets, np.array(self.feature, dtype=np.int64), np.array(self.role, dtype=np.int64))


@dataclass(frozen=True, slots=True, eq=False)
class RawLayer:
    """A layer as a reader found it, unchecked.

    `crs` authority and code, or None; `crs_note` what was read of a system that is not understood. Counts: features whose
    geometry was a collection, features with heights or measures, geometries of kinds that are not read, cells that a
    spreadsheet would take for formulas, arcs of circles that were drawn. `encoding`: in which
    the attributes were read where no file states it. `notes`: what the library that read it remarked.
    """

    name: str
    format: str
    crs: str | None
    attributes: tuple[Mapping[str, Value], ...]
    chains: Chains
    crs_note: str = ""
    collections: int = 0
    more_dimensions: int = 0
    unread: Mapping[str, int] = field(default_factory=dict)
    formulas: int = 0
    arcs: int = 0
    encoding: str = ""
    notes: tuple[str, ...] = ()
