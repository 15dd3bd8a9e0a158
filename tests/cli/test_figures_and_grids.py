"""What `check` says of the figures that it compared, and what `delimit --crs` says of a grid made for another place."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from merestone.cli import main

# 1 degree of the equator is 111,319.491 m: A-B is 11,131.949 m, B-C 1,842.905 m (0°01' of the meridian, by geographiclib).
TEXT = """boundary «t»
reading by «x»
frame WGS 84 (G1762) epoch 2016.0
decimal sign point
point A at 0°00'00.000" N 10°00'00.000" E
point B at 0°00'00.000" N 10°06'00.000" E
point C at 0°01'00.000" N 10°06'00.000" E
section S
  from A
  leg 1 geodesic to B
    expect length 11131.95 m
    expect azimuth 90°
  leg 2 geodesic to C
    expect length 1942.9 m
"""


@pytest.fixture
def description(tmp_path: Path) -> Path:
    path = tmp_path / "a.boundary"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_check_says_how_many_figures_it_compared(description: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["check", str(description)])
    assert "compared 3 figures of the instrument with the line: 2 of them agree\n" in capsys.readouterr().out


def test_check_lists_the_figures_with_all(description: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["check", "--all", str(description)])
    lines = capsys.readouterr().out.splitlines()
    assert any(line.startswith("  agrees: the length of leg 1 of S: printed 11.1320 km") for line in lines), lines
    assert any(line.startswith("  disagrees: the length of leg 2 of S: ") and "off by 100 m" in line for line in lines)


def test_the_figures_are_in_the_answer_for_programs(description: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["check", "--json", str(description)])
    figures = json.loads(capsys.readouterr().out)["result"]["figures"]
    assert [(each["figure"], each["of"], each["agrees"]) for each in figures] == [
        ("length", "leg 1 of S", True),
        ("azimuth", "leg 1 of S", True),
        ("length", "leg 2 of S", False),
    ]
    assert figures[2]["printed"] == 1942.9
    assert figures[2]["computed"] == pytest.approx(1842.905, abs=1e-3)
    assert figures[2]["difference"] == pytest.approx(-99.995, abs=1e-3)


def test_figures_that_could_not_be_compared_are_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.boundary"
    path.write_text(TEXT.replace("leg 1 geodesic to B", "leg 1 watershed to B"), encoding="utf-8")
    main(["check", str(path)])
    assert "of the instrument with the line: it disagrees; 2 could not be compared (X711)\n" in capsys.readouterr().out


def test_a_description_without_figures_has_no_such_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.boundary"
    path.write_text("".join(line for line in TEXT.splitlines(keepends=True) if "expect" not in line), encoding="utf-8")
    main(["check", str(path)])
    assert "compared" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("grid", "severity"), [("EPSG:32632", None), ("EPSG:32633", "note"), ("EPSG:32629", "warning")]
)
def test_a_grid_of_another_place_is_told(
    description: Path, capsys: pytest.CaptureFixture[str], grid: str, severity: str | None
) -> None:
    """10° E lies in zone 32; zone 33 begins 222 km east of it, and zone 29 ends 1,781 km west."""
    main(["delimit", str(description), "--crs", grid, "-o", str(description.with_suffix(".csv")), "--json"])
    found = [each for each in json.loads(capsys.readouterr().out)["findings"] if each["code"] == "F828"]
    assert [each["severity"] for each in found] == ([] if severity is None else [severity])
    if severity == "note":
        assert found[0]["measures"][0]["value"] == pytest.approx(222_639, rel=1e-3)  # 2° of the equator, from A


@pytest.mark.parametrize(
    ("asked", "said"),
    [("EPSG:99999", "the registry has no reference system under this code (EPSG v"), ("EPSG:5773", "a vertical system, EGM96 height"),
     ("EPSG:4979", "a geographic 3D system, WGS 84; did you mean EPSG:4326?")],
)  # fmt: skip
def test_a_code_that_is_not_of_a_frame_or_grid_is_named_for_what_it_is(
    description: Path, capsys: pytest.CaptureFixture[str], asked: str, said: str
) -> None:
    assert main(["delimit", str(description), "--crs", asked, "-o", str(description.with_suffix(".csv"))]) == 2
    assert said in capsys.readouterr().err


def test_quiet_with_output_files_prints_no_summary(description: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["delimit", str(description), "-q", "-o", str(description.with_suffix(".csv"))])
    assert capsys.readouterr().out == ""
