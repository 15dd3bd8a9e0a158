"""Legs that were drawn as chains, put together to the strands of a claim: in a row, a new strand after every gap."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from merestone.compare.claim import Label, Strand
from merestone.geodesy.ellipsoid import Ellipsoid
from merestone.geodesy.line import Floats
from merestone.geodesy.lonlat_area import ring_area_m2

DRAWN_M = 0.01
"""How far the chain of a leg may lie from its curve, in metres."""
_SAME_DEG = 5e-7


@dataclass(frozen=True, slots=True, eq=False)
class Drawn:
    """A leg's name and its chain (n, 2), degrees."""

    name: str
    chain: Floats


@dataclass(frozen=True, slots=True)
class Around:
    """A section: its name, whether it is a ring, who lies to its right (inside) and left (outside), the ellipsoid."""

    name: str
    ring: bool
    right: str | None
    left: str | None
    ellipsoid: Ellipsoid


def strands_of(section: Around, parts: Sequence[Drawn | None]) -> tuple[Strand, ...]:
    """The strands of a section; None among its parts is a gap."""
    runs: list[list[Drawn]] = [[]]
    for part in parts:
        if part is None:
            runs.append([])
            continue
        if runs[-1] and not _meets(runs[-1][-1].chain, part.chain):
            runs.append([])
        runs[-1].append(part)
    runs = [run for run in runs if run]
    names = [section.name, *(f"{section.name} {number}" for number in range(2, len(runs) + 1))]
    return tuple(_strand(section, name, run) for name, run in zip(names, runs, strict=False))


def _meets(before: Floats, after: Floats) -> bool:
    away = np.abs(before[-1] - after[0])
    return bool(min(away[0] % 360.0, 360.0 - away[0] % 360.0) < _SAME_DEG and away[1] < _SAME_DEG)


def _strand(section: Around, name: str, run: list[Drawn]) -> Strand:
    chain, labels = run[0].chain, [Label(run[0].name, 0, len(run[0].chain) - 1)]
    for drawn in run[1:]:
        turns = 360.0 * np.round((chain[-1, 0] - drawn.chain[0, 0]) / 360.0)
        labels.append(Label(drawn.name, len(chain) - 1, len(chain) + len(drawn.chain) - 2))
        chain = np.concatenate([chain, drawn.chain[1:] + np.array([turns, 0.0])])
    ring = section.ring and _meets(chain, chain[:1])
    if ring:
        chain = np.concatenate([chain[:-1], chain[:1]])
    left, right = _party(section.left), _party(section.right)
    if ring and ring_area_m2(section.ellipsoid, chain) > 0.0:
        left, right = right, left  # of a ring `right` holds who is inside, which is on the left anticlockwise
    return Strand(name, chain, ring, left, right, tuple(labels), DRAWN_M)


def _party(name: str | None) -> str | None:
    return None if name in {None, "open"} else name
