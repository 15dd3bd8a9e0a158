"""Canonical JSON of objects, arrays, texts and whole numbers: one sequence of bytes for one value, and nothing else read.

RFC 8785 restricted to what has no second form: no fractions, no `true`, `false` or `null`, and names in ASCII, for which the
order of RFC 8785 (UTF-16 code units) and of Python's strings agree. The escapes of Python's writer are those of
RFC 8785, section 3.2.2.2.
"""

from __future__ import annotations

import json
from typing import Any, NoReturn

from merestone.register.refusal import RefusedError, Rule

MOST_DEPTH = 10
GREATEST_INTEGER = 2**53 - 1

_NOT_BRACKETS = bytes(byte for byte in range(256) if byte not in b"[]{}")
_OUTSIDE_TEXTS = b"[]{},:0123456789"
"""All that canonical bytes have outside of strings."""


def write(value: object) -> bytes:
    """The canonical bytes of a value made of dict, list, tuple, str and int."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True, allow_nan=False).encode()


def read(data: bytes, most_bytes: int) -> Any:
    """The value that canonical bytes hold. Raises `RefusedError` (E1) for any other bytes."""
    if len(data) > most_bytes:
        _refuse(f"it has {len(data):,} bytes; at most {most_bytes:,} are allowed")
    outside = _outside_texts(data)
    _check_depth(outside)
    try:
        text = data.decode("utf-8")
        value = json.loads(
            text,
            object_pairs_hook=_members,
            parse_int=_integer,
            parse_float=_no_fraction,
            parse_constant=_no_fraction,
        )
        again = write(value)
    except UnicodeError:
        _refuse("it is not UTF-8, or holds half a surrogate pair")
    except json.JSONDecodeError as trouble:
        _refuse(f"it is not JSON: {trouble.msg} at character {trouble.pos}")
    if again != data:
        _refuse("the JSON is not in its canonical form (RFC 8785)")
    if outside.translate(None, delete=_OUTSIDE_TEXTS):
        _refuse("it contains true, false or null, which the format does not allow")
    return value


def _outside_texts(data: bytes) -> bytes:
    """What stands outside of strings, as far as the bytes are JSON."""
    return b"".join(data.replace(rb"\\", b"").replace(rb"\"", b"").split(b'"')[::2])


def _check_depth(outside: bytes) -> None:
    """Refuses brackets nested too deep before a parser recurses into them."""
    level = 0
    for bracket in outside.translate(None, delete=_NOT_BRACKETS):
        level += 1 if bracket in b"[{" else -1
        if level > MOST_DEPTH:
            _refuse(f"it is nested deeper than {MOST_DEPTH} levels")


def _members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        _refuse("an object has the same member twice")
    return found


def _integer(digits: str) -> int:
    if len(digits) > 16 or not 0 <= int(digits) <= GREATEST_INTEGER or digits.startswith("-"):
        _refuse("a whole number is not between 0 and 2^53 - 1")
    return int(digits)


def _no_fraction(_: str) -> NoReturn:
    _refuse("a number is not a whole number")


def _refuse(why: str) -> NoReturn:
    raise RefusedError(Rule.FORM, why)
