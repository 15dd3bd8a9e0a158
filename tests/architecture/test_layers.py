"""The layers hold: import-linter's contracts are kept, and what is heavy is imported late."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = {"numpy", "pyproj", "numba", "scipy", "shapely", "pyogrio", "pandas", "docx", "xlsxwriter"}


def _imported_by(statement: str) -> set[str]:
    """The names of the top-level packages that a fresh Python holds after a statement."""
    probe = f"import sys\n{statement}\nprint(*sorted({{name.split('.')[0] for name in sys.modules}}))"
    answer = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    return set(answer.stdout.splitlines()[-1].split())


def test_contracts_are_kept(root: Path) -> None:
    """import-linter finds every layer in its place."""
    answer = subprocess.run(
        [
            sys.executable,
            "-c",
            "from importlinter.cli import lint_imports_command; lint_imports_command()",
            "--no-logo",
        ],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 0, answer.stdout + answer.stderr


@pytest.mark.parametrize(
    ("statement", "forbidden"),
    [
        ("import merestone", HEAVY | {"typer", "rich"}),
        ("from merestone.cli import app", HEAVY | {"rich", "pydantic"}),
        ("import merestone.description.tree", HEAVY),
    ],
)
def test_heavy_libraries_are_imported_late(statement: str, forbidden: set[str]) -> None:
    """Starting the program, or reading a text, brings no numerical library along."""
    assert _imported_by(statement) & forbidden == set()
