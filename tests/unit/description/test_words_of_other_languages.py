"""Units, directions and angles in the words of instruments that are not English, and letters typed for figures."""

from __future__ import annotations

import pytest

from fakes.descriptions import no_files
from merestone.casefile.pipeline import Pipeline
from merestone.delimit.fix import Fix
from merestone.diagnostics import Diagnostic

HEAD = "boundary «t»\nreading by «x»\nframe WGS 84 (G1762) epoch 2016.0\n"
ORIGIN = "point A at 0°00'00\" N 10°00'00\" E\n"


def findings(text: str) -> list[Diagnostic]:
    return [each for each in Pipeline(no_files).run(HEAD + text).findings if each.code.startswith(("C", "S", "F80"))]


def place_of(text: str, name: str = "A") -> tuple[float, float] | None:
    fix = Pipeline(no_files).run(HEAD + text).compiled.computation.fixes.get(name)
    return fix.place if isinstance(fix, Fix) else None


@pytest.mark.parametrize(
    ("printed", "metres"),
    [
        ("300 metros", 300), ("300 mts.", 300), ("300 mètres", 300), ("300 Meter", 300), ("300 metri", 300), ("300 метров", 300),
        ("3 kilómetros", 3000), ("3 quilômetros", 3000), ("3 kilomètres", 3000), ("3 Kilometer", 3000), ("3 chilometri", 3000),
        ("3 километра", 3000), ("3 millas náuticas", 5556), ("3 milles marins", 5556), ("3 Seemeilen", 5556),
        ("3 milhas náuticas", 5556), ("3 miglia marine", 5556), ("3 морских миль", 5556), ("10 chs.", 201.168), ("10 lks", 2.01168),
    ],
)  # fmt: skip
def test_lengths_in_the_words_of_the_instrument(printed: str, metres: float) -> None:
    text = f"{ORIGIN}point B at azimuth 90° and {printed} from A along geodesic\n"
    place = place_of(text, "B")
    assert place is not None
    assert place[0] == pytest.approx(10 + metres / 111_319.490793, abs=1e-9)


@pytest.mark.parametrize("printed", ["3 millas", "3 milles", "3 Meilen", "3 мили", "300 pies", "300 piedi", "3 sm"])
def test_a_unit_that_each_country_has_its_own_of_is_refused_with_advice(printed: str) -> None:
    """`milles` was answered with `did you mean millimetres?`."""
    (finding,) = findings(f"{ORIGIN}point B at azimuth 90° and {printed} from A along geodesic\n")
    assert finding.code == "C231"
    assert finding.hint is not None
    assert "millimetres" not in finding.hint


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("north-easterly", "north-east"), ("Sureste", "south-east"), ("nordöstlich", "north-east"), ("N.E.", "north-east"),
        ("noroeste", "north-west"), ("sud-ouest", "south-west"), ("Sudost", "south-east"), ("ouest", "west"), ("oeste", "west"),
        ("ost", "east"), ("northwestward", "north-west"), ("nordovest", "north-west"),
    ],
)  # fmt: skip
def test_a_direction_in_other_words_is_refused_with_the_word_to_write(printed: str, meant: str) -> None:
    (finding,) = findings(f"{ORIGIN}section S\n  from A\n  leg 1 at azimuth {printed} by geodesic for 300 m\n")
    assert finding.code == "C201"
    assert finding.hint == f"write `{meant}` if the compass direction is meant"


def test_grad_with_minutes_is_degrees_where_the_text_declares_it() -> None:
    """A German treaty counts sixtieths, a French map hundredths of a gon: 53°57'27" and 53.5727 gon are 640 km apart."""
    printed = "point A at 53 Grad 57' 27\" N 10 Grad 12' 11\" E\n"
    first, second = findings(printed)
    assert (first.code, second.code) == ("C214", "C214")
    assert first.hint == "write 53°57'27\" or 53.5727 gon, or declare `angles in degrees` in the head"
    place = place_of(f"angles in degrees\n{printed}")
    assert place is not None
    assert place == pytest.approx((10 + 12 / 60 + 11 / 3600, 53 + 57 / 60 + 27 / 3600))
    assert [each.code for each in findings(f"angles in gons\n{printed}")] == ["C214", "C214"]


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("53°O7'27\" N 10°12'11\" E", "53°07'27\""), ("53°07'27\" N l0°12'11\" E", "10°12'11\""),
        ("53°07'2O\" N 10°12'11\" E", "53°07'20\""), ("53°07'2S\" N 10°12'11\" E", "53°07'25\""), ("53°07'l7\" N 10°12'11\" E", "53°07'17\""),
    ],
)  # fmt: skip
def test_a_letter_typed_for_a_figure_is_named(printed: str, meant: str) -> None:
    hints = [each.hint or "" for each in findings(f"point A at {printed}\n")]
    assert any(f"is `{meant}` meant?" in hint for hint in hints), hints


@pytest.mark.parametrize(
    ("printed", "meant"),
    [("４５°１０′ N １０°２０′ E", "45°10′"), ("٤٥°١٠' N ١٠°٢٠' E", "45°10'"), ("๔๕°๑๐' N ๑๐°๒๐' E", "45°10'")],
)
def test_digits_of_another_script_are_named(printed: str, meant: str) -> None:
    """Full-width, Arabic-Indic and Thai digits are refused with the same number in digits that are read."""
    (finding,) = findings(f"point A at {printed}\n")
    assert finding.hint == f"write the digits as 0 to 9: {meant}"
