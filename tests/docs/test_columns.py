"""The page of the tables of a world comparison names every column of them."""

from __future__ import annotations

from pathlib import Path

from merestone.publish.world.fields import ONLY_IN, PAIRS

PAGE = Path(__file__).resolve().parents[2] / "docs" / "formats" / "comparison.md"


def test_every_column_of_every_pair_is_on_its_page() -> None:
    """Each stands in code marks in the section on every pair."""
    _, heading, section = PAGE.read_text(encoding="utf-8").partition("\n## Every pair of two files")
    assert heading
    keys = {field.key for field in PAIRS} | {field.key for field in ONLY_IN}
    assert len(keys) > 30
    assert {key for key in keys if f"`{key}`" not in section} == set()
