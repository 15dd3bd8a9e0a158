"""The page: self-contained, safe, the same bytes every time, both sides tied."""

from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256
from xml.etree import ElementTree as ET

import numpy as np
import pytest

from fakes import boundary_lines as lines
from fakes import reports
from merestone.publish.report.model import Direction, LegReadings, Matter, Profile
from merestone.publish.report.page import report
from merestone.publish.report.picture import NoPictureError, picture
from merestone.publish.report.script import SCRIPT
from merestone.publish.report.sorting import SORTING
from page_reader import Page

MATTERS = {
    "Libya and Chad": reports.libya_chad(),
    "a gap and a ring": reports.of(lines.ordinary(), lines.findings()),
    "hostile": reports.of(lines.hostile(), lines.findings()),
    "over the antimeridian": reports.of(lines.over_the_antimeridian()),
    "near the pole": reports.near_the_pole(),
    "one tiny leg": reports.one_tiny_leg(),
    "nothing": reports.of(lines.boundary_line((), ())),
    "no frame": reports.of(lines.boundary_line((), (lines.point("A", 1.0, 2.0),), frame=None)),
}


@pytest.fixture(params=sorted(MATTERS))
def matter(request: pytest.FixtureRequest) -> Matter:
    """Each of the pages' matters in turn."""
    return MATTERS[request.param]


def test_the_same_input_gives_the_same_bytes(matter: Matter) -> None:
    """Composing a page twice gives identical bytes."""
    assert report(matter) == report(matter)


def test_the_page_asks_for_nothing(matter: Matter) -> None:
    """No element loads anything, no style sheet imports or draws from a file, and every link stays in the page."""
    page = Page(report(matter))
    assert not {"img", "link", "iframe", "object", "embed", "base", "form", "video", "audio"} & {
        t for t, _ in page.elements
    }
    assert not page.every("src")
    assert all(link.startswith("#") for link in page.every("href"))
    assert not re.search(r"url\(|@import|@font-face", page.raw["style"])
    assert not re.search(r"fetch|XMLHttpRequest|WebSocket|import\(|innerHTML|eval\(", page.raw["script"])


def test_the_policy_allows_this_style_and_script_and_nothing_else(matter: Matter) -> None:
    """The policy is `none` but for the digests of the one style sheet and the one script, and no attribute needs more."""
    page = Page(report(matter))
    policy = next(held["content"] for _, held in page.elements if held.get("http-equiv") == "Content-Security-Policy")
    assert policy is not None
    for kind in ("style", "script"):
        digest = b64encode(sha256(page.raw[kind].encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    assert not page.every("style")
    assert not [name for _, held in page.elements for name in held if name.startswith("on")]


def test_every_text_is_escaped() -> None:
    """A line whose every name is an attack gives a page with one script, ours, and no stray element."""
    page = Page(report(MATTERS["hostile"]))
    assert [tag for tag, _ in page.elements].count("script") == 1
    assert page.raw["script"] == f"{SCRIPT}{SORTING}"
    assert "\u202e" not in report(MATTERS["hostile"]).decode()


def test_every_link_leads_somewhere_and_every_id_is_one(matter: Matter) -> None:
    """Identifiers are unique, and each link inside the page has its target."""
    page = Page(report(matter))
    ids = page.every("id")
    assert len(ids) == len(set(ids))
    assert {link[1:] for link in page.every("href")} <= set(ids)


def test_words_line_and_tables_are_tied() -> None:
    """Each leg has a clause, a stroke on the map, a row and a chart under one key, and each point likewise."""
    page = Page(report(MATTERS["Libya and Chad"]))
    held = [(tag, attributes.get("id")) for tag, attributes in page.elements if attributes.get("data-k") == "l1"]
    assert ("li", "clause-l1") in held
    assert ("a", "map-l1") in held
    assert ("tr", "row-l1") in held
    assert ("figure", None) in held
    points = {attributes.get("id") for _, attributes in page.elements if attributes.get("data-k") == "v2"}
    assert {"clause-v2", "map-v2", "row-v2"} <= points


def test_a_leg_knows_its_ends_and_a_point_its_legs() -> None:
    """What is lit beside a leg are its two ends; beside a point, the legs that meet there."""
    page = Page(report(MATTERS["Libya and Chad"]))
    near = {held.get("id"): held.get("data-near") for _, held in page.elements}
    assert near["map-l1"] == "v1 v2"
    assert near["map-v2"] == "l1 l2"


def test_the_open_words_are_marked_in_the_instruments_own_words() -> None:
    """«a straight line» is marked where the leg was read, in whatever language the instrument has."""
    page = report(MATTERS["Libya and Chad"]).decode()
    assert page.count('<em class="open-word">a straight line</em>') == 2


def test_a_finding_shows_its_place_with_carets() -> None:
    """The line that a finding points to is printed with the words marked and carets under them."""
    page = report(MATTERS["Libya and Chad"]).decode()
    assert "leg 1 <mark>straight</mark> to B" in page
    assert '<span class="caret" aria-hidden="true">             ^^^^^^^^</span>' in page
    assert "a protocol that names the kind of line" in page


def test_the_digest_is_that_of_the_text() -> None:
    """The page names the text that it was compiled from by its SHA-256, in full."""
    assert sha256(reports.SOURCE.encode()).hexdigest() in report(MATTERS["Libya and Chad"]).decode()


def test_the_parties_stand_in_the_order_of_the_alphabet_whatever_the_text_has() -> None:
    """Swapping the parties in the description does not change their order at the head of the page."""
    page = report(MATTERS["Libya and Chad"]).decode()
    assert "<li><bdi>Chad</bdi></li><li><bdi>Libya</bdi></li>" in page


def test_the_greatest_offset_is_marked_with_place_and_value() -> None:
    """The chart of leg 1 marks six kilometres about the middle of the leg."""
    page = report(MATTERS["Libya and Chad"]).decode()
    found = re.search(r'class="value"[^>]*>([\d.]+) km at (\d+) km<', page)
    assert found is not None
    assert float(found[1]) == pytest.approx(6.0, abs=0.05)
    assert 440 < float(found[2]) < 500


def test_a_profile_of_nothing_is_a_flat_line() -> None:
    """Readings that do not part at all give a chart and not a division by zero."""
    flat = Profile("geodesic", "loxodrome", np.linspace(0.0, 10.0, 3), np.zeros(3), 0.0, 0.0)
    page = report(replace(MATTERS["Libya and Chad"], readings=(LegReadings("Main", "1", (), (flat,)),))).decode()
    assert 'd="Mnan' not in page
    assert "are at most 0 m apart" in page


def test_the_page_can_run_from_right_to_left() -> None:
    """The direction of the page is a setting."""
    assert (
        '<html lang="en" dir="rtl">' in report(replace(MATTERS["nothing"], direction=Direction.RIGHT_TO_LEFT)).decode()
    )


def test_a_long_line_stays_a_page() -> None:
    """Tables stop at two thousand rows and say so; markers stop with them."""
    places = tuple((20.0 + k * 1e-3, 40.0 + (k % 7) * 1e-4) for k in range(3_000))
    chain = lines.leg("1", "Long", places, ("A", *("" for _ in places[2:]), "B"))
    page = report(reports.of(lines.boundary_line((lines.section("Long", (chain,)),), ()))).decode()
    assert "The first 2,000 of 3,000 rows; the coordinate catalogue has all of them." in page
    assert page.count('class="bend"') <= 1_500


def test_the_script_is_small() -> None:
    """The script stays under twelve kilobytes, that of the tables included."""
    assert len(SCRIPT.encode()) + len(SORTING.encode()) < 12_000


def test_the_picture_is_well_formed_and_stands_alone() -> None:
    """The standalone picture is XML without script or link to anything."""
    made = picture(MATTERS["Libya and Chad"])
    root = ET.fromstring(made)  # noqa: S314 (our own bytes)
    names = {node.tag.rpartition("}")[2] for node in root.iter()}
    assert not {"script", "a", "image", "use", "foreignObject"} & names
    assert b"href" not in made
    assert "a straight line" in "".join(root.itertext())
    assert made == picture(MATTERS["Libya and Chad"])


def test_no_picture_of_a_line_without_a_frame() -> None:
    """A picture of a line without a frame is refused."""
    with pytest.raises(NoPictureError):
        picture(MATTERS["no frame"])
