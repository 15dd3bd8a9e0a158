"""A language of which nothing is known cannot say what its letters mean, and the declaration is refused."""

from __future__ import annotations

import pytest

from merestone.description.hemisphere_letters import known_tags
from merestone.description.parser import parse


@pytest.mark.parametrize("tag", ["zz", "th", "kk-KZ", "ga"])
def test_an_unknown_language_is_refused(tag: str) -> None:
    """The declaration is refused and says which languages are known."""
    (finding,) = parse(f"letters in {tag}\n").diagnostics
    assert finding.code == "S301"
    assert all(known in (finding.expected or "") for known in known_tags())


@pytest.mark.parametrize("tag", [*known_tags(), "pt-BR"])
def test_a_known_language_is_taken(tag: str) -> None:
    """Every language of the table may be declared, also with its region."""
    assert parse(f"letters in {tag}\n").diagnostics == ()
