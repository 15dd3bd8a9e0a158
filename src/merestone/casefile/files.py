"""Files in and out: descriptions read with a limit, outputs written whole or not at all."""

from __future__ import annotations

import errno
import os
import secrets
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from merestone.errors import UnreadableFileError, UnwritableFileError

LARGEST_DESCRIPTION_BYTES = 64 * 1024 * 1024
"""A million turning points take about 60 MB; what is larger is no description."""

STANDARD_INPUT = Path("-")
"""The name that stands for standard input."""

_IN_WORDS = {
    errno.ENOENT: "there is no such file or folder",
    errno.ENOTDIR: "part of its path is a file and not a folder",
    errno.EACCES: "permission denied",
    errno.EPERM: "permission denied",
    errno.EISDIR: "it is a folder",
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "the disk quota is used up",
    errno.EFBIG: "the file is larger than this disk or account may hold",
    errno.EROFS: "the disk is read-only",
    errno.ENAMETOOLONG: "the name is too long",
    errno.ELOOP: "its symbolic links lead in a circle",
}


def read_description(path: Path, limit_bytes: int = LARGEST_DESCRIPTION_BYTES) -> bytes:
    """The bytes of a description file, exactly as they stand; `-` is standard input.

    Raises `UnreadableFileError` where the file is missing, a folder, forbidden, or longer than `limit_bytes`.
    """
    try:
        if path == STANDARD_INPUT:
            content = sys.stdin.buffer.read(limit_bytes + 1)
        else:
            with path.open("rb") as stream:
                content = stream.read(limit_bytes + 1)
    except OSError as error:
        raise UnreadableFileError(path, _in_words(error)) from error
    except ValueError as error:  # a NUL in the name
        raise UnreadableFileError(path, "this cannot be the name of a file") from error
    if len(content) > limit_bytes:
        raise UnreadableFileError(
            path, f"it is larger than {limit_bytes // 1024**2} MiB, the limit for this kind of file"
        )
    return content


def write_whole(path: Path, content: bytes) -> None:
    """Writes a file whole or not at all: whatever fails, what stood there before still stands.

    Raises `UnwritableFileError`.
    """
    write_all({path: content})


def check_writable(path: Path) -> None:
    """Raises `UnwritableFileError` where a file could not be written: its folder takes no new file, or it is write-protected. Nothing
    is left behind."""
    with _staged({path: b""}):
        pass


def write_stream(path: Path, pieces: Iterable[bytes]) -> int:
    """Writes a file whole or not at all from pieces that need not fit into memory; gives back how many bytes it has.

    Raises `UnwritableFileError`; what the pieces raise passes through, and nothing is left of the file.
    """
    with _staged({path: b""}) as stages:
        stage = stages[0]
        with _explained(path), stage.fresh.open("wb") as stream:
            for piece in pieces:
                stream.write(piece)
            stream.flush()
            os.fsync(stream.fileno())
            size = stream.tell()
        _publish(stage)
    return size


def write_all(contents: Mapping[Path, bytes]) -> None:
    """Writes several files, all or none: every one is on the disk under another name before the first is renamed.

    Should a rename fail (it hardly can by then), those already renamed are put back. Raises `UnwritableFileError`.
    """
    with _staged(contents) as stages:
        done: list[_Stage] = []
        try:
            for stage in stages:
                _publish(stage)
                done.append(stage)
        except UnwritableFileError:
            for stage in reversed(done):
                _put_back(stage)
            raise


def write_new(contents: Mapping[Path, bytes], mode: int = 0o666) -> None:
    """Writes several files where none stands yet, all or none; `mode` is theirs from the first moment.

    Of two who write one file at once the second finds it there. Raises `UnwritableFileError`.
    """
    with _staged(contents, mode) as stages:
        done: list[_Stage] = []
        try:
            for stage in stages:
                _publish_new(stage)
                done.append(stage)
        except UnwritableFileError:
            for stage in done:
                with suppress(OSError):
                    stage.target.unlink()
            raise


@dataclass(frozen=True, slots=True)
class _Stage:
    """An output on its way: the file as the user named it, where it really lies, its new content, its old content."""

    path: Path
    target: Path
    fresh: Path
    former: Path
    existed: bool


@contextmanager
def _staged(contents: Mapping[Path, bytes], mode: int = 0o666) -> Iterator[list[_Stage]]:
    """Every content in a file beside its target; whatever happens, none of these files is left afterwards."""
    stages: list[_Stage] = []
    try:
        for path, content in contents.items():
            with _explained(path):
                stages.append(_stage(path))
                _write_through(stages[-1].fresh, content, mode)
        yield stages
    finally:
        for stage in stages:
            for leftover in (stage.fresh, stage.former):
                with suppress(OSError):
                    leftover.unlink()


def _stage(path: Path) -> _Stage:
    """The names an output goes by on its way. A link is followed: the file it names is replaced, not the link."""
    target = path.resolve()
    if target.is_dir():
        raise IsADirectoryError(errno.EISDIR, "it is a folder", str(path))
    existed = target.exists()
    if existed and not target.is_file():
        raise OSError(errno.EINVAL, "it is a device or a pipe, not an ordinary file", str(path))
    if existed and not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, "permission denied", str(path))
    token = secrets.token_hex(8)
    return _Stage(
        path, target, target.parent / f".merestone-{token}.new", target.parent / f".merestone-{token}.old", existed
    )


def _write_through(path: Path, content: bytes, mode: int) -> None:
    """Writes a file that does not exist yet, and does not come back before it is on the disk."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


def _publish(stage: _Stage) -> None:
    """Gives an output its name; what bore the name before is kept until all outputs have theirs."""
    with _explained(stage.path):
        if stage.existed:
            stage.fresh.chmod(stage.target.stat().st_mode & 0o777)
            with suppress(OSError):  # a file system without hard links: the rename below is still atomic
                os.link(stage.target, stage.former)
        stage.fresh.replace(stage.target)


def _publish_new(stage: _Stage) -> None:
    """Gives an output its name, if nothing bears it."""
    with _explained(stage.path):
        try:
            os.link(stage.fresh, stage.target)
        except FileExistsError as error:
            raise UnwritableFileError(stage.path, "it exists already and is not overwritten") from error
        except OSError:  # a file system without hard links
            if stage.target.exists():
                raise UnwritableFileError(stage.path, "it exists already and is not overwritten") from None
            stage.fresh.rename(stage.target)


def _put_back(stage: _Stage) -> None:
    """Undoes `_publish` as far as the disk allows."""
    with suppress(OSError):
        if stage.former.exists():
            stage.former.replace(stage.target)
        elif not stage.existed:
            stage.target.unlink()


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    """Turns what the operating system says into what a user can act on."""
    try:
        yield
    except OSError as error:
        raise UnwritableFileError(path, _in_words(error)) from error
    except ValueError as error:
        raise UnwritableFileError(path, "this cannot be the name of a file") from error


def _in_words(error: OSError) -> str:
    """The operating system's complaint as a phrase."""
    known = _IN_WORDS.get(error.errno) if error.errno is not None else None
    return known or (error.strerror or str(error)).lower()
