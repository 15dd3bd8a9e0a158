"""What is wrong in coordinates is refused or remarked; what is sound is left alone."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from merestone.sources.chains import Chains, Gathering, RawLayer
from merestone.sources.layer import Role
from merestone.sources.refused import RefusedError
from merestone.sources.remark import Remark
from merestone.sources.repairs import closed, continuous, without_repeats
from merestone.sources.soundness import sound

Places = Sequence[Sequence[float]]
Given = tuple[int, Role, Places]


def raw(*parts: Given, crs: str | None = "EPSG:4326", features: int | None = None) -> RawLayer:
    """A layer of parts (feature, role, places)."""
    gathering = Gathering()
    for feature, role, places in parts:
        gathering.add(feature, role, np.array(places, dtype=np.float64).reshape(-1, 2))
    count = max((part[0] for part in parts), default=-1) + 1 if features is None else features
    return RawLayer("", "test", crs, ({},) * count, gathering.chains())


def checked(*parts: Given, crs: str | None = "EPSG:4326") -> tuple[list[list[list[float]]], list[str]]:
    """The places of each part after the check, and the codes of the remarks."""
    chains, remarks = sound(raw(*parts, crs=crs))
    places = [piece.tolist() for piece in np.split(chains.lonlat, chains.offsets[1:-1])]
    return places, [remark.code for remark in remarks]


def remark(code: str, *parts: Given) -> Remark:
    """The only remark with a code."""
    (found,) = [each for each in sound(raw(*parts))[1] if each.code == code]
    return found


SQUARE = [[0.0, 0.0], [4.0, 0.0], [4.0, 4.0], [0.0, 4.0], [0.0, 0.0]]


def moved(places: Places, by: float, scale: float = 1.0) -> list[list[float]]:
    """The places made smaller and moved along both axes."""
    return [[x * scale + by, y * scale + by] for x, y in places]


def test_a_sound_layer_is_left_alone() -> None:
    """A line and a polygon with a hole in layers of their own give their places and no remark."""
    assert checked((0, Role.LINE, [[1, 2], [3, 4]])) == ([[[1, 2], [3, 4]]], [])
    hole = moved(SQUARE, 1.0, 0.25)
    assert checked((0, Role.SHELL, SQUARE), (0, Role.HOLE, hole)) == ([SQUARE, hole], [])


def test_an_unclosed_ring_is_closed() -> None:
    """The first place is put again at the end of the ring that lacks it, and of no other part."""
    line = [[1.0, 2.0], [3.0, 4.0]]
    parts: list[Given] = [(0, Role.LINE, line), (1, Role.SHELL, SQUARE[:-1]), (2, Role.LINE, line)]
    places, codes = checked(*parts)
    assert places == [line, SQUARE, line]
    assert codes == ["D103", "D110"]
    assert remark("D110", *parts).of == "feature 2"


def test_repeated_vertices_are_dropped_and_counted() -> None:
    """Only where a vertex stands at the very place of the one before in the same part."""
    parts: list[Given] = [
        (0, Role.LINE, [[1, 2], [1, 2], [3, 4], [3, 4], [3, 4]]),
        (1, Role.LINE, [[3, 4], [1, 2], [3, 4]]),
    ]
    assert checked(*parts)[0] == [[[1, 2], [3, 4]], [[3, 4], [1, 2], [3, 4]]]
    assert remark("D113", *parts).size == 3.0
    assert remark("D113", *parts).place == (1.0, 2.0)


def test_parts_of_one_place_are_left_out_and_holes_go_with_their_outline() -> None:
    """A line of one place, and a ring of two with the hole in it; the next outline keeps its own hole."""
    hole = moved(SQUARE, 1.0, 0.25)
    parts: list[Given] = [
        (0, Role.LINE, [[9, 9], [9, 9]]), (0, Role.SHELL, [[0, 0], [1, 1], [0, 0]]), (0, Role.HOLE, hole),
        (1, Role.SHELL, SQUARE), (1, Role.HOLE, hole),
    ]  # fmt: skip
    assert checked(*parts)[0] == [SQUARE, hole]
    assert remark("D114", *parts).size == 3.0


def test_features_without_geometry_are_counted() -> None:
    """Two of three features hold nothing; a layer of such only is refused."""
    _, remarks = sound(raw((1, Role.LINE, [[1, 2], [3, 4]]), features=3))
    assert [(each.code, each.size) for each in remarks] == [("D102", 2.0)]
    with pytest.raises(RefusedError, match="no geometry at all"):
        sound(raw(features=3))


def test_swapped_coordinates_are_named() -> None:
    """A latitude beyond 90 in a column that would be a good longitude; or a place that only fits exchanged."""
    swapped = raw((0, Role.LINE, [[40, 144], [41, 151]]))
    with pytest.raises(RefusedError, match=r"vertex 1 \(40, 144\) is out of range; longitude and latitude are most"):
        sound(swapped)
    caucasus = (43.0, 38.0, 51.0, 42.0)
    hidden = raw((0, Role.LINE, [[40.0, 45.0], [40.5, 46.0]]))
    assert sound(hidden)[1] == ()
    with pytest.raises(RefusedError, match="exchanged they do"):
        sound(hidden, caucasus)
    with pytest.raises(RefusedError, match="none of its places lies where the boundary is"):
        sound(raw((0, Role.LINE, [[4.0, 5.0], [4.5, 6.0]])), caucasus)


def test_one_wild_vertex_is_not_called_a_swap() -> None:
    """Where longitudes exceed 90 too, exchanging would not help."""
    with pytest.raises(RefusedError, match="1 vertex is so; correct the file"):
        sound(raw((0, Role.LINE, [[100, 14], [101, 95]])))


def test_an_expected_box_may_cross_the_antimeridian() -> None:
    """A box from 170 to 190 east holds 175 west."""
    assert sound(raw((0, Role.LINE, [[-175, 1], [-174, 2]])), (170.0, 0.0, 190.0, 5.0))[1] == ()


def test_a_jump_at_the_antimeridian_is_made_to_run_on() -> None:
    """From 179 to -179 is two degrees, both ways, and the middle of the line stays within 180 degrees."""
    there = (0, Role.LINE, [[178.0, 1.0], [179.0, 1.0], [-179.0, 2.0]])
    assert checked(there) == ([[[178, 1], [179, 1], [181, 2]]], ["D111"])
    back = (0, Role.LINE, [[-179.0, 2.0], [-178.0, 2.0], [179.0, 1.0]])
    assert checked(back) == ([[[-179, 2], [-178, 2], [-181, 1]]], ["D111"])
    box = [[179.0, 0.0], [-179.0, 0.0], [-179.0, 2.0], [179.0, 2.0], [179.0, 0.0]]
    assert checked((0, Role.SHELL, box))[0] == [[[179, 0], [181, 0], [181, 2], [179, 2], [179, 0]]]


def test_a_ring_round_a_pole_is_left_as_it_is() -> None:
    """Its longitudes cannot run on and come back; along the pole itself they may jump."""
    round_pole = [[-90.0, 80.0], [0.0, 80.0], [90.0, 80.0], [179.0, 80.0], [-90.0, 80.0]]
    assert checked((0, Role.SHELL, round_pole)) == ([round_pole], ["D112"])
    antarctica = [[-180.0, -90.0], [180.0, -90.0], [180.0, -70.0], [0.0, -65.0], [-180.0, -70.0], [-180.0, -90.0]]
    assert checked((0, Role.SHELL, antarctica)) == ([antarctica], [])


@given(
    st.lists(
        st.lists(st.tuples(st.floats(-170, 170), st.floats(-89, 89)), min_size=2, max_size=8), min_size=1, max_size=5
    )
)
def test_continuous_longitudes_keep_every_place(lines: list[list[tuple[float, float]]]) -> None:
    """No edge spans more than half the Earth afterwards, and every longitude differs by whole turns only."""
    gathering = Gathering()
    for index, line in enumerate(lines):
        gathering.add(index, Role.LINE, np.array(line))
    before = gathering.chains()
    after, _ = continuous(before)
    turns = (after.lonlat[:, 0] - before.lonlat[:, 0]) / 360.0
    assert np.abs(turns - np.round(turns)).max() < 1e-12
    for piece in np.split(after.lonlat[:, 0], after.offsets[1:-1]):
        assert np.abs(np.diff(piece)).max() <= 180.0 + 1e-9


@given(st.lists(st.lists(st.integers(0, 2), min_size=1, max_size=12), min_size=1, max_size=6))
def test_repairs_agree_with_the_plain_way(values: list[list[int]]) -> None:
    """Closing and dropping in bulk give what a loop over each ring gives."""
    gathering = Gathering()
    for index, value in enumerate(values):
        gathering.add(index, Role.SHELL, np.array([[each, -each] for each in value], dtype=np.float64))
    chains: Chains = without_repeats(closed(gathering.chains())[0])[0]
    ours = [piece[:, 0].tolist() for piece in np.split(chains.lonlat, chains.offsets[1:-1])]
    plain = [value if value[0] == value[-1] else [*value, value[0]] for value in values]
    assert ours == [[each for i, each in enumerate(ring) if i == 0 or each != ring[i - 1]] for ring in plain]


def test_a_ring_that_crosses_or_touches_itself_is_remarked_with_its_place() -> None:
    """A bow tie crosses at its knot; a ring that comes back to a vertex touches itself there."""
    bow = (0, Role.SHELL, [[0, 0], [2, 2], [2, 0], [0, 2], [0, 0]])
    assert (remark("D121", bow).sentence, remark("D121", bow).place) == ("a ring crosses itself", (1.0, 1.0))
    touching = (0, Role.SHELL, [[0, 0], [2, 0], [2, 2], [0, 0], [-2, 2], [-2, 0], [0, 0]])
    assert remark("D121", touching).sentence == "a ring touches itself"


def test_many_defects_are_cut_short_with_their_number() -> None:
    """Twenty remarks, the last of which says how many more there are."""
    bow = [[0, 0], [2, 2], [2, 0], [0, 2], [0, 0]]
    _, remarks = sound(raw(*((index, Role.SHELL, moved(bow, 3.0 * index)) for index in range(25))))
    assert len(remarks) == 20
    assert remarks[-1].sentence.endswith("so do 5 more")


def test_an_outline_inside_an_outline_is_found_with_its_area() -> None:
    """Of one feature and not in a hole of it: then it counts twice. The area is that on the ellipsoid."""
    from geographiclib.geodesic import Geodesic

    inner = moved(SQUARE, 1.0, 0.25)
    found = remark("D122", (0, Role.SHELL, SQUARE), (0, Role.SHELL, inner))
    polygon = Geodesic.WGS84.Polygon()
    for lon, lat in inner[:-1]:
        polygon.AddPoint(lat, lon)
    assert found.size == pytest.approx(polygon.Compute()[2], rel=1e-9)
    assert (found.unit, found.of) == ("m²", "feature 1")


def test_islands_in_lakes_neighbours_and_other_features_are_not_nested() -> None:
    """An island in a hole, outlines side by side, and the same place in two features are all sound."""
    lake, island = moved(SQUARE, 1.0, 0.5), moved(SQUARE, 1.5, 0.25)
    assert checked((0, Role.SHELL, SQUARE), (0, Role.HOLE, lake), (0, Role.SHELL, island))[1] == []
    assert checked((0, Role.SHELL, SQUARE), (0, Role.SHELL, moved(SQUARE, 4.0)))[1] == []
    assert checked((0, Role.SHELL, SQUARE), (1, Role.SHELL, lake))[1] == []


def test_what_states_no_system_is_judged_by_its_numbers() -> None:
    """Degrees are checked as degrees; metres pass; either is remarked as unstated."""
    assert checked((0, Role.LINE, [[5e5, 4e6], [5e5, 5e6]]), crs=None)[1] == ["D107"]
    with pytest.raises(RefusedError, match="out of range"):
        sound(raw((0, Role.LINE, [[100, 95], [100, 40]]), crs=None))


def test_longitudes_beyond_180_are_kept() -> None:
    """A line written to run on across the antimeridian stays so."""
    assert checked((0, Role.LINE, [[179, 1], [181, 2]])) == ([[[179, 1], [181, 2]]], ["D109"])
