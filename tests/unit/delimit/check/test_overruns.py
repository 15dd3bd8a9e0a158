"""G501: what the print explains is not a crossing; what is more is found."""

from __future__ import annotations

import pytest

from fakes.descriptions import FRAME, result_of, section

HEAD = FRAME + "decimal sign point\n"
START = "point A at 10°00'00.00\" N 20°00'00.00\" E\n"


def crosses(body: str) -> bool:
    """Whether the description is said to cross itself."""
    return "G501" in [each.code for each in result_of(START + body, frame=HEAD, checked=True).findings]


def courses(west: str, south: str) -> str:
    """A traverse about 100 m square, whose last two courses may miss its start."""
    return f"leg 1 traverse 90°00' 100.00 m, 0°00' 100.00 m, 270°00' {west} m, 180°00' {south} m by geodesic"


def ring(*legs: str) -> str:
    """A ring that starts from A."""
    return "ring R with A inside, B outside\n  from A\n" + "".join(f"  {leg}\n" for leg in legs)


@pytest.mark.parametrize("west", ["99.998", "100.00", "100.002"])
@pytest.mark.parametrize("south", ["99.998", "100.00", "100.002"])
def test_a_traverse_closed_by_two_millimetres_does_not_cross_itself(west: str, south: str) -> None:
    """Joined by the program or by a leg of its own, in a ring or a section: the closing piece is no crossing."""
    joined, by_leg = f"{courses(west, south)} to A", (f"{courses(west, south)} open", "leg 2 geodesic to A")
    assert not crosses(ring(joined))
    assert not crosses(ring(*by_leg))
    assert not crosses(section(*by_leg))


@pytest.mark.parametrize(("west", "south"), [("98.50", "101.50"), ("97.00", "103.00"), ("50.00", "120.00")])
def test_a_traverse_that_runs_past_its_start_by_more_is_found(west: str, south: str) -> None:
    """1.5 m and more are a crossing, in a ring and in a section."""
    by_leg = (f"{courses(west, south)} open", "leg 2 geodesic to A")
    assert crosses(ring(*by_leg))
    assert crosses(section(*by_leg))


def test_coarse_print_does_not_hide_a_crossing_of_a_metre() -> None:
    """Lengths printed to 10 m leave more open than 1.5 m, and the line still crosses itself."""
    coarse = "leg 1 traverse 90°00' 0.10 km, 0°00' 0.10 km, 270°00' 0.09 km, 180°00' 0.11 km by geodesic open"
    assert crosses(section(coarse, "leg 2 geodesic to A"))


def test_a_ring_that_only_comes_back_to_its_start_does_not_cross_itself() -> None:
    """The first and last piece meet in one vertex, the same number in both: no rounding makes a crossing of it."""
    for place in range(40):
        lon, lat = 20.1 + place * 0.0137, 10.2 + place * 0.0071
        points = "".join(
            f"point {name} at {lat + y:.7f}° N {lon + x:.7f}° E\n"
            for name, x, y in (("P", 0.0, 0.0), ("Q", 0.001, 0.0), ("R", 0.001, 0.001), ("S", -0.0000271, -0.0000233))
        )
        assert not crosses(points + "section T\n  from P\n  legs geodesic through Q, R, S, P\n")


def test_the_piece_that_joins_a_printed_end_is_no_crossing() -> None:
    """An arc whose printed ends lie off the circle by what the print explains is joined to them and goes on."""
    points = (
        "point C1 at 60°38′23″ N 173°06′54″ W\npoint P36 at 60°11′39″ N 179°46′49″ W\n"
        "point P37 at 59°58′22″ N 179°40′55″ W\npoint E at 59°40′00″ N 179°30′00″ W\n"
    )
    legs = "  leg b arc of 200 nautical miles about C1 anticlockwise to P37\n  leg c geodesic to E\n"
    result = result_of(f"{points}section T\n  from P36\n{legs}", frame=FRAME, checked=True)
    codes = [each.code for each in result.findings]
    assert len(result.line.legs) == 2, codes
    assert "G501" not in codes
