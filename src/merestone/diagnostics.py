"""What is wrong, or open, in what a user wrote: values with a place in the text.

A stage of the compiler never stops at the first problem: it returns every `Diagnostic` it finds beside its result.
Codes are stable; each has a page with a real case (`merestone explain CODE`). The first letter says what it is about:

    T text and layout     C coordinates and numbers    S statements       R names and references
    G geometry            F frames                     O open words       X expectations      N not yet compiled
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction


class Severity(StrEnum):
    """How a finding bears on the result."""

    ERROR = "error"
    """The text means nothing here: this part cannot be compiled."""
    OPEN = "open"
    """The words leave the line open; a reading was declared, or is needed."""
    WARNING = "warning"
    """It compiles, but two statements disagree or something deserves a look."""
    NOTE = "note"
    """Said for completeness."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A place in a text: 1-based lines and columns (columns count characters), the end exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int

    def to(self, other: Span) -> Span:
        """The span from the start of this one to the end of the other."""
        return Span(self.line, self.column, other.end_line, other.end_column)


@dataclass(frozen=True, slots=True)
class Label:
    """A second place that helps to understand a finding, and what is to be seen there."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Measure:
    """A measured quantity in a finding: `value` in `unit` (m, km2, deg), of what, between which two readings."""

    what: str
    value: float
    unit: str
    between: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A text that a finding advises to write: in place of what stands `at` a span, or, at None, as a line of the head.

    `value` is the number, or the angle in degrees, that the advised text is to be read as; None where it holds none.
    A test feeds every suggestion back to the parser and compares.
    """

    text: str
    at: Span | None
    value: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding in a text.

    `sentence` says what is the matter in one sentence without a full stop; `expected` what would have been right;
    `hint` what to do next (or "did you mean ..."); `settles`, for open words, what would close them;
    `subject` names the leg, point or section (`leg 1 of Main`); `suggestions` are the texts that the hint advises;
    `read_as`, for open words, is the declared reading that the line was computed with, None where the description
    declares none.
    """

    code: str
    severity: Severity
    sentence: str
    span: Span | None = None
    labels: tuple[Label, ...] = ()
    expected: str | None = None
    hint: str | None = None
    settles: str | None = None
    subject: str | None = None
    measures: tuple[Measure, ...] = ()
    read_as: str | None = None
    suggestions: tuple[Suggestion, ...] = ()

    @property
    def settled(self) -> bool:
        """Whether this is an open word that the description declares a reading of."""
        return self.severity is Severity.OPEN and self.read_as is not None


def has_errors(findings: tuple[Diagnostic, ...] | list[Diagnostic]) -> bool:
    """Whether any finding makes a part of the text meaningless."""
    return any(finding.severity is Severity.ERROR for finding in findings)


def in_order(findings: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The findings each once, in the order of the text and of their codes; those without a place come first."""
    start = Span(0, 0, 0, 0)
    return tuple(sorted(dict.fromkeys(findings), key=lambda finding: (finding.span or start, finding.code)))
