"""Files that are given for a description and are something else: what they are, and which command takes them."""

from __future__ import annotations

from pathlib import Path

from merestone.errors import UnreadableFileError

_ASK = "a description is a text file with the ending .boundary; copy the words and numbers of the instrument into one"
_LINES = "`merestone compare` reads lines and polygons from it"

_BEGINNINGS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", f"it is a PDF; {_ASK}"),
    (
        b"PK\x03\x04",
        f"it is a packed file, as DOCX, XLSX, KMZ and ZIP are; {_ASK}, or compare a KMZ or a packed Shapefile",
    ),
    (b"\xd0\xcf\x11\xe0", f"it is a document of an older office program; {_ASK}"),
    (b"\xff\xd8\xff", f"it is a photograph; {_ASK}"),
    (b"\x89PNG", f"it is a picture; {_ASK}"),
    (b"SQLite format 3\x00", f"it is a database, such as a GeoPackage; {_LINES}"),
    (
        b"merestone-bundle/",
        "it is a bundle of a register; `merestone register verify` checks it, and `sync` takes it in",
    ),
    (b"{\\rtf", f"it is a document of a word processor (RTF); {_ASK}"),
)


def refuse_other_kinds(path: Path, content: bytes) -> None:
    """Raise `UnreadableFileError` for content that cannot be a description and whose kind is known."""
    start = content.removeprefix(b"\xef\xbb\xbf")[:200].lstrip()
    for beginning, what in _BEGINNINGS:
        if start.startswith(beginning):
            raise UnreadableFileError(path, what)
    if start[:1] in (b"{", b"["):
        raise UnreadableFileError(path, f"it is JSON, such as a compiled line (.line.json) or GeoJSON; {_LINES}")
    lower = start.lower()
    if lower.startswith((b"<!doctype html", b"<html")):
        raise UnreadableFileError(path, f"it is a page for people (HTML); {_ASK}")
    if lower.startswith((b"<?xml", b"<kml", b"<svg")):
        raise UnreadableFileError(path, f"it is XML, such as KML or a picture in SVG; {_LINES} if it is KML")
