"""The canonical line read back, strictly: a file that anybody may have made is either exactly right or refused.

What is refused: more bytes, deeper nesting or more vertices than the limits; anything that is not UTF-8 JSON; a member
twice, a member unknown or missing, a value of another type; a number with a fraction, an exponent or more than
sixteen digits; a coordinate out of range; columns of unequal length; and bytes that are not canonical (RFC 8785).
Nothing is repaired.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NoReturn, TypeVar

import numpy as np

from merestone.delimit.boundary_line import UNITS_PER_DEGREE, VertexSource
from merestone.description.tree import Status
from merestone.errors import MerestoneError
from merestone.publish.line_json import FORMAT, UNIT, VERSION, canonical_bytes
from merestone.publish.stored_line import (
    StoredFrame,
    StoredGap,
    StoredLeg,
    StoredLine,
    StoredPoint,
    StoredReading,
    StoredSection,
    StoredWords,
)

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)
GREATEST_WHOLE = 2**53 - 1
"""The greatest whole number that every reader of JSON keeps (RFC 8785, section 3.2.2.3)."""
Object = Mapping[str, Any]


class LineFormatError(MerestoneError):
    """Bytes are not a canonical line: `where` is the path of the member (JSON Pointer), `why` the reason."""

    def __init__(self, where: str, why: str) -> None:
        super().__init__(f"not a {FORMAT} of version {VERSION}: {where or 'the file'}: {why}")
        self.where = where
        self.why = why


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a file may hold before it is refused unread."""

    size_bytes: int = 1 << 29
    depth: int = 16
    text_characters: int = 1 << 20
    vertices: int = 5_000_000


def read_line(data: bytes, limits: Limits | None = None) -> StoredLine:
    """The compared part of a canonical line. Raises `LineFormatError` with the first thing that is wrong."""
    limits = limits or Limits()
    document = _document(data, limits)
    top = _members(document, "", ("format", "version", "line", "derived", "made_with"))
    if top["format"] != FORMAT or top["version"] is True or top["version"] != VERSION:
        _refuse("/format", f"{_shown(top['format'])} of version {_shown(top['version'])} cannot be read here")
    for name in ("derived", "made_with"):
        if not isinstance(top[name], dict):
            _refuse(f"/{name}", "an object is expected here")
    if _canonical(document) != data:
        _refuse("", "the JSON is not in its canonical form (RFC 8785)")
    return _Reader(limits).line(top["line"])


def _canonical(value: Any) -> bytes:
    """The canonical bytes of a value out of the file."""
    try:
        return canonical_bytes(value)
    except UnicodeEncodeError as trouble:
        _refuse("", f"it does not have a canonical form: {_shown(str(trouble))}")


def _document(data: bytes, limits: Limits) -> Any:
    """The JSON of the file, parsed without floats, duplicate members or unbounded nesting."""
    if len(data) > limits.size_bytes:
        _refuse("", f"it has {len(data):,} bytes; at most {limits.size_bytes:,} are read")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as trouble:
        _refuse("", f"byte {trouble.start} is not UTF-8")
    _check_depth(data, limits.depth)
    try:
        return json.loads(
            text,
            object_pairs_hook=_no_duplicates,
            parse_float=_no_fraction,
            parse_constant=_no_fraction,
            parse_int=_short_integer,
        )
    except json.JSONDecodeError as trouble:
        _refuse("", f"it is not JSON: {trouble.msg} at character {trouble.pos}")


def _check_depth(data: bytes, depth: int) -> None:
    """Refuses brackets nested deeper than `depth`, before a parser recurses into them."""
    outside_texts = b"".join(data.replace(rb"\\", b"").replace(rb"\"", b"").split(b'"')[::2])
    level = 0
    for bracket in outside_texts.translate(None, delete=_NO_BRACKETS):
        level += 1 if bracket in b"[{" else -1
        if level > depth:
            _refuse("", f"it is nested deeper than {depth} levels")


_NO_BRACKETS = bytes(byte for byte in range(256) if byte not in b"[]{}")


def _no_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object, refused where a member stands twice."""
    found = dict(pairs)
    if len(found) != len(pairs):
        twice = next(iter(sorted(name for name, times in Counter(name for name, _ in pairs).items() if times > 1)))
        _refuse("", f"the member {_shown(twice)} is in one object twice")
    for name in found:
        if not name.isascii():
            _refuse("", f"the member {_shown(name)} is unknown")
    return found


def _no_fraction(text: str) -> NoReturn:
    """Numbers with a fraction or exponent, NaN and infinities are refused."""
    _refuse("", f"{_shown(text)} is not a whole number")


def _short_integer(text: str) -> int:
    """A whole number of at most sixteen digits."""
    if len(text) > 17:
        _refuse("", "a number has more than sixteen digits")
    value = int(text)
    if abs(value) > GREATEST_WHOLE:
        _refuse("", f"it does not have a canonical form: {value} is beyond 2^53")
    return value


def _refuse(where: str, why: str) -> NoReturn:
    """The exception that says what is wrong and where."""
    raise LineFormatError(where, why)


def _shown(value: object) -> str:
    """A short, printable form of a value out of the file."""
    return ascii(value)[:60]


def _members(value: Any, where: str, names: tuple[str, ...]) -> Object:
    """An object that has exactly these members."""
    if not isinstance(value, dict):
        _refuse(where, "an object is expected here")
    for name in names:
        if name not in value:
            _refuse(where, f"the member {name!r} is missing")
    for name in value:
        if name not in names:
            _refuse(where, f"the member {_shown(name)} is unknown")
    return value


def _list(value: Any, where: str) -> list[Any]:
    """A list."""
    if not isinstance(value, list):
        _refuse(where, "a list is expected here")
    return value


def _whole(value: Any, where: str, low: int, high: int) -> int:
    """A whole number between two bounds, both allowed."""
    if not isinstance(value, int) or isinstance(value, bool):
        _refuse(where, "a whole number is expected here")
    if not low <= value <= high:
        _refuse(where, f"{value} is out of range ({low} to {high})")
    return value


def _one_of(kind: type[E], value: Any, where: str) -> E:
    """A member of a closed list of texts."""
    for member in kind:
        if value == member.value and isinstance(value, str):
            return member
    _refuse(where, f"{_shown(value)} is not one of {', '.join(kind)}")


MAX_LATITUDE = 90 * UNITS_PER_DEGREE
MAX_LONGITUDE = 3 * 360 * UNITS_PER_DEGREE
"""Longitudes run on continuously along a line: three turns are more than any boundary needs."""
MAX_MICROMETRES = 1 << 53


@dataclass(frozen=True, slots=True)
class _Reader:
    """The functions that read each record, with the limits they share."""

    limits: Limits

    def text(self, value: Any, where: str) -> str:
        if not isinstance(value, str):
            _refuse(where, "a text is expected here")
        if len(value) > self.limits.text_characters:
            _refuse(where, f"a text has more than {self.limits.text_characters:,} characters")
        return value

    def text_or_none(self, value: Any, where: str) -> str | None:
        return None if value is None else self.text(value, where)

    def each(self, value: Any, where: str, read: Callable[[Any, str], T]) -> tuple[T, ...]:
        return tuple(read(item, f"{where}/{index}") for index, item in enumerate(_list(value, where)))

    def line(self, value: Any) -> StoredLine:
        names = ("title", "reading_by", "standing", "unit", "frame", "frame_reading", "parties", "points", "sections")
        line = _members(value, "/line", names)
        if line["unit"] != UNIT:
            _refuse("/line/unit", f"{_shown(line['unit'])} is not {UNIT}")
        return StoredLine(
            title=self.text(line["title"], "/line/title"),
            reading_by=self.text(line["reading_by"], "/line/reading_by"),
            standing=self.text(line["standing"], "/line/standing"),
            frame=self.frame(line["frame"], "/line/frame"),
            frame_reading=self.reading(line["frame_reading"], "/line/frame_reading"),
            parties=self.each(line["parties"], "/line/parties", self.party),
            points=self.each(line["points"], "/line/points", self.point),
            sections=self.each(line["sections"], "/line/sections", self.section),
            compared=_canonical(line),
        )

    def frame(self, value: Any, where: str) -> StoredFrame | None:
        if value is None:
            return None
        frame = _members(value, where, ("name", "code", "epoch", "plate", "vertical", "ellipsoid"))
        inside = f"{where}/ellipsoid"
        ellipsoid = _members(frame["ellipsoid"], inside, ("name", "semi_major_axis_m", "inverse_flattening"))
        return StoredFrame(
            name=self.text(frame["name"], f"{where}/name"),
            code=self.text_or_none(frame["code"], f"{where}/code"),
            epoch=self.text_or_none(frame["epoch"], f"{where}/epoch"),
            plate=self.text_or_none(frame["plate"], f"{where}/plate"),
            vertical=self.text_or_none(frame["vertical"], f"{where}/vertical"),
            ellipsoid=self.text(ellipsoid["name"], f"{inside}/name"),
            semi_major_axis_m=self.text(ellipsoid["semi_major_axis_m"], f"{inside}/semi_major_axis_m"),
            inverse_flattening=self.text(ellipsoid["inverse_flattening"], f"{inside}/inverse_flattening"),
        )

    def reading(self, value: Any, where: str) -> StoredReading | None:
        if value is None:
            return None
        reading = _members(value, where, ("name", "by", "also"))
        return StoredReading(
            name=self.text(reading["name"], f"{where}/name"),
            by=self.text_or_none(reading["by"], f"{where}/by"),
            also=self.each(reading["also"], f"{where}/also", self.text),
        )

    def party(self, value: Any, where: str) -> tuple[str, str]:
        party = _members(value, where, ("identity", "title"))
        return self.text(party["identity"], f"{where}/identity"), self.text(party["title"], f"{where}/title")

    def words(self, value: Any, where: str) -> StoredWords:
        words = _members(value, where, ("text", "language", "article"))
        return StoredWords(
            text=self.text(words["text"], f"{where}/text"),
            language=self.text_or_none(words["language"], f"{where}/language"),
            article=self.text_or_none(words["article"], f"{where}/article"),
        )

    def source(self, value: Any, where: str) -> VertexSource:
        return _one_of(VertexSource, value, where)

    def tolerance(self, value: Any, where: str) -> int | None:
        return None if value is None else _whole(value, where, 0, MAX_MICROMETRES)

    def longitude(self, value: Any, where: str) -> int:
        return _whole(value, where, -MAX_LONGITUDE, MAX_LONGITUDE)

    def latitude(self, value: Any, where: str) -> int:
        return _whole(value, where, -MAX_LATITUDE, MAX_LATITUDE)

    def point(self, value: Any, where: str) -> StoredPoint:
        point = _members(value, where, ("name", "longitude", "latitude", "source", "tolerance_um"))
        return StoredPoint(
            name=self.text(point["name"], f"{where}/name"),
            longitude=self.longitude(point["longitude"], f"{where}/longitude"),
            latitude=self.latitude(point["latitude"], f"{where}/latitude"),
            source=self.source(point["source"], f"{where}/source"),
            tolerance_um=self.tolerance(point["tolerance_um"], f"{where}/tolerance_um"),
        )

    def section(self, value: Any, where: str) -> StoredSection:
        names = ("name", "title", "ring", "right_or_inside", "left_or_outside", "status", "parts")
        section = _members(value, where, names)
        if not isinstance(section["ring"], bool):
            _refuse(f"{where}/ring", "true or false is expected here")
        status = section["status"]
        return StoredSection(
            name=self.text(section["name"], f"{where}/name"),
            title=self.text_or_none(section["title"], f"{where}/title"),
            ring=section["ring"],
            right=self.text_or_none(section["right_or_inside"], f"{where}/right_or_inside"),
            left=self.text_or_none(section["left_or_outside"], f"{where}/left_or_outside"),
            status=None if status is None else _one_of(Status, status, f"{where}/status"),
            parts=self.each(section["parts"], f"{where}/parts", self.part),
        )

    def part(self, value: Any, where: str) -> StoredLeg | StoredGap:
        kind = value.get("part") if isinstance(value, dict) else None
        if kind == "leg":
            return self.leg(value, where)
        if kind == "gap":
            return self.gap(value, where)
        _refuse(where, "a leg or a gap is expected here")

    def gap(self, value: Any, where: str) -> StoredGap:
        gap = _members(value, where, ("part", "name", "said", "from", "to", "why", "words", "notes"))
        why = _members(gap["why"], f"{where}/why", ("code", "sentence"))
        return StoredGap(
            name=self.text(gap["name"], f"{where}/name"),
            said=self.text(gap["said"], f"{where}/said"),
            start=self.text_or_none(gap["from"], f"{where}/from"),
            end=self.text_or_none(gap["to"], f"{where}/to"),
            code=self.text(why["code"], f"{where}/why/code"),
            why=self.text(why["sentence"], f"{where}/why/sentence"),
            words=self.each(gap["words"], f"{where}/words", self.words),
            notes=self.each(gap["notes"], f"{where}/notes", self.text),
        )

    def leg(self, value: Any, where: str) -> StoredLeg:
        names = ("part", "name", "kind", "said", "frame", "reading", "words", "notes", "vertices")
        leg = _members(value, where, names)
        inside = f"{where}/vertices"
        columns = _members(leg["vertices"], inside, ("longitude", "latitude", "name", "source", "tolerance_um"))
        length = len(_list(columns["longitude"], f"{inside}/longitude"))
        for name, column in columns.items():
            if len(_list(column, f"{inside}/{name}")) != length:
                _refuse(f"{inside}/{name}", "the columns of the vertices do not have the same length")
        if not 2 <= length <= self.limits.vertices:
            _refuse(inside, f"a leg must have 2 to {self.limits.vertices:,} vertices; this one has {length:,}")
        longitudes = self.each(columns["longitude"], f"{inside}/longitude", self.longitude)
        latitudes = self.each(columns["latitude"], f"{inside}/latitude", self.latitude)
        vertices = np.column_stack([np.array(longitudes, dtype=np.int64), np.array(latitudes, dtype=np.int64)])
        vertices.flags.writeable = False
        return StoredLeg(
            name=self.text(leg["name"], f"{where}/name"),
            kind=self.text(leg["kind"], f"{where}/kind"),
            said=self.text(leg["said"], f"{where}/said"),
            frame=self.frame(leg["frame"], f"{where}/frame"),
            reading=self.reading(leg["reading"], f"{where}/reading"),
            words=self.each(leg["words"], f"{where}/words", self.words),
            notes=self.each(leg["notes"], f"{where}/notes", self.text),
            vertices=vertices,
            vertex_names=self.each(columns["name"], f"{inside}/name", self.text),
            vertex_sources=self.each(columns["source"], f"{inside}/source", self.source),
            tolerances_um=self.each(columns["tolerance_um"], f"{inside}/tolerance_um", self.tolerance),
        )
