"""Nothing that was written is suggested in its own place: every "did you mean" is fed what it may suggest."""

from __future__ import annotations

import re

import pytest

from fakes.descriptions import HEAD, SQUARE, no_files, result_of, section
from merestone.casefile.pipeline import Pipeline
from merestone.description.cursor import did_you_mean
from merestone.description.keywords import BODY_WORDS, RESERVED, TOP_WORDS
from merestone.description.suggestions import Suggestions
from merestone.description.units import AREA_UNITS, LENGTH_UNITS
from merestone.errors import UnknownFrameError
from merestone.geodesy.catalogue import find, rows, same_name
from merestone.geodesy.grid import find_grid

WORDS = sorted({*RESERVED, *TOP_WORDS, *BODY_WORDS, *LENGTH_UNITS, *AREA_UNITS})
KEYWORDS = sorted({*RESERVED, *TOP_WORDS, *BODY_WORDS})
QUOTED = re.compile(r"did you mean `([^`]+)`\?").findall


def test_no_word_is_suggested_in_its_own_place() -> None:
    """Each word against all: the hint is another word or none."""
    for word in WORDS:
        assert word not in QUOTED(did_you_mean(word, WORDS) or "")


@pytest.mark.parametrize("word", KEYWORDS)
def test_no_statement_suggests_the_word_that_stands_there(word: str) -> None:
    """At the top, as a leg, after a leg, and as a clause."""
    legs = section(f"leg 1 {word} to B", f"leg 2 geodesic {word} C", f"leg 3 geodesic to D {word}")
    for finding in result_of(f"{SQUARE}{word} X\n{legs}").findings:
        assert word not in QUOTED(finding.hint or ""), finding


FRAMES = sorted({row.name for row in rows()} | {"Madrid 1870 (Madrid)", "Gusterberg (Ferro)", "St. Stephen (Ferro)"})


@pytest.mark.parametrize("write", [str, str.lower, str.upper, lambda name: name.replace(" ", "")])
def test_no_frame_is_suggested_in_its_own_place(write: type[str]) -> None:
    """Of a frame that counts from Madrid or Ferro its own name was offered; case and blanks make no other name."""
    for name in map(write, [*FRAMES, "NTF (Paris)", "Lo29", "Hartebeesthoek94 / Lo29"]):
        for lookup in (find, find_grid) if "lo29" in name.casefold() else (find,):
            try:
                lookup(name)
            except UnknownFrameError as error:
                assert not any(same_name(name, each) for each in error.suggestions), name  # noqa: PT017


@pytest.mark.parametrize("code", ["EPSG:99999", "EPSG:4903"])
def test_no_code_is_advised_where_a_code_is_written(code: str) -> None:
    """The advice on a code was to give a code."""
    texts = [f"{HEAD}frame {code}\n{SQUARE}{section('leg 1 geodesic to B')}"]
    frame = "frame WGS 84 (G1762) epoch 2016.0\n"
    texts += [f"{HEAD}{frame}{SQUARE}{section(f'leg 1 straight on {code} to B')}"]
    texts += [f"{HEAD}{frame}{SQUARE}point P at X 150000 Y 170000 on {code}\n{section('leg 1 geodesic to B')}"]
    for text in texts:
        hints = [each.hint or "" for each in Pipeline(no_files).run(text).findings if each.code[0] in "FG"]
        assert hints, text
        assert not any("name it by its code" in hint or "EPSG code" in hint for hint in hints)


@pytest.mark.parametrize(
    ("written", "defined"), [("A ", "A"), ("old  mark", "old mark"), ("А3", "A3"), ("e\u0301", "é")]
)
def test_a_name_that_looks_the_same_is_told_what_differs(written: str, defined: str) -> None:
    """Blanks, letters of another script and accents written apart cannot be seen: the hint names them."""
    hint = Suggestions().hint(written, {defined: None}, "point")
    assert hint.startswith(f"did you mean {defined}? ")
