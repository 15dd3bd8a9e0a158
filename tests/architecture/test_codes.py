"""Every code that a finding can carry has its page, and every page belongs to a code in use."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from merestone.cli import explanations

CODE = re.compile(r"[TCSRGFOXND]\d{3}")


def codes_in(source: str) -> set[str]:
    """The codes that stand in a module as string constants of their own."""
    return {
        node.value
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and CODE.fullmatch(node.value)
    }


@pytest.fixture(scope="module")
def used(root: Path) -> set[str]:
    """Every code in the source."""
    modules = (root / "src" / "merestone").rglob("*.py")
    return set().union(*(codes_in(path.read_text(encoding="utf-8")) for path in modules))


def test_every_code_has_its_page(used: set[str]) -> None:
    """A finding never sends its reader to a page that is not there."""
    assert used - set(explanations.codes()) == set()


def test_every_page_has_its_code(used: set[str]) -> None:
    """No page explains a finding that nothing can make."""
    assert set(explanations.codes()) - used == set()


def test_every_page_is_named_by_a_code_and_begins_with_it() -> None:
    """A page `C204.md` begins with `# C204: ` and a phrase."""
    wrong = [
        code
        for code in explanations.codes()
        if not CODE.fullmatch(code) or not re.match(rf"# {code}: \S", explanations.page(code))
    ]
    assert wrong == []


def test_codes_are_found_in_source() -> None:
    """The search sees a code wherever it is a string of its own, and nothing else."""
    assert codes_in('X = {"C204": 1}\nreport("T001")\n"C204 and more"\nY = "Z999"') == {"C204", "T001"}
