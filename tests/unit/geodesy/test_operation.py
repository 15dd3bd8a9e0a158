"""Frames are joined by named operations only, and what cannot be vouched for is refused with the reason."""

from __future__ import annotations

import hashlib
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest

from merestone.errors import TransformationRefusedError
from merestone.geodesy import transform
from merestone.geodesy.catalogue import find
from merestone.geodesy.operation import alternatives, bounds_of, choose, operations, survey

CAUCASUS = (45.4, 40.4, 45.6, 40.6)
NORTHWEST = (-125.0, 61.0, -124.0, 62.0)


def test_operations_are_listed_best_first_with_accuracy() -> None:
    """At the place, Pulkovo 1942 goes to WGS 84 by EPSG:15865 (4.5 m), then 1808 (5 m), then 1807 (10 m)."""
    found = operations(find("Pulkovo 1942"), find("WGS 84"), CAUCASUS)
    assert [(one.code, one.accuracy_m) for one in found] == [
        ("EPSG:15865", 4.5),
        ("EPSG:1808", 5.0),
        ("EPSG:1807", 10.0),
    ]


def test_an_operation_of_unknown_or_poor_accuracy_is_refused() -> None:
    """PROJ offers "Pulkovo 1942 to WGS 84 (1)" with 999 m inside Russia; it is listed as refused."""
    found = survey(find("Pulkovo 1942"), find("WGS 84"), (50.0, 55.0, 51.0, 56.0))
    assert "EPSG:1254" not in [one.code for one in found.usable]
    assert [one.why for one in found.refused if one.code == "EPSG:1254"] == ["its accuracy is 999 m"]


def test_an_operation_outside_its_area_of_use_is_refused_and_can_be_listed_for_comparison() -> None:
    """EPSG:1809 is for the coast from Baku to Astara: refused 300 km inland, compared on request."""
    source, target = find("Pulkovo 1942"), find("WGS 84")
    with pytest.raises(TransformationRefusedError, match="area of use"):
        choose(source, target, CAUCASUS, "EPSG:1809")
    assert not choose(source, target, CAUCASUS, "EPSG:1809", outside_area=True).covers


def test_a_missing_grid_is_named_and_never_worked_around() -> None:
    """NAD27 to NAD83 in Canada needs a grid that is not here: the refusal names the file and where to get it."""
    found = survey(find("NAD27"), find("NAD83"), NORTHWEST)
    assert found.usable == ()
    with pytest.raises(TransformationRefusedError) as refused:
        choose(find("NAD27"), find("NAD83"), NORTHWEST)
    assert "ca_nrc_ntv2_0.tif" in refused.value.why
    assert "https://cdn.proj.org/ca_nrc_ntv2_0.tif" in refused.value.what_to_do


def test_an_ensemble_is_never_a_null_step() -> None:
    """To take WGS 84 as one of its realisations moves nothing and costs the ensemble's 2 m."""
    operation = choose(find("WGS 84"), find("WGS 84 (G1762)"), CAUCASUS)
    place = np.array([[45.5, 40.5]])
    assert operation.accuracy_m == 2.0
    assert np.array_equal(operation.apply(place), place)


def test_two_named_operations_are_joined_where_there_is_no_direct_one() -> None:
    """Pulkovo 1942 to ITRF2014 goes by WGS 84; the sum of the accuracies counts the ensemble's 2 m."""
    operation = choose(find("Pulkovo 1942"), find("ITRF2014"), CAUCASUS)
    assert operation.code == "EPSG:15865 + EPSG:4326=EPSG:9755 + EPSG:9757"
    assert operation.accuracy_m == pytest.approx(4.5 + 2.0 + 0.01)


def test_an_operation_and_the_one_back_return_to_the_start() -> None:
    """There and back ends within 1 cm: heights are taken as 0 on both ellipsoids, so the two are not exact inverses."""
    source, target = find("Pulkovo 1942"), find("ITRF2014")
    places = np.array([[45.5, 40.5], [45.41, 40.59]])
    there = choose(source, target, CAUCASUS, "EPSG:1808").apply(places)
    back = choose(target, source, CAUCASUS, "EPSG:1808").apply(there)
    assert np.max(np.abs(back - places)) * 111e3 < 0.01


def test_operations_that_depend_on_time_need_an_epoch() -> None:
    """ITRF2014 to ITRF2020 is refused without an epoch and differs by millimetres with one."""
    with pytest.raises(TransformationRefusedError, match="no epoch"):
        choose(find("ITRF2014"), find("ITRF2020"), CAUCASUS)
    source = find("ITRF2014").at(Decimal("2020.0"))
    place = np.array([[45.5, 40.5]])
    moved = choose(source, find("ITRF2020").at(Decimal("2020.0")), CAUCASUS).apply(place)
    assert 0 < float(np.max(np.abs(moved - place))) * 111e3 < 0.01


def test_a_missing_epoch_is_not_worked_around_by_a_coarser_way() -> None:
    """ETRS89 to ITRF2014 without an epoch is refused, though WGS 84 would connect them at 3 m."""
    assert operations(find("ETRS89"), find("ITRF2014"), (10.0, 50.0, 11.0, 51.0)) == ()


def test_coordinates_at_two_epochs_are_not_the_same_frame() -> None:
    """In a moving frame a change of epoch is a motion and is asked for by name."""
    frame = find("ITRF2014")
    with pytest.raises(TransformationRefusedError, match="plate model"):
        choose(frame.at(Decimal(2010)), frame.at(Decimal(2020)), CAUCASUS)


def test_a_line_that_crosses_180_degrees_runs_on() -> None:
    """Longitudes past 180 stay past 180."""
    places = np.array([[179.5, 66.0], [180.5, 66.0]])
    moved = choose(find("Pulkovo 1942"), find("WGS 84"), bounds_of(places)).apply(places)
    assert np.max(np.abs(moved - places)) < 0.01


def test_alternatives_are_measured_from_the_chosen_operation() -> None:
    """Each other way is given with its distance in metres at the places asked for."""
    chosen = choose(find("Pulkovo 1942"), find("WGS 84"), CAUCASUS)
    found = alternatives(chosen, np.array([[45.5, 40.5]]))
    assert [one.operation.code for one in found] == ["EPSG:1808", "EPSG:1807"]
    assert found[0].separation_m[0] == pytest.approx(5.2, abs=0.05)


def test_a_grid_that_is_there_is_given_with_its_digest_and_must_be_readable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file's SHA-256 is part of the operation; a file that PROJ cannot read is refused when it is applied."""
    (tmp_path / "ca_nrc_ntv2_0.tif").write_bytes(b"not a grid")
    monkeypatch.setattr(transform, "get_user_data_dir", lambda: str(tmp_path))
    transform.grids_of.cache_clear()
    try:
        operation = choose(find("NAD27"), find("NAD83"), NORTHWEST, "EPSG:1313")
    finally:
        transform.grids_of.cache_clear()
    assert [grid.sha256 for grid in operation.grids] == [hashlib.sha256(b"not a grid").hexdigest()]
    with pytest.raises(TransformationRefusedError, match="EPSG:1313 fails"):
        operation.apply(np.array([[-124.5, 61.5]]))


def test_a_coarser_way_round_a_missing_grid_must_be_named() -> None:
    """NAD27 to WGS 84 in Canada: EPSG:1693 needs a grid; EPSG:1182 (8 m) is taken when it is named, not silently."""
    source, target = find("NAD27"), find("WGS 84")
    with pytest.raises(TransformationRefusedError, match=r"EPSG:1693.*ca_nrc_ntv2_0\.tif") as refused:
        choose(source, target, NORTHWEST)
    assert "EPSG:1182" in refused.value.what_to_do
    assert choose(source, target, NORTHWEST, "EPSG:1182").accuracy_m == 8.0


def test_a_realisation_is_reached_after_two_named_operations() -> None:
    """NAD83(CSRS)v7 to WGS 84 (G1762) goes by NAD83(CSRS) and WGS 84, and counts the ensemble."""
    operation = choose(find("NAD83(CSRS)v7"), find("WGS 84 (G1762)"), NORTHWEST)
    back = choose(find("WGS 84 (G1762)"), find("NAD83(CSRS)v7"), NORTHWEST)
    assert operation.code.endswith("EPSG:4326=EPSG:9057")
    assert operation.accuracy_m == back.accuracy_m == 4.0


def test_two_lines_brought_over_by_one_operation_do_not_differ_by_its_error() -> None:
    """The components of an operation and of its inverse have the same sources."""
    there = choose(find("Pulkovo 1942"), find("ITRF2014"), CAUCASUS).uncertainty
    back = choose(find("ITRF2014"), find("Pulkovo 1942"), CAUCASUS).uncertainty
    assert there.minus(back).components == ()
    assert there.across_sigma_m(np.array([0.0]))[0] == pytest.approx(np.hypot(4.5, 2.0), abs=1e-4)
