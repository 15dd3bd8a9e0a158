"""The export: a folder of plain files that any web server can publish and anybody can verify without us (`carriers.md`)."""

from __future__ import annotations

import errno
import re
import secrets
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

from merestone.casefile.progress import Progress
from merestone.casefile.register.carrying import WHOLE
from merestone.casefile.register.desk import STORE, Desk
from merestone.casefile.register.key_files import read_small
from merestone.casefile.register.manifest import MANIFEST, check_manifest, manifest_of
from merestone.casefile.register.next_steps import excuses
from merestone.casefile.register.proving import Verified, verify_bundle
from merestone.errors import UnreadableFileError, UnwritableFileError, WrongRequestError
from merestone.register.bundle import Contents, Record, read_bundle, written
from merestone.register.evidence import read_evidence
from merestone.register.head import MOST_BYTES, Head, read_head
from merestone.register.merkle import Tree, leaf_hash
from merestone.register.refusal import RefusedError, Rule
from merestone.register.signing import HybridScheme, Scheme

TILE = 256
_TILE_PATH = re.compile("tile/(entries|[0-7])/((?:x[0-9]{3}/)*[0-9]{3})(?:[.]p/([1-9][0-9]{0,2}))?")
VERIFIER = "verify_register.py"
PAGE = "index.html"
EVIDENCE = "evidence"


@dataclass(frozen=True, slots=True)
class PublicRecord:
    """The public record, wherever it is read from."""

    size: int
    entry: Callable[[int], bytes]
    subtree: Callable[[int, int], bytes]
    heads: tuple[Head, ...]
    blobs: Iterable[tuple[str, bytes]]


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written: how many files, the SHA-256 of the manifest that lists them, and how many pieces of evidence are among
    them."""

    files: int
    manifest_sha256: str
    evidence: int


def export(desk: Desk, folder: Path, progress: Progress) -> Exported:
    """Writes the export into a new folder, whole or not at all."""
    if not desk.store.size:
        raise WrongRequestError("the register has no charter yet: there is nothing to publish")
    if folder.exists():
        raise UnwritableFileError(
            folder, "this folder already exists, and an export needs a new folder: choose another name"
        )
    fresh = folder.with_name(f".merestone-{secrets.token_hex(8)}.new")
    try:
        with desk.store.reading():
            found = _filled(desk, fresh, progress)
        fresh.rename(folder)
    except OSError as error:
        if error.errno in {errno.ENOTEMPTY, errno.EEXIST}:
            raise UnwritableFileError(folder, "another program has just written this folder") from error
        raise UnwritableFileError(folder, (error.strerror or str(error)).lower()) from error
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return found


def _filled(desk: Desk, fresh: Path, progress: Progress) -> Exported:
    """Writes every file of an export, the manifest last."""
    store = desk.store
    whole = Contents(
        store.register,
        ((digest, store.blob(digest)) for digest in store.blobs()),
        0,
        store.entries(),
        ((head.size, head.note()) for head in store.heads()),
    )
    convicting = [each for each in store.evidence() if not excuses(desk, read_evidence(each))]
    evidence = {sha256(each).hexdigest(): each for each in convicting}
    count = 0
    for count, (path, pieces) in enumerate(_all(_of_desk(desk), whole, evidence), 1):
        _write(fresh / path, pieces)
        progress("writing the export", count, count + 1)
    with (fresh / WHOLE).open("rb") as stream:
        verified = verify_bundle(stream, progress, desk.scheme)
    _write(fresh / PAGE, (_page(verified, evidence.values()),))
    listed = manifest_of(fresh)
    _write(fresh / MANIFEST, (listed,))
    return Exported(count + 2, sha256(listed).hexdigest(), len(evidence))


def _page(verified: Verified, evidence: Iterable[bytes]) -> bytes:
    from merestone.publish.register.index_page import index_page

    slots = sorted({read_evidence(each).slot.value for each in evidence})
    return index_page(verified.facts, verified.state, slots)


def _write(path: Path, pieces: Iterable[bytes]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as stream:
        stream.writelines(pieces)


def _of_desk(desk: Desk) -> PublicRecord:
    store = desk.store
    blobs = ((digest, store.blob(digest)) for digest in store.blobs())
    return PublicRecord(store.size, store.entry, store.subtree, store.heads(), blobs)


def _all(record: PublicRecord, whole: Contents, evidence: Mapping[str, bytes]) -> Iterator[tuple[str, Iterable[bytes]]]:
    yield from ((path, (data,)) for path, data in derived_files(record))
    yield from ((f"{EVIDENCE}/{digest}.json", (data,)) for digest, data in evidence.items())
    yield WHOLE, written(whole)
    yield from ((path, (data,)) for path, data in _by_this_version())


def _by_this_version() -> Iterator[tuple[str, bytes]]:
    """The files of an export that follow from no entry: they are those of this version of Merestone."""
    yield VERIFIER, (files("merestone.register.published") / VERIFIER).read_bytes()
    pages = _formats()
    for path in sorted(each for each in pages.rglob("*") if each.is_file()):
        yield f"formats/{path.relative_to(pages).as_posix()}", path.read_bytes()


def _formats() -> Path:
    """The pages of the formats: in a wheel beside the code, in a checkout under docs."""
    package = Path(__file__).resolve().parents[2]
    shipped = package / "register" / "formats"
    return shipped if shipped.is_dir() else package.parents[1] / "docs" / "formats" / "register"


def derived_files(record: PublicRecord) -> Iterator[tuple[str, bytes]]:
    """The files that follow from entries, blobs and heads: path and bytes."""
    if record.heads:
        newest = max(record.heads, key=lambda head: head.size)
        yield "checkpoint", newest.note()
    yield from ((f"heads/{head.size}", head.note()) for head in record.heads)
    yield from _entry_tiles(record)
    yield from _hash_tiles(record)
    yield from ((f"blob/{digest[:2]}/{digest}", data) for digest, data in record.blobs)


def _entry_tiles(record: PublicRecord) -> Iterator[tuple[str, bytes]]:
    for number, width in _tiles(record.size):
        entries = (record.entry(number * TILE + each) for each in range(width))
        yield (
            f"tile/entries/{tile_path(number, width)}",
            b"".join(len(entry).to_bytes(2, "big") + entry for entry in entries),
        )


def _hash_tiles(record: PublicRecord) -> Iterator[tuple[str, bytes]]:
    level, count = 0, record.size
    while count:
        for number, width in _tiles(count):
            hashes = (record.subtree(8 * level, number * TILE + each) for each in range(width))
            yield f"tile/{level}/{tile_path(number, width)}", b"".join(hashes)
        level, count = level + 1, count // TILE


def _tiles(count: int) -> Iterator[tuple[int, int]]:
    """The tiles of so many hashes: number and width."""
    yield from ((number, min(TILE, count - number * TILE)) for number in range(-(-count // TILE)))


def tile_path(number: int, width: int) -> str:
    """The path of a tile (C2SP tlog-tiles): three digits an element, all but the last after an x."""
    parts = [f"{number % 1000:03d}"]
    while number >= 1000:
        number //= 1000
        parts.append(f"x{number % 1000:03d}")
    whole = "/".join(reversed(parts))
    return whole if width == TILE else f"{whole}.p/{width}"


def verify_export(folder: Path, progress: Progress, scheme: Scheme | None = None) -> Verified:
    """An export verified from nothing: its bundle replayed, every tile, head and blob compared with what follows from it, every
    piece of evidence checked, and every file held against the manifest, none missing or too many. Raises `RefusedError`."""
    if not (folder / WHOLE).is_file():
        raise UnreadableFileError(
            folder,
            f"this folder is neither a copy of a register nor an export: it contains neither {STORE} nor {WHOLE}",
        )
    try:
        with (folder / WHOLE).open("rb") as stream:
            verified = verify_bundle(stream, progress, scheme)
            stream.seek(0)
            items = list(read_bundle(stream))
    except OSError as error:
        raise UnreadableFileError(folder / WHOLE, (error.strerror or str(error)).lower()) from error
    entries = [item.data for item in items if item.kind is Record.ENTRY]
    tree = Tree(map(leaf_hash, entries))
    record = PublicRecord(
        len(entries),
        entries.__getitem__,
        tree.subtree,
        (),
        [(item.name, item.data) for item in items if item.kind is Record.BLOB],
    )
    derived = dict(derived_files(record))
    for path, data in derived.items():
        _same(folder / path, data)
    for path in _below(folder, "blob") - derived.keys():
        raise RefusedError(Rule.EXPORT, f"{path}: the bundle does not contain these bytes")
    for path in _below(folder, "tile") - derived.keys():
        _same(folder / path, _true_tile(record, path))
    _check_heads(folder, [read_head(item.data) for item in items if item.kind is Record.HEAD])
    accused = tuple(_accused(folder, verified, scheme or HybridScheme()))
    listed = check_manifest(folder)
    return replace(verified, manifest_sha256=listed, accused=accused, of_others=tuple(_of_others(folder, verified)))


def _accused(folder: Path, verified: Verified, scheme: Scheme) -> Iterator[str]:
    """The slots that the evidence in an export convicts, each piece of it checked with keys that the slot has had."""
    for path in sorted(_below(folder, EVIDENCE)):
        data = _small(folder / path)
        if path != f"{EVIDENCE}/{sha256(data).hexdigest()}.json":
            raise RefusedError(Rule.EXPORT, f"{folder / path}: its name is not the SHA-256 of its bytes")
        evidence = read_evidence(data)
        evidence.check(scheme)
        of_this = evidence.heads[0].register == verified.register
        if not of_this or not set(evidence.keys) <= verified.keys.get(evidence.slot, frozenset()):
            raise RefusedError(Rule.EVIDENCE, f"{folder / path}: it contains a key that this register has never had")
        if set(evidence.keys) & verified.stopped.get(evidence.slot, frozenset()):
            raise RefusedError(Rule.EVIDENCE, f"{folder / path}: a key that was declared lost or stolen proves nothing")
        yield evidence.slot.value


def _of_others(folder: Path, verified: Verified) -> Iterator[str]:
    """The files that no signature covers and that this version of Merestone would have written otherwise."""
    evidence = [_small(folder / path) for path in sorted(_below(folder, EVIDENCE))]
    for path, data in (*_by_this_version(), (PAGE, _page(verified, evidence))):
        if not (folder / path).is_file() or (folder / path).read_bytes() != data:
            yield path


def _below(folder: Path, name: str) -> set[str]:
    """The files below a folder of the export, by their path in the export."""
    return {path.relative_to(folder).as_posix() for path in (folder / name).rglob("*") if not path.is_dir()}


def _same(file: Path, data: bytes) -> None:
    if not file.is_file() or file.stat().st_size != len(data) or file.read_bytes() != data:
        raise RefusedError(Rule.EXPORT, f"{file}: this file is missing, or differs from what the entries give")


def _true_tile(record: PublicRecord, path: str) -> bytes:
    """What must stand in a partial tile of a smaller size that has been left in the export."""
    found = _TILE_PATH.fullmatch(path)
    if found is None:
        raise RefusedError(Rule.EXPORT, f"{path}: no tile has this name")
    number, width = int(re.sub("[x/]", "", found[2])), int(found[3] or TILE)
    count = record.size if found[1] == "entries" else record.size >> 8 * int(found[1])
    if number * TILE + width > count or width > TILE or path != f"tile/{found[1]}/{tile_path(number, width)}":
        raise RefusedError(Rule.EXPORT, f"{path}: a log of size {record.size} does not have this tile")
    places = range(number * TILE, number * TILE + width)
    if found[1] == "entries":
        return b"".join(len(entry).to_bytes(2, "big") + entry for entry in map(record.entry, places))
    return b"".join(record.subtree(8 * int(found[1]), place) for place in places)


def _check_heads(folder: Path, heads: list[Head]) -> None:
    """The heads of the export have the sizes of the bundle's, each line one of the bundle's, and no slot is left out."""
    sizes = {head.size for head in heads}
    if _below(folder, "heads") != {f"heads/{size}" for size in sizes}:
        raise RefusedError(
            Rule.EXPORT, f"{folder / 'heads'}: its files do not have the sizes of the heads in the bundle"
        )
    for size in sizes:
        known = [head for head in heads if head.size == size]
        file = folder / "heads" / str(size)
        head = read_head(_small(file))
        lines = [(slot, made) for each in known for slot, made in each.cosignatures.items()]
        slots_differ = head.cosignatures.keys() != {slot for slot, _ in lines}
        if head.body != known[0].body or slots_differ or any(each not in lines for each in head.cosignatures.items()):
            raise RefusedError(Rule.EXPORT, f"{file}: it differs from the heads of this size in the bundle")
    _same(folder / "checkpoint", _small(folder / "heads" / str(max(sizes))))


def _small(file: Path) -> bytes:
    if not file.is_file():
        raise RefusedError(Rule.EXPORT, f"{file}: this is not a file")
    return read_small(file, 4 * MOST_BYTES)
