"""The tests of the register come by every branch of what verifies and appends. In a process of its own: seconds, not minutes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

VERIFYING_AND_APPENDING = (
    *("canonical", "fields", "merkle", "keys", "signing", "envelope", "objects", "track", "ledger", "rules", "state"),
    *("head", "evidence", "declared", "bundle", "store", "replica"),
)


@pytest.mark.timeout(900)
def test_every_branch_is_taken(root: Path, tmp_path: Path) -> None:
    """100 % of lines and branches by `tests/unit/register` and `tests/attacks` alone; what cannot be reached is deleted."""
    settings = tmp_path / "settings"
    folder = root / "src" / "merestone" / "register"
    measured = "".join(f"\n    {folder / name}.py" for name in VERIFYING_AND_APPENDING)
    settings.write_text(
        f"[run]\nbranch = true\ndata_file = {tmp_path / 'data'}\ninclude ={measured}\n"
        "[report]\nshow_missing = true\nskip_covered = true\nprecision = 2\nfail_under = 100\n"
    )
    tests = ["tests/unit/register", "tests/attacks", "--ignore=tests/unit/register/published"]
    coverage = [sys.executable, "-m", "coverage"]
    pytest_run = ["-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "-p", "no:xdist", *tests]
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("COVERAGE", "PYTEST_"))}
    for command in (["run", f"--rcfile={settings}", *pytest_run], ["report", f"--rcfile={settings}"]):
        done = subprocess.run(
            [*coverage, *command], cwd=root, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout[-3_000:] + done.stderr[-1_000:]
