"""A misprint shows where an instrument says the same thing twice."""

from __future__ import annotations

import pytest

from fakes.checking import found, measured
from merestone.delimit.misprints import one_slip_away

BEAGLE = """boundary «Argentina and Chile: two legs of the maritime boundary of 1984»
reading by «the tests» on 2026-11
parties ARG «Argentina», CHL «Chile»
frame WGS 84 (G1762) epoch 2016.0
reading of straight lines: loxodrome by «the tests» also geodesic
point A at 55°07',3 S 66°25',0 W
point B at 55°11',0 S 66°04',7 W
point C at 55°22',9 S 65°43',6 W
point D at 56°22',8 S 65°43',6 W
section Sea
  from A
  leg A-B loxodrome to B
  leg B-C straight to C
    words es art. 7 «en un angulo de cuarenta y cinco grados, medido en dicho punto B»
    expect azimuth 135° at start of loxodrome
  leg C-D meridian southward to D
"""
C = "55°22',9 S 65°43',6 W\npoint D"


def with_c(changed: str) -> str:
    """The description with other coordinates of C."""
    assert C in BEAGLE
    return BEAGLE.replace(C, f"{changed}\npoint D")


def test_what_is_published_is_no_misprint() -> None:
    """B-C runs at 134.657° against 45° from south: within the rounding of 0.1', so nothing is reported."""
    assert found(BEAGLE, "X702") == []


@pytest.mark.parametrize(
    ("changed", "azimuth_deg"),
    [("55°28',9 S 65°43',6 W", 146.10), ("55°22',9 S 65°48',6 W", 142.32), ("55°32',9 S 65°43',6 W", 151.24)],
)
def test_one_changed_digit_is_found(changed: str, azimuth_deg: float) -> None:
    """With one digit of C changed, the clause that says 45 degrees no longer agrees, and the true digit is offered."""
    (finding,) = found(with_c(changed), "X702")
    assert finding.span is not None
    assert finding.span.line == 15
    assert finding.subject == "leg B-C of Sea"
    assert measured(finding, "azimuth compiled") == pytest.approx(azimuth_deg, abs=0.01)
    offered = [label.text for label in finding.labels]
    assert any(text.startswith(("55°22',9", "65°43',6")) for text in offered), finding


def test_a_meridian_tells_which_of_several_slips_it_was() -> None:
    """C-D follows a meridian, so the one slip of C's longitude that also brings D back onto it is offered alone."""
    (finding,) = found(with_c("55°22',9 S 65°48',6 W"), "X702")
    assert [label.text.split(" ")[0] for label in finding.labels] == ["65°43',6"]


def test_rounding_is_carried_through_to_the_azimuth() -> None:
    """0.05' at either end of 31 km, at its worst, turns the loxodrome by 0.37 or 0.38 degrees."""
    (finding,) = found(BEAGLE.replace("135° at", "136° 30' at"), "X702")
    own_deg = 0.5 / 60.0
    assert measured(finding, "allowed by tolerance and rounding") == pytest.approx(0.375 + own_deg, abs=0.01)


def test_a_stated_tolerance_stands_for_the_print_of_the_figure() -> None:
    """`within` says how far the figure may be off; half a unit of its own print then plays no part."""
    tight = BEAGLE.replace("of loxodrome", "within 0.001° of loxodrome")
    assert found(tight, "X702") == []
    assert len(found(tight.replace("135° at", "135.1° at"), "X702")) == 1


LENGTH = """boundary «A length»
reading by «the tests» on 2026-11
parties NOR «North», SOU «South»
frame WGS 84 (G1762) epoch 2016.0
decimal sign point
point A at 45°00'00.0" N 10°00'00.0" E
point B at 45°00'00.0" N 11°00'00.0" E
section Main
  from A
  leg 1 geodesic to B
    expect length {}
"""


def test_exchanged_digits_of_a_length_are_found() -> None:
    """78.846 km printed as 78.486 km is two digits exchanged."""
    (finding,) = found(LENGTH.format("78.486 km"), "X701")
    assert [label.text.split(" ")[0] for label in finding.labels] == ["78.846"]


def test_a_length_in_another_unit_is_weighed_in_that_unit() -> None:
    """The print of a length in nautical miles is half a unit of its last place in nautical miles."""
    assert found(LENGTH.format("42.57 nautical miles"), "X701") == []
    (finding,) = found(LENGTH.format("42.67 nautical miles"), "X701")
    assert measured(finding, "length stated") == pytest.approx(42.67 * 1852.0)


def test_slips_change_one_digit_or_exchange_two_neighbours() -> None:
    """Every slip of 12' is another digit in one place, or the two exchanged; the text itself is none."""
    slips = one_slip_away("12'")
    assert len(slips) == len(set(slips)) == 19
    assert "21'" in slips
    assert "12'" not in slips
    assert "92'" in slips


TABLE = """boundary «A table»
reading by «the tests» on 2026-11
parties NOR «North», SOU «South»
frame WGS 84 (G1762) epoch 2016.0
decimal sign point
table points Corners columns name, latitude, longitude
  A | 45°00'00.0"N | 10°00'00.0"E
  B | 45°00'00.0"N | 11°00'00.0"E
section Main
  from A
  leg 1 geodesic to B
    expect length 78.846 km
"""


def test_a_misprint_in_a_table_is_found_in_its_cell() -> None:
    """A digit changed in a table is offered at its place in the row."""
    assert found(TABLE, "X701") == []
    (finding,) = found(TABLE.replace("11°00'00", "11°07'00"), "X701")
    offered = {(label.span.line, label.span.column): label.text for label in finding.labels}
    assert offered[8, 22].startswith("11°00'00.0")


@pytest.mark.parametrize("table", [False, True])
def test_the_letter_of_the_other_hemisphere_is_found(table: bool) -> None:
    """0°20' N printed for 0°20' S: 93.994 km instead of 26.15 km, and the third point tells which of the two it was."""
    head = "boundary «t»\nreading by «x»\nframe WGS 84 (G1762) epoch 2016.0\n"
    rows = [
        ("A", "0°30'00\" S", "10°00'00\" E"),
        ("B", "0°20'00\" N", "10°10'00\" E"),
        ("C", "0°30'00\" S", "10°10'00\" E"),
    ]
    points = "table points F columns name, latitude, longitude\n" + "".join(f"  {' | '.join(row)}\n" for row in rows)
    if not table:
        points = "".join(f"point {name} at {latitude} {longitude}\n" for name, latitude, longitude in rows)
    legs = (
        "section S\n  from A\n  leg 1 geodesic to B\n    expect length 26.15 km\n  leg 2 geodesic to C\n  leg 3 geodesic to A\n"
        "    expect length 18.55 km\n"
    )
    (finding,) = found(head + points + legs, "X701")
    assert finding.hint == "one misprint would explain it: latitude of B 0°20'00\" S instead of 0°20'00\" N"
