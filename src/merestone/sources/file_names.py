"""Names of files as text that every format can hold: a name on disk is bytes, and need not be UTF-8."""

from __future__ import annotations

import re

_NOT_TEXT = re.compile("[\ud800-\udfff]")
"""What Python puts for such bytes (PEP 383), and what is no character on Windows."""


def as_text(name: str) -> str:
    r"""The name with bytes that are no UTF-8 as `\xNN`, so that two names never look the same for want of a letter."""
    return _NOT_TEXT.sub(_escaped, name)


def _escaped(found: re.Match[str]) -> str:
    code = ord(found[0])
    return f"\\x{code - 0xDC00:02x}" if 0xDC80 <= code <= 0xDCFF else f"\\u{code:04x}"
