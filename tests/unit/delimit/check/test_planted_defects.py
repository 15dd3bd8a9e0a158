"""For every rule: a description with the defect is found out, and the same description without it is silent."""

from __future__ import annotations

import pytest

from fakes.checking import found

HEAD = """boundary «A planted defect»
reading by «the tests» on 2026-11
parties NOR «North», SOU «South»
instrument Treaty «Treaty» of kind treaty dated 1994-02-03 in en, fr
"""
FRAME = "frame WGS 84 (G1762) epoch 2016.0\n"
POINTS = """point A at 45°00'00.0" N 10°00'00.0" E
point B at 45°00'00.0" N 11°00'00.0" E
point C at 46°00'00.0" N 11°00'00.0" E
"""


def section(legs: str, head: str = "section Main") -> str:
    """A section from A with these legs."""
    return f"{head}\n  from A\n" + "".join(f"  {line}\n" for line in legs.splitlines())


def whole(legs: str = "leg 1 geodesic to B", head: str = FRAME, points: str = POINTS, of: str = "section Main") -> str:
    """A description with this head, these points and these legs."""
    return HEAD + head + points + section(legs, of)


READ = "reading of straight lines: geodesic by «the tests» also loxodrome\n"
TROPIC = "reading of «Tropic of Cancer»: parallel 23°26'37\" N by «the tests» also parallel 23°27' N\n"
FIFTH = "point D at 45°30'00.0\" N 10°30'00.0\" E\n"
BEYOND = "point D at 45°45'00.0\" N 10°15'00.0\" E\n"
RING = "leg 1 geodesic to B\nleg 2 geodesic to C\n"
TWO_SECTIONS = (
    whole("leg 1 geodesic to B", of="section First with NOR on the right, SOU on the left")
    + "section Second with {} on the right, {} on the left\n  from B\n  leg 1 geodesic to C\n"
)
APART = whole("leg 1 geodesic to B", points=POINTS + "point B2 at 45°00'00.0\" N 11°00'00.5\" E\n")

DEFECTS = {
    "O601 a straight line without a kind": ("O601", whole("leg 1 straight to B", FRAME + READ), whole()),
    "O601 a straight line without a reading": ("O601", whole("leg 1 straight to B"), whole()),
    "O610 an azimuth without a kind": (
        "O610",
        whole("leg 1 at azimuth 45° for 12 km", FRAME + READ),
        whole("leg 1 at azimuth 45° by geodesic for 12 km", FRAME + READ),
    ),
    "O602 no frame": ("O602", whole(head="frame unstated candidates WGS 84, ED50 read as WGS 84 by «X»\n"), whole()),
    "O602 nothing said of a frame": ("O602", whole(head=""), whole()),
    "O603 an ensemble": ("O603", whole(head="frame WGS 84\n"), whole()),
    "O603 no epoch": ("O603", whole(head="frame WGS 84 (G1762)\n"), whole()),
    "O604 coarse coordinates": (
        "O604", whole(head=FRAME + "tolerance 1 m\n"), whole(head=FRAME + "tolerance 10 m\n")
    ),
    "O605 approximately": (
        "O605", whole(points=POINTS.replace("point C at", "point C approximately at")), whole()
    ),
    "O616 a leg of about so much": (
        "O616",
        whole("leg 1 geodesic at azimuth 45° for about 12 km"),
        whole("leg 1 geodesic at azimuth 45° for 12 km"),
    ),
    "O606 words that need a reading": (
        "O606",
        whole("leg 1 geodesic to T", FRAME + TROPIC,
              POINTS + "point T at the intersection of parallel «Tropic of Cancer» and meridian 10° E\n"),
        whole(),
    ),
    "O608 a map without a date": (
        "O608",
        whole(head=FRAME + "source Sheet map «sheet.tif» scale 1:50 000 edition «first»\n"),
        whole(head=FRAME + "source Sheet map «sheet.tif» dated 1960 scale 1:50 000 edition «first»\n"),
    ),
    "O608 a line wider than the tolerance": (
        "O608",
        whole(head=FRAME + "tolerance 20 m\nsource Sheet map «s.tif» dated 1960 scale 1:200 000 edition «first»\n"),
        whole(head=FRAME + "tolerance 20 m\nsource Sheet map «s.tif» dated 1960 scale 1:25 000 edition «first»\n"),
    ),
    "O608 a river without a source": (
        "O608",
        whole("leg 1 thalweg of «Drava» downstream to B"),
        whole("leg 1 thalweg of «Drava» downstream to B", FRAME + "source Rivers waters «r.gpkg» dated 2016\n"),
    ),
    "O609 an open ending": ("O609", whole("leg 1 parallel eastward open"), whole("leg 1 parallel eastward to B")),
    "O609 a direction only": ("O609", whole(points=POINTS + "point D in direction NE from A\n"), whole()),
    "X701 another length": (
        "X701",
        whole("leg 1 geodesic to B\n  expect length 78.74 km"),
        whole("leg 1 geodesic to B\n  expect length 78.85 km"),
    ),
    "X702 another azimuth": (
        "X702",
        whole("leg 1 geodesic to B\n  expect azimuth 89°38' at start"),
        whole("leg 1 geodesic to B\n  expect azimuth 89°39' at start"),
    ),
    "X703 another wind": (
        "X703",
        whole("leg 1 geodesic to B\n  expect direction ESE"),
        whole("leg 1 geodesic to B\n  expect direction E"),
    ),
    "X704 another area": (
        "X704",
        whole(RING + "leg 3 geodesic to A", of="ring Main\n  expect area 4 100 km² within 10 km²"),
        whole(RING + "leg 3 geodesic to A", of="ring Main\n  expect area 4 350 km² within 50 km²"),
    ),
    "X705 other coordinates": (
        "X705",
        whole(points=POINTS + "point M at the midpoint of A and B\n  expect coordinates 45°00'20\" N 10°30'00\" E\n"),
        whole(points=POINTS + "point M at the midpoint of A and B\n  expect coordinates 45°00'04\" N 10°30'00\" E\n"),
    ),
    "X706 another distance": (
        "X706",
        whole(points=POINTS.replace("11°00'00.0\" E\npoint C", "11°00'00.0\" E\n  expect distance to A 79.8 km\npoint C")),
        whole(points=POINTS.replace("11°00'00.0\" E\npoint C", "11°00'00.0\" E\n  expect distance to A 78.8 km\npoint C")),
    ),
    "X707 the wrong side": (
        "X707",
        whole("leg 1 geodesic to B\n  expect D on the right", points=POINTS + FIFTH),
        whole("leg 1 geodesic to B\n  expect D on the left", points=POINTS + FIFTH),
    ),
    "X707 the wrong party": (
        "X707",
        whole("leg 1 geodesic to B\n  expect D on the side of SOU", points=POINTS + FIFTH,
              of="section Main with SOU on the right, NOR on the left"),
        whole("leg 1 geodesic to B\n  expect D on the side of NOR", points=POINTS + FIFTH,
              of="section Main with SOU on the right, NOR on the left"),
    ),
    "X707 outside a ring": (
        "X707",
        whole(RING + "leg 3 geodesic to A", points=POINTS + BEYOND, of="ring Main\n  expect D inside"),
        whole(RING + "leg 3 geodesic to A", points=POINTS + BEYOND, of="ring Main\n  expect D outside"),
    ),
    "X708 two definitions": (
        "X708",
        whole(head=FRAME + "precedence words, coordinates\n",
              points=POINTS + "point M at the midpoint of A and B also at 45°00'20\" N 10°30'00\" E\n"),
        whole(head=FRAME + "precedence words, coordinates\n",
              points=POINTS + "point M at the midpoint of A and B also at 45°00'03.9\" N 10°30'00.0\" E\n"),
    ),
    "X709 two languages": (
        "X709",
        whole("leg 1 geodesic to B\n  words en «of 45 degrees»\n  words fr «de 54 degrés»"),
        whole("leg 1 geodesic to B\n  words en «of 45 degrees»\n  words fr «de 45 degrés»"),
    ),
    "X711 an expectation on a gap": (
        "X711",
        whole("leg 1 thalweg of «Drava» downstream to B\n  expect length 12 km"),
        whole("leg 1 thalweg of «Drava» downstream to B"),
    ),
    "G501 a crossing": (
        "G501",
        whole("leg 1 geodesic to C\nleg 2 geodesic to B\nleg 3 geodesic to D",
              points=POINTS + 'point D at 45°50\'00.0" N 10°20\'00.0" E\n'),
        whole("leg 1 geodesic to C\nleg 2 geodesic to B\nleg 3 geodesic to D",
              points=POINTS + 'point D at 44°50\'00.0" N 10°20\'00.0" E\n'),
    ),
    "G502 an open ring": (
        "G502", whole(RING, of="ring Main"), whole(RING + "leg 3 geodesic to A", of="ring Main")
    ),
    "G502 a gap in the words": (
        "G502", whole("leg 1 geodesic to B\nthen from C\nleg 2 geodesic to A"), whole(RING + "leg 3 geodesic to A")
    ),
    "G502 sections that nearly meet": (
        "G502",
        APART + "section Next\n  from B2\n  leg 1 geodesic to C\n",
        APART + "section Next\n  from B\n  leg 1 geodesic to C\n",
    ),
    "G503 one place twice": ("G503", whole(points=POINTS + 'point B3 at 45°00\'00.0" N 11°00\'00.0" E\n'), whole()),
    "G520 sides that change": (
        "G520", TWO_SECTIONS.format("SOU", "NOR"), TWO_SECTIONS.format("NOR", "SOU")
    ),
    "G520 one party on both sides": (
        "G520",
        whole(of="section Main with NOR on the right, NOR on the left"),
        whole(of="section Main with NOR on the right, SOU on the left"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", DEFECTS)
def test_the_defect_is_found(name: str) -> None:
    """The rule finds the defect where it stands."""
    code, planted, _ = DEFECTS[name]
    assert found(planted, code)


@pytest.mark.parametrize("name", DEFECTS)
def test_without_the_defect_the_rule_is_silent(name: str) -> None:
    """The rule says nothing of the same description without the defect."""
    code, _, clean = DEFECTS[name]
    assert found(clean, code) == []
