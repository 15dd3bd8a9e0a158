"""Plants each defect in a copy of the register and holds the checks against it; `python -m simulation.planting` prints the list.

python -m simulation.planting            the first check that finds each
python -m simulation.planting --table    also whether the histories alone find it, as Markdown for README.md
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import merestone
from simulation.defects import DEFECTS, Defect

PACKAGE = Path(merestone.__file__).resolve().parent
TESTS = Path(__file__).resolve().parent.parent


class StaleDefectError(AssertionError):
    """The text of a defect stands in the code no longer, or more than once."""


def planted(defect: Defect, folder: Path) -> Path:
    """A copy of the package with the defect in it, in a folder to be put first on the path."""
    package = folder / "merestone"
    package.mkdir()
    for name in ("__init__.py", "errors.py"):
        shutil.copy(PACKAGE / name, package / name)
    shutil.copytree(PACKAGE / "register", package / "register", ignore=shutil.ignore_patterns("__pycache__"))
    file = package / "register" / f"{defect.module}.py"
    text = file.read_text(encoding="utf-8")
    if text.count(defect.old) != 1:
        raise StaleDefectError(f"{defect.module}: {text.count(defect.old)} times: {defect.old!r}")
    file.write_text(text.replace(defect.old, defect.new), encoding="utf-8")
    return folder


def found_by(defect: Defect, *checks: str) -> tuple[str, str]:
    """The first check that finds a defect, and what it said; empty texts if none does."""
    with TemporaryDirectory() as name:
        folder = planted(defect, Path(name))
        done = subprocess.run(
            [sys.executable, "-m", "simulation.checks", *checks],
            env={**os.environ, "PYTHONPATH": f"{folder}{os.pathsep}{TESTS}", "PYTHONDONTWRITEBYTECODE": "1"},
            capture_output=True,
            text=True,
            check=False,
            timeout=600,
        )
    if done.returncode == 0:
        return "", ""
    check, _, said = done.stdout.strip().partition("\t")
    return check or "import", said or done.stderr.strip()[-200:]


def main(*arguments: str) -> int:
    """Prints who finds what; 1 if a defect is found by nobody."""
    survivors = 0
    table = "--table" in arguments
    wanted = [number for number in range(len(DEFECTS)) if not (given := _numbers(arguments)) or number in given]
    if table:
        print("| # | module | what a cheat could do | found first by |\n|---|---|---|---|")
    for number in wanted:
        defect = DEFECTS[number]
        check, said = found_by(defect)
        survivors += not check
        if table:
            print(f"| {number} | `{defect.module}` | {defect.harm} | {check or 'NOBODY'} |", flush=True)
        else:
            print(f"{number:>3} {defect.module:9} {check or 'NOBODY':14} {defect.harm}   [{said[:110]}]", flush=True)
    print(f"\n{len(wanted) - survivors} of {len(wanted)} found", file=sys.stderr)
    return min(survivors, 1)


def _numbers(arguments: tuple[str, ...]) -> set[int]:
    return {int(each) for each in arguments if each.isdigit()}


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
