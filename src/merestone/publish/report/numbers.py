"""Numbers as the report prints them: fixed forms, the same on every machine."""

from __future__ import annotations

from merestone.delimit.boundary_line import UNITS_PER_DEGREE

THIN = "\N{NARROW NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"
PRIME = "\N{PRIME}"
DOUBLE_PRIME = "\N{DOUBLE PRIME}"

_SECOND_DECIMALS = 5
"""One canonical unit is 3.6e-6 seconds of arc: five decimals print it to 0.3 mm."""


def grouped(value: float, decimals: int) -> str:
    """A number with the given decimals, thousands set apart by a narrow space."""
    printed = f"{abs(value):,.{decimals}f}".replace(",", THIN)
    negative = value < 0 and any(digit in "123456789" for digit in printed)
    return f"{MINUS if negative else ''}{printed}"


def metres(value_m: float) -> str:
    """A length in m below one kilometre, in km above, to a millimetre or a metre."""
    if abs(value_m) >= 1000:
        return f"{grouped(value_m / 1000, 3)} km"
    return f"{grouped(value_m, 3)} m"


def rough(value_m: float) -> str:
    """A distance in m or km to about three significant digits, for labels."""
    size = abs(value_m)
    if size >= 1000:
        return f"{grouped(value_m / 1000, _decimals(size / 1000))} km"
    if size < 0.001:
        return "0 m" if size < 5e-7 else f"{grouped(value_m * 1000, 3)} mm"
    return f"{grouped(value_m, min(_decimals(size), 3))} m"


def _decimals(size: float) -> int:
    if size >= 100:
        return 0
    return 1 if size >= 10 else 2 if size >= 1 else 3


def square_km(area_m2: float) -> str:
    """An area in km², in m² below a hectare."""
    if abs(area_m2) < 10_000:
        return f"{grouped(area_m2, 0)} m²"
    size = abs(area_m2) / 1e6
    return f"{grouped(area_m2 / 1e6, 0 if size >= 1000 else 1 if size >= 10 else 3)} km²"


def azimuth(value_deg: float) -> str:
    """An azimuth in degrees, minutes and tenths of seconds, in [0, 360)."""
    tenths = round(value_deg * 36_000) % (360 * 36_000)
    degrees, rest = divmod(tenths, 36_000)
    minutes, rest = divmod(rest, 600)
    return f"{degrees:d}°{minutes:02d}{PRIME}{rest // 10:02d}.{rest % 10}{DOUBLE_PRIME}"


def latitude(units: int) -> str:
    """A latitude of canonical units as degrees, minutes, seconds and a letter."""
    return _dms(units, "N" if units >= 0 else "S")


def longitude(units: int) -> str:
    """A longitude of canonical units as degrees, minutes, seconds and a letter."""
    return _dms(units, "E" if units >= 0 else "W")


def decimal_degrees(units: int) -> str:
    """Canonical units as decimal degrees: all nine places, exactly."""
    whole, rest = divmod(abs(units), UNITS_PER_DEGREE)
    return f"{MINUS if units < 0 else ''}{whole}.{rest:09d}"


def _dms(units: int, letter: str) -> str:
    scale = 10**_SECOND_DECIMALS
    count = (abs(units) * 3600 * scale * 2 + UNITS_PER_DEGREE) // (2 * UNITS_PER_DEGREE)
    degrees, rest = divmod(count, 3600 * scale)
    minutes, rest = divmod(rest, 60 * scale)
    seconds, fraction = divmod(rest, scale)
    printed = f"{seconds:02d}.{fraction:0{_SECOND_DECIMALS}d}"
    return f"{degrees}°{minutes:02d}{PRIME}{printed}{DOUBLE_PRIME}{letter}"


def place(lon_deg: float, lat_deg: float) -> str:
    """A place to the nearest minute, for captions."""
    lon = (lon_deg + 180.0) % 360.0 - 180.0
    return f"{_minutes(lat_deg)}{'N' if lat_deg >= 0 else 'S'} {_minutes(lon)}{'E' if lon >= 0 else 'W'}"


def _minutes(value_deg: float) -> str:
    degrees, minutes = divmod(round(abs(value_deg) * 60), 60)
    return f"{degrees}°{minutes:02d}{PRIME}"


def px(value: float) -> str:
    """A coordinate of the drawing: at most two decimals, no trailing zeros, never -0."""
    printed = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if printed == "-0" else printed
