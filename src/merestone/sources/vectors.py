"""Files of vectors that others made, read safely: a copy is read by a child process with limits, and checked.

Nothing that the file holds is run or followed. What cannot be trusted is refused with `UnreadableFileError`; what was
repaired stands in the layer's remarks. `docs/methods/reading.md` lists both.
"""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

from merestone.errors import UnreadableFileError
from merestone.sources import answer
from merestone.sources.file_format import FileFormat, formats_of
from merestone.sources.file_names import as_text
from merestone.sources.gdal_settings import SETTINGS, SKIP
from merestone.sources.layer import Layer
from merestone.sources.limits import DEFAULT_LIMITS, MIB, ReadingLimits
from merestone.sources.refused import RefusedError
from merestone.sources.staging import stage

Bounds = tuple[float, float, float, float]
"""West, south, east, north in degrees."""

_JOB = "job.json"
_DRIVER = re.compile(r"[\w .-]+")
_KEPT = ("SYSTEMROOT", "HOME", "USERPROFILE", "LD_LIBRARY_PATH")
"""What of our environment the child needs to find its libraries."""


def read_vectors(
    path: Path,
    layer: str | None = None,
    limits: ReadingLimits = DEFAULT_LIMITS,
    expected: Bounds | None = None,
    *,
    may_be_empty: bool = False,
) -> Layer:
    """Give the layer of a file, its coordinates as the file gives them (x or longitude first).

    `layer` names it where the file holds several. `expected` is a box in which at least some of the coordinates must
    lie, such as that of both States: where only swapped coordinates lie there, that is said. A layer
    without any geometry is refused unless it `may_be_empty`. Raise `UnreadableFileError` for what cannot be read or
    trusted. The file itself is only read; nothing is left behind.
    """
    try:
        with tempfile.TemporaryDirectory(prefix="merestone-") as name:
            asked = {"layer": layer, "expected": expected, "may_be_empty": may_be_empty}
            return _read(path, asked, limits, Path(name))
    except RefusedError as refused:
        raise UnreadableFileError(path, str(refused)) from refused
    except OSError as error:
        why = f"the copy to read it from could not be made ({error.strerror}); make room in {tempfile.gettempdir()}"
        raise UnreadableFileError(path, why) from error


def _read(path: Path, asked: dict[str, Any], limits: ReadingLimits, folder: Path) -> Layer:
    copy, sha256 = stage(path, folder, limits)
    job = {"copy": copy.name, "name": path.name, "limits": asdict(limits), **asked}
    (folder / _JOB).write_text(json.dumps(job), encoding="utf-8")
    kind = formats_of(path.name)[0]
    found = _answered(folder, limits, _UNWANTED.get(kind, ()))
    if "without" in found:
        _UNWANTED[kind] = _checked_drivers(found["without"])
        found = _answered(folder, limits, _UNWANTED[kind])
    return answer.read_layer(folder, found, as_text(path.name), sha256, limits)


_UNWANTED: dict[FileFormat, tuple[str, ...]] = {}
"""For each format the drivers that this machine's GDAL must be started without, once a child has found them."""


def _answered(folder: Path, limits: ReadingLimits, without: tuple[str, ...]) -> dict[str, Any]:
    """Give the answer of a child started for the job in the folder; raise `RefusedError` where it came to grief."""
    command = [sys.executable, "-P", "-m", "merestone.sources.child", str(folder)]
    try:
        ended = subprocess.run(  # noqa: S603 (our own program, no shell)
            command, cwd=folder, env=_environment(folder, without), check=False, timeout=limits.wall_s,
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, close_fds=True,
        )  # fmt: skip
    except subprocess.TimeoutExpired as expired:
        raise RefusedError(
            f"reading it takes longer than {limits.wall_s:g} s; cut it to the boundary that is meant"
        ) from expired
    if ended.returncode != 0:
        raise RefusedError(_ended_badly(ended.returncode, limits))
    return answer.read_answer(folder, limits)


def _ended_badly(status: int, limits: ReadingLimits) -> str:
    """Give what is said of a child that ended without an answer."""
    killed = {-getattr(signal, name, 0) for name in ("SIGXCPU", "SIGKILL")}
    if status in killed:
        return (
            f"reading it takes more than {limits.processor_s} s of the processor or {limits.memory_bytes // MIB} MiB of "
            "memory; cut it to the boundary that is meant"
        )
    return (
        f"the process that read it broke off (status {status}), at the memory's limit of {limits.memory_bytes // MIB} "
        "MiB or over broken content; save the layer again with another program, or cut it to the boundary that is meant"
    )


def _environment(folder: Path, without: tuple[str, ...]) -> dict[str, str]:
    """Give the child's whole environment: where its libraries are, and GDAL's settings; nothing else of ours."""
    ours = {name: os.environ[name] for name in _KEPT if name in os.environ}
    paths = [each for each in (str(_PACKAGES), *sys.path) if each and Path(each).is_absolute()]
    skip = {SKIP: ",".join(without)} if without else {}
    one_thread = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    return {
        **ours, **SETTINGS, **skip, **one_thread, "PYTHONPATH": os.pathsep.join(dict.fromkeys(paths)),
        "PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "1", "PYTHONHASHSEED": "0", "TMPDIR": str(folder), "LC_ALL": "C",
    }  # fmt: skip


_PACKAGES = Path(__file__).resolve().parents[2]
"""The folder that holds this package."""


def _checked_drivers(names: Any) -> tuple[str, ...]:
    if not isinstance(names, list) or not all(isinstance(each, str) and _DRIVER.fullmatch(each) for each in names):
        raise RefusedError("the process that read it gave no answer that can be used; report this with the file")
    return tuple(names)
