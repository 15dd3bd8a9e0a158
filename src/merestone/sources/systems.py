"""Reference systems by authority and code, as foreign files name them. What is not understood stays what was read:
it never becomes WGS 84."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from merestone.sources.readers.values import shown_name

WGS_84 = "EPSG:4326"
_LONGITUDE_FIRST = {"84": WGS_84, "CRS84": WGS_84, "CRS84H": WGS_84, "83": "EPSG:4269", "CRS83": "EPSG:4269",
                    "27": "EPSG:4267", "CRS27": "EPSG:4267"}  # fmt: skip
"""The systems of OGC's own authority (OGC 06-042, annex B): longitude first, which the arrays here always have."""
_SPELLINGS = tuple(
    re.compile(pattern, re.IGNORECASE | re.ASCII)
    for pattern in (
        r"urn:(?:x-)?ogc:def:crs:([a-z]\w*)(?::[\w.]*)?:(\w+)",  # a version may be empty, or be missing with its colon
        r"urn:(epsg):(?:geographic|projected)CRS:(\d+)",
        r"https?://(?:www\.)?opengis\.net/def/crs/([a-z]\w*)/[\w.]+/(\w+)/?",
        r"https?://(?:www\.)?opengis\.net/gml/srs/(epsg)\.xml#(\d+)",
        r"https?://(?:www\.)?spatialreference\.org/ref/([a-z]+)/(\d+)(?:/\w*/?|\.\w+)?",
        r"https?://(?:www\.)?(epsg)\.io/(\d+)(?:\.\w+)?/?",
        r"\[?([a-z]\w*)\s*::?\s*(\w+)\]?",
        r"(epsg)\s?(\d+)",
    )
)
_DEFINITIONS = ("GEOGC", "GEODC", "PROJC", "BOUNDC", "COMPD", "COMPOUNDC", "LOCAL_CS", "ENGC", "GEOCCS", "VERT")
_LONGEST = 20_000
_SURE = 70
"""PROJ's measure of how alike two definitions are, from which on they are the same but for the name."""


def system_of(stated: object) -> tuple[str | None, str]:
    """Give authority and code (`EPSG:4326`), or None with what was read where that is not understood; None and an
    empty text where nothing is stated.

    `stated` is a code, a URN, an address, a name of the registry, a definition as WKT or as PROJJSON. Longitude and
    latitude in either order are one system here: arrays hold longitude first, whatever the code says.
    """
    if stated is None or (isinstance(stated, str) and not stated.strip()):
        return None, ""
    if isinstance(stated, Mapping):
        return _of_json(dict(stated))
    text = str(stated).strip()
    match = next((found for pattern in _SPELLINGS if (found := pattern.fullmatch(text))), None)
    if match is not None:
        return _of_code(match[1].upper(), match[2].upper(), text)
    if text.upper() in _LONGITUDE_FIRST and not text.isdecimal():
        return _LONGITUDE_FIRST[text.upper()], ""
    if text.lstrip("\ufeff").upper().startswith(_DEFINITIONS):
        return _of_definition(text.lstrip("\ufeff"))
    return _of_name(text)


def undefined(what: str) -> tuple[None, str]:
    """Give the answer for a file that says that its system is not defined."""
    return None, what


def _of_code(authority: str, code: str, text: str) -> tuple[str | None, str]:
    """Give a code that its authority has; Esri's as the EPSG code of the same system where there is one."""
    if authority in {"OGC", "CRS"}:
        return (_LONGITUDE_FIRST[code], "") if code in _LONGITUDE_FIRST else _not_understood(text)
    system = _looked_up(authority, code)
    if system is None:
        other = _looked_up("ESRI", code) if authority == "EPSG" else None
        known = f"; Esri has a system of this number, {other.name}: ESRI:{code}" if other is not None else ""
        return None, f"{_quoted(text)}, a code that {authority} does not have here{known}"
    if len(system.axis_info) != 2:
        return _identified(system, text)
    same = None if authority == "EPSG" else system.to_authority(auth_name="EPSG", min_confidence=_SURE)
    return (":".join(same) if same else f"{authority}:{code}"), ""


@lru_cache(maxsize=64)
def _looked_up(authority: str, code: str) -> Any:
    """Give PROJ's entry of a code, None where there is none."""
    from pyproj import CRS
    from pyproj.exceptions import CRSError

    try:
        return CRS.from_authority(authority, code)
    except CRSError:
        return None


def _of_json(value: dict[str, Any]) -> tuple[str | None, str]:
    """Give the code of a definition in PROJJSON."""
    from pyproj import CRS
    from pyproj.exceptions import CRSError

    name = str(value.get("name", "without a name"))
    try:
        return _identified(CRS.from_json_dict(value), name)
    except (CRSError, RecursionError, ValueError, TypeError, AttributeError):
        return _not_understood(name)


def _of_definition(text: str) -> tuple[str | None, str]:
    """Give the code of a definition in WKT, where it is one of a registry without doubt."""
    from pyproj import CRS
    from pyproj.exceptions import CRSError

    name = match[1] if (match := re.search(r'"([^"]*)"', text)) else text
    if len(text) > _LONGEST:
        return _not_understood(name)
    try:
        return _identified(CRS.from_wkt(text), name)
    except CRSError:
        return _not_understood(name)


def _identified(system: Any, name: str) -> tuple[str | None, str]:
    """Give the code of a system without its heights, where it is one of a registry, and its datum too: a projection on
    an unnamed datum is not the one of some named datum that has the same ellipsoid."""
    flat = system.sub_crs_list[0] if system.is_compound else system
    flat = flat.to_2d() if len(flat.axis_info) == 3 and not flat.is_geocentric else flat
    base = flat.geodetic_crs
    datum_known = flat.is_geographic or (base is not None and base.to_authority(min_confidence=_SURE) is not None)
    for authority in ("EPSG", None):
        found = flat.to_authority(auth_name=authority, min_confidence=_SURE) if datum_known else None
        if found and len(flat.axis_info) == 2:
            return _of_code(found[0].upper(), found[1].upper(), ":".join(found))
    return None, f"{_quoted(name)}, a definition that is the same as none of a registry"


def _of_name(text: str) -> tuple[str | None, str]:
    """Give the code of a name that the catalogue of frames or the registry has, letter for letter but for case and
    hyphens."""
    from merestone.errors import UnknownFrameError
    from merestone.geodesy.catalogue import find, same_name
    from merestone.geodesy.registry import projected_names

    try:
        return find(text).code, ""
    except UnknownFrameError:
        number = next((code for code, name in projected_names() if same_name(name, text)), None)
        return (f"EPSG:{number}", "") if number is not None else _not_understood(text)


def _not_understood(text: str) -> tuple[None, str]:
    return None, f"{_quoted(text)}, which is not understood"


def _quoted(text: str) -> str:
    return f"«{shown_name(' '.join(text.split()))}»"


@lru_cache(maxsize=64)
def is_geographic(code: str) -> bool | None:
    """Give whether the coordinates of a system are longitudes and latitudes; None for a code that is not known."""
    if code == WGS_84:
        return True
    system = _looked_up(*code.split(":", 1)) if ":" in code else None
    return None if system is None else bool(system.is_geographic)
