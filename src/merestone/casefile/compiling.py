"""A description file taken the whole way, with what earlier runs left."""

from __future__ import annotations

import codecs
import hashlib
from pathlib import Path

from merestone.casefile.files import read_description
from merestone.casefile.leg_store import SqliteStore, digest_of_code
from merestone.casefile.other_kinds import refuse_other_kinds
from merestone.casefile.pipeline import Pipeline, ReadTable, Result
from merestone.casefile.private_folder import cache_folder, prepare_kernels
from merestone.casefile.progress import Progress
from merestone.errors import UnreadableFileError

LARGEST_TABLE_BYTES = 512 * 1024 * 1024
"""A table of points larger than this is refused."""


def compile_file(path: Path, progress: Progress, *, use_cache: bool = False, checked: bool = True) -> Result:
    """The result of a description file; raises `MerestoneError` where the file cannot be read."""
    prepare_kernels()
    data = read_description(path)
    refuse_other_kinds(path, data)
    folder = cache_folder() if use_cache else None
    if folder is None:
        return Pipeline(table_reader(path.parent)).run(data, progress, checked=checked)
    with SqliteStore(folder / "legs.sqlite", digest_of_code()) as store:
        return Pipeline(table_reader(path.parent), store).run(data, progress, checked=checked)


def table_reader(folder: Path) -> ReadTable:
    """Reads tables that lie in the folder of a description, or deeper: no link leads out of it."""

    def read(name: str, sha256: str | None) -> str:
        path = _inside(folder, name)
        if path.exists() and not path.is_file():
            raise UnreadableFileError(path, "it is not an ordinary file")
        data = read_description(path, LARGEST_TABLE_BYTES)
        digest = hashlib.sha256(data).hexdigest()
        if sha256 is not None and digest != sha256.lower():
            raise UnreadableFileError(path, f"its SHA-256 is {digest}, not {sha256} as the description says")
        return _text(data, path)

    return read


def _text(data: bytes, path: Path) -> str:
    """The text of a table in UTF-8, or in UTF-16 with its mark, as spreadsheets write it."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding, name = "utf-16", "UTF-16"
    else:
        encoding, name = "utf-8", "UTF-8"
    if encoding == "utf-8" and b"\0" in data[:1000]:
        raise UnreadableFileError(path, "it seems to be UTF-16 without a byte order mark; save it as CSV UTF-8")
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableFileError(path, f"byte {error.start + 1} is not {name}; save it as CSV UTF-8") from error


def _inside(folder: Path, name: str) -> Path:
    """The path of a source, which must stay inside the folder, links followed."""
    base = folder.resolve()
    path = (base / name).resolve()
    if Path(name).is_absolute() or name.startswith(("/", "\\")) or "://" in name or not path.is_relative_to(base):
        raise UnreadableFileError(
            Path(name), "it lies outside the folder of the description; put it into that folder or a folder in it"
        )
    return path
