"""Findings as text: the whole text, as a reader sees it."""

from __future__ import annotations

from textwrap import dedent

from hypothesis import given
from hypothesis import strategies as st

from merestone.cli.render import Source, measured, plain, render, summary
from merestone.diagnostics import Diagnostic, Label, Measure, Severity, Span

TEXT = """\
point A at 19°30' N, 23°59' E
point B at 95°00' N, 24° E
leg 1: straight line from A to B
"""


def _finding(span: Span | None, **more: object) -> Diagnostic:
    return Diagnostic(**{"code": "C204", "severity": Severity.ERROR, "sentence": "too far north", "span": span, **more})  # type: ignore[arg-type]


def _shown(finding: Diagnostic, text: str = TEXT, columns: int = 120) -> str:
    return plain(render(finding, Source.of("lines.boundary", text), columns))


def test_a_finding_with_everything() -> None:
    """Place, source line, caret, second place, measure, expectation, help and what settles it, in this order."""
    finding = _finding(
        Span(2, 12, 2, 20),
        labels=(Label(Span(3, 32, 3, 33), "used here"),),
        subject="point B",
        expected="a latitude of at most 90°",
        hint="did you mean 25°00' N?",
        settles="a certified copy of the map",
        measures=(Measure("separation", 6031.2, "m", ("geodesic", "loxodrome")),),
    )
    assert _shown(finding) == dedent("""\
        error[C204]: too far north
         --> lines.boundary:2:12 (point B)
          |
        2 | point B at 95°00' N, 24° E
          |            ^^^^^^^^
        3 | leg 1: straight line from A to B
          |                                - used here
          |
          = measured: separation: 6.03 km between geodesic and loxodrome
          = expected: a latitude of at most 90°
          = help: did you mean 25°00' N?
          = settles: a certified copy of the map
        """)


def test_lines_far_apart() -> None:
    """Between lines that do not follow one another stand dots, and numbers are flush right."""
    text = "first\n" + "\n" * 9 + "eleventh\n"
    finding = _finding(Span(11, 1, 11, 9), labels=(Label(Span(1, 1, 1, 6), "defined here"),))
    assert _shown(finding, text) == dedent("""\
        error[C204]: too far north
          --> lines.boundary:11:1
           |
         1 | first
           | ----- defined here
        ...
        11 | eleventh
           | ^^^^^^^^
           |
        """)


def test_a_span_of_several_lines() -> None:
    """Of a span of several lines the first and the last are shown."""
    assert _shown(_finding(Span(1, 7, 3, 6))) == dedent("""\
        error[C204]: too far north
         --> lines.boundary:1:7
          |
        1 | point A at 19°30' N, 23°59' E
          |       ^^^^^^^^^^^^^^^^^^^^^^^
        ...
        3 | leg 1: straight line from A to B
          | ^^^^^
          |
        """)


def test_tabs_wide_and_combining_characters() -> None:
    """The caret stands under what is meant, whatever stands before it."""
    text = "\t界碑 e\u0301 X"
    assert _shown(_finding(Span(1, 8, 1, 9)), text).splitlines()[3:5] == [
        "1 |     界碑 e\u0301 X",
        "  |            ^",
    ]


def test_the_end_of_the_text() -> None:
    """What is missing behind the last character is pointed at."""
    assert _shown(_finding(Span(1, 4, 1, 4)), "abc").splitlines()[3:5] == ["1 | abc", "  |    ^"]


def test_a_long_line_is_windowed() -> None:
    """Of a line too long for the terminal the part around the caret is shown, within the width."""
    text = "x" * 500 + "HERE" + "y" * 500
    rows = _shown(_finding(Span(1, 501, 1, 505)), text, columns=60).splitlines()
    assert all(len(row) <= 60 for row in rows)
    assert rows[3][rows[4].index("^") :].startswith("HERE")
    assert rows[3].startswith("1 | …")
    assert rows[3].endswith("…")


def test_right_to_left_text_is_quoted() -> None:
    """Where a terminal may turn a line round, the marked text is also given by itself."""
    assert '  = marked: "الحدود"' in _shown(_finding(Span(1, 1, 1, 7)), "الحدود A").splitlines()


def test_hostile_text_cannot_act() -> None:
    """No escape sequence of the source, its name or the finding reaches the terminal."""
    finding = _finding(Span(1, 1, 1, 2), sentence="a\x1b[2J", hint="b\x1b]0;x\x07", subject="\u202ec", expected="d\ne")
    text = plain(render(finding, Source.of("\x1b[31m.boundary", "\x1b[31mred\u202e\n")))
    assert not set(text) & {"\x1b", "\x07", "\u202e"}


def test_a_place_outside_the_text_is_named_only() -> None:
    """A finding that points behind the text, or nowhere, is told without an excerpt."""
    assert _shown(_finding(Span(99, 1, 99, 2))) == "error[C204]: too far north\n --> lines.boundary:99:1\n"
    assert _shown(_finding(None)) == "error[C204]: too far north\n --> lines.boundary\n"


@given(
    st.text(max_size=80),
    st.tuples(*[st.integers(0, 6)] * 4),
    st.tuples(*[st.integers(0, 6)] * 4),
    st.integers(1, 100),
)
def test_any_span_in_any_text_can_be_shown(
    text: str, span: tuple[int, ...], label: tuple[int, ...], columns: int
) -> None:
    """Whatever the text and wherever a span points, something is shown and it begins with code and sentence."""
    finding = _finding(Span(*span), labels=(Label(Span(*label), "l"),))
    assert _shown(finding, text, columns).startswith("error[C204]: too far north\n")


def test_a_measure_of_one_thing() -> None:
    """A measure that compares nothing names no readings."""
    assert measured(Measure("length", 12.5, "m")) == "length: 12.5 m"


def test_summary() -> None:
    """The findings are counted by severity, the worst first."""
    findings = [_finding(None), _finding(None), _finding(None, severity=Severity.OPEN)]
    source = Source.of("a.boundary", "")
    assert summary(findings, source) == "2 errors, 1 open word in a.boundary"
    assert summary([], source) == "no findings in a.boundary"
