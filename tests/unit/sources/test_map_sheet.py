"""A map sheet's files, read strictly."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest

from fakes import map_sheets
from merestone.errors import UnreadableFileError
from merestone.geodesy.georeference import Method
from merestone.sources.map_sheet import SheetUnit
from merestone.sources.printed_degrees import degrees_of
from merestone.sources.sheet_files import LARGEST_SHEET_BYTES, read_sheet

SHEET = map_sheets.SHEET


def test_a_sheet_is_read_whole(tmp_path: Path) -> None:
    """Everything that the margin says arrives, with control points and line in the sheet's unit."""
    line = read_sheet(map_sheets.write(tmp_path))
    sheet = line.sheet
    assert (sheet.title, sheet.scale, sheet.edition, sheet.duty_date) == ("K-38-88", 100_000, "1976", "1979")
    assert (sheet.frame.code, sheet.method, sheet.unit) == ("EPSG:4284", Method.AFFINE, SheetUnit.MILLIMETRE)
    assert sheet.name == "K-38-88, 1976, on duty 1979"
    assert (len(sheet.control), sheet.in_degrees, sheet.y_down) == (16, True, False)
    assert (line.left, line.right, line.file) == ("North", "South", "k-38-88.sheet.toml")
    (name, places), *others = line.chains
    assert (name, others) == ("", [])
    assert np.abs(places - map_sheets.drawn_line()).max() < 1e-6


def test_the_digest_changes_with_every_file(tmp_path: Path) -> None:
    """A changed byte in the description, the control points or the line changes the digest; reading again does not."""
    first = read_sheet(map_sheets.write(tmp_path)).sha256
    assert read_sheet(tmp_path / "k-38-88.sheet.toml").sha256 == first
    digests = {first}
    for name in ("k-38-88.sheet.toml", "control.csv", "line.csv"):
        path = tmp_path / name
        path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
        digests.add(read_sheet(tmp_path / "k-38-88.sheet.toml").sha256)
    assert len(digests) == 4


def test_several_lines_keep_their_names_and_order(tmp_path: Path) -> None:
    """Rows of two lines become two chains in the order in which their names appear."""
    table = "line,x,y\nb,1,2\na,5,5\nb,3,4\na,6,6\n"
    chains = read_sheet(map_sheets.write(tmp_path, line=table)).chains
    assert [(name, places.tolist()) for name, places in chains] == [
        ("b", [[1.0, 2.0], [3.0, 4.0]]),
        ("a", [[5.0, 5.0], [6.0, 6.0]]),
    ]


@pytest.mark.parametrize(
    ("text", "axis", "degrees"),
    [
        ("45°30'00\"E", "lon", 45.5),
        ("45°30' W", "lon", -45.5),
        ("40°45′36″ с. ш.", "lat", 40.76),
        ("N 40°30'", "lat", 40.5),
        ("-40.5", "lat", -40.5),
        ("179.5", "lon", 179.5),
    ],
)
def test_degrees_as_printed(text: str, axis: str, degrees: float) -> None:
    """Degrees are read as treaties and margins print them."""
    assert degrees_of(text, axis) == pytest.approx(degrees, abs=1e-12)


@pytest.mark.parametrize(
    ("text", "axis", "complaint"),
    [
        ("45°30'N", "lon", "columns swapped"),
        ("95°", "lat", "beyond 90"),
        ("45,5", "lon", "comma"),
        ("45°75'E", "lon", ""),
        ("45°30'O", "lon", "German"),
        ("-45°30'E", "lon", "sign and a hemisphere"),
        ("50g", "lat", "gon"),
        ("45°30' about", "lon", "not a hemisphere"),
        ("N 45°30' E", "lat", "behind"),
        ("", "lon", "degrees"),
    ],
)
def test_doubtful_degrees_are_refused(text: str, axis: str, complaint: str) -> None:
    """What could be read two ways, or belongs to the other column, is a sentence and no number."""
    answer = degrees_of(text, axis)
    assert isinstance(answer, str)
    assert complaint in answer


BAD_SHEETS = {
    "unknown entry": (SHEET + 'edtion = "1976"\n', "did you mean edition"),
    "nothing like it": (SHEET + 'wibble = "1976"\n', "entries are"),
    "not TOML": ("title = ", "not TOML"),
    "deep nesting": ("a = " + "[" * 5000, "not TOML"),
    "missing entry": (SHEET.replace('frame = "Pulkovo 1942"\n', ""), "says nothing of frame"),
    "unknown frame": (SHEET.replace('"Pulkovo 1942"', '"Pulkowo 1942"'), "did you mean Pulkovo 1942"),
    "no date": (SHEET.replace('"1979"', '"31.5.1979"'), "write 1979"),
    "no day of the calendar": (SHEET.replace('"1979"', '"1979-02-30"'), "is not a date"),
    "scale of nan": (SHEET.replace("100000", "nan"), "to be a number"),
    "scale as text": (SHEET.replace("100000", '"1:100000"'), "to be a number"),
    "scale in parts": (SHEET.replace("100000", "100000.5"), "whole number"),
    "scale as a truth": (SHEET.replace("100000", "true"), "to be a number"),
    "scale the wrong way up": (SHEET.replace("100000", "0.00001"), "between 100"),
    "line of a metre": (SHEET.replace("line_width_mm = 0.2", "line_width_mm = 1000"), "between 0.01 and 20"),
    "unit unknown": (SHEET.replace('"mm"', '"cm"'), "unit is not 'cm'"),
    "method misspelt": (SHEET.replace('"affine"', '"afine"'), "did you mean 'affine'"),
    "title of many lines": (SHEET.replace('"K-38-88"', '"K\\n38"'), "one line"),
    "title empty": (SHEET.replace('"K-38-88"', '" "'), "empty"),
    "projection of a frame": (SHEET.replace("Pulkovo 1942 / Gauss-Kruger zone 8", "EPSG:4326"), "projection"),
    "projection that reads a file": (
        SHEET.replace("Pulkovo 1942 / Gauss-Kruger zone 8", "+proj=tmerc +nadgrids=/etc/passwd"),
        "projection",
    ),
    "projection of an unknown method": (
        SHEET.replace("Pulkovo 1942 / Gauss-Kruger zone 8", "+proj=wibble"),
        "projection",
    ),
    "too large": (SHEET + "#" * LARGEST_SHEET_BYTES, "larger than"),
}


@pytest.mark.parametrize("case", BAD_SHEETS)
def test_a_bad_description_is_refused(case: str, tmp_path: Path) -> None:
    """Each defect of a description is refused with a sentence that says what to write."""
    text, complaint = BAD_SHEETS[case]
    with pytest.raises(UnreadableFileError, match=complaint):
        read_sheet(map_sheets.write(tmp_path, sheet=text))


BAD_CONTROLS = {
    "not a number": ("name,x,y,lon,lat\nA,1,nan,45,40\n", "is not a number"),
    "infinite": ("name,x,y,lon,lat\nA,1e999,2,45,40\n", "is not a number"),
    "decimal comma": ("name;x;y;lon;lat\nA;1,5;2;45;40\n", "is not a number"),
    "column misspelt": ("name,x,y,lon,latt\nA,1,2,45,40\n", "did you mean lat"),
    "column missing": ("name,x,lon,lat\nA,1,45,40\n", "no column y"),
    "two pairs": ("name,x,y,lon,lat,east,north\nA,1,2,45,40,1,2\n", "one pair"),
    "name twice": ("name,x,y,lon,lat\nA,1,2,45,40\nA,2,2,45,40\n", "two control points"),
    "cell missing": ("name,x,y,lon,lat\nA,1,2,45\n", "row 2 has 4 cells"),
    "long cell": (f"name,x,y,lon,lat\n{'A' * 300},1,2,45,40\n", "200 characters"),
    "huge cell": (f'name,x,y,lon,lat\n"{"A" * 200_000}",1,2,45,40\n', "not a table"),
    "swapped": ("name,x,y,lon,lat\nA,1,2,40°N,45°E\n", "columns swapped"),
    "nul": ("name,x,y,lon,lat\nA\0,1,2,45,40\n", ""),
    "too many": ("name,x,y,lon,lat\n" + "".join(f"{n},1,2,45,40\n" for n in range(1001)), "more than 1000"),
}


@pytest.mark.parametrize("case", BAD_CONTROLS)
def test_a_bad_table_of_control_is_refused(case: str, tmp_path: Path) -> None:
    """Each defect of the control points is refused under the table's name."""
    text, complaint = BAD_CONTROLS[case]
    with pytest.raises(UnreadableFileError, match=f"control.csv: .*{complaint}"):
        read_sheet(map_sheets.write(tmp_path, control=text))


@pytest.mark.parametrize(
    ("table", "complaint"),
    [
        ("x,y\n1,2\n", "fewer than two places"),
        ("x,y\n1,2\n1,2\n", "fewer than two places"),
        ("x,y\n", "no vertex"),
        ("\n", "columns are|no column"),
        ("x,y,z\n1,2,3\n", "columns are"),
        ("x,x,y\n1,2,3\n", "twice"),
    ],
)
def test_a_bad_line_is_refused(table: str, complaint: str, tmp_path: Path) -> None:
    """A line without two places, or with columns that mean nothing, is refused."""
    with pytest.raises(UnreadableFileError, match=complaint):
        read_sheet(map_sheets.write(tmp_path, line=table))


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    """A table in another encoding is refused, not guessed."""
    path = map_sheets.write(tmp_path)
    (tmp_path / "control.csv").write_bytes("name,x,y,lon,lat\nПункт,1,2,45,40\n".encode("cp1251"))
    with pytest.raises(UnreadableFileError, match="UTF-8"):
        read_sheet(path)


def test_metres_need_a_projection(tmp_path: Path) -> None:
    """Control points in metres of an unnamed projection are refused."""
    text = SHEET.replace('projection = "Pulkovo 1942 / Gauss-Kruger zone 8"\n', "")
    table = map_sheets.control_table(map_sheets.crosses(), map_sheets.ground_m(map_sheets.crosses()), "east,north")
    with pytest.raises(UnreadableFileError, match="no projection is named"):
        read_sheet(map_sheets.write(tmp_path, sheet=text, control=table))


@pytest.mark.parametrize(
    "name",
    [
        "/etc/passwd",
        "../line.csv",
        "a/../../line.csv",
        "~/line.csv",
        "https://example.org/line.csv",
        "/vsicurl/https://example.org/line.csv",
        "C:line.csv",
        "..\\\\line.csv",
        "\\\\\\\\server\\\\line.csv",
        "a\\u0000b",
        " ",
    ],
)
def test_paths_stay_in_the_folder(name: str, tmp_path: Path) -> None:
    """No path, drive, address or virtual path leads out of the sheet's folder."""
    folder = tmp_path / "case"
    folder.mkdir()
    (tmp_path / "line.csv").write_text(map_sheets.line_table(map_sheets.drawn_line()), encoding="utf-8")
    with pytest.raises(UnreadableFileError):
        read_sheet(map_sheets.write(folder, sheet=SHEET.replace('"line.csv"', f'"{name}"')))


def test_a_link_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    """A link beside the sheet that leads elsewhere is refused; one that stays is followed."""
    folder = tmp_path / "case"
    folder.mkdir()
    path = map_sheets.write(folder)
    (folder / "line.csv").rename(tmp_path / "elsewhere.csv")
    (folder / "line.csv").symlink_to(tmp_path / "elsewhere.csv")
    with pytest.raises(UnreadableFileError, match="leads out"):
        read_sheet(path)
    (folder / "line.csv").unlink()
    (tmp_path / "elsewhere.csv").rename(folder / "real.csv")
    (folder / "line.csv").symlink_to("real.csv")
    assert len(read_sheet(path).chains) == 1


def test_pipes_and_folders_are_refused(tmp_path: Path) -> None:
    """A pipe does not hang the reader, and a folder is not a table."""
    path = map_sheets.write(tmp_path)
    (tmp_path / "line.csv").unlink()
    os.mkfifo(tmp_path / "line.csv")
    with pytest.raises(UnreadableFileError, match="not an ordinary file"):
        read_sheet(path)
    (tmp_path / "line.csv").unlink()
    (tmp_path / "line.csv").mkdir()
    with pytest.raises(UnreadableFileError):
        read_sheet(path)
