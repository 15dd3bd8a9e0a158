"""Findings as people read them in an output: the subject, the measures, what would settle them."""

from __future__ import annotations

from collections.abc import Iterable

from merestone.diagnostics import Diagnostic, Measure, Severity

SEVERITY_WORDS = {
    Severity.ERROR: "error",
    Severity.OPEN: "left open",
    Severity.WARNING: "warning",
    Severity.NOTE: "note",
}
"""How each severity is called for a reader who is no programmer."""


def place_text(finding: Diagnostic) -> str:
    """Where in the text of the description, empty where it has no place."""
    return "" if finding.span is None else f"line {finding.span.line}, column {finding.span.column}"


def measure_text(measure: Measure) -> str:
    """A measure in one line: `separation 6.01 km between geodesic and loxodrome`."""
    between = f" between {measure.between[0]} and {measure.between[1]}" if measure.between else ""
    return f"{measure.what} {quantity(measure.value, measure.unit)}{between}"


UNIT_TEXTS = {"km2": "km²", "m2": "m²"}
"""How units are printed where that differs from their name."""


def quantity(value: float, unit: str) -> str:
    """A quantity to three significant digits or the third decimal, long ones in kilometres: `6.01 km`, `0.012 m`.

    Degrees keep four decimals: directions are compared with what an instrument prints to the second.
    """
    if unit == "deg":
        return f"{value:.4f}°"
    if unit == "m" and abs(value) >= 1000.0:
        return f"{_significant(value / 1000.0)} km"
    if unit == "km2" and abs(value) < 0.01:
        return f"{_significant(value * 1e6)} m²"
    return f"{_significant(value)} {UNIT_TEXTS.get(unit, unit)}"


def _significant(value: float) -> str:
    """A number to three significant digits, whole from a hundred on with thousands set apart, three decimals below one."""
    for least, places in ((100.0, 0), (10.0, 1), (1.0, 2)):
        if abs(value) >= least:
            return f"{value:,.{places}f}"
    return f"{value:.3f}"


def measures_by_pair(measures: Iterable[Measure]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Measures as rows: what was compared, and each quantity with its name, in the order found.

    Six measures of three pairs of readings are three rows, not six sentences.
    """
    rows: dict[str, list[str]] = {}
    for measure in measures:
        pair = " and ".join(measure.between) if measure.between else ""
        rows.setdefault(pair, []).append(f"{measure.what} {quantity(measure.value, measure.unit)}")
    return tuple((pair, tuple(said)) for pair, said in rows.items())
