"""The manifest of an export: the SHA-256 of every file in it, as `sha256sum -c` reads them (`carriers.md`)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from merestone.casefile.register.key_files import read_small
from merestone.errors import UnreadableFileError
from merestone.register.refusal import RefusedError, Rule

MANIFEST = "SHA256SUMS"
MOST_BYTES = 1 << 30
_LINE = re.compile(r"([0-9a-f]{64})  ([0-9A-Za-z._/-]+)\n")


def manifest_of(folder: Path) -> bytes:
    """The manifest of all files that lie in a folder but the manifest itself, by path."""
    paths = sorted(_lying(folder) - {MANIFEST}, key=str.encode)
    return "".join(f"{_digest(folder / path)}  {path}\n" for path in paths).encode()


def check_manifest(folder: Path) -> str:
    """The SHA-256 of an export's manifest. Raises `RefusedError` unless the manifest lists every file in the folder, no other, and
    each with the digest that it has."""
    if not (folder / MANIFEST).is_file():
        _refuse(f"{folder / MANIFEST}: this file is missing, and it must list the files of the export")
    if (folder / MANIFEST).is_symlink():
        _refuse(f"{folder / MANIFEST}: it is a link, and an export may contain only ordinary files")
    data = read_small(folder / MANIFEST, MOST_BYTES)
    listed = dict(_listed(folder / MANIFEST, data))
    lying = _lying(folder) - {MANIFEST}
    for path in sorted(lying - listed.keys()):
        _refuse(f"{folder / path}: the manifest does not list this file: it does not belong to the export")
    for path, digest in listed.items():
        if path not in lying:
            _refuse(f"{folder / path}: the manifest lists this file, and it is missing")
        if _digest(folder / path) != digest:
            _refuse(f"{folder / path}: it is not the file that the manifest lists")
    return sha256(data).hexdigest()


def _listed(file: Path, data: bytes) -> Iterator[tuple[str, str]]:
    """Paths and digests, in the one form that a manifest has."""
    last = ""
    for line in data.decode("utf-8", "replace").splitlines(keepends=True):
        found = _LINE.fullmatch(line)
        if found is None or found[2] <= last:
            _refuse(f"{file}: a line does not have the required form, or is out of order: {line.strip()[:80]!r}")
        else:
            last = found[2]
            yield last, found[1]


def _lying(folder: Path) -> set[str]:
    """What lies in a folder and below, folders apart; a link counts as a file, whatever it leads to."""
    found = (path for path in folder.rglob("*") if path.is_symlink() or not path.is_dir())
    return {path.relative_to(folder).as_posix() for path in found}


def _digest(file: Path) -> str:
    if file.is_symlink() or not file.is_file():
        _refuse(f"{file}: it is a link or a device, and an export may contain only ordinary files")
    hashed = sha256()
    try:
        with file.open("rb") as stream:
            while piece := stream.read(1 << 20):
                hashed.update(piece)
    except OSError as error:
        raise UnreadableFileError(file, (error.strerror or str(error)).lower()) from error
    return hashed.hexdigest()


def _refuse(why: str) -> None:
    raise RefusedError(Rule.EXPORT, why)
