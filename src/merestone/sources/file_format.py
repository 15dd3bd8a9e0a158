"""Which format a file has: found by its first bytes, and only where its name says the same.

GDAL opens a file by what it holds, whatever its name: a virtual file (VRT) named `.geojson` made it read another file.
Here both must agree, and what is not in this list is not opened.
"""

from __future__ import annotations

from enum import StrEnum

from merestone.sources.refused import RefusedError

HEAD_BYTES = 4096
"""How much of the beginning decides."""


class FileFormat(StrEnum):
    """A format of vectors that is read."""

    GEOPACKAGE = "GeoPackage"
    GEOJSON = "GeoJSON"
    GEOJSON_LINES = "newline-delimited GeoJSON"
    TOPOJSON = "TopoJSON"
    SHAPEFILE = "Shapefile"
    KML = "KML"
    FLATGEOBUF = "FlatGeobuf"
    CSV = "CSV"


class Packing(StrEnum):
    """What a file may be packed in."""

    NONE = "none"
    GZIP = "gzip"
    ZIP = "zip"


EXTENSIONS: dict[str, tuple[FileFormat, ...]] = {
    ".gpkg": (FileFormat.GEOPACKAGE,),
    ".geojson": (FileFormat.GEOJSON,),
    ".json": (FileFormat.GEOJSON, FileFormat.TOPOJSON),
    ".topojson": (FileFormat.TOPOJSON,),
    ".geojsonl": (FileFormat.GEOJSON_LINES,),
    ".geojsons": (FileFormat.GEOJSON_LINES,),
    ".ndjson": (FileFormat.GEOJSON_LINES,),
    ".shp": (FileFormat.SHAPEFILE,),
    ".kml": (FileFormat.KML,),
    ".fgb": (FileFormat.FLATGEOBUF,),
    ".csv": (FileFormat.CSV,),
}
"""What a name may hold. `.gz` may stand after each but `.shp`; `.kmz` and `.zip` are archives."""

ARCHIVES: dict[str, FileFormat] = {".kmz": FileFormat.KML, ".zip": FileFormat.SHAPEFILE}

_REPORTS = {".html", ".docx", ".xlsx", ".svg", ".txt", ".pdf"}

_KNOWN = ", ".join(sorted([*EXTENSIONS, *ARCHIVES]))


def packing_of(name: str, head: bytes) -> Packing:
    """Give what the file is packed in; raise `RefusedError` where its name and its first bytes do not agree."""
    ending = _ending(name)
    told = Packing.ZIP if ending in ARCHIVES else Packing.GZIP if ending == ".gz" else Packing.NONE
    found = Packing.ZIP if head[:2] == b"PK" else Packing.GZIP if head[:2] == b"\x1f\x8b" else Packing.NONE
    if told is not found:
        raise RefusedError(f"its name ends in {ending!a}, but {_packed(found)}; give it the name that fits its content")
    return told


def formats_of(name: str) -> tuple[FileFormat, ...]:
    """Give the formats that a name allows; raise `RefusedError` for a name that is none of those that are read."""
    ending = _ending(name)
    inner = name[: -len(ending)] if ending == ".gz" else name
    if ending in ARCHIVES:
        return (ARCHIVES[ending],)
    allowed = EXTENSIONS.get(_ending(inner))
    if _ending(inner) in _REPORTS:
        raise RefusedError(
            "it is a report for people, and no line is read back from it; give the description, or the .line.json, .gpkg, "
            ".geojson, .kml or .csv that was written with it"
        )
    if allowed is None:
        raise RefusedError(f"no format of vectors that is read has a name like this; read are {_KNOWN}")
    if ending == ".gz" and FileFormat.SHAPEFILE in allowed:
        raise RefusedError("a Shapefile is several files and cannot be gzipped as one; pack all of them into one .zip")
    return allowed


def check_head(head: bytes, allowed: tuple[FileFormat, ...]) -> None:
    """Raise `RefusedError` unless the first bytes of the unpacked file may be those of one of the formats."""
    if not head.strip():
        raise RefusedError("it is empty; ask for the file again")
    if b"<OGRVRT" in head or b"<VRTDataset" in head:
        raise RefusedError(
            "it is a virtual file of GDAL, which only points to other files; give those files themselves"
        )
    kinds = _kinds(head)
    if not kinds & set(allowed):
        holds = " or ".join(sorted(kinds)) or "none of the formats that are read"
        names = " or ".join(allowed)
        raise RefusedError(f"its name says {names}, but its first bytes say {holds}; give it the name that fits")


def _kinds(head: bytes) -> set[FileFormat]:
    if head.startswith(b"SQLite format 3\x00"):
        return {FileFormat.GEOPACKAGE}
    if head.startswith(b"fgb\x03fgb"):
        return {FileFormat.FLATGEOBUF}
    if head.startswith(b"\x00\x00\x27\x0a"):
        return {FileFormat.SHAPEFILE}
    text = _plain(head)
    if text is None:
        return set()
    if text.startswith("{"):
        return {FileFormat.GEOJSON, FileFormat.TOPOJSON, FileFormat.GEOJSON_LINES}
    if text.startswith("<"):
        return {FileFormat.KML} if "<kml" in text or ":kml" in text else set()
    return {FileFormat.CSV}


def _plain(head: bytes) -> str | None:
    """Give the beginning as text without byte-order mark and leading white space; None for bytes that are no text."""
    encoding = "utf-16" if head[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8"
    text = head.decode(encoding, errors="replace").lstrip("\ufeff \t\r\n\x1e")
    return None if "\x00" in text else text


def _ending(name: str) -> str:
    dot = name.rfind(".")
    return name[dot:].lower() if dot > 0 else ""


def _packed(found: Packing) -> str:
    return "it is not packed" if found is Packing.NONE else f"it is packed with {found}"
