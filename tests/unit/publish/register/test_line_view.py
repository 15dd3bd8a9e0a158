"""A line as it is shown: figures measured again, figures that are only stated, and lines that are refused."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from geographiclib.geodesic import Geodesic

from fakes.acts import changed, line_of
from merestone.publish.diff_text import plain_text
from merestone.publish.register.line_rows import line_rows
from merestone.publish.register.line_view import LineView, line_view
from merestone.publish.register.media_types import LINE
from merestone.register.objects import Blob

OTHER_KINDS = """boundary «Kinds»
reading by «the test» on 2026-11
parties AAA «A», BBB «B»
frame ITRF2014 epoch 2015.0
point A at 10° N 20° E
point B at 10° N 21° E
point C at 11° N 21° E
ring Around «a ring» with AAA inside, BBB outside
  from A
  leg 1 parallel to B
  leg 2 meridian to C
  leg 3 loxodrome to A
"""


@pytest.fixture(scope="module")
def chad(root: Path) -> bytes:
    """The line of the judgment on Libya and Chad."""
    return line_of((root / "examples" / "libya-chad.boundary").read_bytes())


def view_of(line: bytes) -> LineView:
    """The view of a line's bytes."""
    return line_view(Blob.of(line, LINE), line)


def test_lengths_and_azimuths_are_measured_here(chad: bytes) -> None:
    """What is shown of a geodesic leg is GeographicLib's answer between its vertices, whatever the file states."""
    leg = view_of(chad).sections[0].legs[0]
    answer = Geodesic.WGS84.Inverse(19.5, 24.0, 23.443611111, 16.0)
    assert leg.measured is not None
    assert leg.length_m == pytest.approx(answer["s12"], abs=1e-6)
    assert leg.azimuths_deg == pytest.approx((answer["azi1"] % 360.0, answer["azi2"] % 360.0), abs=1e-9)


def test_a_false_length_is_refused(chad: bytes) -> None:
    """A file that states another length than its vertices have is not to be signed, and the leg is named."""

    def two_millimetres_more(document: Any) -> None:
        document["derived"]["legs"][1]["length_um"] += 2_000

    (refusal,) = view_of(changed(chad, two_millimetres_more)).refusals
    assert refusal.startswith("leg 2 of Main: the line states a length of")


def test_a_line_without_a_frame_is_refused(chad: bytes) -> None:
    """Coordinates without a frame are no places: the line is shown and refused."""

    def no_frame(document: Any) -> None:
        document["line"]["frame"] = None
        document["line"]["frame_reading"] = None

    view = view_of(changed(chad, no_frame))
    assert view.refusals == ("the line does not have a frame, so its coordinates do not give positions",)
    assert "none: without a frame, the coordinates do not give positions" in plain_text(line_rows(view, 100))


def test_a_moving_frame_without_an_epoch_is_refused(chad: bytes) -> None:
    """Where the ground moves in a frame, coordinates without an epoch are no places either."""

    def moving(document: Any) -> None:
        for frame in (document["line"]["frame"], *(leg["frame"] for leg in document["line"]["sections"][0]["parts"])):
            frame |= {"name": "ITRF2014", "code": "EPSG:9000"}

    (refusal,) = view_of(changed(chad, moving)).refusals
    assert "does not have an epoch" in refusal


@pytest.mark.parametrize(
    "spoil",
    [
        lambda document: document["derived"].pop("legs"),
        lambda document: document["derived"]["legs"].pop(),
        lambda document: document["derived"]["legs"].reverse(),
        lambda document: document["derived"]["legs"][0].update(length_um="1"),
        lambda document: document["derived"]["legs"][0]["azimuths_at_start"].append(0),
        lambda document: document["derived"]["legs"][0].update(azimuths_at_start=[360_000_000_000]),
        lambda document: document["derived"]["areas"].append({"section": "Main", "area_m2": "nan"}),
        lambda document: document["derived"]["areas"].append({"section": 1, "area_m2": "1.00"}),
        lambda document: document["derived"].update(legs=0),
        lambda document: document["line"]["frame"]["ellipsoid"].update(semi_major_axis_m="a foot"),
        lambda document: document["line"]["frame"]["ellipsoid"].update(semi_major_axis_m="1"),
    ],
)
def test_figures_of_another_form_are_refused(chad: bytes, spoil: Callable[[Any], object]) -> None:
    """What stands beside the compared part is signed with it: it must be the figures of this line, or nothing is shown."""
    view = view_of(changed(chad, spoil))
    assert view.line is None
    assert view.refusals[0].startswith("the line cannot be read: ")
    assert "cannot be read" in plain_text(line_rows(view, 100))


def test_other_kinds_are_measured_too() -> None:
    """Parallels, meridians and loxodromes are measured again; a ring has the area that the line states."""
    view = view_of(line_of(OTHER_KINDS.encode()))
    (ring,) = view.sections
    assert view.refusals == ()
    assert [leg.leg.kind for leg in ring.legs] == ["parallel", "meridian", "loxodrome"]
    for leg in ring.legs:
        assert leg.measured is not None
        assert leg.length_m == pytest.approx((leg.stated.length_um or 0) / 1e6, abs=1e-5)
    assert ring.area_m2 is not None
    assert "km², as the line states it" in plain_text(line_rows(view, 100))


def test_gaps_and_points_are_shown(root: Path) -> None:
    """A part that could not be compiled is shown as what it is, and so is a point that stands on no leg."""
    view = view_of(line_of((root / "examples" / "benin-niger.boundary").read_bytes()))
    text = plain_text(line_rows(view, 100))
    assert "0 legs with 0 vertices, 0.000000 km; 3 legs not in the line" in text
    assert "leg 1 is not in the line, from Confluence to P1: leg 1 of River follows a feature" in text
    assert "Claimed-start      11°54'15.00000\" N       2°25'10.00000\" E" in text
    assert any(words.startswith("leg 3 of River is not in the line") for words in view.open_words)


def test_a_chain_has_every_vertex(root: Path) -> None:
    """Every vertex of a leg is shown, since every one of them is signed."""
    line = line_of((root / "examples" / "romania-ukraine.boundary").read_bytes())
    view = view_of(line)
    text = plain_text(line_rows(view, 100))
    vertices = sum(len(leg.leg.vertices) for section in view.sections for leg in section.legs)
    assert sum(row.startswith(("      from  ", "      via   ", "      to    ")) for row in text.split("\n")) == vertices
