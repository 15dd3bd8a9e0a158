"""Two schedules that both count 1, 2, 3; rows that cannot be read; references of the Military Grid in a column."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from geographiclib.geodesic import Geodesic
from pyproj import Transformer

from merestone.casefile.compiling import compile_file
from merestone.casefile.pipeline import Result
from merestone.casefile.progress import silent

G = Geodesic.WGS84
HEAD = "boundary «t»\nreading by «x»\nframe WGS 84 (G1762) epoch 2016.0\n"
ONE = "table points I columns name, latitude, longitude\n  1 | 10°00' N | 20°00' E\n  2 | 10°10' N | 20°10' E\n"
TWO = "table points II columns name, latitude, longitude\n  1 | 11°00' N | 20°00' E\n  2 | 11°10' N | 20°10' E\n"


def taken(folder: Path, text: str) -> Result:
    """The result of a description in a folder."""
    (folder / "t.boundary").write_text(HEAD + text)
    return compile_file(folder / "t.boundary", silent)


def errors(result: Result) -> list[str]:
    """The codes of what cannot be compiled, in the order of the text."""
    return [each.code for each in result.findings if each.severity == "error"]


def test_two_tables_may_count_alike(tmp_path: Path) -> None:
    """`I.1` and `II.1` are two points, and both schedules are drawn in full."""
    body = "section A\n  legs geodesic through I\nsection B\n  from I.2\n  leg 1 geodesic to II.1\n"
    result = taken(tmp_path, ONE + TWO + body)
    assert errors(result) == []
    between = result.line.legs[-1]
    assert between.length_m == pytest.approx(G.Inverse(10 + 1 / 6, 20 + 1 / 6, 11, 20)["s12"], abs=1e-3)
    assert result.line.legs[0].vertex_names == ("I.1", "I.2")


def test_a_name_of_two_rows_is_asked_for(tmp_path: Path) -> None:
    """The name alone means neither: the finding names both."""
    result = taken(tmp_path, ONE + TWO + "section A\n  from 1\n  leg 1 geodesic to II.2\n")
    told = next(each for each in result.findings if each.code == "R401")
    assert "I.1 or II.1" in (told.hint or "")
    assert not result.line.legs


def test_a_row_that_cannot_be_read_keeps_its_name(tmp_path: Path) -> None:
    """It is reported once; the row of the same name in another table is not taken for it."""
    bad = ONE.replace("10°00' N", "10°70' N")
    result = taken(tmp_path, bad + TWO + "section A\n  from I.1\n  leg 1 geodesic to I.2\n")
    assert errors(result) == ["C210"]
    assert not result.line.legs
    result = taken(tmp_path, bad + "section A\n  from 1\n  leg 1 geodesic to 2\n")
    assert errors(result) == ["C210"]
    result = taken(tmp_path, bad + TWO + "section A\n  from 1\n  leg 1 geodesic to I.2\n")
    assert errors(result) == ["C210", "R401"]


def test_a_misspelt_start_is_one_error(tmp_path: Path) -> None:
    """`form` for `from` is reported; that the section then has no start is not."""
    result = taken(tmp_path, ONE + "section A\n  form 1\n  leg 1 geodesic to 2\n")
    assert errors(result) == ["S301"]
    result = taken(tmp_path, ONE + "section A\n  leg 1 geodesic to 2\n")
    assert errors(result) == ["R406"]


def test_references_of_the_military_grid_stand_in_a_column(tmp_path: Path) -> None:
    """The middle of each square, in a table of the text and in a file; letters that cannot stand together are refused."""
    rows = "table points T columns name, mgrs\n  W | 18S UJ 23483 06479\n  V | MGRS 18SUJ234064\n"
    result = taken(tmp_path, "numbers rounded\n" + rows + "section A\n  from W\n  leg 1 geodesic to V\n")
    assert errors(result) == []
    (leg,) = result.line.legs
    utm = Transformer.from_crs(32618, 4326, always_xy=True)
    ends = [utm.transform(323483.5, 4306479.5), utm.transform(323450.0, 4306450.0)]
    for got, expected in zip(leg.line.ends, ends, strict=True):
        assert G.Inverse(got[1], got[0], expected[1], expected[0])["s12"] < 2e-4
    (tmp_path / "m.csv").write_text("name,MGRS\nW,18S UJ 23483 06479\nV,18SUJ234064\n")
    digest = hashlib.sha256((tmp_path / "m.csv").read_bytes()).hexdigest()
    text = f"table points T from «m.csv» sha256 {digest} columns name, mgrs\nsection A\n  legs geodesic through T\n"
    again = taken(tmp_path, text)
    assert again.line.legs[0].length_m == pytest.approx(leg.length_m, abs=1e-6)
    assert errors(taken(tmp_path, text.replace("columns name, mgrs", "columns name, mgrs in NAD27"))) == ["F806"]
    bad = rows.replace("18SUJ234064", "18SZZ234064")
    assert errors(taken(tmp_path, bad + "section A\n  from W\n  leg 1 geodesic to V\n")) == ["F825"]


@pytest.mark.parametrize(
    ("frame", "advised"),
    [
        ("NTF (Paris)", ("`frame NTF`", "`longitudes from Paris`")),
        ("EPSG:4807", ("`frame NTF`", "`longitudes from Paris`")),
        ("MGI (Ferro)", ("`frame MGI`", "`longitudes from Ferro`")),
        ("Madrid 1870 (Madrid)", ("`longitudes from Madrid`",)),
    ],
)
def test_a_frame_on_another_meridian_is_not_advised_away(tmp_path: Path, frame: str, advised: tuple[str, ...]) -> None:
    """To follow the advice must not move the places by 2°20': it names the frame and the meridian together."""
    (tmp_path / "t.boundary").write_text(f"boundary «t»\nreading by «x»\nframe {frame}\npoint A at 45° N 2° E\n")
    told = next(each for each in compile_file(tmp_path / "t.boundary", silent).findings if each.code == "F801")
    assert all(each in (told.hint or "") for each in advised)
