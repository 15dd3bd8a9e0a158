"""Unpacking of gzip and zip with a cap, counted while it happens: what an archive says of itself is not believed."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import IO
from zipfile import BadZipFile, ZipFile, ZipInfo

from merestone.sources.limits import MIB, ReadingLimits
from merestone.sources.refused import RefusedError

_CHUNK = 1 << 18
_SIDECARS = (".shp", ".shx", ".dbf", ".prj", ".cpg")
_MEMBER_BYTES = 1024
"""More than an archive's directory needs for one member with a name of decent length."""


def gunzip(source: Path, target: Path, limits: ReadingLimits) -> None:
    """Unpack a gzip file of one or more members."""
    with source.open("rb") as packed, target.open("wb") as unpacked:
        for chunk in _capped(_inflated(packed), source.stat().st_size, limits):
            unpacked.write(chunk)


def unzip_kml(source: Path, target: Path, limits: ReadingLimits) -> None:
    """Unpack the document of a KMZ: `doc.kml`, or the only KML file at its top."""
    with _opened(source, limits) as archive:
        documents = [each for each in archive.infolist() if each.filename.lower().endswith(".kml")]
        named = [each for each in documents if each.filename.lower() == "doc.kml"] or documents
        if len(named) != 1:
            raise RefusedError(f"the archive holds {len(documents)} KML files, none named doc.kml; unpack it, give one")
        _extract(archive, named[0], target, limits)


def unzip_shapefile(source: Path, folder: Path, limits: ReadingLimits) -> Path:
    """Unpack the one Shapefile of an archive with its companions and give the path of its main file."""
    with _opened(source, limits) as archive:
        mains = [each for each in archive.infolist() if each.filename.lower().endswith(".shp")]
        if len(mains) != 1:
            raise RefusedError(f"the archive holds {len(mains)} Shapefiles; give an archive that holds exactly one")
        stem = PurePosixPath(mains[0].filename).with_suffix("").as_posix().lower()
        wanted = {f"{stem}{ending}": ending for ending in _SIDECARS}
        for member in archive.infolist():
            ending = wanted.get(member.filename.lower())
            if ending:
                _extract(archive, member, folder / f"unpacked{ending}", limits)
    return folder / "unpacked.shp"


def _opened(source: Path, limits: ReadingLimits) -> ZipFile:
    _check_directory(source, limits)
    try:
        archive = ZipFile(source)
    except (BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise RefusedError(f"it is not a valid zip archive ({error}); ask for it again") from error
    if sum(each.file_size for each in archive.infolist()) > limits.unpacked_bytes:
        archive.close()
        raise RefusedError(_too_large(limits))
    return archive


def _check_directory(source: Path, limits: ReadingLimits) -> None:
    """Raise `RefusedError` where the archive's own directory is larger than that of so many members can be."""
    with source.open("rb") as archive:
        size = archive.seek(0, 2)
        archive.seek(max(0, size - 66_000))
        tail = archive.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) < at + 22:
        raise RefusedError("it is not a valid zip archive (its directory is missing); ask for it again")
    members, length = (int.from_bytes(tail[at + a : at + b], "little") for a, b in ((10, 12), (12, 16)))
    if members > limits.members or length > limits.members * _MEMBER_BYTES:
        raise RefusedError(
            f"the archive holds more than {limits.members} files; unpack it and give the one that is meant"
        )


def _extract(archive: ZipFile, member: ZipInfo, target: Path, limits: ReadingLimits) -> None:
    if member.flag_bits & 1:
        raise RefusedError("the archive is encrypted; unpack it with its password first")
    try:
        with archive.open(member) as packed, target.open("wb") as unpacked:
            for chunk in _capped(_chunks(packed), member.compress_size, limits):
                unpacked.write(chunk)
    except (BadZipFile, NotImplementedError, EOFError, zlib.error) as error:
        raise RefusedError(f"the archive is damaged ({error}); ask for it again") from error


def _capped(chunks: Iterator[bytes], packed_bytes: int, limits: ReadingLimits) -> Iterator[bytes]:
    total, most = 0, max(MIB, packed_bytes * limits.ratio)
    for chunk in chunks:
        total += len(chunk)
        if total > limits.unpacked_bytes:
            raise RefusedError(_too_large(limits))
        if total > most:
            raise RefusedError(
                f"it unpacks to more than {limits.ratio} times its size, as no file of coordinates does; unpack it "
                "yourself and look at it"
            )
        yield chunk


def _chunks(stream: IO[bytes]) -> Iterator[bytes]:
    while chunk := stream.read(_CHUNK):
        yield chunk


def _inflated(stream: IO[bytes]) -> Iterator[bytes]:
    """Give the content of all members of a gzip stream, never more than a chunk at once."""
    inflate, rest = zlib.decompressobj(wbits=31), b""
    while data := (rest or stream.read(_CHUNK)):
        try:
            yield inflate.decompress(data, _CHUNK)
        except zlib.error as error:
            raise RefusedError(f"the gzip file is damaged ({error}); ask for it again") from error
        rest = inflate.unconsumed_tail or inflate.unused_data
        if inflate.eof:
            rest = inflate.unused_data.lstrip(b"\x00")
            if rest or stream.peek(1):  # type: ignore[attr-defined]
                inflate = zlib.decompressobj(wbits=31)
    if not inflate.eof:
        raise RefusedError("the gzip file ends too early; ask for it again")


def _too_large(limits: ReadingLimits) -> str:
    return f"unpacked it is larger than {limits.unpacked_bytes // MIB} MiB; cut it to the boundary that is meant"
