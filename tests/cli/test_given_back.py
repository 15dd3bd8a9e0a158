"""Whatever the program writes that holds a line can be given back to `compare`, and is that line."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from merestone.casefile.comparing import CompareOptions, compare_files
from merestone.casefile.written_lines import written_draft
from merestone.cli import main
from merestone.cli.exit_codes import ExitCode
from merestone.compare.comparison import Comparison
from merestone.errors import UnreadableFileError

EXAMPLES = Path(__file__).parents[2] / "examples"
EXACT = (".csv", ".line.json")
DENSE = (".gpkg", ".geojson", ".kml")
DENSE_M = 0.1
"""The tolerance of `delimit` where none is given."""
KINDS = """boundary «every kind»
reading by «the tests»
parties A «A», B «B»
frame WGS 84
point P at 40°00'00" N 179°00'00" E
point Q at 41°00'00" N 178°00'00" W
point R at 41°00'00" N 176°00'00" W
point S at 42°00'00" N 176°00'00" W
point T at 42°20'00" N 175°00'00" W
point U at 42°40'00" N 174°00'00" W
point C at azimuth 90° and 30 kilometres from U along geodesic
point V at azimuth 40° and 30 kilometres from C along geodesic
point W at 43°00'00" N 172°00'00" W
point X at 43°30'00" N 173°00'00" W
point K at 38°00'00" N 179°00'00" W
point L at 38°10'00" N 178°50'00" W
point M at 38°20'00" N 179°05'00" W
section Main with A on the right, B on the left
  from P
  leg 1 geodesic to Q
  leg 2 parallel to R
  leg 3 meridian to S
  leg 4 loxodrome to T
  leg 5 straight to U read as straight in longitude and latitude by «the tests»
  leg 6 arc of 30 kilometres about C clockwise to V
  leg 7 straight on EPSG:32602 to W
  leg 8 geodesic to X
ring Enclave with B inside, A outside
  from K
  legs loxodrome through K, L, M, K
"""


def compared(one: Path, other: Path) -> Comparison:
    return compare_files((one, other), CompareOptions(), lambda *_: None).comparison


def written(text: Path, folder: Path, endings: tuple[str, ...]) -> dict[str, Path]:
    paths = {ending: folder / f"out{ending}" for ending in endings}
    words = [word for path in paths.values() for word in ("-o", str(path))]
    assert main(["delimit", str(text), "--quiet", *words]) in {ExitCode.GOOD, ExitCode.FINDINGS}
    return paths


def apart_m(found: Comparison) -> float:
    """How far apart the lines are; nothing of either may be left over."""
    assert not found.unmatched
    assert found.stretches
    return found.hausdorff_m


@pytest.mark.parametrize("name", ["libya-chad", "beagle", "prairie-creek", "every kind"])
def test_a_catalogue_and_a_canonical_line_are_the_line(tmp_path: Path, name: str) -> None:
    """Vertices, kinds and lengths give the curves again, to the centimetre to which they are drawn."""
    text = EXAMPLES / f"{name}.boundary"
    if name == "every kind":
        text = tmp_path / "kinds.boundary"
        text.write_text(KINDS, encoding="utf-8")
    elif not text.is_file():
        pytest.skip("no such example")
    for path in written(text, tmp_path, EXACT).values():
        assert apart_m(compared(text, path)) < 0.021


@pytest.mark.parametrize("name", ["libya-chad", "every kind"])
def test_what_is_drawn_densely_is_the_line_within_its_tolerance(tmp_path: Path, name: str) -> None:
    """GeoPackage (its layer of legs), GeoJSON and KML lie within the tolerance that `delimit` states."""
    text = EXAMPLES / f"{name}.boundary"
    if name == "every kind":
        text = tmp_path / "kinds.boundary"
        text.write_text(KINDS, encoding="utf-8")
    for path in written(text, tmp_path, DENSE).values():
        assert apart_m(compared(text, path)) < DENSE_M + 0.011


def test_every_example_can_be_given_back(tmp_path: Path) -> None:
    """Every example whose frame has a code is drawn again from its catalogue and from its canonical line, arcs and lines
    on a projection among them; where that cannot be, it is refused with what to give instead."""
    whys = [
        why for text in sorted(EXAMPLES.glob("*.boundary")) for path in written(text, tmp_path, EXACT).values()
        for why in [why_not(path)]
    ]  # fmt: skip
    assert whys.count(None) >= 20
    assert all(why is None or "give the description" in why or "any leg" in why for why in whys)


def why_not(path: Path) -> str | None:
    """Why a line cannot be drawn again from a file; None where it can."""
    try:
        assert written_draft(path) is not None
    except UnreadableFileError as refused:
        return refused.why
    return None


def test_a_comparison_is_given_back_as_its_two_lines(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The GeoPackage of a comparison holds both lines with their sides and edges; with a third line, one is named."""
    one = EXAMPLES / "libya-chad.boundary"
    other = tmp_path / "other.boundary"
    words = one.read_text(encoding="utf-8").replace("lines: geodesic", "lines: loxodrome")
    other.write_text(words.replace("also loxodrome", "also geodesic"), encoding="utf-8")
    made = tmp_path / "c.gpkg"
    main(["compare", str(one), str(other), "--quiet", "-o", str(made)])
    first = compared(one, other)
    again = compare_files((made,), CompareOptions(), lambda *_: None).comparison
    assert again.hausdorff_m == pytest.approx(first.hausdorff_m, abs=1e-3)
    assert sum(zone.area_m2 for zone in again.zones) == pytest.approx(
        sum(zone.area_m2 for zone in first.zones), rel=1e-9
    )
    capsys.readouterr()
    assert main(["compare", str(made), str(one), "--quiet"]) == ExitCode.USAGE
    assert "--layer first_line or --layer second_line" in capsys.readouterr().err
    named = compare_files((made, one), CompareOptions(layers=("first_line",)), lambda *_: None).comparison
    assert named.hausdorff_m < 0.021


@pytest.mark.parametrize("ending", [".html", ".docx", ".xlsx", ".svg", ".txt"])
def test_a_report_is_refused_with_what_to_give(tmp_path: Path, capsys: pytest.CaptureFixture[str], ending: str) -> None:
    """What is made for people holds no line to read back, and that is said."""
    (tmp_path / f"a{ending}").write_text("x")
    assert main(["compare", str(tmp_path / f"a{ending}"), str(EXAMPLES / "beagle.boundary"), "--quiet"]) != 0
    assert ".line.json" in capsys.readouterr().err


def test_a_catalogue_that_was_changed_is_refused(tmp_path: Path) -> None:
    """The stated length is the check: a vertex that was moved, or a kind, no longer fits it."""
    path = written(EXAMPLES / "libya-chad.boundary", tmp_path, (".csv",))[".csv"]
    given = path.read_text(encoding="utf-8")
    for column, value, says in (
        ("latitude_deg", "19.600000000", "has a stated length of"), ("kind", "loxodrome", "has a stated length of"),
        ("kind", "winding", "ends alone"), ("frame", "something", "does not have a code"), ("longitude_deg", "east", "unchanged"),
    ):  # fmt: skip
        rows = list(csv.DictReader(io.StringIO(given)))
        for row in rows if column == "frame" else rows[:1]:
            row[column] = value
        with path.open("w", encoding="utf-8", newline="") as file:
            table = csv.DictWriter(file, rows[0])
            table.writeheader()
            table.writerows(rows)
        with pytest.raises(UnreadableFileError, match=says):
            written_draft(path)
