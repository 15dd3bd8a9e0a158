"""What the bytes are that an act refers to; the media type alone decides how they are read, never their look."""

from __future__ import annotations

DESCRIPTION = "text/vnd.merestone.boundary;charset=utf-8"
"""A description in the language of `.boundary` files: shown in full, and compiled again by whoever signs."""

LINE = "application/vnd.merestone.line+json"
"""A canonical line (`docs/formats/line.md`), the whole file."""

_TEXT = "text/"


def is_text(media_type: str) -> bool:
    """Whether the bytes are shown as text: UTF-8, whatever is written in it."""
    return media_type.startswith(_TEXT)
