"""Findings as people read them in an output: the subject, the measures, what would settle them."""

from __future__ import annotations

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
    """A measure in one line: `separation 6012.3 m between geodesic and loxodrome`."""
    between = f" between {measure.between[0]} and {measure.between[1]}" if measure.between else ""
    return f"{measure.what} {number_text(measure.value)} {UNIT_TEXTS.get(measure.unit, measure.unit)}{between}"


UNIT_TEXTS = {"km2": "km²", "m2": "m²", "deg": "°"}
"""How units are printed where that differs from their name."""


def number_text(value: float) -> str:
    """A measured number with four significant digits or to the whole unit, whichever shows more; no exponent."""
    if value == 0.0:
        return "0"
    whole_digits = len(str(int(abs(value))))
    if whole_digits >= 4:
        return f"{value:.0f}"
    return f"{value:.{4 - whole_digits}f}" if abs(value) >= 1.0 else f"{value:.4f}"
