"""A layer that holds a line, or a stretch of one, more than once: each stretch is taken once, and that is said.

Agencies publish a boundary once for either State, or as a whole and in parts. Joined as they are, two equal lines are a
ring without land in it, and a stretch that is there twice is run there and back.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from merestone.geodesy.line import Flags, Floats
from merestone.sources.layer import Layer, Part, Role
from merestone.sources.remark import Remark


def once_each(layer: Layer) -> tuple[Layer, tuple[Remark, ...]]:
    """The layer without the edges of lines that an earlier line of it has too, whichever way they run, and a remark
    (D118) with how many lines that concerns and the first place. Edges that one line has twice stay: it runs back."""
    lines = [part for part in layer.parts if part.role is Role.LINE]
    if len(lines) < 2:
        return layer, ()
    doubled = _doubled([part.lonlat for part in lines])
    concerned = [number for number, flags in enumerate(doubled) if flags.any()]
    if not concerned:
        return layer, ()
    kept = [
        piece for part, flags in zip(lines, doubled, strict=True) for piece in ([part] if not flags.any() else _rest(part, flags))
    ]  # fmt: skip
    others = [part for part in layer.parts if part.role is not Role.LINE]
    first = lines[concerned[0]].lonlat[int(np.argmax(doubled[concerned[0]]))]
    count = len(concerned)
    sentence = (
        f"{'1 line repeats' if count == 1 else f'{count} lines repeat'} other lines of the layer, wholly or in part; each "
        "stretch is taken once"
    )
    remark = Remark("D118", sentence, (float(first[0]), float(first[1])), float(sum(f.sum() for f in doubled)), "edges")
    return replace(layer, parts=(*kept, *others)), (remark,)


def _doubled(chains: list[Floats]) -> list[Flags]:
    """For each chain which of its edges an earlier chain has, in either direction."""
    edges = np.concatenate([np.column_stack([chain[:-1], chain[1:]]) for chain in chains])
    counts = np.array([len(chain) - 1 for chain in chains])
    line = np.repeat(np.arange(len(chains)), counts)
    turned = (edges[:, 0] > edges[:, 2]) | ((edges[:, 0] == edges[:, 2]) & (edges[:, 1] > edges[:, 3]))
    edges[turned] = edges[turned][:, [2, 3, 0, 1]]
    _, group = np.unique(edges, axis=0, return_inverse=True)
    earliest = np.full(len(edges), len(chains), dtype=np.intp)
    np.minimum.at(earliest, group.ravel(), line)
    return np.split(line != earliest[group.ravel()], np.cumsum(counts)[:-1])


def _rest(part: Part, doubled: Flags) -> list[Part]:
    """The pieces of a line between its doubled edges."""
    bounds = np.flatnonzero(np.diff(np.concatenate([[True], doubled, [True]]).astype(np.int8)))
    starts, ends = bounds[::2], bounds[1::2]
    return [replace(part, lonlat=part.lonlat[start : end + 1]) for start, end in zip(starts, ends, strict=True)]
