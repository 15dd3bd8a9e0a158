"""Repairs that lose nothing, each with a remark: rings closed, longitudes continuous, repeated vertices dropped."""

from __future__ import annotations

import numpy as np

from merestone.geodesy.arrays import Flags, Floats, Integers
from merestone.geodesy.line import Place
from merestone.sources.chains import Chains
from merestone.sources.layer import Role
from merestone.sources.remark import Remark
from merestone.sources.wording import counted

Repaired = tuple[Chains, tuple[Remark, ...]]

_POLE_DEG = 90.0 - 1e-9
_RING_VERTICES, _LINE_VERTICES = 4, 2
_MOST_REMARKS = 20


def closed(chains: Chains) -> Repaired:
    """Give the chains with the first place of every ring standing again at its end."""
    first, last = chains.lonlat[chains.offsets[:-1]], chains.lonlat[chains.offsets[1:] - 1]
    wrong = np.nonzero(chains.has_role(Role.SHELL, Role.HOLE) & (first != last).any(axis=1))[0]
    if not len(wrong):
        return chains, ()
    lonlat = np.insert(chains.lonlat, chains.offsets[wrong + 1], first[wrong], axis=0)
    counts = chains.counts
    counts[wrong] += 1
    remark = Remark(
        "D110", counted(len(wrong), "ring that did not end where it began was closed", "rings that did not end where they began were closed"), _place(last[wrong[0]]),
        float(len(wrong)), "rings", _feature(chains, wrong[0]),
    )  # fmt: skip
    return _with(chains, lonlat, counts), (remark,)


def continuous(chains: Chains) -> Repaired:
    """Give the chains with longitudes that run on across the antimeridian, where the file jumps by 360 degrees.

    RFC 7946 (3.1.9) asks that lines are cut there; uncut, an edge would lead once round the Earth. At a pole the
    longitude may jump. A ring that comes back a whole turn off goes round a pole: it is left as it is.
    """
    lonlat = chains.lonlat
    step = np.diff(lonlat[:, 0])
    at_pole = np.abs(lonlat[:, 1]) >= _POLE_DEG
    jump = (np.abs(step) > 180.0) & ~(at_pole[:-1] & at_pole[1:])
    jump[chains.offsets[1:-1] - 1] = False
    if not jump.any():
        return chains, ()
    turns = np.concatenate([[0.0], np.cumsum(np.where(jump, -np.round(step / 360.0), 0.0))])
    turns -= np.repeat(turns[chains.offsets[:-1]], chains.counts)
    round_pole = chains.has_role(Role.SHELL, Role.HOLE) & (turns[chains.offsets[1:] - 1] != 0.0)
    turns[np.repeat(round_pole, chains.counts)] = 0.0
    jumping = np.maximum.reduceat(np.abs(turns), chains.offsets[:-1]) > 0.0
    moved = np.column_stack([_brought_home(lonlat[:, 0] + 360.0 * turns, chains, jumping), lonlat[:, 1]])
    return _with(chains, moved, chains.counts), tuple(_turn_remarks(chains, jump, round_pole))


def _brought_home(lon: Floats, chains: Chains, jumping: Flags) -> Floats:
    """Give longitudes with the chains that jumped moved by whole turns, so that their middle lies within 180 degrees."""
    starts = chains.offsets[:-1]
    middle = (np.minimum.reduceat(lon, starts) + np.maximum.reduceat(lon, starts)) / 2.0
    home = np.where(jumping, np.round(middle / 360.0), 0.0)
    return np.asarray(lon - 360.0 * np.repeat(home, chains.counts))


def _turn_remarks(chains: Chains, jump: Flags, round_pole: Flags) -> list[Remark]:
    at = np.nonzero(jump & ~np.repeat(round_pole, chains.counts)[:-1])[0]
    remarks = []
    if len(at):
        sentence = (
            counted(len(at), "edge jumps", "edges jump") + " across the antimeridian; longitudes were made to run on"
        )
        feature = _feature(chains, int(chains.of_vertex[at[0]]))
        remarks.append(Remark("D111", sentence, _place(chains.lonlat[at[0]]), float(len(at)), "edges", feature))
    for chain in np.nonzero(round_pole)[0][:_MOST_REMARKS]:
        first = _place(chains.lonlat[chains.offsets[chain]])
        sentence = "a ring goes round a pole; its longitudes are left as in the file"
        remarks.append(Remark("D112", sentence, first, None, "", _feature(chains, int(chain))))
    return remarks


def without_repeats(chains: Chains) -> Repaired:
    """Give the chains without vertices that stand at the very place of the one before."""
    same = np.zeros(len(chains.lonlat), dtype=bool)
    same[1:] = (chains.lonlat[1:] == chains.lonlat[:-1]).all(axis=1)
    same[chains.offsets[:-1]] = False
    if not same.any():
        return chains, ()
    count = int(np.count_nonzero(same))
    vertex = int(np.argmax(same))
    remark = Remark(
        "D113", counted(count, "vertex at the position of the one before it was left out", "vertices at the position of the one before were left out"),
        _place(chains.lonlat[vertex]), float(count), "vertices", _feature(chains, int(chains.of_vertex[vertex])),
    )  # fmt: skip
    counts = chains.counts - np.add.reduceat(same, chains.offsets[:-1])
    return _with(chains, chains.lonlat[~same], counts), (remark,)


def without_degenerate(chains: Chains) -> Repaired:
    """Give the chains without lines of one place and rings of fewer than three; holes go with their outline."""
    counts = chains.counts
    ring = chains.has_role(Role.SHELL, Role.HOLE)
    shell = chains.has_role(Role.SHELL)
    wrong = (chains.has_role(Role.LINE) & (counts < _LINE_VERTICES)) | (ring & (counts < _RING_VERTICES))
    outline = np.maximum.accumulate(np.where(shell, np.arange(len(counts)), -1))
    wrong |= ring & ~shell & (outline >= 0) & wrong[outline]
    if not wrong.any():
        return chains, ()
    chain = int(np.argmax(wrong))
    remark = Remark(
        "D114", counted(int(wrong.sum()), "part", "parts") + " with too few distinct places for a line or a ring left out",
        _place(chains.lonlat[chains.offsets[chain]]), float(wrong.sum()), "parts", _feature(chains, chain),
    )  # fmt: skip
    kept = Chains(chains.lonlat[~np.repeat(wrong, counts)], chains.offsets, chains.feature[~wrong], chains.role[~wrong])
    return _with(kept, kept.lonlat, counts[~wrong]), (remark,)


def _with(chains: Chains, lonlat: Floats, counts: Integers) -> Chains:
    offsets = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    return Chains(lonlat, offsets, chains.feature, chains.role)


def _place(lonlat: Floats) -> Place:
    return float(lonlat[0]), float(lonlat[1])


def _feature(chains: Chains, chain: int) -> str:
    return f"feature {int(chains.feature[chain]) + 1}"
