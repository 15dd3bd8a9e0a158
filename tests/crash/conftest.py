"""Where the files of these tests lie, and what they need of the machine."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from crash.operations import History


@pytest.fixture(scope="session")
def strace() -> None:
    """Skips where no process can be traced."""
    program = shutil.which("strace")
    if program is None:
        pytest.skip("needs strace")
    if subprocess.run([program, "-o", "/dev/null", "true"], capture_output=True, check=False).returncode:
        pytest.skip("needs strace to be allowed to trace")


@pytest.fixture(scope="session")
def history() -> History:
    """A register with every kind of entry."""
    return History()


@pytest.fixture
def memory() -> Iterator[Path]:
    """An empty folder in memory where there is such a place: what is in it need not outlive us."""
    place = Path("/dev/shm")  # noqa: S108 -- what is on it need not outlive us
    with TemporaryDirectory(dir=place if place.is_dir() else None) as made:
        yield Path(made)
