"""X708 takes the print of both definitions of a point, as G513 does, and shows figures that differ."""

from __future__ import annotations

import pytest

from fakes.descriptions import errors, result_of
from merestone.delimit.wording import off_and_open_text

HEAD = "decimal sign point\n"
ORDER = "precedence coordinates, words\n"
LEY_744 = """point V70 at Este 252216.695, Norte 7961977.962 on EPSG:32720
  also at Latitud 18°25'04.3594"s y Longitud 65°20'44.4193"w
point V1 «CHPT0001» at Este 251027.228, Norte 7959893.199 on EPSG:32720
  also at Latitud 18°26'11.63335"s y Longitud 65°21'25.85483"w
point V2 «CHPT0002» at Este 249887.515, Norte 7960171.423 on EPSG:32720
  also at Latitud 18°26'02.10492"s y Longitud 65°22'04.55188"w
section S
  from V70
  leg 1 geodesic to V1
  leg 2 geodesic to V2
"""


def _codes(body: str) -> list[tuple[str, str | None]]:
    found = result_of(HEAD + body, frame="frame WGS 84\n", checked=True).findings
    return [(each.code, each.subject) for each in found if each.code in ("X708", "G513")]


def test_a_grid_and_degrees_that_agree_by_their_print_are_no_disagreement() -> None:
    """Bolivia, Ley 744 of 2015: the two definitions of CHPT0001 lie 0.2 mm apart, the print of both explains more."""
    assert _codes(ORDER + LEY_744) == []


@pytest.mark.parametrize("order", ["", ORDER])
def test_what_the_print_does_not_explain_is_found_with_and_without_precedence(order: str) -> None:
    """A northing wrong by 5 mm: G513 where nothing decides, X708 where the precedence does."""
    found = _codes(order + LEY_744.replace("7959893.199", "7959893.204"))
    assert ("X708" if order else "G513", "point V1") in found
    assert ("G513" if order else "X708", "point V1") not in found


def test_the_print_of_a_grid_alone_is_enough() -> None:
    """Whole metres on the grid beside long decimals in degrees explain 0.3 m, whichever is named first."""
    whole = LEY_744.replace("251027.228", "251027").replace("7959893.199", "7959893")
    assert _codes(ORDER + whole) == []
    words = ORDER + whole.replace("7959893 ", "7959895 ")
    assert _codes(words) == [("X708", "point V1")]
    assert not errors(result_of(HEAD + words, frame="frame WGS 84\n"))


def test_unequal_lengths_are_never_shown_alike() -> None:
    """Digits are added until the two differ."""
    assert off_and_open_text(2.84e-3, 2.81e-3) == ("2.84 mm", "2.81 mm")
    assert off_and_open_text(1.2041, 1.2039) == ("1,204.10 mm", "1,203.90 mm")
    assert off_and_open_text(0.5, 0.1) == ("0.50 m", "0.10 m")
