"""The gallery: every example has exactly these findings, these lengths, and keeps what its instrument says twice."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from definitions.independent_lengths import EXAMPLES, LEGS, Leg, places, rhumb_azimuth
from merestone.casefile.pipeline import Pipeline, Result
from merestone.cli.exit_codes import ExitCode, of_findings
from merestone.delimit.boundary_line import CompiledLeg
from merestone.delimit.expectations import evaluate
from merestone.description.format import format_text
from merestone.diagnostics import Severity
from merestone.errors import MerestoneError

NAMES = sorted(path.relative_to(EXAMPLES).with_suffix("").as_posix() for path in EXAMPLES.rglob("*.boundary"))
MAIN = [name for name in NAMES if not name.startswith("damaged/")]

FINDINGS: dict[str, dict[str, list[str]]] = tomllib.loads(
    (Path(__file__).parent / "example_findings.toml").read_text(encoding="utf-8")
)


def no_files(path: str, sha256: str | None) -> str:
    """The examples hold all they need: none reads a file."""
    raise MerestoneError(f"{path} ({sha256}) is not at hand")


@cache
def result(name: str) -> Result:
    """An example taken the whole way."""
    text = (EXAMPLES / f"{name}.boundary").read_text(encoding="utf-8")
    return Pipeline(no_files).run(text)


def leg_of(leg: Leg) -> CompiledLeg:
    """The compiled leg that a pinned length is of."""
    found = [each for each in result(leg.example).line.legs if (each.section, each.name) == (leg.section, leg.name)]
    assert len(found) == 1
    return found[0]


def _id(leg: Leg) -> str:
    return f"{leg.example}-{leg.section}-{leg.name}"


@pytest.mark.parametrize("name", NAMES)
def test_findings_are_exactly_these(name: str) -> None:
    """The example has these findings, each of its code and about its subject, and no other."""
    found = Counter((finding.code, finding.subject or "") for finding in result(name).findings)
    expected = Counter((code, subject) for code, subjects in FINDINGS[name].items() for subject in subjects)
    assert sorted((found - expected).elements()) == [], "found, and not expected"
    assert sorted((expected - found).elements()) == [], "expected, and not found"


@pytest.mark.parametrize("name", MAIN)
def test_every_statement_is_understood(name: str) -> None:
    """Nothing in the gallery is a mistake of writing: no finding about text, numbers, statements or names."""
    assert [each for each in result(name).findings if each.code[0] in "TCSR"] == []


@pytest.mark.parametrize("name", [name for name in NAMES if name not in MAIN])
def test_damaged_numbers_are_refused(name: str) -> None:
    """A number that a copy damaged is an error about the number, with what it likely was, or what to write, as a hint."""
    found = result(name).findings
    assert {(each.code[0], each.severity) for each in found} == {("C", Severity.ERROR)}
    assert all(each.hint for each in found)
    assert result(name).line.legs == ()


@pytest.mark.parametrize("name", NAMES)
def test_exit_code_says_which_files_mean_nothing(name: str) -> None:
    """Damaged numbers are invalid input (3); what is left open without a reading is 4; what a reading settles is 0."""
    usual = ExitCode.GOOD if name in ("beagle", "bering-sea", "libya-chad", "prairie-creek") else ExitCode.FINDINGS
    assert of_findings(result(name).findings) == (usual if name in MAIN else ExitCode.INVALID_INPUT)


@pytest.mark.parametrize("leg", LEGS, ids=_id)
def test_pinned_length_is_the_independent_one(leg: Leg) -> None:
    """The figure in the table is what GeographicLib and the closed forms give, to 0.1 mm."""
    assert leg.computed() == pytest.approx(leg.length_m, abs=1e-4)


@pytest.mark.parametrize("leg", LEGS, ids=_id)
def test_length_of_every_leg(leg: Leg) -> None:
    """The compiled leg has the independent length to 1 mm (vertices are whole units of 0.11 mm)."""
    compiled = leg_of(leg)
    assert compiled.length_m == pytest.approx(leg.length_m, abs=0.001 + 0.0002 * len(compiled.vertices))


def test_every_compiled_leg_has_a_pinned_length() -> None:
    """No leg of the gallery is computed without an independent length beside it."""
    pinned = {(leg.example, leg.section, leg.name) for leg in LEGS}
    computed = {(name, leg.section, leg.name) for name in MAIN for leg in result(name).line.legs}
    assert computed == pinned


@pytest.mark.parametrize("name", MAIN)
def test_what_can_be_compared_agrees(name: str) -> None:
    """Every figure that an instrument says a second time agrees with the line, where both can be computed."""
    evaluated, _ = evaluate(result(name).compiled)
    assert [each for each in evaluated if not each.agrees] == []


@pytest.mark.parametrize("name", NAMES)
def test_the_gallery_is_in_canonical_form(name: str) -> None:
    """Formatting an example changes nothing: the gallery shows the language as `merestone format` writes it."""
    text = (EXAMPLES / f"{name}.boundary").read_text(encoding="utf-8")
    assert format_text(text) == text


@pytest.mark.parametrize("name", NAMES)
def test_header_names_source_and_what_was_not_read(name: str) -> None:
    """Every file of the gallery says in its first comment where it comes from; main files also when it was read."""
    text = (EXAMPLES / f"{name}.boundary").read_text(encoding="utf-8")
    head = text[: text.index("boundary «")]
    assert all(line.startswith("#") or not line for line in head.splitlines())
    if name in MAIN:
        assert "# Source" in head
        assert "2026-11" in head


@pytest.mark.parametrize("name", NAMES)
def test_parties_stand_in_alphabetical_order(name: str) -> None:
    """No party stands first but by the alphabet of its name."""
    titles = [party.title for party in result(name).compiled.resolved.parties.values()]
    assert titles == sorted(titles)


def test_sides_are_given_only_where_the_head_says_why() -> None:
    """Sides stand in three files, each of which says in its head where they come from."""
    sided = {name for name in NAMES if any(section.right or section.left for section in result(name).line.sections)}
    assert sided == {"beagle", "prairie-creek", "words-only/argentina-bolivia-1925"}


def test_gallery_index_lists_every_file() -> None:
    """The index of the gallery links to every description beside it."""
    index = (EXAMPLES / "README.md").read_text(encoding="utf-8")
    linked = {match[1] for match in re.finditer(r"\]\(([^)]+)\.boundary\)", index)}
    assert linked == {name for name in NAMES if "/" not in name}


def test_prairie_creek_encloses_what_the_act_says() -> None:
    """The ring encloses 301.90 km² (an independent computation on the ellipsoid), "about 300" in the Act."""
    areas = dict(result("prairie-creek").line.areas_m2)
    assert areas["Parcel"] / 1e6 == pytest.approx(301.90, abs=0.005)


CONTROLS_M = [
    ("libya-chad", "leg 1 of Main", 6000.0),
    ("nunavut", "leg 2 of West", 5200.0),
    ("nunavut", "leg 5 of West", 7500.0),
]


@pytest.mark.parametrize(("name", "subject", "separation_m"), CONTROLS_M)
def test_geodesic_against_loxodrome(name: str, subject: str, separation_m: float) -> None:
    """The published controls: 6.0 km (Libya-Chad leg 1), 5.2 km and 7.5 km (Nunavut N2-N3, N5-N6), to their last digit."""
    measures = {
        measure.between: measure.value
        for finding in result(name).findings
        if (finding.code, finding.subject) == ("O601", subject)
        for measure in finding.measures
        if measure.what == "separation"
    }
    assert measures["geodesic", "loxodrome"] == pytest.approx(separation_m, abs=50.0)


def test_beagle_angle_agrees_within_the_rounding() -> None:
    """The loxodrome B-C bears 134.657° by an independent formula; 45° is not contradicted, 0.1' of latitude being 185 m."""
    evaluated, _ = evaluate(result("beagle").compiled)
    (angle,) = evaluated
    known = places((EXAMPLES / "beagle.boundary").read_text(encoding="utf-8"))
    assert angle.computed == pytest.approx(rhumb_azimuth(known["B"], known["C"]), abs=1e-6)
    assert angle.computed == pytest.approx(134.657, abs=5e-4)
    assert angle.agrees


@pytest.mark.parametrize(
    ("printed", "misprinted"),
    [
        ("55°22',9 S", "55°27',9 S"),
        ("55°22',9 S", "55°12',9 S"),
        ("65°43',6 W", "65°53',6 W"),
        ("65°43',6 W", "65°48',6 W"),
    ],
)
def test_a_misprint_of_point_c_is_found(printed: str, misprinted: str) -> None:
    """With one digit of point C changed, the clause of the 45° no longer agrees, and the finding points at it."""
    text = (EXAMPLES / "beagle.boundary").read_text(encoding="utf-8")
    assert text.count(f"point C at {printed}") + text.count(f"{printed}\npoint D") == 1
    start = text.index("point C at")
    changed = text[:start] + text[start:].replace(printed, misprinted, 1)
    found = [each for each in Pipeline(no_files).run(changed).findings if each.code.startswith("X")]
    assert found
    line = changed.splitlines()[found[0].span.line - 1] if found[0].span else ""
    assert "expect azimuth 135°" in line
