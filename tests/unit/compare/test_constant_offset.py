"""Whether one line is the other, shifted as a whole."""

from __future__ import annotations

import numpy as np
import pytest

from fakes.claims import claim, nudged, wandering
from merestone.compare.comparison import Settings
from merestone.compare.lines.compare import compare
from merestone.geodesy.catalogue import find
from merestone.geodesy.operation import choose

LINE = wandering(3, 300)


def codes(made: object) -> list[str]:
    return [remark.code for remark in made.remarks]  # type: ignore[attr-defined]


@pytest.mark.parametrize("code", ["EPSG:4284", "EPSG:4230"])
def test_a_datum_taken_for_another_is_suspected_by_name(code: str) -> None:
    """A line in Pulkovo 1942 or ED50 whose numbers are taken for WGS 84 is shifted by what that datum gives."""
    start, datum = (45.0, 40.0) if code == "EPSG:4284" else (10.0, 45.0), find(code)
    line = wandering(3, 300, start)
    operation = choose(find("EPSG:4326"), datum, (start[0], start[1] - 1, start[0] + 1, start[1] + 1))
    made = compare(claim(line, title="right"), claim(operation.apply(line), title="wrong"), Settings())
    (remark,) = (remark for remark in made.remarks if remark.code == "D115")
    assert datum.name in remark.sentence
    assert remark.size == pytest.approx(made.hausdorff_m, rel=0.2)


def test_a_shift_that_no_datum_gives_is_not_remarked() -> None:
    """A kilometre to the east is a shift, but no datum's."""
    made = compare(claim(LINE), claim(LINE + np.array([0.0117, 0.0])), Settings())
    assert "D115" not in codes(made)


def test_lines_that_part_here_and_there_are_not_shifted() -> None:
    """Differences to either side are no shift."""
    made = compare(claim(LINE), claim(nudged(LINE, 4, 1e-3)), Settings())
    assert "D115" not in codes(made)
