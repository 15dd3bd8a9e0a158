"""Measured figures as findings print them: three significant digits or so, in the unit that suits."""

from __future__ import annotations


def metres_text(value_m: float) -> str:
    """A distance: `0.12 m`, `98 m`, `6.0 km`, `937 km`."""
    size = abs(value_m)
    if 0.0 < size < 5e-5:
        return "less than 0.1 mm"
    if size < 0.005:
        return f"{value_m * 1000.0:.1f} mm"
    if size < 10.0:
        return f"{value_m:.2f} m"
    if size < 1_000.0:
        return f"{value_m:.0f} m"
    return f"{value_m / 1000.0:.1f} km" if size < 100_000.0 else f"{value_m / 1000.0:,.0f} km"


def off_text(value_m: float) -> str:
    """How far something lies off, so that the figure shows: `0.4 mm`, `45.2 mm`, `8.26 m`, `1,204.50 m`."""
    size = abs(value_m)
    if size == 0.0:
        return "0 m"
    if size < 0.1:
        return f"{size * 1000.0:.1f} mm" if size >= 5e-5 else "less than 0.1 mm"
    return f"{size:,.2f} m"


def off_and_open_text(off_m: float, open_m: float) -> tuple[str, str]:
    """How far something lies off and how much of it is explained, with digits enough to show that they differ."""
    texts = off_text(off_m), off_text(open_m)
    digits = 2
    while texts[0] == texts[1] and digits < 7:
        texts = f"{off_m * 1000.0:,.{digits}f} mm", f"{open_m * 1000.0:,.{digits}f} mm"
        digits += 1
    return texts


def area_text(value_m2: float) -> str:
    """An area: `520 m²`, `7.39 km²`, `3,746 km²`."""
    size = abs(value_m2)
    if size < 100_000.0:
        return f"{value_m2:,.0f} m²"
    return f"{value_m2 / 1e6:.2f} km²" if size < 1e9 else f"{value_m2 / 1e6:,.0f} km²"


def degrees_text(value_deg: float) -> str:
    """A difference of direction: `6.09°`, `0.343°`, `12.4"`."""
    size = abs(value_deg)
    if size < 0.01:
        return f'{value_deg * 3600.0:.2f}"'
    return f"{value_deg:.3f}°" if size < 1.0 else f"{value_deg:.2f}°"


def value_text(value: float, unit: str) -> str:
    """A value in metres (m), square metres (m2) or degrees (deg), as a difference is printed."""
    if unit == "deg":
        return degrees_text(value)
    return area_text(value) if unit == "m2" else metres_text(value)


def exact_text(value: float, unit: str, more: int = 0) -> str:
    """A compiled value with the digits that a reader needs to check it: `134.657°`, `936.781 km`, `301.90 km²`.

    `more` digits are added to them.
    """
    if unit == "deg":
        return f"{value:.{3 + more}f}°"
    if unit == "m2":
        return f"{value / 1e6:,.{2 + more}f} km²" if abs(value) >= 1e6 else f"{value:,.{more}f} m²"
    return f"{value / 1000.0:,.{3 + more}f} km" if abs(value) >= 1_000.0 else f"{value:.{2 + more}f} m"


def unlike_texts(one: float, other: float, unit: str) -> tuple[str, str]:
    """Two values that differ, with as many digits as it takes to see that: `10.0004 km`, `10.0000 km`."""
    texts = exact_text(one, unit), exact_text(other, unit)
    for more in range(1, 7):
        if texts[0] != texts[1] or one == other:
            break
        texts = exact_text(one, unit, more), exact_text(other, unit, more)
    return texts


def listed(names: tuple[str, ...] | list[str], most: int = 5) -> str:
    """Names in a row, the rest counted."""
    shown = ", ".join(names[:most])
    return shown if len(names) <= most else f"{shown} and {len(names) - most} more"
