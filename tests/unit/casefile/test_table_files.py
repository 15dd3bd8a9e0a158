"""Files of tables: their encodings, and where they lie."""

from __future__ import annotations

import codecs
import hashlib
from pathlib import Path

import pytest

from merestone.casefile.compiling import table_reader
from merestone.errors import UnreadableFileError

TEXT = "Punkt;Breite;Länge\nÄ;42°;3°\n"


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
    ],
)
def test_utf_8_and_utf_16_are_read(tmp_path: Path, data: bytes) -> None:
    """A table is one text in each encoding of spreadsheets that says what it is; its digest is that of the bytes."""
    (tmp_path / "t.csv").write_bytes(data)
    assert table_reader(tmp_path)("t.csv", hashlib.sha256(data).hexdigest()) == TEXT


@pytest.mark.parametrize(("encoding", "told"), [("cp1252", "UTF-8"), ("utf-16-le", "UTF-16")])
def test_other_encodings_are_named(tmp_path: Path, encoding: str, told: str) -> None:
    """Bytes that do not say what they are, are not guessed."""
    (tmp_path / "t.csv").write_bytes(TEXT.encode(encoding))
    with pytest.raises(UnreadableFileError, match=told):
        table_reader(tmp_path)("t.csv", None)
