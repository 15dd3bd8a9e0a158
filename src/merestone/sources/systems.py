"""Reference systems by authority and code, as foreign files name them."""

from __future__ import annotations

import re
from functools import lru_cache

_URN = re.compile(r"urn:(?:x-)?ogc:def:crs:(\w+):[^:]*:(\w+)", re.IGNORECASE)
_CODE = re.compile(r"(\w+):(\w+)")
WGS_84 = "EPSG:4326"
_CRS84 = {"OGC:CRS84", "CRS:84", "OGC:84"}
_LONGEST = 20_000


def system_of(text: str | None) -> tuple[str | None, str]:
    """Give authority and code (`EPSG:4326`) and a note: which name has no code, or that nothing is stated.

    Longitude and latitude in either order are one system here: arrays hold longitude first, whatever the code says.
    """
    if not text or not text.strip():
        return None, ""
    match = _URN.fullmatch(text.strip()) or _CODE.fullmatch(text.strip())
    if match is None:
        return _of_definition(text)
    code = f"{match[1].upper()}:{match[2].upper()}"
    return (WGS_84, "") if code in _CRS84 else (code, "")


def _of_definition(text: str) -> tuple[str | None, str]:
    """Give the code of a definition in WKT, where it is one of the EPSG registry without doubt."""
    from pyproj import CRS
    from pyproj.exceptions import CRSError

    if len(text) > _LONGEST or not text.lstrip().upper().startswith(("GEOGC", "PROJC", "BOUNDC", "COMPD", "GEODC")):
        return None, "a definition that is not understood"
    try:
        system = CRS.from_wkt(text)
        found = system.to_authority(min_confidence=70)
    except CRSError:
        return None, "a definition that is not understood"
    return (system_of(":".join(found))[0], "") if found else (None, system.name)


@lru_cache(maxsize=64)
def is_geographic(code: str) -> bool | None:
    """Give whether the coordinates of a system are longitudes and latitudes; None for a code that is not known."""
    if code == WGS_84:
        return True
    from pyproj import CRS
    from pyproj.exceptions import CRSError

    try:
        return bool(CRS.from_user_input(code).is_geographic)
    except CRSError:
        return None
