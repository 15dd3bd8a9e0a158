"""Published versions are fetched once, and kept only where they are the files that are meant."""

from __future__ import annotations

import hashlib
import io
import json
import stat
import tarfile
from pathlib import Path

import pytest

from merestone.casefile.progress import silent
from merestone.casefile.published_versions import Published, VersionsUnavailableError, kept

LINES = (
    '{"type":"FeatureCollection","features":[\n'
    '{"type":"Feature","geometry":null,"properties":{"A3":"AAA"}},\n'
    '{"type":"Feature","geometry":null,"properties":{"A3":"BBB"}}\n]}\n'
)


def published(content: bytes, features: tuple[str, ...] | None = None) -> Published:
    digest = hashlib.sha256(content).hexdigest()
    return Published("some-package", "1.0.0", "package/map.json", digest, "kept.json", "nobody", features)


@pytest.fixture
def npm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A stand-in for npm that copies an archive made by the test, and counts how often it is called."""
    folder = tmp_path / "bin"
    folder.mkdir()
    program = folder / "npm"
    program.write_text(f'#!/bin/sh\necho "$@" >>"{folder}/called"\ncp "{folder}/archive.tgz" some-package-1.0.0.tgz\n')
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")
    monkeypatch.setenv("MERESTONE_CACHE", str(tmp_path / "cache"))
    return folder


def archive(folder: Path, content: bytes, name: str = "package/map.json") -> None:
    with tarfile.open(folder / "archive.tgz", "w:gz") as opened:
        member = tarfile.TarInfo(name)
        member.size = len(content)
        opened.addfile(member, io.BytesIO(content))


def test_a_version_is_fetched_once_and_nothing_of_the_package_runs(npm: Path) -> None:
    """The member that is meant is kept whole, and a second time npm is not asked."""
    archive(npm, b"{}")
    first, second = kept(published(b"{}"), silent), kept(published(b"{}"), silent)
    assert first == second
    assert first.read_bytes() == b"{}"
    called = (npm / "called").read_text().splitlines()
    assert called == ["pack some-package@1.0.0 --silent --ignore-scripts"]
    assert [path.name for path in first.parent.iterdir()] == ["kept.json"]


def test_of_many_states_those_that_are_meant_are_kept(npm: Path) -> None:
    """Only the features of the States asked for stay."""
    archive(npm, LINES.encode())
    made = json.loads(kept(published(LINES.encode(), ("BBB",)), silent).read_text())
    assert [feature["properties"]["A3"] for feature in made["features"]] == ["BBB"]


def test_another_file_than_the_one_meant_is_not_kept(npm: Path) -> None:
    """A member with another digest is refused, and nothing stays behind."""
    archive(npm, b"something else")
    with pytest.raises(VersionsUnavailableError, match="not the expected file"):
        kept(published(b"{}"), silent)
    assert list((npm.parent / "cache").iterdir()) == []


@pytest.mark.parametrize("content", [b"", b"no archive at all"])
def test_a_broken_archive_is_said(npm: Path, content: bytes) -> None:
    """What is no archive ends in a sentence, not in a traceback."""
    (npm / "archive.tgz").write_bytes(content)
    with pytest.raises(VersionsUnavailableError, match="damaged"):
        kept(published(b"{}"), silent)


def test_an_archive_without_the_member_is_said(npm: Path) -> None:
    """A member that leads elsewhere is not looked for."""
    archive(npm, b"{}", "../../map.json")
    with pytest.raises(VersionsUnavailableError, match="damaged"):
        kept(published(b"{}"), silent)


def test_npm_that_fails_is_said(npm: Path) -> None:
    """Without a network npm ends with an error, and the sentence asks for one."""
    (npm / "npm").write_text("#!/bin/sh\nexit 1\n")
    with pytest.raises(VersionsUnavailableError, match="is there a network"):
        kept(published(b"{}"), silent)


def test_without_npm_that_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there is no npm at all, the reason is given."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("MERESTONE_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr("sys.executable", str(tmp_path / "python"))
    with pytest.raises(VersionsUnavailableError, match="npm is not installed"):
        kept(published(b"{}"), silent)
