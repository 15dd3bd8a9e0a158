"""A feature bound to the line of a file or to a table: what rests on it, held against geographiclib."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from geographiclib.geodesic import Geodesic

from merestone.casefile.compiling import compile_file
from merestone.casefile.pipeline import Result
from merestone.casefile.progress import silent
from merestone.casefile.register.lines import compiled_line
from merestone.casefile.register.recompiling import Pinned, compile_pinned
from merestone.description.format import format_text

G = Geodesic.WGS84
COAST = [[20, 10], [20.5, 10], [21, 10], [21, 11]]
HEAD = """boundary «A bound feature»
reading by «the Merestone project»
frame WGS 84 (G1762) epoch 2016.0
reading of straight lines: geodesic by «the act»
point F at 12° N 20°30' E
point H at 10°30' N 20°30' E
point B at 10° N 21° E
"""
BODY = """point X at the foot of the perpendicular from H to feature «the baseline»
section Lateral
  from F
  leg 1 meridian southward until it meets feature «the baseline»
  leg 2 along feature «the baseline» to B
"""


def written(folder: Path, geometry: dict[str, object]) -> str:
    """The statement of a source that holds a geometry."""
    (folder / "base.geojson").write_text(json.dumps(geometry))
    digest = hashlib.sha256((folder / "base.geojson").read_bytes()).hexdigest()
    return f"source Base line «base.geojson» sha256 {digest}\n"


def line_of(*chains: object) -> dict[str, object]:
    """A GeoJSON value of lines."""
    return {"type": "MultiLineString", "coordinates": list(chains)}


def taken(folder: Path, text: str) -> Result:
    """The result of a description in a folder."""
    (folder / "t.boundary").write_text(text)
    return compile_file(folder / "t.boundary", silent)


def codes(result: Result) -> set[str]:
    """The codes of all findings."""
    return {each.code for each in result.findings}


def test_a_source_gives_the_line_that_others_rest_on(tmp_path: Path) -> None:
    """The vertices of the file, straight in longitude and latitude, and the distance to the geodesics is told."""
    source = written(tmp_path, line_of(COAST))
    result = taken(tmp_path, HEAD + source + "feature «the baseline» is source Base\n" + BODY)
    first, second = result.line.legs
    assert first.length_m == pytest.approx(G.Inverse(12, 20.5, 10, 20.5)["s12"], abs=1e-3)
    assert second.length_m == pytest.approx(0.5 * G.Inverse(10, 20, 10, 20.000001)["s12"] * 1e6, rel=1e-6)
    told = next(each for each in result.findings if each.code == "O614")
    half = G.Inverse(10, 20, 10, 20.5)
    middle = G.Direct(10, 20, half["azi1"], half["s12"] / 2)
    assert told.measures[0].value == pytest.approx(
        G.Inverse(middle["lat2"], middle["lon2"], 10, middle["lon2"])["s12"], rel=1e-2
    )


def test_the_reading_of_a_source_is_declared(tmp_path: Path) -> None:
    """With `read as geodesic` the pieces are geodesics, and the finding says by whom."""
    source = written(tmp_path, line_of([[20, 10], [21, 10]]))
    bound = "feature «the baseline» is source Base read as geodesic by «the act»\n"
    result = taken(tmp_path, HEAD + source + bound + BODY)
    whole = G.Inverse(10, 20, 10, 21)["s12"]
    assert result.line.legs[1].length_m == pytest.approx(whole / 2, abs=2e-3)
    told = next(each for each in result.findings if each.code == "O614")
    assert told.read_as == "geodesic"
    assert "by «the act»" in told.sentence or "by the act" in told.sentence


def test_a_table_is_the_feature(tmp_path: Path) -> None:
    """`is table NAME` means straight lines through it, as the description reads them; `format` writes it so."""
    table = "table points Coast columns name, latitude, longitude\n  c1 | 10° N | 20° E\n  c2 | 10° N | 21° E\n"
    result = taken(tmp_path, HEAD + table + "feature «the baseline» is table Coast\n" + BODY)
    assert result.line.legs[1].length_m == pytest.approx(G.Inverse(10, 20, 10, 21)["s12"] / 2, abs=2e-3)
    printed = format_text(HEAD + table + "feature «the baseline» is table Coast\n" + BODY)
    assert "feature «the baseline» is straight through Coast" in printed


def test_the_frame_of_the_file_is_honoured(tmp_path: Path) -> None:
    """A file that counts in ED50 is carried by a named operation, and its uncertainty is told."""
    value = {**line_of([[2.0, 48.0], [3.0, 48.0]]), "crs": {"type": "name", "properties": {"name": "EPSG:4230"}}}
    source = written(tmp_path, value)
    text = (
        "boundary «t»\nreading by «x»\nframe WGS 84 (G1762) epoch 2016.0\npoint F at 48°30' N 2°30' E\n"
        + source
        + "feature «b» is source Base\nsection S\n  from F\n  leg 1 meridian southward until it meets feature «b»\n"
    )
    result = taken(tmp_path, text)
    end = result.line.legs[0].line.ends[1]
    assert 40.0 < abs(G.Inverse(48.0, 2.5, float(end[1]), 2.5)["s12"]) < 140.0
    assert {"F817", "O615"} <= codes(result)


@pytest.mark.parametrize(
    ("geometry", "said"),
    [
        (line_of([[20, 10], [20.4, 10]], [[20.6, 10], [21, 10]]), "holds 2 lines"),
        ({"type": "Point", "coordinates": [20, 10]}, "does not hold a line"),
    ],
)
def test_a_file_without_one_line_is_refused(tmp_path: Path, geometry: dict[str, object], said: str) -> None:
    """Which of several lines is meant is not guessed; what rests on it stays a gap."""
    result = taken(tmp_path, HEAD + written(tmp_path, geometry) + "feature «the baseline» is source Base\n" + BODY)
    refused = [each for each in result.findings if each.code == "R409"]
    assert len(refused) == 1
    assert said in refused[0].sentence
    assert not result.line.legs


def test_a_file_that_changed_or_has_no_digest_is_refused(tmp_path: Path) -> None:
    """The line must not change under the words."""
    source = written(tmp_path, line_of(COAST))
    bound = "feature «the baseline» is source Base\n"
    assert "R409" in codes(taken(tmp_path, HEAD + source.split(" sha256")[0] + "\n" + bound + BODY))
    (tmp_path / "base.geojson").write_text(json.dumps(line_of([[20, 9], [21, 9]])))
    assert "R409" in codes(taken(tmp_path, HEAD + source + bound + BODY))


def test_the_register_pins_the_file(tmp_path: Path) -> None:
    """The file is evidence of the act, and the pinned bytes give the same line again."""
    text = HEAD + written(tmp_path, line_of(COAST)) + "feature «the baseline» is source Base\n" + BODY
    (tmp_path / "t.boundary").write_text(text)
    signed = compiled_line(text.encode(), tmp_path / "t.boundary")
    assert [name for name, _ in signed.tables] == ["base.geojson"]
    pinned = compile_pinned(text.encode(), [Pinned(name, data) for name, data in signed.tables])
    assert len(pinned.line.legs) == 2


def test_a_source_that_cannot_be_read_is_named_as_the_description_names_it(tmp_path: Path) -> None:
    """The finding named a copy in a temporary folder."""
    source = written(tmp_path, line_of([[20, 10], [20.5, 95]]))
    result = taken(tmp_path, HEAD + source + "feature «the baseline» is source Base\n" + BODY)
    (finding,) = [each for each in result.findings if each.code == "R409"]
    assert "the source Base cannot be read: base.geojson: feature 1, part 1, vertex 2" in finding.sentence
