"""The reference system of GeoJSON: WGS 84 by RFC 7946, unless a `crs` of 2008 says otherwise, wherever it stands."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from merestone.sources.refused import RefusedError
from merestone.sources.systems import WGS_84, system_of, undefined

_MEMBERS = {"name": "name", "link": "href", "ogc": "urn", "url": "url"}
"""Under which property the system stands, for each type of a `crs` (GeoJSON 2008, 3, and its drafts)."""


def stated_system(value: dict[str, Any], features: list[Any]) -> tuple[str | None, str]:
    """Give the code of the system, or None with what was read; raise `RefusedError` where parts state different ones.

    A `crs` may stand in the collection, in a feature or in a geometry (GeoJSON 2008, 3).
    """
    stated = [value] if "crs" in value else []
    inside = [holder for feature in features for holder in _holders(feature) if holder is not value]
    found = {_key(holder["crs"]): holder["crs"] for holder in (*stated, *(each for each in inside if "crs" in each))}
    if not found:
        return WGS_84, ""
    silent = not stated and not all(any("crs" in each for each in _holders(feature)) for feature in features)
    if len(found) > 1 or silent:
        raise RefusedError("its features do not all state the same `crs`; save those of one reference system alone")
    return of_member(next(iter(found.values())))


def of_member(member: Any) -> tuple[str | None, str]:
    """Give the code of the system of a member `crs`, or None with what was read."""
    if member is None:
        return undefined("`crs` null: that no reference system can be assumed")
    if isinstance(member, str) and member.strip():
        return system_of(member)
    if not isinstance(member, dict):
        return undefined("a `crs` that is neither an object nor a text")
    kind, properties = str(member.get("type", "")).lower(), member.get("properties")
    if not isinstance(properties, dict):
        return system_of(member) if "name" in member else undefined("a `crs` without properties")
    if kind == "epsg":
        return system_of(f"EPSG:{properties.get('code')}")
    name = properties.get(_MEMBERS.get(kind, "name"))
    return system_of(name) if isinstance(name, str) and name.strip() else undefined("a `crs` without a name")


def _holders(feature: Any) -> Iterator[dict[str, Any]]:
    """Give a feature and its geometry, as far as they are objects."""
    if isinstance(feature, dict):
        yield feature
        if isinstance(feature.get("geometry"), dict):
            yield feature["geometry"]


def _key(member: Any) -> str:
    return json.dumps(member, sort_keys=True)
