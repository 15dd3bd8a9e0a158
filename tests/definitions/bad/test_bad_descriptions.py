"""What an unlucky surveyor writes, taken the whole way, and exactly what is said of it: each mistake once."""

from __future__ import annotations

import pytest

from merestone.casefile.pipeline import Pipeline
from merestone.diagnostics import Diagnostic, Severity
from merestone.errors import MerestoneError

GOOD = """boundary «A - B»
parties A «Aland», B «Bland»
frame WGS 84 (G1762) epoch 2016.0
point A at 10°00'00.0"N 20°00'00.0"E
point B at 11°00'00.0"N 21°00'00.0"E
section M
  from A
  leg 1 geodesic to B
"""

CASES: tuple[tuple[str, str, str, tuple[str, ...]], ...] = (
    ("mistyped name", "to B", "to Bb", ("R401 8:21 no point is called Bb [did you mean B?]",)),
    ("name in lower case", "to B", "to b", ("R401 8:21 no point is called b [did you mean B?]",)),
    (
        "Cyrillic A",
        "from A",
        "from \u0410",
        (
            "R401 7:8 no point is called \u0410 [did you mean A? It looks the same, but its letters are others: "
            "\u0410 (cyrillic capital letter a) is not A (latin capital letter a)]",
        ),
    ),
    (
        "forgotten hemisphere: the leg to that point is not blamed",
        "10°00'00.0\"N",
        "10°00'00.0\"",
        (
            "C220 4:12 the latitude 10°00'00.0\" has no hemisphere: N or S? [write 10°00'00.0\"N or 10°00'00.0\"S, "
            "or say for the whole text what `coordinates without letters are`]",
        ),
    ),
    (
        "latitude and longitude exchanged",
        "10°00'00.0\"N 20°00'00.0\"E",
        "120°00'00.0\"N 20°00'00.0\"E",
        (
            "C222 4:12 a latitude of 120°00'00.0\" is beyond the pole: are latitude and longitude swapped? "
            "[is 20°00'00.0\"N 120°00'00.0\"E meant?]",
        ),
    ),
    (
        "mistyped kind of leg: the section is not called empty",
        "geodesic",
        "goedesic",
        ("S305 8:9 `goedesic` is not a kind of leg [did you mean `geodesic`?]",),
    ),
    (
        "rhumb",
        "geodesic to",
        "rhumb line to",
        ("S305 8:9 `rhumb` is not a kind of leg [a rhumb line is written `loxodrome`]",),
    ),
    (
        "azimuth without degrees",
        "to B",
        "at azimuth 45 for 135 km",
        ("C204 8:29 the number has no degree sign [write 45° if degrees are meant]",),
    ),
    ("no unit", "to B", "at azimuth 45° for 135", ("C231 8:40 the number has no unit",)),
    (
        "no start",
        "  from A\n",
        "",
        ("R406 7:7 section M does not say where it starts [write `from POINT` before its first leg]",),
    ),
    (
        "a point on the leg that ends at it",
        "to B",
        "to X\npoint X at 5 km along leg 1 from A",
        (
            "R403 9:7 the definition goes round in a circle: point X → leg 1 of M → point X "
            "[give one of them by coordinates, or by points that do not depend on it]",
        ),
    ),
)


def no_files(path: str, sha256: str | None) -> str:
    """No description here reads a file."""
    raise MerestoneError(f"{path} ({sha256}) is not at hand")


def shown(finding: Diagnostic) -> str:
    """A finding as the cases have it."""
    place = f"{finding.span.line}:{finding.span.column}" if finding.span is not None else "-"
    return f"{finding.code} {place} {finding.sentence}" + (f" [{finding.hint}]" if finding.hint else "")


@pytest.mark.parametrize(("was", "became", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_a_mistake_is_named_once(was: str, became: str, expected: tuple[str, ...]) -> None:
    """The mistake is named, where it stands, with what was probably meant; nothing else is called wrong."""
    findings = Pipeline(no_files).run(GOOD.replace(was, became, 1)).findings
    assert tuple(shown(each) for each in findings if each.severity is Severity.ERROR) == expected


def test_the_same_text_without_a_mistake() -> None:
    """The text that the mistakes are made in has none."""
    assert all(each.severity is not Severity.ERROR for each in Pipeline(no_files).run(GOOD).findings)
