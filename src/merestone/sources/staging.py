"""A copy of a foreign file, with its companions, in a private folder: what is hashed is what is read.

The child sees this folder and nothing beside the original, so that no neighbour of the file, no link and nothing that
changes meanwhile can come in.
"""

from __future__ import annotations

import hashlib
import os
import stat
from pathlib import Path

from merestone.sources.file_format import HEAD_BYTES, FileFormat, formats_of, packing_of
from merestone.sources.limits import MIB, ReadingLimits
from merestone.sources.refused import RefusedError

_COMPANIONS = (".shx", ".dbf", ".prj", ".cpg")
_CHUNK = 1 << 20


def stage(path: Path, folder: Path, limits: ReadingLimits) -> tuple[Path, str]:
    """Copy the file, and a Shapefile's companions, into the folder; give the copy's path and the file's SHA-256.

    Raise `RefusedError` for what is no ordinary file, is too large, or has a name that its content belies.
    """
    name = path.name
    allowed = formats_of(name)
    copy = folder / f"given{path.suffix.lower()}"
    digest = _copied(path, copy, limits.file_bytes)
    with copy.open("rb") as beginning:
        packing_of(name, beginning.read(HEAD_BYTES))
    if path.suffix.lower() == ".shp":
        _stage_companions(path, copy, limits)
    if FileFormat.GEOPACKAGE in allowed:
        _check_settled(path)
    return copy, digest


def _copied(source: Path, target: Path, most_bytes: int) -> str:
    """Copy an ordinary file and give its SHA-256."""
    digest, total = hashlib.sha256(), 0
    with os.fdopen(_opened(source, most_bytes), "rb") as original, target.open("xb") as copy:
        while chunk := original.read(_CHUNK):
            total += len(chunk)
            if total > most_bytes:
                raise RefusedError(_too_large(most_bytes))
            digest.update(chunk)
            copy.write(chunk)
    return digest.hexdigest()


def _opened(source: Path, most_bytes: int) -> int:
    """Open without waiting for a writer on a pipe, and look at what was opened, not at what the name meant before."""
    try:
        opened = os.open(source, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except OSError as error:
        raise RefusedError(f"it cannot be opened ({error.strerror}); check its name and permissions") from error
    status = os.fstat(opened)
    if not stat.S_ISREG(status.st_mode):
        os.close(opened)
        what = "a folder" if stat.S_ISDIR(status.st_mode) else "a device or a pipe"
        raise RefusedError(f"it is {what}, not a file; give a file")
    if status.st_size > most_bytes:
        os.close(opened)
        raise RefusedError(_too_large(most_bytes))
    return opened


def _stage_companions(path: Path, copy: Path, limits: ReadingLimits) -> None:
    """Copy what lies beside a Shapefile under its name; a companion that leads out of the folder is refused."""
    home = path.parent.resolve()
    for ending in _COMPANIONS:
        for beside in (path.with_suffix(ending), path.with_suffix(ending.upper())):
            if not os.path.lexists(beside):
                continue
            if beside.is_symlink() and beside.resolve().parent != home:
                raise RefusedError(f"its {ending} is a link out of its folder; put the file itself there")
            _copied(beside, copy.with_suffix(ending), limits.file_bytes)
            break


def _check_settled(path: Path) -> None:
    """Raise `RefusedError` where a program still holds changes to a GeoPackage beside it."""
    for ending in ("-wal", "-journal"):
        beside = path.with_name(path.name + ending)
        if beside.is_file() and beside.stat().st_size:
            raise RefusedError(f"changes to it are still in {beside.name!a}; close the program that has it open")


def _too_large(most_bytes: int) -> str:
    return f"it is larger than {most_bytes // MIB} MiB; cut it to the boundary that is meant"
