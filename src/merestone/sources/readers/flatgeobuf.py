"""What the header of a FlatGeobuf states, where GDAL does not tell: a flat table (flatbuffers) after eight bytes."""

from __future__ import annotations

import struct
from pathlib import Path

from merestone.sources.refused import RefusedError
from merestone.sources.systems import system_of, undefined

_AT = 12
"""Where the header begins: after the eight bytes of the format and four of the header's size."""
_KIND, _CRS = 2, 10
_PLAIN = 6
"""Kinds of geometry up to this are points, lines, polygons, or several of them."""
_ORGANIZATION, _CODE, _NAME, _WKT, _CODE_TEXT = 0, 1, 2, 4, 5
_LARGEST = 1 << 20


def stated_system(path: Path) -> tuple[str | None, str]:
    """Give the code of the reference system that the header states, or what was read of it; nothing where it is silent."""
    with path.open("rb") as file:
        head = file.read(_LARGEST)
    try:
        header = _AT + _number("<I", head, _AT)
        at = _field(head, header, _CRS)
        if at is None:
            return None, ""
        crs = at + _number("<I", head, at)
        texts = [_text(head, crs, field) for field in (_ORGANIZATION, _NAME, _WKT, _CODE_TEXT)]
        place = _field(head, crs, _CODE)
        code = 0 if place is None else _number("<i", head, place)
    except (struct.error, UnicodeDecodeError) as error:
        raise RefusedError("its header is broken; ask for the file again") from error
    organization, name, wkt, code_text = texts
    if code or code_text:
        return system_of(f"{organization or 'EPSG'}:{code_text or code}")
    return system_of(wkt or name) if wkt or name else undefined("without code, name or definition")


def may_be_curved(path: Path) -> bool:
    """Give whether the header allows geometries that are curved, or says nothing of their kind."""
    with path.open("rb") as file:
        head = file.read(_LARGEST)
    try:
        at = _field(head, _AT + _number("<I", head, _AT), _KIND)
        return at is None or not 1 <= _number("<B", head, at) <= _PLAIN
    except struct.error as error:
        raise RefusedError("its header is broken; ask for the file again") from error


def _number(form: str, head: bytes, at: int) -> int:
    if at < 0:
        raise struct.error
    return int(struct.unpack_from(form, head, at)[0])


def _field(head: bytes, table: int, field: int) -> int | None:
    """Give where a field of a table lies, None where the table does not have it."""
    index = table - _number("<i", head, table)
    if 4 + 2 * field >= _number("<H", head, index):
        return None
    offset = _number("<H", head, index + 4 + 2 * field)
    return table + offset if offset else None


def _text(head: bytes, table: int, field: int) -> str:
    at = _field(head, table, field)
    if at is None:
        return ""
    start = at + _number("<I", head, at)
    return head[start + 4 : start + 4 + _number("<I", head, start)].decode("utf-8")
