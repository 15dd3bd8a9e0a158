"""The table of outputs, and what holds for all of them."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from fakes.boundary_lines import HOSTILE, export, hostile, ordinary, over_the_antimeridian
from merestone.delimit.boundary_line import BoundaryLine
from merestone.errors import NoFrameError
from merestone.geodesy.grid import find_grid
from merestone.publish.export import Export, into_the_lines_frame
from merestone.publish.formats import FORMATS, Format, extensions, format_of
from merestone.publish.line_json import digest

LINES = (ordinary(), hostile(), over_the_antimeridian())
ZIPPED = {".xlsx", ".docx"}
GRID = find_grid("EPSG:3832")
"""A projection of the whole world without a break at the antimeridian, for the formats that need one."""


def made(line: BoundaryLine) -> Export:
    """What writers are given, with a grid for those that need one."""
    return replace(export(line), grid=GRID)


@pytest.mark.parametrize("name", ["main.line.json", "MAIN.LINE.JSON", "a.b/c.line.json"])
def test_the_end_of_a_name_decides(name: str) -> None:
    """The canonical line is known by its double extension, whatever the case."""
    known = format_of(name)
    assert known is not None
    assert known.extension == ".line.json"


@pytest.mark.parametrize("name", ["main", "main.json", "geojson", "main.shp", ""])
def test_an_unknown_end_is_unknown(name: str) -> None:
    """There is no default format: a plain .json could be meant for two of them."""
    assert format_of(name) is None


def test_no_end_hides_another() -> None:
    """No extension ends with another one that stands before it in the table."""
    known = extensions()
    assert len(set(known)) == len(known)
    assert not any(later.endswith(earlier) for i, earlier in enumerate(known) for later in known[i + 1 :])


@pytest.mark.parametrize("known", FORMATS, ids=lambda known: known.extension)
@pytest.mark.parametrize("line", LINES, ids=["ordinary", "hostile", "antimeridian"])
def test_the_same_line_gives_the_same_bytes(known: Format, line: BoundaryLine) -> None:
    """Writing twice gives the same bytes; the second time after other outputs were written."""
    first = known.write(made(line))
    for other in FORMATS[:3]:
        other.write(made(ordinary()))
    assert known.write(made(line)) == first


DIGESTS = """
import hashlib
from fakes.boundary_lines import export, ordinary
from dataclasses import replace
from merestone.geodesy.grid import find_grid
from merestone.publish.formats import FORMATS
made = replace(export(ordinary()), grid=find_grid("EPSG:3832"))
for known in FORMATS:
    print(known.extension, hashlib.sha256(known.write(made)).hexdigest())
"""


def test_another_process_gives_the_same_bytes(tmp_path: Path) -> None:
    """Neither the seed of hashes, the locale, nor the time zone is in a file."""
    answers = []
    for seed, zone in (("1", "Pacific/Auckland"), ("2", "America/Lima")):
        environment = {"PYTHONPATH": ":".join(sys.path), "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": "C"}
        environment["HOME"] = str(tmp_path)
        done = subprocess.run(
            [sys.executable, "-c", DIGESTS], env=environment, capture_output=True, text=True, check=True
        )
        answers.append(done.stdout.splitlines())
    assert len(answers[0]) == len(FORMATS)
    assert answers[0] == answers[1]


@pytest.mark.parametrize("known", [known for known in FORMATS if known.geographic], ids=lambda known: known.extension)
def test_without_a_frame_there_is_no_map(known: Format) -> None:
    """A geographic output of a line whose frame is unstated is refused."""
    with pytest.raises(NoFrameError):
        known.write(made(replace(ordinary(), frame=None)))


@pytest.mark.parametrize(
    "known", [known for known in FORMATS if not known.geographic], ids=lambda known: known.extension
)
def test_without_a_frame_there_are_still_tables(known: Format) -> None:
    """What is no map is written without a frame."""
    assert known.write(made(replace(ordinary(), frame=None)))


@pytest.mark.parametrize(
    "known", [known for known in FORMATS if known.extension not in ZIPPED], ids=lambda known: known.extension
)
def test_every_file_says_whose_reading_it_is_and_that_it_is_not_agreed(known: Format) -> None:
    """The standing and the reader's name are in the text of every file."""
    data = known.write(made(ordinary()))
    assert b"not agreed" in data
    assert b"the mapping office" in data


@pytest.mark.parametrize(
    "known",
    [known for known in FORMATS if known.extension not in ZIPPED | {".csv", ".pnez.csv", ".line.json", ".html"}],
    ids=lambda known: known.extension,
)
def test_a_derived_file_names_the_line_that_it_was_made_from(known: Format) -> None:
    """The fingerprint of the canonical line is in the file."""
    assert digest(ordinary()).encode() in known.write(made(ordinary()))


@pytest.mark.parametrize(
    "known",
    [known for known in FORMATS if known.extension not in {".line.json", ".geojson"}],
    ids=lambda known: known.extension,
)
def test_no_hostile_text_comes_through_raw(known: Format) -> None:
    """Outside the formats that carry any text exactly, a text with controls is nowhere written as it came."""
    assert HOSTILE.encode() not in known.write(made(hostile()))


def test_the_date_is_the_one_that_was_given() -> None:
    """Formats that must have a date take it from the caller, never from a clock."""
    dated = replace(made(ordinary()), dated=datetime(2001, 2, 3, 4, 5, 6, tzinfo=UTC))
    for known in FORMATS:
        same = known.write(dated) == known.write(made(ordinary()))
        assert same is (known.extension not in {".gpkg", ".xlsx", ".docx"}), known.extension


def test_a_leg_in_another_frame_needs_a_named_operation() -> None:
    """Steps into the line's own frame refuse a frame that nobody gave an operation for."""
    line = ordinary()
    steps = into_the_lines_frame(line)
    assert line.frame is not None
    assert steps(line.frame).accuracy_m is None
    with pytest.raises(LookupError, match="no operation"):
        steps(replace(line.frame, name="ED50", code="EPSG:4230"))
