"""How much of a foreign file is read: above these figures it is refused, whatever it holds."""

from __future__ import annotations

from dataclasses import dataclass

MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class ReadingLimits:
    """What reading one file may cost.

    Of the file as it lies there and unpacked (`unpacked_bytes`, never more than `ratio` times what it was packed in,
    once that is above a mebibyte); members of an archive; vertices and features that come out; and of the child
    process that reads it: memory, processor time, and time by the clock.
    """

    file_bytes: int = 512 * MIB
    unpacked_bytes: int = 512 * MIB
    ratio: int = 200
    members: int = 64
    vertices: int = 20_000_000
    features: int = 1_000_000
    attribute_bytes: int = 64 * MIB
    memory_bytes: int = 4096 * MIB
    processor_s: int = 120
    wall_s: float = 180.0


DEFAULT_LIMITS = ReadingLimits()
"""Enough for all land boundaries of the world at full detail."""
