"""Names of files as text."""

from __future__ import annotations

import os

from hypothesis import given
from hypothesis import strategies as st

from merestone.sources.file_names import as_text


@given(st.binary(min_size=1))
def test_every_name_on_disk_is_text_that_can_be_written(name: bytes) -> None:
    """Whatever bytes a name is made of, its text is valid UTF-8; a name that is UTF-8 stays as it is."""
    text = as_text(os.fsdecode(name))
    assert text.encode("utf-8").decode("utf-8") == text
    try:
        assert text == name.decode("utf-8")
    except UnicodeDecodeError:
        assert "\\x" in text


def test_a_lone_surrogate_is_escaped() -> None:
    """Windows allows names that are no text."""
    assert as_text("a\ud800b") == "a\\ud800b"
