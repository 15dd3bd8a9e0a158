"""Many findings: the gravest kind first, one of a kind whole, the others as rows; what is left out is said."""

from __future__ import annotations

from merestone.cli.chosen_codes import ChosenCodes
from merestone.cli.exit_codes import ExitCode, of_findings
from merestone.cli.grouped import MOST_ERRORS, MOST_ROWS, grouped, is_abridged
from merestone.cli.render import Source, plain
from merestone.diagnostics import Diagnostic, Measure, Severity, Span

SOURCE = Source.of("x.boundary", "a\n" * 60)


def _finding(line: int, severity: Severity, code: str = "O601", apart_m: float = 0.0, **more: object) -> Diagnostic:
    measures = (Measure("separation", apart_m, "m"), Measure("separation", apart_m / 2, "m"))
    facts = {
        "code": code,
        "severity": severity,
        "sentence": "it is so",
        "span": Span(line, 1, line, 2),
        "measures": measures,
    }
    return Diagnostic(**{**facts, "subject": f"leg {line} of Main", **more})  # type: ignore[arg-type]


def _shown(*findings: Diagnostic) -> str:
    return plain(grouped(findings, SOURCE, 100))


def test_errors_come_first_then_warnings_open_words_and_notes() -> None:
    """The order of the text does not decide: what has to be mended is read first."""
    kinds = (Severity.NOTE, Severity.OPEN, Severity.WARNING, Severity.ERROR)
    shown = _shown(*(_finding(line, kind, f"A{line}01") for line, kind in enumerate(kinds, 1)))
    titles = [row.split("[")[0] for row in shown.splitlines() if "]: " in row]
    assert titles == ["error", "warning", "open", "note"]


def test_of_many_of_a_kind_the_worst_stands_for_all() -> None:
    """The widest is shown whole, the others in the order of their width, and those beyond the last row are counted."""
    shown = _shown(*(_finding(line, Severity.NOTE, apart_m=line) for line in range(1, 31)))
    assert shown.count("note[O601]") == 1
    assert "x.boundary:30:1" in shown
    rows = [row for row in shown.splitlines() if row.startswith("  ") and "leg " in row and "-->" not in row]
    assert [row.split()[0] for row in rows] == [f"{line}:1" for line in range(29, 29 - MOST_ROWS, -1)]
    assert f"  and {29 - MOST_ROWS} more" in shown


def test_errors_are_shown_whole() -> None:
    """Each error has to be mended, so each is shown with its place in the text, up to a number."""
    shown = _shown(*(_finding(line, Severity.ERROR, "C204") for line in range(1, MOST_ERRORS + 1)))
    assert shown.count("error[C204]") == MOST_ERRORS


def test_what_is_abridged_is_known() -> None:
    """One finding with one measure is whole; a second measure of the same thing, or a row, is abridged."""
    one = _finding(1, Severity.OPEN)
    whole = Diagnostic(one.code, one.severity, one.sentence, one.span, measures=one.measures[:1])
    assert not is_abridged([whole])
    assert is_abridged([one])
    assert is_abridged([whole] * 3)


def test_an_error_cannot_be_left_out() -> None:
    """Neither a choice of other codes nor an explicit refusal hides an error."""
    error = _finding(1, Severity.ERROR, "C204")
    assert ChosenCodes(select=("O",), ignore=("C204",)).of([error]) == (error,)


def test_codes_are_chosen_by_their_beginnings() -> None:
    """`O6` takes O601; `O601` among the ignored leaves it out again."""
    found = (_finding(1, Severity.OPEN), _finding(2, Severity.WARNING, "X701"))
    assert ChosenCodes(select=("O6",)).of(found) == found[:1]
    assert ChosenCodes(ignore=("O601",)).of(found) == found[1:]


def test_an_open_word_with_a_declared_reading_is_settled() -> None:
    """It stays among the findings and does not count for the exit code; without a reading it does."""
    assert of_findings([_finding(1, Severity.OPEN, read_as="geodesic")]) is ExitCode.GOOD
    assert of_findings([_finding(1, Severity.OPEN)]) is ExitCode.FINDINGS
    assert of_findings([_finding(1, Severity.WARNING, read_as="geodesic")]) is ExitCode.FINDINGS
