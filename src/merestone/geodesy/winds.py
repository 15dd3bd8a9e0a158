"""The sixteen wind directions, by their letters and their names in English."""

from __future__ import annotations

WINDS = ("N", "NNE", "NE", "ENE", "E", "ESE", "SE", "SSE", "S", "SSW", "SW", "WSW", "W", "WNW", "NW", "NNW")
"""Clockwise from north, 22.5 degrees apart."""

SECTOR_DEG = 360.0 / len(WINDS)
"""The width of one wind direction: a named direction means within half of it, 11.25 degrees, either way."""

_NAMES = {"N": "north", "E": "east", "S": "south", "W": "west"}
NAMES = {
    wind: "-".join(
        (_NAMES[wind[0]], *([_NAMES[wind[1]]] if len(wind) == 2 else [_NAMES[wind[1]] + "-" + _NAMES[wind[2]]]))
    )
    if len(wind) > 1
    else _NAMES[wind]
    for wind in WINDS
}
"""Letters to names: SSE to south-south-east."""


def azimuth_of_wind(wind: str) -> float:
    """The azimuth in degrees at the middle of a wind direction given by its letters (`SSE`)."""
    return WINDS.index(wind) * SECTOR_DEG


def wind_of_azimuth(azimuth_deg: float) -> str:
    """The letters of the wind direction whose sector holds an azimuth in degrees."""
    return WINDS[round(azimuth_deg / SECTOR_DEG) % len(WINDS)]
