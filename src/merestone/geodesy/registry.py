"""The EPSG registry as PROJ carries it: rows of systems and of named operations, read exactly as they stand there.

PROJ's own search for operations leaves out what does not cover a place, joins steps that nobody named, and hides
which file it would need. What is asked for here is the plain list, so the registry's tables are read directly
(`proj.db`, read only, immutable; the layout version is checked). Everything that computes goes through PROJ itself.
"""

from __future__ import annotations

import os
import sqlite3
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pyproj

from merestone.errors import MerestoneError

LAYOUT_MAJOR = "1"
AUTHORITY = "EPSG"


class RegistryError(MerestoneError):
    """The registry that comes with PROJ is missing, or laid out in a way that is not known here."""


@dataclass(frozen=True, slots=True)
class SystemRow:
    """A geodetic coordinate system as the registry has it; `kind` is 'geographic 2D', 'geographic 3D', 'geocentric'."""

    code: int
    name: str
    kind: str
    deprecated: bool
    datum: int
    datum_name: str
    reference_epoch: float | None
    ensemble_accuracy_m: float | None
    prime_meridian: str
    ellipsoid: str
    a_m: float
    inverse_flattening: float


@dataclass(frozen=True, slots=True)
class OperationRow:
    """A named operation as the registry has it: between which systems and datums, how accurate (None: unknown)."""

    code: int
    name: str
    method: str
    accuracy_m: float | None
    source: int
    target: int
    source_datum: int
    target_datum: int
    area: str
    bounds: tuple[float, float, float, float]
    superseded_by: int | None
    by_parameters: bool
    """Whether numbers alone define it; otherwise it may read grid files."""


@lru_cache(maxsize=1)
def _database() -> sqlite3.Connection:
    """The open registry."""
    for folder in pyproj.datadir.get_data_dir().split(os.pathsep):
        path = Path(folder, "proj.db")
        if path.exists():
            address = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
            database = sqlite3.connect(address, uri=True, check_same_thread=False)
            row = database.execute("SELECT value FROM metadata WHERE key = 'DATABASE.LAYOUT.VERSION.MAJOR'").fetchone()
            if row is None or row[0] != LAYOUT_MAJOR:
                raise RegistryError(f"PROJ's registry has layout {row and row[0]}; layout {LAYOUT_MAJOR} is known here")
            return database
    raise RegistryError("PROJ's registry proj.db was not found beside the library")


@lru_cache(maxsize=1)
def registry_version() -> str:
    """The version of the registry and of PROJ: "EPSG v11.022, PROJ 9.5.1"."""
    rows = dict(_database().execute("SELECT key, value FROM metadata WHERE key IN ('EPSG.VERSION', 'PROJ.VERSION')"))
    return f"EPSG {rows['EPSG.VERSION']}, PROJ {pyproj.proj_version_str}"


_SYSTEM = """
SELECT c.code, c.name, c.type, c.deprecated, d.code, d.name, d.frame_reference_epoch, d.ensemble_accuracy, m.name,
       e.name, e.semi_major_axis * u.conv_factor, e.inv_flattening, e.semi_minor_axis * u.conv_factor
FROM geodetic_crs c
JOIN geodetic_datum d ON d.auth_name = c.datum_auth_name AND d.code = c.datum_code
JOIN ellipsoid e ON e.auth_name = d.ellipsoid_auth_name AND e.code = d.ellipsoid_code
JOIN unit_of_measure u ON u.auth_name = e.uom_auth_name AND u.code = e.uom_code
JOIN prime_meridian m ON m.auth_name = d.prime_meridian_auth_name AND m.code = d.prime_meridian_code
WHERE c.auth_name = 'EPSG' AND c.code = ?
"""


@lru_cache(maxsize=512)
def system(code: int) -> SystemRow | None:
    """The geodetic system with this EPSG code, None where there is none."""
    row = _database().execute(_SYSTEM, (code,)).fetchone()
    if row is None:
        return None
    *head, ellipsoid, a_m, inverse_flattening, b_m = row
    if inverse_flattening is None:
        inverse_flattening = 0.0 if b_m is None or b_m == a_m else a_m / (a_m - b_m)
    number, name, kind, deprecated, datum, datum_title, epoch, accuracy_m, meridian = head
    return SystemRow(
        int(number), name, kind, bool(deprecated), int(datum), datum_title, epoch, accuracy_m, meridian,
        ellipsoid, a_m, inverse_flattening,
    )  # fmt: skip


@lru_cache(maxsize=64)
def what_a_code_is(code: int) -> str:
    """What the registry has under an EPSG code that is not of a frame or grid, as the end of a sentence."""
    row = (
        _database().execute("SELECT type, name FROM crs_view WHERE auth_name = 'EPSG' AND code = ?", (code,)).fetchone()
    )
    if row is None:
        return f"the registry has no reference system under this code ({registry_version()})"
    kind, name = row
    return f"it is the code of a {kind} system, {name}"


@lru_cache(maxsize=1)
def geographic_systems() -> tuple[tuple[int, str], ...]:
    """Code and name of every geographic 2-D system in force, by code."""
    rows = _database().execute(
        "SELECT code, name FROM geodetic_crs WHERE auth_name = 'EPSG' AND type = 'geographic 2D' AND NOT deprecated"
        " AND name NOT LIKE '%(lon-lat)' ORDER BY code"
    )
    return tuple((int(code), str(name)) for code, name in rows)


def systems_covering(west: float, south: float, east: float, north: float) -> tuple[int, ...]:
    """The codes of the geographic 2-D systems in force whose area of use covers a box in degrees, by code.

    Systems of the whole world are left out: their area says nothing about a place.
    """
    rows = _database().execute(
        "SELECT c.code, x.west_lon, x.south_lat, x.east_lon, x.north_lat FROM geodetic_crs c"
        " JOIN usage g ON g.object_table_name = 'geodetic_crs' AND g.object_auth_name = c.auth_name"
        " AND g.object_code = c.code"
        " JOIN extent x ON x.auth_name = g.extent_auth_name AND x.code = g.extent_code"
        " WHERE c.auth_name = 'EPSG' AND c.type = 'geographic 2D' AND NOT c.deprecated"
        " AND c.name NOT LIKE '%(lon-lat)' AND x.north_lat - x.south_lat < 180 ORDER BY c.code"
    )
    box = (west, south, east, north)
    return tuple(dict.fromkeys(int(code) for code, *area in rows if covers((area[0], area[1], area[2], area[3]), box)))


def covers(area: tuple[float, float, float, float], box: tuple[float, float, float, float]) -> bool:
    """Whether an area (west, south, east, north; west > east across 180 degrees) contains a box."""
    west, south, east, north = area
    if box[1] < south or box[3] > north:
        return False
    width = (east - west) % 360.0 or (360.0 if east != west else 0.0)
    return (box[0] - west) % 360.0 + (box[2] - box[0]) <= width or width == 360.0


@lru_cache(maxsize=256)
def ensembles_of(datum: int) -> tuple[tuple[int, float], ...]:
    """The ensembles that a datum is a member of, with their accuracy in metres."""
    rows = _database().execute(
        "SELECT m.ensemble_code, d.ensemble_accuracy FROM geodetic_datum_ensemble_member m"
        " JOIN geodetic_datum d ON d.auth_name = m.ensemble_auth_name AND d.code = m.ensemble_code"
        " WHERE m.member_auth_name = 'EPSG' AND m.member_code = ? AND NOT d.deprecated ORDER BY m.ensemble_code",
        (datum,),
    )
    return tuple((int(code), float(accuracy)) for code, accuracy in rows)


@lru_cache(maxsize=64)
def members_of(ensemble: int) -> tuple[int, ...]:
    """The datums that an ensemble stands for, newest first."""
    rows = _database().execute(
        "SELECT member_code FROM geodetic_datum_ensemble_member WHERE ensemble_auth_name = 'EPSG'"
        " AND ensemble_code = ? ORDER BY sequence DESC",
        (ensemble,),
    )
    return tuple(int(code) for (code,) in rows)


_OPERATIONS = """
SELECT o.code, o.name, o.method_name, o.accuracy, s.code, t.code, s.datum_code, t.datum_code,
       x.name, x.west_lon, x.south_lat, x.east_lon, x.north_lat,
       (SELECT p.replacement_code FROM supersession p WHERE p.superseded_table_name = o.table_name
        AND p.superseded_auth_name = 'EPSG' AND p.superseded_code = o.code AND p.same_source_target_crs LIMIT 1),
       o.table_name = 'helmert_transformation'
FROM coordinate_operation_view o
JOIN geodetic_crs s ON s.auth_name = o.source_crs_auth_name AND s.code = o.source_crs_code
JOIN geodetic_crs t ON t.auth_name = o.target_crs_auth_name AND t.code = o.target_crs_code
JOIN usage g ON g.object_table_name = o.table_name AND g.object_auth_name = o.auth_name AND g.object_code = o.code
JOIN extent x ON x.auth_name = g.extent_auth_name AND x.code = g.extent_code
WHERE o.auth_name = 'EPSG' AND NOT o.deprecated AND s.auth_name = 'EPSG' AND t.auth_name = 'EPSG'
  AND s.datum_code != t.datum_code AND (s.datum_code = ? OR t.datum_code = ?)
ORDER BY o.code
"""


@lru_cache(maxsize=256)
def operations_at(datum: int) -> tuple[OperationRow, ...]:
    """Every named operation in force that starts from or leads to a datum, by code."""
    rows = _database().execute(_OPERATIONS, (datum, datum))
    found: dict[int, OperationRow] = {}
    for code, name, method, accuracy, source, target, from_datum, to_datum, area, *rest in rows:
        west, south, east, north, replacement, by_parameters = rest
        found.setdefault(
            int(code),
            OperationRow(
                int(code), name, method or "concatenated operation", accuracy, int(source), int(target),
                int(from_datum), int(to_datum), area, (west, south, east, north),
                int(replacement) if replacement is not None else None, bool(by_parameters),
            ),
        )  # fmt: skip
    return tuple(found.values())


def is_projected(code: int) -> bool:
    """Whether an EPSG code is that of a projected system."""
    query = "SELECT 1 FROM projected_crs WHERE auth_name = 'EPSG' AND code = ?"
    return _database().execute(query, (code,)).fetchone() is not None


@lru_cache(maxsize=4096)
def geographic_of_datum(datum: int) -> tuple[int, ...]:
    """The codes of the geographic 2-D systems in force on a datum."""
    rows = _database().execute(
        "SELECT code FROM geodetic_crs WHERE auth_name = 'EPSG' AND type = 'geographic 2D' AND NOT deprecated"
        " AND datum_auth_name = 'EPSG' AND datum_code = ? AND name NOT LIKE '%(lon-lat)' ORDER BY code",
        (datum,),
    )
    return tuple(int(code) for (code,) in rows)


@lru_cache(maxsize=256)
def datum_name(datum: int) -> str:
    """The name of a datum."""
    query = "SELECT name FROM geodetic_datum WHERE auth_name = 'EPSG' AND code = ?"
    row = _database().execute(query, (datum,)).fetchone()
    return str(row[0]) if row else f"datum {datum}"


def grid_alternative(name: str) -> tuple[str, str | None]:
    """The name under which PROJ distributes a grid of the registry and where it can be got; its own name if nowhere."""
    query = "SELECT proj_grid_name, url FROM grid_alternatives WHERE original_grid_name = ?"
    row = _database().execute(query, (name,)).fetchone()
    return (str(row[0]), row[1]) if row else (name, None)


@lru_cache(maxsize=512)
def grid_names(code: int) -> tuple[str, ...]:
    """The names of the grids that an operation reads, those of its steps included, as the registry has them."""
    database = _database()
    query = "SELECT grid_name, grid2_name FROM grid_transformation WHERE auth_name = 'EPSG' AND code = ?"
    names = [name for row in database.execute(query, (code,)) for name in row if name]
    query = (
        "SELECT step_code FROM concatenated_operation_step WHERE operation_auth_name = 'EPSG' AND operation_code = ?"
        " AND step_auth_name = 'EPSG' ORDER BY step_number"
    )
    for (step,) in database.execute(query, (code,)).fetchall():
        names += grid_names(int(step))
    return tuple(dict.fromkeys(names))


@dataclass(frozen=True, slots=True)
class ProjectedRow:
    """A projected system as the registry has it: on which geographic system, by which conversion and method."""

    code: int
    name: str
    base: int
    conversion: str
    method: str


_PROJECTED = """
SELECT p.code, p.name, p.geodetic_crs_code, c.name, c.method_name
FROM projected_crs p
JOIN conversion c ON c.auth_name = p.conversion_auth_name AND c.code = p.conversion_code
WHERE p.auth_name = 'EPSG' AND p.geodetic_crs_auth_name = 'EPSG' AND NOT p.deprecated AND
"""


def projected(code: int) -> ProjectedRow | None:
    """The projected system in force with this EPSG code, None where there is none."""
    row = _database().execute(_PROJECTED + "p.code = ?", (code,)).fetchone()
    return None if row is None else ProjectedRow(int(row[0]), row[1], int(row[2]), row[3], row[4])


@lru_cache(maxsize=256)
def areas_of_use(code: int) -> tuple[tuple[float, float, float, float], ...]:
    """The boxes (west, south, east, north in degrees; west > east across 180) in which a projected system is meant."""
    rows = _database().execute(
        "SELECT x.west_lon, x.south_lat, x.east_lon, x.north_lat FROM usage g"
        " JOIN extent x ON x.auth_name = g.extent_auth_name AND x.code = g.extent_code"
        " WHERE g.object_table_name = 'projected_crs' AND g.object_auth_name = 'EPSG' AND g.object_code = ?"
        " AND x.west_lon IS NOT NULL ORDER BY x.code",
        (code,),
    )
    return tuple((float(west), float(south), float(east), float(north)) for west, south, east, north in rows)


@lru_cache(maxsize=256)
def with_false_easting(base: int, easting_m: float) -> tuple[int, ...]:
    """The codes of the Transverse Mercator systems in force on a geographic system whose false easting is this, by code.

    EPSG's parameter 8806 is the false easting, the fourth of that method.
    """
    rows = _database().execute(
        "SELECT p.code FROM projected_crs p JOIN conversion_table c ON c.auth_name = p.conversion_auth_name"
        " AND c.code = p.conversion_code WHERE p.auth_name = 'EPSG' AND p.geodetic_crs_code = ? AND NOT p.deprecated"
        " AND c.param4_code = '8806' AND c.param4_value = ? ORDER BY p.code",
        (base, easting_m),
    )
    return tuple(int(code) for (code,) in rows)


def counted_from_greenwich(code: int) -> int | None:
    """The geographic system to which the registry carries one on another prime meridian by its longitude alone."""
    row = (
        _database()
        .execute(
            "SELECT target_crs_code FROM other_transformation WHERE source_crs_auth_name = 'EPSG' AND source_crs_code = ?"
            " AND target_crs_auth_name = 'EPSG' AND method_code = '9601' AND NOT deprecated ORDER BY code LIMIT 1",
            (code,),
        )
        .fetchone()
    )
    return None if row is None else int(row[0])


@lru_cache(maxsize=1)
def projected_names() -> tuple[tuple[int, str], ...]:
    """Code and name of every projected system in force, by code."""
    rows = _database().execute("SELECT code, name FROM projected_crs WHERE auth_name = 'EPSG' AND NOT deprecated")
    return tuple(sorted((int(code), str(name)) for code, name in rows))


@lru_cache(maxsize=1)
def ellipsoids() -> tuple[tuple[str, float, float], ...]:
    """Name, semi-major axis in metres and inverse flattening (0 for a sphere) of every ellipsoid in force, by name."""
    rows = _database().execute(
        "SELECT e.name, e.semi_major_axis * u.conv_factor, e.inv_flattening, e.semi_minor_axis * u.conv_factor"
        " FROM ellipsoid e JOIN unit_of_measure u ON u.auth_name = e.uom_auth_name AND u.code = e.uom_code"
        " WHERE e.auth_name = 'EPSG' AND NOT e.deprecated ORDER BY e.name"
    )
    return tuple(
        (name, a_m, inverse if inverse is not None else 0.0 if b_m == a_m else a_m / (a_m - b_m))
        for name, a_m, inverse, b_m in rows
    )
