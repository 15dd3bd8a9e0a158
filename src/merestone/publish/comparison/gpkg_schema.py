"""The layers of a comparison in a GeoPackage, with what each column means in docs/formats/comparison.md."""

from __future__ import annotations

_MARKS = "standing TEXT, first_line TEXT, second_line TEXT"
_LINE = (
    "geom MULTILINESTRING, strand TEXT, ring INTEGER, vertices INTEGER, left TEXT, right TEXT, edges TEXT, "
    f"claimant TEXT, kind TEXT, {_MARKS}"
)
_REACHES = (
    "strand_first TEXT, from_first_m REAL, to_first_m REAL, strand_second TEXT, from_second_m REAL, to_second_m REAL"
)


def _table(name: str, columns: str) -> str:
    return f"CREATE TABLE {name} (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, {columns})"


LAYERS = {
    "zones": _table(
        "zones",
        "geom MULTIPOLYGON, zone TEXT, held_in_first TEXT, held_in_second TEXT, side_of_first TEXT, area_m2 REAL, "
        "area_sigma_m2 REAL, greatest_width_m REAL, mean_width_m REAL, edge_first_m REAL, edge_second_m REAL, "
        f"{_REACHES}, stretch INTEGER, latitude_deg REAL, longitude_deg REAL, neighbours TEXT, verdict TEXT, "
        f"probability REAL, since TEXT, area_before_m2 REAL, {_MARKS}",
    ),
    "gone_zones": _table("gone_zones", f"geom MULTIPOLYGON, zone TEXT, area_m2 REAL, gone_before TEXT, {_MARKS}"),
    "first_line": _table("first_line", _LINE),
    "second_line": _table("second_line", _LINE),
    "partings": _table(
        "partings",
        f"geom MULTILINESTRING, stretch INTEGER, {_REACHES}, greatest_m REAL, second_lies TEXT, latitude_deg REAL, "
        f"longitude_deg REAL, of_line TEXT, {_MARKS}",
    ),
    "unmatched": _table(
        "unmatched",
        "geom MULTILINESTRING, line TEXT, strand TEXT, from_m REAL, to_m REAL, length_m REAL, why TEXT, "
        f"latitude_deg REAL, longitude_deg REAL, {_MARKS}",
    ),
    "profile": _table(
        "profile",
        "geom MULTILINESTRING, seen_from TEXT, stretch INTEGER, strand TEXT, along_m REAL, separation_m REAL, "
        "sigma_m REAL, probability REAL, latitude_deg REAL, longitude_deg REAL, foot_along_m REAL, "
        f"foot_latitude_deg REAL, foot_longitude_deg REAL, {_MARKS}",
    ),
    "crossings": _table(
        "crossings",
        f"geom POINT, name TEXT, kind TEXT, line TEXT, zone TEXT, latitude_deg REAL, longitude_deg REAL, {_MARKS}",
    ),
    "what_lies_between": _table(
        "what_lies_between",
        f"zone TEXT, side_of_first TEXT, layer TEXT, what TEXT, count INTEGER, length_m REAL, people INTEGER, {_MARKS}",
    ),
    "remarks": _table(
        "remarks",
        "code TEXT, of_what TEXT, remark TEXT, size REAL, unit TEXT, latitude_deg REAL, longitude_deg REAL",
    ),
}

GEOMETRIES = {
    "zones": "MULTIPOLYGON",
    "gone_zones": "MULTIPOLYGON",
    "first_line": "MULTILINESTRING",
    "second_line": "MULTILINESTRING",
    "partings": "MULTILINESTRING",
    "unmatched": "MULTILINESTRING",
    "profile": "MULTILINESTRING",
    "crossings": "POINT",
}

DESCRIPTIONS = {
    "zones": "Closed areas between the two lines",
    "gone_zones": "Zones of earlier comparisons that no longer exist",
    "first_line": "The first line as stated",
    "second_line": "The second line as stated",
    "partings": "Stretches of either line further from the other than the tolerance",
    "unmatched": "Parts of a line without a counterpart in the other line",
    "profile": "From stations of either line to the nearest position of the other",
    "crossings": "Where something crosses one of the lines",
    "what_lies_between": "What lies in the zones",
    "remarks": "Findings about the sources and the computation",
}
