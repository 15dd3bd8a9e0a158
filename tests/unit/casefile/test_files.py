"""Files in and out."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from merestone.casefile import files
from merestone.casefile.files import read_description, write_all, write_whole
from merestone.errors import UnreadableFileError, UnwritableFileError


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_description_comes_as_it_stands(tmp_path: Path) -> None:
    """Reading changes no byte, not even a line end or what is not UTF-8."""
    path = tmp_path / "a.boundary"
    path.write_bytes(b"a\r\n\xff")
    assert read_description(path) == b"a\r\n\xff"


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("missing.boundary", "there is no such file or folder"),
        (".", "it is a folder"),
        ("file/inside", "part of its path is a file and not a folder"),
        ("a\0b", "this cannot be the name of a file"),
        ("x" * 300, "the name is too long"),
    ],
)
def test_what_cannot_be_read_is_named(tmp_path: Path, name: str, why: str) -> None:
    """The reason is told in words, with the path."""
    (tmp_path / "file").write_text("")
    with pytest.raises(UnreadableFileError) as caught:
        read_description(tmp_path / name)
    assert caught.value.why == why


def test_a_description_has_a_greatest_size(tmp_path: Path) -> None:
    """A file of the limit is read, one byte more is refused."""
    path = tmp_path / "a.boundary"
    path.write_bytes(b"x" * 10)
    assert len(read_description(path, limit_bytes=10)) == 10
    with pytest.raises(UnreadableFileError, match="larger than 0 MiB"):
        read_description(path, limit_bytes=9)


def test_an_endless_file_is_refused() -> None:
    """What never ends is read no further than the limit."""
    with pytest.raises(UnreadableFileError, match="larger than"):
        read_description(Path("/dev/zero"), limit_bytes=1_000_000)


def test_files_are_written_and_nothing_is_left(tmp_path: Path) -> None:
    """Several outputs appear with their content, new or in place of what stood there, and no other file does."""
    (tmp_path / "a").write_bytes(b"old")
    write_all({tmp_path / "a": b"new", tmp_path / "b": b"fresh"})
    assert ((tmp_path / "a").read_bytes(), (tmp_path / "b").read_bytes()) == (b"new", b"fresh")
    assert _names(tmp_path) == ["a", "b"]


def test_a_replaced_file_keeps_its_permissions(tmp_path: Path) -> None:
    """Who may read a file does not change because it is written again."""
    path = tmp_path / "a"
    path.write_bytes(b"old")
    path.chmod(0o640)
    write_whole(path, b"new")
    assert path.stat().st_mode & 0o777 == 0o640


def test_a_new_file_has_the_usual_permissions(tmp_path: Path) -> None:
    """A new file is as readable as any other that the user makes."""
    (tmp_path / "usual").write_bytes(b"")
    write_whole(tmp_path / "a", b"")
    assert (tmp_path / "a").stat().st_mode == (tmp_path / "usual").stat().st_mode


def test_a_link_is_followed(tmp_path: Path) -> None:
    """Writing to a link changes the file that it names, and leaves the link."""
    (tmp_path / "target").write_bytes(b"old")
    (tmp_path / "link").symlink_to("target")
    write_whole(tmp_path / "link", b"new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "target").read_bytes() == b"new"


def test_a_full_disk_destroys_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the disk is full halfway, what stood there stands, nothing new does, and the reason is told."""
    (tmp_path / "a").write_bytes(b"old")
    synced = iter([None, OSError(errno.ENOSPC, "No space left on device")])

    def full(_: int) -> None:
        trouble = next(synced)
        if trouble is not None:
            raise trouble

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(UnwritableFileError, match="the disk is full; nothing was written"):
        write_all({tmp_path / "a": b"new", tmp_path / "b": b"new"})
    assert (tmp_path / "a").read_bytes() == b"old"
    assert _names(tmp_path) == ["a"]


def test_a_rename_that_fails_is_undone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the last of three outputs cannot get its name, the two before are as they were."""
    (tmp_path / "a").write_bytes(b"old")
    publish = files._publish

    def failing(stage: files._Stage) -> None:
        if stage.path.name == "c":
            raise UnwritableFileError(stage.path, "permission denied")
        publish(stage)

    monkeypatch.setattr(files, "_publish", failing)
    with pytest.raises(UnwritableFileError):
        write_all({tmp_path / "a": b"new", tmp_path / "b": b"new", tmp_path / "c": b"new"})
    assert (tmp_path / "a").read_bytes() == b"old"
    assert _names(tmp_path) == ["a"]


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("no/such/folder", "there is no such file or folder"),
        ("folder", "it is a folder"),
        ("pipe", "it is a device or a pipe, not an ordinary file"),
        ("a\0b", "this cannot be the name of a file"),
    ],
)
def test_what_cannot_be_written_is_named(tmp_path: Path, name: str, why: str) -> None:
    """The reason is told in words, and no other output of the same run is written."""
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(UnwritableFileError) as caught:
        write_all({tmp_path / "good": b"x", tmp_path / name: b"x"})
    assert caught.value.why == why
    assert _names(tmp_path) == ["folder", "pipe"]


def test_a_file_that_may_not_be_written_is_respected(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A write-protected file is not replaced although its folder would allow it."""
    (tmp_path / "a").write_bytes(b"old")
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    with pytest.raises(UnwritableFileError, match="permission denied"):
        write_whole(tmp_path / "a", b"new")
    assert (tmp_path / "a").read_bytes() == b"old"
