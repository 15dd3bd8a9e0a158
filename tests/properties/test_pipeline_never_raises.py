"""Whatever becomes of an example, the whole way from its text to its findings is gone without an exception."""

from __future__ import annotations

import re
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from merestone.casefile.pipeline import Pipeline
from merestone.errors import MerestoneError

EXAMPLES = Path(__file__).parents[2] / "examples"
NAMES = ("libya-chad", "beagle", "western-tripoint", "canada-zone-6")
TEXTS = tuple(re.findall(r"\s+|\S+", (EXAMPLES / f"{name}.boundary").read_text(encoding="utf-8")) for name in NAMES)


def no_files(path: str, sha256: str | None) -> str:
    """Every table is missing."""
    raise MerestoneError(f"{path} ({sha256}) is not at hand")


@st.composite
def mutilated(draw: st.DrawFn) -> str:
    """An example in which words were left out, written twice, exchanged or taken from another example."""
    words = list(draw(st.sampled_from(TEXTS)))
    for _ in range(draw(st.integers(1, 6))):
        one, other = draw(st.integers(0, len(words) - 1)), draw(st.integers(0, len(words) - 1))
        match draw(st.sampled_from(("leave out", "twice", "exchange", "foreign"))):
            case "leave out":
                words[one] = ""
            case "twice":
                words[one] = f"{words[one]} {words[one]}"
            case "exchange":
                words[one], words[other] = words[other], words[one]
            case _:
                foreign = draw(st.sampled_from(TEXTS))
                words[one] = foreign[other % len(foreign)]
    return "".join(words)


@settings(max_examples=60)
@given(mutilated())
def test_a_mutilated_example_is_answered(text: str) -> None:
    """It compiles as far as it goes, and every finding says something and stands somewhere in the text."""
    lines = text.count("\n") + 1
    for finding in Pipeline(no_files).run(text).findings:
        assert finding.sentence
        assert finding.span is None or 1 <= finding.span.line <= lines
