"""The bundle: everything that travels between replicas, in one file of records (`docs/formats/register/carriers.md`).

Written as an iterator of bytes and read from a stream record by record, so that neither holds a whole register.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import BinaryIO, NoReturn

from merestone.register import envelope, head
from merestone.register.objects import MOST_BLOB_BYTES
from merestone.register.refusal import RefusedError, Rule

MAGIC = b"merestone-bundle/1\n"
MOST_HEADER = 120


class Record(StrEnum):
    """The kinds of record, in their order."""

    REGISTER = "register"
    BLOB = "blob"
    ENTRY = "entry"
    HEAD = "head"
    OFFER = "offer"
    END = "end"


_ORDER = {kind: number for number, kind in enumerate(Record)}
_MOST = {
    Record.REGISTER: 0,
    Record.BLOB: MOST_BLOB_BYTES,
    Record.ENTRY: envelope.MOST_BYTES,
    Record.HEAD: head.MOST_BYTES,
    Record.OFFER: envelope.MOST_BYTES,
    Record.END: 64,
}
_HEADER = re.compile(rb"(register|blob|entry|head|offer|end) ([0-9a-f]{64}|0|[1-9][0-9]{0,15}) (0|[1-9][0-9]{0,9})\n")


@dataclass(frozen=True, slots=True)
class Item:
    """One record: its kind, its name, its bytes."""

    kind: Record
    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Contents:
    """What a bundle is to hold. Blobs and offers by digest, entries from `first` on, heads by size."""

    register: str
    blobs: Iterable[tuple[str, bytes]] = ()
    first: int = 0
    entries: Iterable[bytes] = ()
    heads: Iterable[tuple[int, bytes]] = ()
    offers: Iterable[tuple[str, bytes]] = ()


def written(contents: Contents) -> Iterator[bytes]:
    """The bundle's bytes, piece by piece. Blobs, heads and offers must come in order."""
    hashed = sha256()
    count = 0
    for item in _items(contents):
        for piece in ((MAGIC,) if not count else ()) + (_header(item), item.data, b"\n"):
            hashed.update(piece)
            yield piece
        count += 1
    digest = hashed.hexdigest().encode()
    yield _header(Item(Record.END, str(count), digest)) + digest + b"\n"


def _items(contents: Contents) -> Iterator[Item]:
    yield Item(Record.REGISTER, contents.register, b"")
    for name, data in contents.blobs:
        yield Item(Record.BLOB, name, data)
    for number, data in enumerate(contents.entries):
        yield Item(Record.ENTRY, str(contents.first + number), data)
    for size, data in contents.heads:
        yield Item(Record.HEAD, str(size), data)
    for name, data in contents.offers:
        yield Item(Record.OFFER, name, data)


def _header(item: Item) -> bytes:
    return f"{item.kind.value} {item.name} {len(item.data)}\n".encode()


def read_bundle(stream: BinaryIO) -> Iterator[Item]:
    """The records of a bundle but the last, each checked as far as it can be alone; the last one is checked before the
    iteration ends, so that whoever has come to the end has read a whole bundle. Raises `RefusedError`."""
    hashed = sha256()
    hashed.update(_exactly(stream, len(MAGIC)))
    if hashed.digest() != sha256(MAGIC).digest():
        _refuse("this is not a bundle of version 1")
    last: Item | None = None
    count = 0
    while True:
        before = hashed.hexdigest()
        item, raw = _record(stream)
        if item.kind is Record.END:
            _check_end(stream, item, count, before)
            return
        _check_order(last, item)
        hashed.update(raw)
        count += 1
        last = item
        yield item


def _record(stream: BinaryIO) -> tuple[Item, bytes]:
    header = stream.readline(MOST_HEADER)
    matched = _HEADER.fullmatch(header)
    if matched is None:
        _refuse("the bundle is cut short, or a record has no header")
    kind, length = Record(matched[1].decode()), int(matched[3])
    if length > _MOST[kind]:
        _refuse(f"a record of kind {kind} has {length:,} bytes; at most {_MOST[kind]:,} are allowed")
    data = _exactly(stream, length)
    if _exactly(stream, 1) != b"\n":
        _refuse("a record is longer than its header says")
    return Item(kind, matched[2].decode(), data), header + data + b"\n"


def _exactly(stream: BinaryIO, length: int) -> bytes:
    data = stream.read(length)
    if len(data) != length:
        _refuse("the bundle is cut short")
    return data


def _check_order(last: Item | None, item: Item) -> None:
    if last is None or item.kind is Record.REGISTER:
        if last is not None or item.kind is not Record.REGISTER or len(item.name) != 64:
            _refuse("the identity of the register must come first, and only once")
        return
    named_by_digest = item.kind in {Record.BLOB, Record.OFFER}
    if named_by_digest != (len(item.name) == 64):
        _refuse(f"a record of kind {item.kind} cannot have the name {item.name}")
    if item.kind is Record.HEAD and item.data.split(b"\n", 2)[1:2] != [item.name.encode()]:
        _refuse(f"the head under the name {item.name} has another size")
    if item.kind is Record.BLOB and sha256(item.data).hexdigest() != item.name:
        _refuse(f"the bytes under the name {item.name} have another SHA-256")
    if _ORDER[item.kind] > _ORDER[last.kind]:
        return
    in_order = _ORDER[item.kind] == _ORDER[last.kind] and (
        item.name > last.name if named_by_digest else _follows(last, item)
    )
    if not in_order:
        _refuse(f"a record of kind {item.kind} is out of order")


def _follows(last: Item, item: Item) -> bool:
    if item.kind is Record.ENTRY:
        return int(item.name) == int(last.name) + 1
    return (int(last.name), last.data) < (int(item.name), item.data)


def _check_end(stream: BinaryIO, item: Item, count: int, digest: str) -> None:
    if item.name != str(count) or item.data != digest.encode() or not count:
        _refuse("the bundle is not whole: its end does not match the records before it")
    if stream.read(1):
        _refuse("something follows the end of the bundle")


def _refuse(why: str) -> NoReturn:
    raise RefusedError(Rule.BUNDLE, why)
