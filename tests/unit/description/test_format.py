"""The canonical layout of texts that mean little."""

from __future__ import annotations

from merestone.description.format import format_text


def test_a_comment_below_a_quotation_that_never_closes_keeps_its_column() -> None:
    """Set further in, the comment would be part of the quotation, and formatting again would change the text."""
    text = "boundary «x»\n\nsection West «down the meridian\n#\n# as printed ndary», delimited by A\n  from B\n"
    once = format_text(text)
    assert "\n# as printed" in once
    assert format_text(once) == once
