"""The process that reads foreign files has given up what it does not need."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from merestone.sources import vectors
from merestone.sources.gdal_settings import SKIP

PROBE = """
import json, os, sys
from merestone.sources.confined import confine
from merestone.sources.limits import ReadingLimits
confine(ReadingLimits(memory_bytes=1 << 30, processor_s=7, unpacked_bytes=1 << 20, vertices=1, attribute_bytes=1))
import resource
limits = [resource.getrlimit(getattr(resource, "RLIMIT_" + name))[1] for name in ("CORE", "CPU", "FSIZE", "NOFILE", "AS")]
sys.stdout.write(json.dumps([limits, os.readlink("/proc/self/ns/net")]))
"""


@pytest.fixture(scope="module")
def probed() -> tuple[list[int], str]:
    """The hard limits and the network of a process that has confined itself."""
    if sys.platform != "linux":
        pytest.skip("needs limits of processes as Linux has them")
    source = str(Path(vectors.__file__).parents[2])
    environment = {**os.environ, "PYTHONPATH": source}
    ran = subprocess.run([sys.executable, "-c", PROBE], capture_output=True, check=True, env=environment, text=True)
    limits, network = json.loads(ran.stdout)
    return limits, network


def test_limits_hold_for_good(probed: tuple[list[int], str]) -> None:
    """Core dumps, processor, size of files, open files and memory have hard limits, which the process cannot lift."""
    assert probed[0] == [0, 7, (1 << 20) + (1 << 20), 64, 1 << 30]


def test_the_network_is_left_where_the_system_allows_it(probed: tuple[list[int], str]) -> None:
    """The process has a network of its own, with nothing in it."""
    program = shutil.which("unshare")
    if program is None or subprocess.run([program, "-U", "-n", "true"], capture_output=True, check=False).returncode:
        pytest.skip("needs a Linux that lets a process leave the network")
    assert probed[1] != str(Path("/proc/self/ns/net").readlink())


def test_the_environment_is_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of ours that could change what a library does is passed on; drivers that are not wanted are named."""
    for name in ("GDAL_DRIVER_PATH", "PYTHONSTARTUP", "LD_PRELOAD", "GDAL_CONFIG_FILE", "http_proxy", "SECRET"):
        monkeypatch.setenv(name, "/anything")
    environment = vectors._environment(tmp_path, ("OGR_VRT", "HTTP"))
    assert not {"PYTHONSTARTUP", "LD_PRELOAD", "GDAL_CONFIG_FILE", "http_proxy", "SECRET"} & set(environment)
    assert environment["GDAL_DRIVER_PATH"] == "disable"
    assert environment[SKIP] == "OGR_VRT,HTTP"


def test_gdal_has_one_driver_in_the_child(tmp_path: Path) -> None:
    """With the settings that a child gets, GDAL knows the one format that is wanted and no other."""
    everything = _drivers(vectors._environment(tmp_path, ()))
    assert {"OGR_VRT", "GPKG"} < set(everything)
    others = tuple(sorted(set(everything) - {"GPKG"}))
    assert _drivers(vectors._environment(tmp_path, others)) == ["GPKG"]


def _drivers(environment: dict[str, str]) -> list[str]:
    code = "import json, sys, pyogrio; sys.stdout.write(json.dumps(sorted(pyogrio.list_drivers())))"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, env=environment, text=True)
    found: list[str] = json.loads(ran.stdout)
    return found
