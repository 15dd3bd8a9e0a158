"""One sequence of bytes for one value, and nothing else read."""

from __future__ import annotations

from typing import Any

import pytest

from fakes.refusals import refused
from merestone.register.canonical import GREATEST_INTEGER, read, write
from merestone.register.refusal import Rule


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "it is not JSON: Expecting value at character 0"),
        (b'{"a":1', "it is not JSON"),
        (b"\xff", "it is not UTF-8, or holds half a surrogate pair"),
        (b'"\\ud800"', "it is not UTF-8, or holds half a surrogate pair"),
        (b'{"a":1,"a":1}', "an object has the same member twice"),
        (b"1.0", "a number is not a whole number"),
        (b"1e3", "a number is not a whole number"),
        (b"NaN", "a number is not a whole number"),
        (b"-Infinity", "a number is not a whole number"),
        (b"-1", "not between 0 and 2^53 - 1"),
        (b"-0", "not between 0 and 2^53 - 1"),
        (b"9007199254740992", "not between 0 and 2^53 - 1"),
        (b"12345678901234567", "not between 0 and 2^53 - 1"),
        (b"01", "it is not JSON"),
        (b"true", "it contains true, false or null, which the format does not allow"),
        (b"[null]", "it contains true, false or null, which the format does not allow"),
        (b'{"a":false}', "it contains true, false or null, which the format does not allow"),
        (b"[1, 2]", "not in its canonical form (RFC 8785)"),
        (b'{"b":1,"a":2}', "not in its canonical form (RFC 8785)"),
        (b'"\\u0041"', "not in its canonical form (RFC 8785)"),
    ],
)
def test_everything_else_is_refused(data: bytes, why: str) -> None:
    """Whatever is no value of ours in its one form."""
    with refused(Rule.FORM, why=why):
        read(data, 100)


def test_what_is_read_is_what_was_written() -> None:
    """Objects, arrays, texts and whole numbers, at their bounds."""
    values: list[Any] = [{}, [], "", 0, GREATEST_INTEGER, {"a": [1, {"b": "\u00e9"}]}, "\x7f\u2028"]
    for value in values:
        assert read(write(value), 100) == value


def test_bytes_have_a_bound() -> None:
    """At the bound it is read, one below it is refused."""
    assert read(b"[1]", 3) == [1]
    with refused(Rule.FORM, why="it has 3 bytes; at most 2 are allowed"):
        read(b"[1]", 2)


def test_words_in_texts_are_words() -> None:
    """`true` in a text is a text, also after escaped quotes and backslashes."""
    for data in (b'"true"', b'"\\"true"', b'["\\\\","null"]', b'{"false":"t"}'):
        read(data, 50)


def test_what_is_closed_is_closed_once() -> None:
    """Many short arrays beside one another make none of them deeper, and do not hide one that is too deep."""
    beside = b"[" + b"[]," * 50
    assert read(beside + b"[]]", 1_000)
    with refused(Rule.FORM, why="nested deeper than 10"):
        read(beside + b"[" * 10 + b"]" * 11, 1_000)
    read(beside + b"[" * 9 + b"]" * 10, 1_000)


def test_what_has_no_form_is_not_written() -> None:
    """Not a number, infinity, half a surrogate pair: nothing of ours, and no bytes for it."""
    for value in (float("nan"), float("inf"), "\ud800"):
        with pytest.raises(ValueError):  # noqa: PT011 -- json and UTF-8 say it each in its own words
            write(value)
