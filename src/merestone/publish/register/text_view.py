"""One of the authentic texts as it is shown: every line of it, with marks; or why it cannot be."""

from __future__ import annotations

from dataclasses import dataclass

from merestone.publish.register.characters import Marked, marked
from merestone.publish.register.media_types import is_text
from merestone.register.objects import Blob


@dataclass(frozen=True, slots=True)
class TextView:
    """A text in a language: its blob, its lines with their marks (None where it is not shown, `why_not` says why), and
    what speaks against signing it (`trouble`, empty where nothing does)."""

    language: str
    blob: Blob
    shown: Marked | None
    why_not: str = ""
    trouble: str = ""


def text_view(language: str, blob: Blob, data: bytes) -> TextView:
    """The view of a text's bytes."""
    if not is_text(blob.media_type):
        return TextView(
            language,
            blob,
            None,
            f"these bytes are {blob.media_type} and not text; read them with a program for that type",
        )
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        trouble = f"the text must be UTF-8, and byte {error.start + 1} is not"
        return TextView(language, blob, None, trouble, trouble)
    return TextView(language, blob, marked(text))
