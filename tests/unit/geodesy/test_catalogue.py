"""Frames are found by the names that instruments print and by their codes."""

from __future__ import annotations

import pytest

from merestone.errors import UnknownFrameError
from merestone.geodesy import registry
from merestone.geodesy.catalogue import find, plausible, rows


def test_every_row_agrees_with_the_registry() -> None:
    """Name and ellipsoid of each row of the catalogue are those of the EPSG registry."""
    for row in rows():
        system = registry.system(row.code)
        assert system is not None
        assert not system.deprecated
        assert (system.name, system.ellipsoid, system.kind) == (row.name, row.ellipsoid, "geographic 2D")


def test_every_printed_name_finds_its_own_row() -> None:
    """No two rows share a name, and no alias takes the name of another frame of the registry."""
    registered = {name: code for code, name in registry.geographic_systems()}
    for row in rows():
        for name in (row.name, *row.aliases):
            assert find(name).code == f"EPSG:{row.code}", name
            assert registered.get(name, row.code) == row.code, name


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("wgs84", "EPSG:4326"),
        ("WGS 84 (G1762)", "EPSG:9057"),
        ("Pulkovo 1942 (83)", "EPSG:4178"),
        ("СК-42", "EPSG:4284"),
        ("IKBD-92", "EPSG:4667"),
        ("campo inchauspe 1969", "EPSG:4221"),
        ("NAD83 (CSRS)", "EPSG:4617"),
        ("epsg:4674", "EPSG:4674"),
        ("urn:ogc:def:crs:EPSG::4230", "EPSG:4230"),
    ],
)
def test_a_frame_is_found_as_it_is_printed(name: str, code: str) -> None:
    """Letter case, spaces, hyphens and parentheses do not count."""
    assert find(name).code == code


def test_wgs_84_alone_is_the_ensemble() -> None:
    """EPSG:4326 stands for all realisations at 2 m; a realisation does not."""
    assert find("EPSG:4326").ensemble_accuracy_m == 2.0
    assert find("WGS 84 (G2139)").ensemble_accuracy_m is None


@pytest.mark.parametrize(
    ("name", "suggestion"),
    [
        ("Pulkowo 1942", "Pulkovo 1942"),
        ("Adinden", "Adindan"),
        ("EPSG:26910", "EPSG:26910 as a grid"),
        ("EPSG:4979", "EPSG:4326"),
        ("EPSG:4807", "NTF"),
    ],
)
def test_an_unknown_name_is_refused_with_what_comes_close(name: str, suggestion: str) -> None:
    """A mistyped name, a grid, a 3-D system or another meridian gets a suggestion, never a silent choice."""
    with pytest.raises(UnknownFrameError) as unknown:
        find(name)
    assert suggestion in unknown.value.suggestions


def test_plausible_frames_are_those_whose_area_covers_the_place() -> None:
    """In the South Caucasus Pulkovo 1942 is plausible and NAD27 is not."""
    names = [frame.name for frame in plausible((45.5, 40.5))]
    assert names[0] == "WGS 84"
    assert "Pulkovo 1942" in names
    assert "NAD27" not in names


def test_ellipsoids_defined_in_feet_are_given_in_metres() -> None:
    """Clarke 1858 is defined in Clarke's feet; its semi-major axis is 6378293.645 m."""
    ellipsoid = find("Hong Kong 1963").ellipsoid
    assert (ellipsoid.name, round(ellipsoid.a_m, 3)) == ("Clarke 1858", 6378293.645)
