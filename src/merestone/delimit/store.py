"""Where drawn legs are kept from one run to the next: by content, as data.

A key is the digest of everything that a drawn leg depends on: its canonical text, the canonical units of its points,
the keys of the legs it refers to, the readings and frames in use, and the versions of the code and of PROJ. No line
number and no comment is in it, so that moving a statement redraws nothing. A value is JSON; floats are written in
hexadecimal, so that what is taken from the store is bit for bit what was put there.
"""

from __future__ import annotations

import json
from hashlib import blake2b
from typing import Protocol

from merestone.delimit.boundary_line import ReadingTaken
from merestone.delimit.drawn import Drawn
from merestone.geodesy.line_data import LineData, line_from_data, line_to_data

LAYOUT = 3
"""Raised whenever what a key digests, or what a value means, changes."""


DIGEST_LETTERS = 40
"""The length of a digest in hexadecimal: it stands in front of each value, which may have been damaged on the disk."""


class LegStore(Protocol):
    """Keeps values by key; may forget any of them at any time."""

    def get(self, key: str) -> str | None:
        """The value put under this key, None where there is none."""

    def put(self, key: str, value: str) -> None:
        """Keep a value."""


class NoStore:
    """Keeps nothing."""

    def get(self, key: str) -> str | None:
        """None: nothing is kept."""
        del key
        return None

    def put(self, key: str, value: str) -> None:
        """Do nothing."""
        del key, value


class MemoryStore(dict[str, str]):
    """Keeps values as long as the process lives."""

    def put(self, key: str, value: str) -> None:
        """Keep a value."""
        self[key] = value


def key_of(parts: tuple[str, ...]) -> str:
    """The key of everything that a drawn leg depends on; no two different lists of parts have one key."""
    digest = blake2b(digest_size=DIGEST_LETTERS // 2)
    for part in parts:
        data = part.encode()
        digest.update(len(data).to_bytes(8, "big"))
        digest.update(data)
    return digest.hexdigest()


def to_value(drawn: Drawn, key: str) -> str | None:
    """A drawn leg as JSON; None where its line is of a kind that is not kept, or something came up while drawing."""
    line = line_to_data(drawn.line) if not drawn.findings else None
    if line is None:
        return None
    reading = drawn.reading
    taken = None if reading is None else [reading.name, reading.by, list(reading.also)]
    said = json.dumps(
        {"layout": LAYOUT, "line": line, "reading": taken, "tolerance": drawn.end_tolerance_m.hex()}, sort_keys=True
    )
    return key_of((key, said)) + said


def from_value(value: str, key: str) -> Drawn | None:
    """The drawn leg of a value; None for anything that is not, bit for bit, what was put under this key."""
    digest, said = value[:DIGEST_LETTERS], value[DIGEST_LETTERS:]
    if digest != key_of((key, said)):
        return None
    try:
        data = json.loads(said)
        if data["layout"] != LAYOUT:
            return None
        line_data: LineData = data["line"]
        taken = data["reading"]
        reading = None if taken is None else ReadingTaken(str(taken[0]), taken[1], tuple(map(str, taken[2])))
        return Drawn(line_from_data(line_data), reading, float.fromhex(data["tolerance"]))
    except (ValueError, KeyError, TypeError, IndexError, OverflowError):
        return None
