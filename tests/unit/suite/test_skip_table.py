"""The table of skipped groups, and the run that tolerates none."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from skip_table import table

TESTS = Path(__file__).resolve().parents[2]


def test_skips_are_counted_by_group_and_reason() -> None:
    """Each group and reason stands on one line with the number of its tests."""
    rows = [("unit", "needs x"), ("cli", "needs y"), ("unit", "needs x"), ("unit", "needs z")]
    assert table(rows) == ["cli      1  needs y", "unit     2  needs x", "unit     1  needs z"]


@pytest.mark.parametrize(("no_skips", "code"), [("0", 0), ("1", 1)])
@pytest.mark.parametrize("workers", ["0", "2"])
def test_a_run_may_be_told_to_tolerate_no_skip(tmp_path: Path, no_skips: str, code: int, workers: str) -> None:
    """A skipped test fails the run where MERESTONE_NO_SKIPS is 1, with and without parallel workers."""
    group = tmp_path / "tests" / "conformance"
    group.mkdir(parents=True)
    (group / "test_it.py").write_text(
        "import pytest\n\ndef test_a():\n    assert True\n\n@pytest.mark.skip(reason='needs gdal')\ndef test_b():\n    ...\n"
    )
    answer = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "skip_table", "-n", workers, "-p", "no:cacheprovider", "tests"],
        cwd=tmp_path,
        env={**os.environ, "MERESTONE_NO_SKIPS": no_skips, "PYTHONPATH": str(TESTS)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == code, answer.stdout
    assert "conformance     1  needs gdal" in answer.stdout
