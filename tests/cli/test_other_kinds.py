"""A file of another kind that is given for a description is named for what it is, with what to do."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from merestone.cli import main


@pytest.mark.parametrize("command", ["check", "delimit", "format", "readings"])
@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.pdf", b"%PDF-1.7\n", "it is a PDF; a description is a text file"),
        ("a.jpg", b"\xff\xd8\xff\xe0\0\x10JFIF", "it is a photograph"),
        ("a.png", b"\x89PNG\r\n\x1a\n", "it is a picture"),
        ("a.line.json", b'{"schema": "merestone.line/1"}', "it is JSON, such as a compiled line (.line.json) or GeoJSON; `merestone compare`"),
        ("a.geojson", b'\xef\xbb\xbf  {"type": "FeatureCollection"}', "it is JSON"),
        ("a.gpkg", b"SQLite format 3\x00" + b"\0" * 80, "it is a database, such as a GeoPackage; `merestone compare`"),
        ("a.html", b"<!DOCTYPE html><html></html>", "it is a page for people (HTML)"),
        ("a.kml", b"<?xml version='1.0'?><kml/>", "it is XML, such as KML"),
        ("a.bundle", b"merestone-bundle/1\n", "it is a bundle of a register; `merestone register verify` checks it"),
    ],
)  # fmt: skip
def test_it_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], command: str, name: str, content: bytes, said: str
) -> None:
    """It was `the description has no title`, or a byte that is not UTF-8."""
    path = tmp_path / name
    path.write_bytes(content)
    assert main([command, str(path)]) == 3
    assert said in capsys.readouterr().err


def test_a_document_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "treaty.docx"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("word/document.xml", "<w/>")
    assert main(["check", str(path)]) == 3
    assert "it is a packed file, as DOCX, XLSX, KMZ and ZIP are" in capsys.readouterr().err


def test_a_description_may_begin_with_anything_else(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A comment, a mark of UTF-8, blank lines."""
    path = tmp_path / "a.boundary"
    path.write_bytes(
        b"\xef\xbb\xbf\n# PK and %PDF stand here\nboundary \xc2\xabt\xc2\xbb\nreading by \xc2\xabx\xc2\xbb\nframe WGS 84 (G1762) epoch 2016.0\n"
    )
    assert main(["check", str(path)]) == 0
    assert capsys.readouterr().err == ""
