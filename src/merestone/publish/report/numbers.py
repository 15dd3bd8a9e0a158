"""Numbers as the report prints them: fixed forms, the same on every machine."""

from __future__ import annotations

from merestone.geodesy.line import Floats

THIN = "\N{NARROW NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"
PRIME = "\N{PRIME}"
DOUBLE_PRIME = "\N{DOUBLE PRIME}"


def grouped(value: float, decimals: int) -> str:
    """A number with the given decimals, thousands set apart by commas, as in the findings."""
    printed = f"{abs(value):,.{decimals}f}"
    negative = value < 0 and any(digit in "123456789" for digit in printed)
    return f"{MINUS if negative else ''}{printed}"


def metres(value_m: float) -> str:
    """A length in km to the metre from one kilometre on, in m to the millimetre below."""
    if abs(value_m) >= 1000:
        return f"{grouped(value_m / 1000, 3)} km"
    return f"{grouped(value_m, 3)} m"


def rough(value_m: float) -> str:
    """A distance in km, m or mm to about three significant digits, for labels."""
    size = abs(value_m)
    if size < 5e-7:
        return "0 m"
    unit, per_m = ("km", 1e-3) if size >= 1000 else ("m", 1.0) if size >= 0.1 else ("mm", 1e3)
    return f"{grouped(value_m * per_m, _decimals(size * per_m))} {unit}"


def _decimals(size: float) -> int:
    if size >= 100:
        return 0
    return 1 if size >= 10 else 2


def square_km(area_m2: float) -> str:
    """An area in km², in m² below a hectare."""
    if abs(area_m2) < 10_000:
        return f"{grouped(area_m2, 0)} m²"
    size = abs(area_m2) / 1e6
    return f"{grouped(area_m2 / 1e6, 0 if size >= 1000 else 1 if size >= 10 else 3)} km²"


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


def polyline(points: Floats) -> str:
    """The points (n, 2) of a drawing as path data; one that rounds to the point before it is left out."""
    pairs = [f"{px(float(x))} {px(float(y))}" for x, y in points]
    kept = [pair for index, pair in enumerate(pairs) if index == 0 or pair != pairs[index - 1]]
    if len(kept) == 1:
        kept = kept * 2
    return "M" + "L".join(kept)
