"""The Armenia-Azerbaijan boundary in public versions, and what was measured of them before with other tools.

The files and the figures are those of the folder `armenia-azerbaijan-versions` of the shared data (see its README): not
part of the project, so that every use says where the folder is.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from merestone.compare.claim import Claim
from merestone.compare.states.common_boundary import common_boundary
from merestone.compare.states.pair_of_states import CommonBoundary
from merestone.compare.states.state import State
from merestone.compare.states.states_of_layer import states_of_layer
from merestone.geodesy.catalogue import find
from merestone.sources.vectors import read_vectors

Files = tuple[str, str]
"""The file that Armenia is taken from, and that for Azerbaijan, without ending."""

REFERENCE = "osm_2026"


@dataclass(frozen=True, slots=True)
class Published:
    """What was measured of one version: lengths in km and vertices of the eastern and the Nakhchivan line; mean, median,
    95th percentile and greatest distance of the eastern line from that of `osm_2026`, in whole metres."""

    files: Files
    east_km: float
    east_vertices: int
    nakhchivan_km: float
    nakhchivan_vertices: int
    apart_m: tuple[int, int, int, int] | None


VERSIONS = {
    "osm_2026": Published(("osm_2026_tzbb",) * 2, 681.3, 3957, 248.0, 714, None),
    "osm_2024": Published(("osm_2024_tzbb",) * 2, 681.2, 3950, 248.0, 700, (2, 0, 6, 309)),
    "osm_2023": Published(("osm_2023_tzbb",) * 2, 617.3, 1516, 247.9, 697, (78, 0, 489, 1519)),
    "osm_2020": Published(("osm_2020_tzbb",) * 2, 658.2, 1343, 247.9, 696, (41, 0, 204, 1097)),
    "osm_2018i": Published(("osm_2018i_tzbb",) * 2, 657.0, 1316, 247.9, 694, (44, 0, 209, 1111)),
    "osm_2017": Published(("osm_2017_geomaps_with_neighbours",) * 2, 656.9, 1270, 247.8, 665, None),
    "wof_default": Published(("wof_default_2024",) * 2, 681.7, 3910, 250.6, 3500, (42, 25, 120, 663)),
    "dcw_gmt": Published(("dcw_gmt_2.1.1",) * 2, 587.7, 782, 204.6, 172, (546, 419, 1582, 3221)),
    "tz_world": Published(("tz_world_2016",) * 2, 575.4, 834, 219.4, 200, (528, 408, 1489, 2927)),
    "ne_v5.1.2": Published(("ne_v5.1.2_10m",) * 2, 493.8, 167, 208.0, 73, (1057, 853, 2906, 4236)),
}

LAND_FILES: dict[str, Files] = {
    "osm_2026": ("osm_2026_tzbb",) * 2,
    "osm_2018i": ("osm_2018i_tzbb",) * 2,
    "ne_v5.1.2": ("ne_v5.1.2_10m",) * 2,
    "wof quattro/meso": ("wof_arm_quattroshapes", "wof_aze_meso"),
    "dcw_gmt": ("dcw_gmt_2.1.1",) * 2,
    "tz_world": ("tz_world_2016",) * 2,
}
LAND_KM2 = (
    (0.0, 45.5, 591.5, 220.4, 284.4, 316.8),
    (59.5, 0.0, 585.4, 234.2, 323.2, 316.2),
    (608.7, 588.6, 0.0, 650.2, 740.1, 744.3),
    (52.7, 27.5, 581.5, 219.7, 317.9, 303.8),
    (189.6, 214.4, 638.8, 265.3, 1.7, 42.0),
    (227.6, 213.0, 637.4, 286.1, 48.3, 0.0),
)
"""Land in km² that is Armenia in the row and Azerbaijan in the column, in the order of `LAND_FILES`."""


def versions_folder() -> Path:
    """Where the versions lie: beside the checkout, or below the folder that MERESTONE_SHARED names."""
    shared = Path(os.environ.get("MERESTONE_SHARED", Path(__file__).resolve().parents[2] / "shared"))
    return shared / "data" / "armenia-azerbaijan-versions"


@lru_cache(maxsize=32)
def states_of(path: Path) -> dict[str, State]:
    """The States of a file, by identity."""
    return {each.identity: each for each in states_of_layer(read_vectors(path)).states}


def both_states(folder: Path, files: Files) -> tuple[State, State]:
    """Armenia of one file and Azerbaijan of another."""
    return states_of(folder / f"{files[0]}.geojson")["ARM"], states_of(folder / f"{files[1]}.geojson")["AZE"]


@lru_cache(maxsize=32)
def boundary_of(folder: Path, files: Files) -> CommonBoundary:
    """The common boundary of a version."""
    return common_boundary(*both_states(folder, files))


def claim_of(folder: Path, files: Files, drawn_by: int = 0, *, east_only: bool = False) -> Claim:
    """A version as a line to compare: as Armenia's outline has it (0) or Azerbaijan's (1), which is one where both share
    their vertices; all strands, or the eastern line alone."""
    strands = boundary_of(folder, files).as_drawn[drawn_by]
    if east_only:
        strands = tuple(strand for strand in strands if not strand.ring)[:1]
    return Claim(files[drawn_by], strands, find("EPSG:4326"))
