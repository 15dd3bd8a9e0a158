"""What must hold for every description of legs between points: reversal, symmetry of the parties, turns, remarks."""

from __future__ import annotations

import json
import re
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fakes.descriptions import FRAME, HEAD, errors, no_files
from merestone.casefile.exporting import content
from merestone.casefile.outcome import DelimitOptions
from merestone.casefile.pipeline import Pipeline, Result
from merestone.publish.formats import FORMATS, format_of

KINDS = ("geodesic", "loxodrome", "straight on EPSG:3395")
SECOND = 3600

Walk = tuple[tuple[int, int], list[tuple[int, int, str]]]
"""A first place, latitude and longitude in seconds of arc, and the steps from it: north, east, and the kind of leg."""

places = st.tuples(st.integers(-60 * SECOND, 60 * SECOND), st.integers(-179 * SECOND, 179 * SECOND))
walks = st.tuples(
    places,
    st.lists(
        st.tuples(st.integers(200, 20_000), st.integers(200, 20_000), st.sampled_from(KINDS)), min_size=1, max_size=4
    ),
)


def printed(seconds: int, letters: str) -> str:
    """A latitude or longitude in seconds of arc as a treaty prints it."""
    letter = letters[0] if seconds >= 0 else letters[1]
    whole = abs(seconds)
    return f"{whole // SECOND}°{whole // 60 % 60:02d}'{whole % 60:02d}\" {letter}"


def description(walk: Walk, *, sides: str = "A on the right, B on the left", backward: bool = False) -> str:
    """A section through the places of a walk, leg by leg, forward or backward."""
    (lat, lon), steps = walk
    corners = [(lat, lon)]
    for north, east, _ in steps:
        corners.append((corners[-1][0] + north, corners[-1][1] + east))
    turned = [(each[0], (each[1] + 180 * SECOND) % (360 * SECOND) - 180 * SECOND) for each in corners]
    points = "".join(f"point P{n} at {printed(a, 'NS')} {printed(b, 'EW')}\n" for n, (a, b) in enumerate(turned))
    kinds = [kind for _, _, kind in steps]
    if backward:
        legs = [f"leg {n + 1} {kinds[n]} to P{n}" for n in reversed(range(len(kinds)))]
    else:
        legs = [f"leg {n + 1} {kind} to P{n + 1}" for n, kind in enumerate(kinds)]
    start = f"P{len(kinds)}" if backward else "P0"
    return HEAD + FRAME + points + f"section S with {sides}\n  from {start}\n  " + "\n  ".join(legs) + "\n"


def compiled(text: str) -> Result:
    """The description taken the whole way, unchecked."""
    result = Pipeline(no_files).run(text, checked=False)
    assert not errors(result), errors(result)
    return result


def canonical(result: Result) -> bytes:
    """The canonical line."""
    kind = format_of("a.line.json") or FORMATS[0]
    return content(result, Path("a.boundary"), kind, DelimitOptions(), Path("a.line.json"))


@settings(max_examples=25)
@given(walks)
def test_reversing_a_description_reverses_the_line(walk: Walk) -> None:
    """Vertices are the same integers in reverse, lengths the same, azimuths turned round."""
    there, back = compiled(description(walk)).line.legs, compiled(description(walk, backward=True)).line.legs
    for leg, other in zip(there, reversed(back), strict=True):
        assert leg.vertices.tolist() == other.vertices[::-1].tolist()
        assert leg.length_m == pytest.approx(other.length_m, rel=1e-12, abs=1e-6)
        turned = (leg.azimuths_start_deg[0] - other.azimuths_end_deg[-1]) % 360.0
        assert turned == pytest.approx(180.0, abs=1e-6)


@settings(max_examples=15)
@given(walks)
def test_swapping_the_parties_mirrors_the_line(walk: Walk) -> None:
    """The sides change places, and nothing else of the line does."""
    one = compiled(description(walk)).line
    other = compiled(description(walk, sides="B on the right, A on the left")).line
    assert (one.sections[0].right, one.sections[0].left) == (other.sections[0].left, other.sections[0].right)
    for leg, same in zip(one.legs, other.legs, strict=True):
        assert leg.vertices.tolist() == same.vertices.tolist()
        assert leg.lengths_m.tolist() == same.lengths_m.tolist()


@settings(max_examples=15)
@given(walks, st.data())
def test_a_remark_changes_no_vertex(walk: Walk, data: st.DataObject) -> None:
    """A comment or an empty line anywhere changes no byte of the canonical sections and points."""
    text = description(walk)
    lines = text.splitlines()
    place = data.draw(st.integers(0, len(lines)))
    remark = data.draw(st.sampled_from(["", "# a remark", "   # an indented remark"]))
    remarked = "\n".join([*lines[:place], remark, *lines[place:]]) + "\n"
    one, other = compiled(text), compiled(remarked)
    assert [leg.vertices.tolist() for leg in one.line.legs] == [leg.vertices.tolist() for leg in other.line.legs]
    assert without_source(canonical(one)) == without_source(canonical(other))


def without_source(data: bytes) -> object:
    """The canonical line without the digest of the text that it was compiled from."""
    read = json.loads(data)
    return json.loads(
        re.sub(rb'"sha256":"[0-9a-f]{64}"', b'"sha256":""', json.dumps(read, separators=(",", ":")).encode())
    )


@settings(max_examples=10)
@given(walks)
def test_the_same_text_gives_the_same_bytes(walk: Walk) -> None:
    """Compiled twice, by a fresh pipeline and by one that has seen the text."""
    text = description(walk)
    pipeline = Pipeline(no_files)
    first = canonical(pipeline.run(text, checked=False))
    assert canonical(pipeline.run(text, checked=False)) == first
    assert canonical(compiled(text)) == first


@settings(max_examples=15)
@given(walks, st.integers(1, 179))
def test_moving_everything_round_the_axis_changes_no_length(walk: Walk, degrees: int) -> None:
    """The ellipsoid is round: lengths and azimuths do not know the longitude, over the antimeridian neither."""
    (lat, lon), steps = walk
    moved = (lon + degrees * SECOND + 179 * SECOND) % (358 * SECOND) - 179 * SECOND
    one, other = compiled(description(walk)).line.legs, compiled(description(((lat, moved), steps))).line.legs
    for leg, same in zip(one, other, strict=True):
        assert leg.length_m == pytest.approx(same.length_m, rel=1e-9, abs=1e-4)
        change = (leg.azimuths_start_deg - same.azimuths_start_deg + 180.0) % 360.0 - 180.0
        assert np.abs(change).max() < 1e-6
