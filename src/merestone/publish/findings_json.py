"""Findings as JSON: the same facts as the text that people read, under names that do not change."""

from __future__ import annotations

from collections.abc import Iterable

from merestone.diagnostics import Diagnostic, Label, Measure, Span


def findings_json(findings: Iterable[Diagnostic]) -> list[dict[str, object]]:
    """A list of JSON objects, one for each finding, in the order given."""
    return [finding_json(finding) for finding in findings]


def finding_json(finding: Diagnostic) -> dict[str, object]:
    """One finding as a JSON object: every key is always there, null where there is nothing to say.

    Lines and columns count from 1, columns in characters, ends exclusive; `value` is in `unit`, unrounded.
    """
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "sentence": finding.sentence,
        "subject": finding.subject,
        "span": None if finding.span is None else _span(finding.span),
        "labels": [_label(label) for label in finding.labels],
        "expected": finding.expected,
        "hint": finding.hint,
        "settles": finding.settles,
        "measures": [_measure(measure) for measure in finding.measures],
        "read_as": finding.read_as,
    }


def _span(span: Span) -> dict[str, int]:
    return {
        "line": span.line,
        "column": span.column,
        "end_line": span.end_line,
        "end_column": span.end_column,
    }


def _label(label: Label) -> dict[str, object]:
    return {"span": _span(label.span), "text": label.text}


def _measure(measure: Measure) -> dict[str, object]:
    return {
        "what": measure.what,
        "value": measure.value,
        "unit": measure.unit,
        "between": None if measure.between is None else list(measure.between),
    }
