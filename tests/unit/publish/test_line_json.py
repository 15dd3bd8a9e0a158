"""The canonical line and its reader."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from fakes.boundary_lines import OWN_FRAME, export, hostile, ordinary, over_the_antimeridian
from merestone.delimit.boundary_line import BoundaryLine, CompiledLeg, Toolchain
from merestone.description.tree import Description, Parties
from merestone.publish.line_json import canonical_bytes, compared_bytes, digest, exact_text, write_line
from merestone.publish.line_reader import Limits, LineFormatError, read_line
from merestone.publish.stored_line import StoredGap, StoredLeg

LINES = (
    ordinary(),
    hostile(),
    over_the_antimeridian(),
    replace(ordinary(), frame=OWN_FRAME),
    replace(ordinary(), frame=None),
)


def written(line: BoundaryLine) -> bytes:
    return write_line(export(line))


def changed(line: BoundaryLine, **leg_members: Any) -> BoundaryLine:
    section = line.sections[0]
    leg = replace(section.legs[0], **leg_members)
    return replace(line, sections=(replace(section, parts=(leg, *section.parts[1:])), *line.sections[1:]))


@pytest.mark.parametrize("line", LINES)
def test_the_same_line_is_the_same_bytes(line: BoundaryLine) -> None:
    """Writing twice gives the same bytes, and they are canonical JSON by another reader."""
    data = written(line)
    assert data == written(line)
    assert rfc8785.dumps(json.loads(data)) == data


@pytest.mark.parametrize("line", LINES)
def test_no_number_is_a_fraction(line: BoundaryLine) -> None:
    """The file holds whole numbers and texts only."""
    fractions: list[str] = []
    json.loads(written(line), parse_float=fractions.append, parse_constant=fractions.append)
    assert fractions == []


@pytest.mark.parametrize("line", LINES)
def test_what_is_read_back_is_what_was_written(line: BoundaryLine) -> None:
    """Vertices, names, words, readings and gaps survive; the compared bytes are the ones that were compared."""
    stored = read_line(written(line))
    assert stored.compared == compared_bytes(line)
    assert (stored.title, stored.reading_by, stored.standing) == (line.title, line.reading_by, "not agreed")
    for section, kept in zip(line.sections, stored.sections, strict=True):
        for part, back in zip(section.parts, kept.parts, strict=True):
            if isinstance(part, CompiledLeg):
                assert isinstance(back, StoredLeg)
                assert np.array_equal(back.vertices, part.vertices)
                assert (back.kind, back.said, back.vertex_names) == (part.kind, part.said, part.vertex_names)
                assert [w.text for w in back.words] == [w.text for w in part.words]
                assert (back.reading and back.reading.by) == (part.reading and part.reading.by)
            else:
                assert isinstance(back, StoredGap)
                assert (back.why, back.start, back.end) == (part.why.sentence, part.start, part.end)


def test_what_is_derived_is_not_compared() -> None:
    """Lengths, azimuths, sigmas and the toolchain can differ without a difference in the line."""
    line = ordinary()
    leg = line.legs[0]
    other = changed(line, lengths_m=leg.lengths_m * (1 + 1e-12), across_sigma_m=leg.across_sigma_m + 1.0)
    other = replace(other, toolchain=Toolchain("9", "9", "9"))
    assert written(other) != written(line)
    assert digest(other) == digest(line)


def test_one_unit_at_one_vertex_is_another_line() -> None:
    """A vertex that moves by 1e-9 degree changes the fingerprint."""
    line = ordinary()
    vertices = line.legs[0].vertices.copy()
    vertices[1, 0] += 1
    assert digest(changed(line, vertices=vertices)) != digest(line)


def test_the_order_of_the_parties_changes_nothing() -> None:
    """Parties are symmetric: their order in the description is not in the compared bytes."""
    line = ordinary()
    statements = tuple(
        Parties(said.parties[::-1]) if isinstance(said, Parties) else said for said in line.description.statements
    )
    assert compared_bytes(replace(line, description=Description(statements))) == compared_bytes(line)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (6378137.0, "6378137"),
        (298.257223563, "298.257223563"),
        (6378249.145, "6378249.145"),
        (0.0, "0"),
        (1e21, "1" + "0" * 21),
    ],
)
def test_constants_are_texts_without_exponents(value: float, text: str) -> None:
    """A constant is the shortest decimal that gives it back."""
    assert exact_text(value) == text
    assert float(text) == value


def edited(path: tuple[str | int, ...], value: Any) -> bytes:
    document = json.loads(written(ordinary()))
    inner = document
    for step in path[:-1]:
        inner = inner[step]
    if value is KeyError:
        del inner[path[-1]]
    else:
        inner[path[-1]] = value
    return rfc8785.dumps(document)


LEG = ("line", "sections", 0, "parts", 0)


@pytest.mark.parametrize(
    ("path", "value", "where"),
    [
        (("version",), 2, "/format"),
        (("version",), True, "/format"),
        (("format",), "geojson", "/format"),
        (("line", "title"), KeyError, "/line"),
        (("line", "extra"), 1, "/line"),
        (("line", "unit"), "degree", "/line/unit"),
        (("line", "points", 0, "latitude"), 90_000_000_001, "/line/points/0/latitude"),
        (("line", "points", 0, "latitude"), True, "/line/points/0/latitude"),
        (("line", "points", 0, "latitude"), "1", "/line/points/0/latitude"),
        (("line", "points", 0, "source"), "guess", "/line/points/0/source"),
        (("line", "sections", 0, "ring"), 0, "/line/sections/0/ring"),
        (("line", "sections", 0, "status"), "in force", "/line/sections/0/status"),
        ((*LEG, "part"), "hole", "/line/sections/0/parts/0"),
        ((*LEG, "words"), {}, "/line/sections/0/parts/0/words"),
        ((*LEG, "vertices", "name"), ["A"], "/line/sections/0/parts/0/vertices/name"),
        ((*LEG, "vertices", "tolerance_um"), [1, -1], "/line/sections/0/parts/0/vertices/tolerance_um/1"),
        (("derived",), [], "/derived"),
    ],
)
def test_what_is_not_exactly_right_is_refused(path: tuple[str | int, ...], value: Any, where: str) -> None:
    """A canonical file with one wrong member is refused, and the refusal names the member."""
    with pytest.raises(LineFormatError) as caught:
        read_line(edited(path, value))
    assert caught.value.where == where


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xfe",
        b"null",
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b'{"a":1,"a":1}',
        b'{"a":NaN}',
        b'{"a":1e400}',
        b'{"a":' + b"9" * 10_000 + b"}",
        b'{"a":"\\ud800"}',
        written(ordinary()) + b"\n",
        written(ordinary()).replace(b'"version":1', b'"version":1.0'),
        written(ordinary())[:-1],
        b"\xef\xbb\xbf" + written(ordinary()),
    ],
)
def test_hostile_bytes_are_refused(data: bytes) -> None:
    """Broken, deep, huge or merely uncanonical bytes raise the one exception, never another."""
    with pytest.raises(LineFormatError):
        read_line(data)


def test_brackets_inside_texts_are_no_nesting() -> None:
    """A text full of brackets and quotes is not taken for structure."""
    line = replace(ordinary(), title='\\"[[[[[[[[[[[[[[[[[[[[[[[[{{{{{{{{{{{{')
    assert read_line(written(line)).title == line.title


def test_the_limits_hold() -> None:
    """More bytes, longer texts or more vertices than allowed are refused."""
    data = written(ordinary())
    for limits in (Limits(size_bytes=10), Limits(text_characters=3), Limits(vertices=2), Limits(depth=3)):
        with pytest.raises(LineFormatError):
            read_line(data, limits)


_VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(st.characters(max_codepoint=0x7F)), inner),
    max_leaves=12,
)


@given(_VALUES)
def test_canonical_bytes_are_those_of_rfc_8785(value: Any) -> None:
    """For what a line is made of the fast writer gives the bytes of a writer of RFC 8785."""
    assert canonical_bytes(value) == rfc8785.dumps(value)


def test_numbers_that_not_every_reader_keeps_are_refused() -> None:
    """A whole number beyond 2^53, or a member whose name is not ASCII, is refused wherever it stands in the file."""
    document = json.loads(write_line(export(ordinary())))
    for derived in ({"x": 2**53}, {"é": 1}):
        document["derived"] = derived
        with pytest.raises(LineFormatError):
            read_line(canonical_bytes(document))
