"""Descriptions compiled and checked in the tests of the checker."""

from __future__ import annotations

from merestone.delimit.check import check
from merestone.delimit.compile import Compiled, compile_description
from merestone.description.parser import parse
from merestone.description.point_rows import scan_point_table
from merestone.description.resolve import resolve
from merestone.description.tree import PointTable
from merestone.diagnostics import Diagnostic, Severity


def compiled(text: str) -> Compiled:
    """A description compiled, with no trouble in reading it."""
    parsed = parse(text)
    tables = {
        each.name.text: scan_point_table(each) for each in parsed.description.statements if isinstance(each, PointTable)
    }
    resolved, names = resolve(parsed.description, {name: columns.names for name, columns in tables.items()})
    trouble = [each for each in (*parsed.diagnostics, *names) if each.severity is Severity.ERROR]
    assert not trouble, trouble
    return compile_description(resolved, tables, lambda leg: "")


def found(text: str, code: str) -> list[Diagnostic]:
    """The findings of one code in a description."""
    return [finding for finding in check(compiled(text)) if finding.code == code]


def measured(finding: Diagnostic, what: str, *between: str) -> float:
    """A measure of a finding by what it is of, and between which two."""
    values = [
        each.value
        for each in finding.measures
        if each.what == what and (not between or (each.between is not None and set(each.between) == set(between)))
    ]
    assert len(values) == 1, finding.measures
    return values[0]
