"""Many findings for one reader: the gravest kind first, one of a kind shown whole, and the others in a row each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from merestone.cli.cells import visible
from merestone.cli.render import Piece, Role, Row, Source, render
from merestone.diagnostics import Diagnostic, Severity
from merestone.publish.findings import greatest_m, greatest_measures, in_brief
from merestone.publish.text import width

MOST_ERRORS = 20
"""Errors of one kind that are shown whole: each of them has to be mended."""

FEW = 2
"""Findings of one kind that are shown whole where they are no errors; of more, the worst stands for all."""

MOST_ROWS = 12
"""Findings of one kind that get a row below the one that is shown whole."""

_GRAVITY = (Severity.ERROR, Severity.WARNING, Severity.OPEN, Severity.NOTE)


@dataclass(frozen=True, slots=True)
class Kind:
    """Findings of one code and severity, the worst first: those shown whole, those shown as rows, and the rest."""

    whole: tuple[Diagnostic, ...]
    rows: tuple[Diagnostic, ...]
    left_out: int


def kinds(findings: Iterable[Diagnostic]) -> tuple[Kind, ...]:
    """The findings by kind: errors, warnings, open words, notes; within each, in the order of the text."""
    found: dict[tuple[bool, int, str], list[Diagnostic]] = {}
    for finding in findings:
        found.setdefault((finding.settled, _GRAVITY.index(finding.severity), finding.code), []).append(finding)
    order = sorted(found, key=lambda key: (key[1], key[0]))
    return tuple(_kind(found[key]) for key in order)


def _kind(findings: Sequence[Diagnostic]) -> Kind:
    most = MOST_ERRORS if findings[0].severity is Severity.ERROR else FEW
    if len(findings) <= most:
        return Kind(tuple(findings), (), 0)
    shown = most if findings[0].severity is Severity.ERROR else 1
    ranked = sorted(findings, key=lambda finding: -greatest_m(finding))
    rows = ranked[shown : shown + MOST_ROWS]
    return Kind(tuple(ranked[:shown]), tuple(rows), len(ranked) - shown - len(rows))


def grouped(findings: Iterable[Diagnostic], source: Source, columns: int) -> Iterator[Row]:
    """The rows that show findings by kind, an empty one after each finding that is shown whole."""
    for kind in kinds(findings):
        for finding in kind.whole:
            yield from render(_brief(finding), source, columns)
            yield ()
        if kind.rows:
            yield from _list(kind)
            yield ()


def _brief(finding: Diagnostic) -> Diagnostic:
    """A finding with the greatest of each thing that it measured."""
    return replace(finding, measures=greatest_measures(finding))


def _list(kind: Kind) -> Iterator[Row]:
    """The other findings of a kind: place, subject, and the greatest of what was measured, or the sentence."""
    code, count = kind.rows[0].code, len(kind.rows) + kind.left_out
    yield (Piece(f"{count} more of {code}:", Role.GUTTER),)
    cells = [_cells(finding) for finding in kind.rows]
    widths = [max(width(cell[column]) for cell in cells) for column in range(2)]
    for place, subject, said in cells:
        padded = (f"{cell}{' ' * (wide - width(cell))}" for cell, wide in zip((place, subject), widths, strict=True))
        yield (Piece("  " + "  ".join((*padded, said))),)
    if kind.left_out:
        yield (Piece(f"  and {kind.left_out} more", Role.GUTTER),)


def _cells(finding: Diagnostic) -> tuple[str, str, str]:
    place = "" if finding.span is None else f"{finding.span.line}:{finding.span.column}"
    return place, visible(finding.subject or ""), visible(in_brief(finding))


def is_abridged(findings: Iterable[Diagnostic]) -> bool:
    """Whether `grouped` leaves anything of these findings out."""
    found = tuple(findings)
    return any(kind.rows for kind in kinds(found)) or any(_brief(one).measures != one.measures for one in found)
