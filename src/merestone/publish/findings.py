"""Findings as people read them in an output: the subject, the measures, what would settle them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class Alike:
    """Findings of one code and severity, in the order of the text; `worst` measured the greatest length."""

    findings: tuple[Diagnostic, ...]

    @property
    def worst(self) -> Diagnostic:
        """The finding with the greatest length in metres; the first where none measured any."""
        return max(self.findings, key=greatest_m)


def by_code(findings: Iterable[Diagnostic]) -> Sequence[Alike]:
    """The findings by code and severity, in the order in which each first appears."""
    found: dict[tuple[str, Severity], list[Diagnostic]] = {}
    for finding in findings:
        found.setdefault((finding.code, finding.severity), []).append(finding)
    return [Alike(tuple(each)) for each in found.values()]


def greatest_m(finding: Diagnostic) -> float:
    """The greatest length that a finding measured, in metres; 0 where it measured none."""
    return max((measure.value for measure in finding.measures if measure.unit == "m"), default=0.0)


def greatest_measures(finding: Diagnostic) -> tuple[Measure, ...]:
    """The greatest of each thing that a finding measured, in the order in which it measured them."""
    greatest: dict[tuple[str, str], Measure] = {}
    for measure in finding.measures:
        known = greatest.setdefault((measure.what, measure.unit), measure)
        if measure.value > known.value:
            greatest[measure.what, measure.unit] = measure
    return tuple(greatest.values())


def in_brief(finding: Diagnostic) -> str:
    """What tells a finding from others of its kind: the greatest of each thing measured, else its sentence."""
    measured = ", ".join(quantity(measure.value, measure.unit) for measure in greatest_measures(finding))
    return measured or finding.sentence.removeprefix(finding.subject or "").lstrip()
