"""The members of an object that was read, taken out one by one and each of its type, or the object is refused.

`docs/formats/register/objects.md` says what a text, a name, a date, a digest and a nonce are.
"""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from binascii import Error as Base64Error
from collections.abc import Callable, Collection
from datetime import date
from itertools import pairwise
from typing import Any, NoReturn, TypeVar

from merestone.register.refusal import RefusedError, Rule

T = TypeVar("T")

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
DIGEST = re.compile(r"[0-9a-f]{64}")
NONCE = re.compile(r"[0-9a-f]{32}")
DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
MOST_CHARACTERS = 1_000

_REFUSED_CHARACTERS = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ud800-\uf8ff\ufe00-\ufe0f\ufeff"
    "\ufff9-\ufffb\ufffe\uffff\U000e0000-\U0010ffff]"
)


class Fields:
    """The members of one object: exactly those named, or the object is refused. `where` is its path in the file."""

    __slots__ = ("_value", "_where")

    def __init__(self, value: Any, where: str, *names: str) -> None:
        if type(value) is not dict:
            refuse(where, "an object is expected here")
        if set(value) != set(names):
            strange = sorted(set(value) ^ set(names))
            refuse(where, f"these members are missing or unknown: {', '.join(map(shown, strange))}")
        self._value: dict[str, Any] = value
        self._where = where

    def path(self, name: str) -> str:
        """Where a member stands."""
        return f"{self._where}/{name}"

    def raw(self, name: str) -> Any:
        """The member as it was read, of whatever type."""
        return self._value[name]

    def constant(self, name: str, expected: object) -> None:
        """Refuses another value than the one expected."""
        value = self._value[name]
        if type(value) is not type(expected) or value != expected:
            refuse(self.path(name), f"the value is {shown(value)} and must be {shown(expected)}")

    def integer(self, name: str, most: int | None = None, least: int = 0) -> int:
        """A whole number, at least `least` and at most `most`."""
        value = self._value[name]
        if type(value) is not int:
            refuse(self.path(name), "a whole number is expected here")
        if value < least:
            refuse(self.path(name), f"{value} is less than {least}")
        if most is not None and value > most:
            refuse(self.path(name), f"{value} is more than {most}")
        return int(value)

    def string(self, name: str) -> str:
        """A string of any characters; whoever asks knows what it may hold."""
        value = self._value[name]
        if type(value) is not str:
            refuse(self.path(name), "a string is expected here")
        return str(value)

    def text(self, name: str) -> str:
        """A text: not too long, without control, invisible or private characters."""
        value = self.string(name)
        if len(value) > MOST_CHARACTERS:
            refuse(self.path(name), f"the text has {len(value):,} characters; at most {MOST_CHARACTERS:,} are allowed")
        if found := _REFUSED_CHARACTERS.search(value):
            refuse(self.path(name), f"the character U+{ord(found[0]):04X} is not allowed in a text")
        return value

    def matching(self, name: str, pattern: re.Pattern[str], what: str) -> str:
        """A string that a pattern matches as a whole; `what` says what it should be."""
        value = self.string(name)
        if not pattern.fullmatch(value):
            refuse(self.path(name), f"{shown(value)} is not a {what}")
        return value

    def name(self, name: str) -> str:
        """A name."""
        return self.matching(name, NAME, "name")

    def digest(self, name: str) -> str:
        """A digest, 64 hexadecimal digits."""
        return self.matching(name, DIGEST, "digest")

    def nonce(self, name: str) -> str:
        """A nonce, 32 hexadecimal digits."""
        return self.matching(name, NONCE, "nonce")

    def open_date(self, name: str) -> str:
        """A date of the Gregorian calendar, or the empty string."""
        value = self.string(name)
        return value and checked_date(value, self.path(name))

    def choice(self, name: str, choices: Collection[str]) -> str:
        """One of some strings."""
        value = self.string(name)
        if value not in choices:
            refuse(self.path(name), f"{shown(value)} is not one of {', '.join(each or 'nothing' for each in choices)}")
        return value

    def items(self, name: str, least: int, most: int, read: Callable[[Any, str], T]) -> tuple[T, ...]:
        """The items of an array, each read by `read` (value, path)."""
        value = self._value[name]
        if type(value) is not list:
            refuse(self.path(name), "an array is expected here")
        if not least <= len(value) <= most:
            refuse(self.path(name), f"the array has {_items(len(value))}; {_allowed(least, most)}")
        return tuple(read(item, f"{self.path(name)}/{number}") for number, item in enumerate(value))

    def one(self, name: str, read: Callable[[Any, str], T]) -> T:
        """One member read by `read` (value, path)."""
        return read(self._value[name], self.path(name))


def _items(number: int) -> str:
    return "1 item" if number == 1 else f"{number} items"


def _allowed(least: int, most: int) -> str:
    return f"it must have {_items(most)}" if least == most else f"{least} to {most} are allowed"


def checked_date(value: str, where: str) -> str:
    """The date itself, refused if the calendar has none such."""
    try:
        known = bool(DATE.fullmatch(value)) and date.fromisoformat(value) is not None
    except ValueError:
        known = False
    if not known:
        refuse(where, f"{shown(value)} is not a date of the form YYYY-MM-DD")
    return value


def increasing(keys: Collection[Any], where: str, what: str) -> None:
    """Refuses keys that are not in strictly increasing order."""
    if any(not one < other for one, other in pairwise(keys)):
        refuse(where, f"the {what} are not in order, or one is repeated")


def decoded_base64(text: str, where: str) -> bytes:
    """The bytes of canonical base64 (RFC 4648, section 4; unused bits zero)."""
    try:
        data = b64decode(text.encode("ascii"), validate=True)
    except (Base64Error, ValueError):
        refuse(where, "it is not base64")
    if b64encode(data).decode() != text:
        refuse(where, "it is not base64 in its canonical form")
    return data


def shown(value: object) -> str:
    """A value from a foreign file, short and without characters that do something."""
    text = ascii(value)
    return text if len(text) <= 60 else f"{text[:57]}..."


def refuse(where: str, why: str) -> NoReturn:
    """Refuses the form of an object at a path."""
    raise RefusedError(Rule.FORM, f"{where or 'the top level'}: {why}")
