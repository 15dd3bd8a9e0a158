"""Every code of a finding and every rule of the register has its page, and every page belongs to one that is in use."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from merestone.cli import explanations
from merestone.register.refusal import Rule

CODE = re.compile(r"[TCSRGFOXND]\d{3}")
RULES = {rule.page: rule for rule in Rule}


def codes_in(source: str) -> set[str]:
    """The codes that stand in a module as string constants of their own."""
    return {
        node.value
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and CODE.fullmatch(node.value)
    }


def rules_in(source: str) -> set[Rule]:
    """The rules that a module names as `Rule.NAME`."""
    return {
        Rule[node.attr]
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "Rule"
    }


@pytest.fixture(scope="module")
def sources(root: Path) -> list[str]:
    """Every module of the program."""
    return [path.read_text(encoding="utf-8") for path in (root / "src" / "merestone").rglob("*.py")]


@pytest.fixture(scope="module")
def used(sources: list[str]) -> set[str]:
    """Every code in the source."""
    return set().union(*map(codes_in, sources))


def test_every_code_has_its_page(used: set[str]) -> None:
    """A finding never sends its reader to a page that is not there."""
    assert used - set(explanations.codes()) == set()


def test_every_page_has_its_code(used: set[str]) -> None:
    """No page explains a finding that nothing can make, or what is no rule."""
    assert set(explanations.codes()) - used - RULES.keys() == set()


def test_every_rule_has_its_page_and_is_used(sources: list[str]) -> None:
    """A refusal never sends its reader to a page that is not there, and no page explains a rule that nothing is refused by."""
    assert RULES.keys() - set(explanations.codes()) == set()
    assert set().union(*map(rules_in, sources)) == set(Rule)


def test_every_page_is_named_by_a_code_and_begins_with_it() -> None:
    """A page `C204.md` begins with `# C204: ` and a phrase, one of a rule with its name and a phrase."""
    wrong = [
        code
        for code in explanations.codes()
        if not (CODE.fullmatch(code) or code in RULES) or not re.match(rf"# {code}: \S", explanations.page(code))
    ]
    assert wrong == []


def test_every_page_of_a_rule_has_a_case_and_what_settles_it() -> None:
    """A case is real and has a source in brackets, or it says that it is made up; what settles the refusal are steps."""
    for code in RULES:
        _, said, case, steps = re.split(r"^#.*\n", explanations.page(code), flags=re.MULTILINE)
        headings = re.findall(r"^## .*", explanations.page(code), flags=re.MULTILINE)
        made_up = headings == ["## A case", "## What settles it"]
        assert made_up or headings == ["## A real case", "## What settles it"], code
        assert case.strip().startswith("Made up:") if made_up else re.search(r"\d{4}", case), code
        assert "Usual cause" in said, code
        assert steps.strip().startswith("1. "), code


def test_every_page_of_a_finding_has_a_case_and_what_to_do() -> None:
    """A page of a finding says what was found, tells a real case or an example, and says what to do: in this order."""
    ends = (["## A real case", "## What to do"], ["## An example", "## What to do"])
    headings = {
        code: re.findall(r"^##.*", explanations.page(code), flags=re.MULTILINE) for code in explanations.codes()
    }
    assert {code: found for code, found in headings.items() if code not in RULES and found not in ends} == {}


NOT_OURS = re.compile(
    r"\b(?:strands?|exclaves?|the print|answers? to (?:one another|none)|is to be (?:had|read)|accuracy not)\b"
)
"""Some of the words that `docs/writing.md` replaces."""


def test_no_page_has_the_words_that_we_replaced() -> None:
    """Pages use the words of `docs/writing.md`; quotations of instruments and texts in backticks are left alone."""
    own = {
        code: re.sub(r"```.*?```|`[^`]*`|\"[^\"]*\"", "", explanations.page(code), flags=re.DOTALL)
        for code in explanations.codes()
    }
    assert {code: found for code, text in own.items() if (found := NOT_OURS.findall(text))} == {}


def test_codes_are_found_in_source() -> None:
    """The search sees a code wherever it is a string of its own, and nothing else."""
    assert codes_in('X = {"C204": 1}\nreport("T001")\n"C204 and more"\nY = "Z999"') == {"C204", "T001"}


def test_rules_are_found_in_source() -> None:
    """The search sees a rule where it is named by its name."""
    assert rules_in('raise RefusedError(Rule.HEAD, "x")\nOther.LOG\n"Rule.PROOF"') == {Rule.HEAD}
