"""The picture of a comparison, and the table of its formats."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from fakes import comparisons
from merestone.compare.comparison import Comparison
from merestone.errors import WrongRequestError
from merestone.publish.comparison.export import ComparisonExport
from merestone.publish.comparison.formats import FORMATS, extensions, format_of, write
from merestone.publish.comparison.report.picture import NoComparisonPictureError, picture

SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize(
    "made",
    [comparisons.ordinary(), comparisons.hostile(), comparisons.identical(), comparisons.over_the_antimeridian()],
    ids=["ordinary", "hostile", "identical", "antimeridian"],
)
def test_the_picture_stands_alone(made: Comparison) -> None:
    """It is well-formed XML without script, link or anything to load, and says that nothing is agreed."""
    root = ET.fromstring(picture(ComparisonExport(made)))  # noqa: S314 - our own picture
    tags = {node.tag for node in root.iter()}
    assert not tags & {f"{SVG}script", f"{SVG}a", f"{SVG}image", f"{SVG}foreignObject"}
    words = "".join(root.itertext())
    assert "not agreed" in words
    assert all(not name.startswith("on") for node in root.iter() for name in node.attrib)


def test_the_picture_shows_every_zone_and_both_profiles() -> None:
    """Thirteen zones on the map, twelve in each of the two profiles."""
    root = ET.fromstring(picture(ComparisonExport(comparisons.ordinary())))  # noqa: S314
    groups = [node.get("class", "") for node in root.iter(f"{SVG}g")]
    assert sum(css.startswith("zone ") for css in groups) == 13
    assert sum(css.startswith("band ") for css in groups) == 24


def test_lines_without_a_place_have_no_picture() -> None:
    """What cannot be drawn is an error that says what can be written instead."""
    made = comparisons.identical()
    empty = replace(made, first=replace(made.first, strands=()), second=replace(made.second, strands=()))
    with pytest.raises(NoComparisonPictureError, match="write it as"):
        picture(ComparisonExport(empty))


def test_every_format_writes_every_comparison() -> None:
    """Each ending gives bytes that begin as its format does."""
    begins = {
        ".html": b"<!doctype html>",
        ".svg": b"<svg",
        ".json": b"{",
        ".profile.csv": b"seen_from",
        ".csv": b"zone,",
        ".xlsx": b"PK",
        ".gpkg": b"SQLite format 3",
        ".txt": b"Line of 1976",
    }
    assert begins.keys() == {known.extension for known in FORMATS}
    for made in (comparisons.one_zone(), comparisons.identical(), comparisons.nobody_named()):
        export = ComparisonExport(made)
        assert all(write(extension, export).startswith(start) for extension, start in begins.items())


def test_the_longer_ending_is_found_first() -> None:
    """A profile is not taken for the table of zones, whatever the case of the name."""
    named = {name: format_of(name) for name in ("a.profile.csv", "A.CSV", "a.shp")}
    assert [known and known.extension for known in named.values()] == [".profile.csv", ".csv", None]


def test_an_unknown_ending_is_an_error_that_lists_the_known_ones() -> None:
    """The message says what can be written."""
    with pytest.raises(WrongRequestError, match=r"\.gpkg"):
        write(".shp", ComparisonExport(comparisons.identical()))
    assert ".xlsx" in extensions()
