"""Changes to a bundle as the test vectors describe them (`docs/formats/register/vectors.md`): small, and made anew each time."""

from __future__ import annotations

import re
from hashlib import sha256
from typing import TypeAlias

Record: TypeAlias = tuple[str, str, bytes]
Change: TypeAlias = dict[str, str | int]


def changed(base: bytes, changes: list[Change]) -> bytes:
    """The bundle with changes made to it one after another. The record `end` is made anew, unless the bundle is cut."""
    rows, cut = _records(base), None
    for change in changes:
        match change:
            case {"enter offer": int(number)}:
                offers = [row for row in rows if row[0] == "offer"]
                rows = _entered(rows, offers[number][2])
            case {"repeat entry": int(number)}:
                rows = _entered(rows, next(row[2] for row in rows if row[:2] == ("entry", str(number))))
            case {"drop": str(kind), "number": int(number)}:
                rows.remove([row for row in rows if row[0] == kind][number])
            case {"in": str(kind), "number": int(number), "old": str(old), "new": str(new)}:
                row = [row for row in rows if row[0] == kind][number]
                rows[rows.index(row)] = (kind, row[1], row[2].replace(old.encode(), new.encode(), 1))
            case {"cut": int(length)}:
                cut = length
    return packed(rows)[:cut]


def _entered(rows: list[Record], data: bytes) -> list[Record]:
    """The records with one more entry, after those there are."""
    last = max(at for at, row in enumerate(rows) if row[0] == "entry")
    return [*rows[: last + 1], ("entry", str(int(rows[last][1]) + 1), data), *rows[last + 1 :]]


def _records(raw: bytes) -> list[Record]:
    """The records of a good bundle, without its end."""
    rows, place = [], raw.index(b"\n") + 1
    while place < len(raw):
        found = re.compile(rb"(\w+) (\w+) (\d+)\n").match(raw, place)
        assert found is not None
        place = found.end() + int(found[3])
        rows.append((found[1].decode(), found[2].decode(), raw[found.end() : place]))
        place += 1
    return rows[:-1]


def packed(rows: list[Record]) -> bytes:
    """The bytes of a bundle with these records and its end."""
    body = b"merestone-bundle/1\n" + b"".join(
        b"%b %b %d\n%b\n" % (k.encode(), n.encode(), len(d), d) for k, n, d in rows
    )
    return body + b"end %d 64\n%b\n" % (len(rows), sha256(body).hexdigest().encode())
