"""A pipeline that has seen earlier versions of a text gives what a fresh one gives."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from merestone.casefile.pipeline import Pipeline, Result
from merestone.publish.export import Export, into_the_lines_frame
from merestone.publish.line_json import write_line

POINTS = 6
START = (
    "boundary «A line»\nreading by «nobody»\nparties A «A», B «B»\nframe WGS 84\ndecimal sign point\n\n"
    + "".join(f"point P{n} at 4{n}° {n}{n}' N 1{n}° 0{n}' E\n" for n in range(POINTS))
    + "point M at the midpoint of P0 and P1\n"
    + "\nsection S with A on the right, B on the left\n  from P0\n"
    + "".join(f"  leg geodesic to P{n}\n" for n in range(1, POINTS))
    + "  leg loxodrome to M\n  leg geodesic at azimuth 80° for 900 m\n  leg geodesic at azimuth 80° for 1,200 km\n"
)
INSERTED = (
    "", "# a remark", "point Q at 50° N 20° E", "  leg geodesic to P2", "numbers rounded", "frame ETRS89",
    "    words «thence»", "  leg 3 geodesic to P1", "legs in WGS 84",
    "decimal sign comma", "decimal sign point",
)  # fmt: skip

edits = st.one_of(
    st.tuples(st.just("insert"), st.integers(0, 40), st.sampled_from(INSERTED)),
    st.tuples(st.just("delete"), st.integers(0, 40), st.just("")),
    st.tuples(st.just("digit"), st.integers(0, 500), st.sampled_from("0123456789")),
    st.tuples(st.just("rename"), st.integers(0, POINTS - 1), st.sampled_from(("P1", "Q", "R"))),
)


def edited(text: str, edit: tuple[str, int, str]) -> str:
    """The text after one edit."""
    kind, place, by = edit
    lines = text.split("\n")
    match kind:
        case "insert":
            lines.insert(min(place, len(lines)), by)
        case "delete":
            del lines[min(place, len(lines) - 1)]
        case "digit":
            digits = [n for n, sign in enumerate(text) if sign.isdigit()]
            if digits:
                at = digits[place % len(digits)]
                return text[:at] + by + text[at + 1 :]
        case _:
            return text.replace(f"P{place}", by)
    return "\n".join(lines)


def no_tables(path: str, digest: str | None) -> str:
    """No table is read here."""
    raise AssertionError(path)


def outcome(result: Result) -> tuple[bytes, object]:
    """What a user sees of a result: the canonical bytes and the findings."""
    steps = into_the_lines_frame(result.line)
    return write_line(Export(result.line, to_wgs84=steps, to_frame=steps)), result.findings


@given(st.lists(edits, min_size=1, max_size=6))
def test_an_edited_description_compiles_as_if_it_were_new(made: list[tuple[str, int, str]]) -> None:
    """After every edit the line's bytes and the findings are those of a pipeline that saw nothing before."""
    kept, text = Pipeline(no_tables), START
    kept.run(text)
    for edit in made:
        text = edited(text, edit)
        assert outcome(kept.run(text)) == outcome(Pipeline(no_tables).run(text))


def test_the_text_that_is_edited_compiles_whole() -> None:
    """The text that the edits begin with has a line without gaps, so that there is something to keep."""
    result = Pipeline(no_tables).run(START)
    assert len(result.line.legs) == POINTS + 2
    assert not result.line.gaps
