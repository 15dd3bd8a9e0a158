"""Foreign files made for a test: small, of every format, good and bad."""

from __future__ import annotations

import gzip
import json
import zipfile
from pathlib import Path
from typing import Any

LINE = [[44.0, 40.0], [44.5, 40.2], [45.0, 40.5]]
OTHER = [[46.0, 39.0], [46.5, 39.5]]


def collection(*geometries: Any, **members: Any) -> dict[str, Any]:
    """A GeoJSON collection of the geometries, each a feature with its number."""
    features = [
        {"type": "Feature", "properties": {"number": index}, "geometry": geometry}
        for index, geometry in enumerate(geometries)
    ]
    return {"type": "FeatureCollection", **members, "features": features}


def line(coordinates: Any) -> dict[str, Any]:
    """A line of GeoJSON."""
    return {"type": "LineString", "coordinates": coordinates}


def polygon(*rings: Any) -> dict[str, Any]:
    """A polygon of GeoJSON."""
    return {"type": "Polygon", "coordinates": list(rings)}


def write_json(path: Path, value: Any) -> Path:
    """Write a value as JSON and give the path."""
    path.write_text(json.dumps(value), encoding="utf-8")
    return path


def write_with_gdal(path: Path, driver: str, crs: str | None = "EPSG:4326", layer: str = "boundary") -> Path:
    """Write two lines with names by GDAL and give the path."""
    import numpy as np
    import pyogrio
    import shapely

    # FlatGeobuf's index would bring the features into another order.
    options = {"SPATIAL_INDEX": "NO"} if driver == "FlatGeobuf" else {}
    lines = [shapely.MultiLineString([LINE]), shapely.MultiLineString([OTHER])]
    pyogrio.raw.write(
        path, geometry=np.array(shapely.to_wkb(lines), dtype=object), field_data=[np.array(["a", "b"], dtype=object)],
        fields=np.array(["name"]), driver=driver, geometry_type="MultiLineString", crs=crs, layer=layer,
        **options,
    )  # fmt: skip
    return path


KML = """<?xml version="1.0" encoding="UTF-8"?>
<kml xmlns="http://www.opengis.net/kml/2.2"><Document><name>boundary</name>
<Placemark><name>a</name><ExtendedData><Data name="source"><value>map</value></Data></ExtendedData>
<LineString><coordinates>44,40,0 44.5,40.2,0
45,40.5,0</coordinates></LineString></Placemark>
<Placemark><name>b</name><MultiGeometry><LineString><coordinates>46,39 46.5,39.5</coordinates></LineString>
</MultiGeometry></Placemark></Document></kml>
"""


def write_zip(path: Path, members: dict[str, bytes]) -> Path:
    """Write an archive and give the path."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def write_gzip(path: Path, content: bytes) -> Path:
    """Write a gzip file and give the path."""
    path.write_bytes(gzip.compress(content, mtime=0))
    return path
