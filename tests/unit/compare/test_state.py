"""States from layers of polygons."""

from __future__ import annotations

import numpy as np
import pytest

from merestone.compare.states.state import signed_area_deg2, state
from merestone.compare.states.states_of_layer import states_of_layer
from merestone.errors import WrongRequestError
from merestone.sources.layer import Layer, Part, Role
from unit.compare.land import box, layer


def test_the_naming_attribute_is_guessed_and_said() -> None:
    """A three-letter code is preferred to a name, whatever its case, and a remark says which attribute was used."""
    found = states_of_layer(layer([({"NAME": "Here", "ISO_A3": "HER"}, [box(0, 0, 1, 1)])]))
    assert [each.identity for each in found.states] == ["HER"]
    assert found.attribute == "ISO_A3"
    assert found.remarks[0].code == "D201"
    assert "'ISO_A3'" in found.remarks[0].sentence


def test_features_of_one_state_are_taken_together() -> None:
    """Two features of one name are one State of two shells."""
    found = states_of_layer(layer([({"a3": "AAA"}, [box(0, 0, 1, 1)]), ({"a3": "AAA"}, [box(2, 0, 3, 1)])]))
    assert [len(each.shells) for each in found.states] == [2]


def test_numeric_codes_become_letters_and_the_silent_go_by_name() -> None:
    """ISO 3166-1 numbers become alpha-3; -99, as Natural Earth writes where it says nothing, gives way to the name."""
    found = states_of_layer(
        layer(
            [
                ({"id": "051", "name": "Armenia"}, [box(0, 0, 1, 1)]),
                ({"id": "31", "name": "Azerbaijan"}, [box(1, 0, 2, 1)]),
                ({"id": "-99", "name": "Nowhere"}, [box(2, 0, 3, 1)]),
                ({"id": "999", "name": "Numbered"}, [box(3, 0, 4, 1)]),
            ]
        )
    )
    assert [each.identity for each in found.states] == ["999", "ARM", "AZE", "Nowhere"]
    assert any("Nowhere" in remark.sentence for remark in found.remarks)


def test_an_attribute_that_is_asked_for_is_used() -> None:
    """What the user names goes before any guess."""
    found = states_of_layer(layer([({"iso_a3": "AAA", "claimant": "B"}, [box(0, 0, 1, 1)])]), "claimant")
    assert [each.identity for each in found.states] == ["B"]


def test_a_layer_without_names_or_polygons_is_refused() -> None:
    """The refusal says what the layer has, and what to do."""
    with pytest.raises(WrongRequestError, match="it has: colour"):
        states_of_layer(layer([({"colour": "red"}, [box(0, 0, 1, 1)])]))
    with pytest.raises(WrongRequestError, match="does not name a State for 1 of 1"):
        states_of_layer(layer([({"iso_a3": None}, [box(0, 0, 1, 1)])]))
    lines = Layer("x.kml", "lines", "KML", "", None, ({},), (Part(0, Role.LINE, box(0, 0, 1, 1)),))
    with pytest.raises(WrongRequestError, match="no polygons"):
        states_of_layer(lines)


def test_land_lies_to_the_left_of_every_ring() -> None:
    """Whichever way a file runs its rings, shells come out anticlockwise and holes clockwise, closed, without repeats."""
    ring = np.repeat(box(0, 0, 4, 4)[:-1], 2, axis=0)
    found = state("AAA", (ring[::-1],), (box(1, 1, 2, 2),))
    assert signed_area_deg2(found.shells[0]) == 16.0
    assert signed_area_deg2(found.holes[0]) == -1.0
    assert len(found.shells[0]) == 5


def test_a_ring_that_encloses_nothing_is_left_out_and_remarked() -> None:
    """A ring of two places, as the Vatican is in quantised world files, is named and left out."""
    flat = np.array([[1.0, 1.0], [2.0, 1.0], [1.0, 1.0]])
    found = states_of_layer(layer([({"iso_a3": "VAT"}, [flat])]))
    assert found.states[0].shells == ()
    assert [(remark.code, remark.of) for remark in found.remarks if remark.code == "D202"] == [("D202", "VAT")]


def test_a_ring_over_180_degrees_is_continued_and_said() -> None:
    """A ring that jumps from 179 to -179 is read the short way, and keeps its area."""
    ring = np.array([[179.0, 60.0], [-179.0, 60.0], [-179.0, 61.0], [179.0, 61.0], [179.0, 60.0]])
    found = states_of_layer(layer([({"iso_a3": "RUS"}, [ring])]))
    assert signed_area_deg2(found.states[0].shells[0]) == 2.0
    assert [remark.code for remark in found.remarks] == ["D201", "D213"]


def test_a_ring_round_a_pole_is_closed_along_it() -> None:
    """Antarctica stitched together and Antarctica with its edge along the pole are the same land."""
    stitched = np.array([[lon, -70.0] for lon in range(-180, 180, 30)] + [[-180.0, -70.0]])
    cut = np.array([[lon, -70.0] for lon in range(-180, 181, 30)] + [[180.0, -90.0], [-180.0, -90.0], [-180.0, -70.0]])
    one, other = (state("ATA", (ring,)).shells[0] for ring in (stitched, cut))
    assert signed_area_deg2(one) == signed_area_deg2(other) == 360.0 * 20.0
