"""Files that a foreign file names: read only from its own folder, and only so much of them."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path

from merestone.errors import UnreadableFileError

_NOT_A_NAME = re.compile(r"[\x00-\x1f\\:]|^/|^~|//")


def read_ordinary(path: Path, limit_bytes: int) -> bytes:
    """The bytes of an ordinary file of at most `limit_bytes`.

    Raises `UnreadableFileError` where it is missing, a folder, a device or a pipe, forbidden, or longer.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(descriptor, "rb") as stream:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise UnreadableFileError(path, "it is not an ordinary file")
            content = stream.read(limit_bytes + 1)
    except OSError as error:
        raise UnreadableFileError(path, (error.strerror or str(error)).lower()) from error
    except ValueError as error:  # a NUL in the name
        raise UnreadableFileError(path, "this cannot be the name of a file") from error
    if len(content) > limit_bytes:
        raise UnreadableFileError(path, f"larger than {limit_bytes // 1024} KiB, which no such file is")
    return content


def read_beside(naming: Path, name: str, limit_bytes: int) -> bytes:
    """The bytes of the file that `naming` names, which lies in its folder or below.

    Raises `UnreadableFileError` for an absolute path, a drive, an address, a `/vsi` path, a path or a link that
    leads out of the folder, and as `read_ordinary` does.
    """
    if _NOT_A_NAME.search(name) or ".." in name.split("/") or not name.strip():
        raise UnreadableFileError(naming, f"it names {name[:80]!r}; give the name of a file in the same folder")
    folder = naming.parent.resolve()
    path = (folder / name).resolve()
    if not path.is_relative_to(folder):
        raise UnreadableFileError(naming, f"{name[:80]!r} leads out of its folder; put the file itself there")
    return read_ordinary(path, limit_bytes)
