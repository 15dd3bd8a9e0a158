"""The page of a comparison: self-contained, safe, the same bytes every time, all three sides tied."""

from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256

import numpy as np
import pytest

from fakes import comparisons
from merestone.compare.comparison import Comparison, Side
from merestone.publish.comparison.export import ComparisonExport, Crossing, LiesBetween
from merestone.publish.comparison.figures import sentence
from merestone.publish.comparison.noticed import noticed
from merestone.publish.comparison.report.chart_axes import chart, kept
from merestone.publish.comparison.report.drawn import GRIDS_PX, MOST_PLACES, draw, snapped
from merestone.publish.comparison.report.page import report
from merestone.publish.comparison.report.shown import MOST_ZONES, shown
from merestone.publish.report.markup import text
from merestone.publish.text import unbroken
from page_reader import Page

COMPARISONS = {
    "ordinary": comparisons.ordinary(),
    "identical": comparisons.identical(),
    "one zone": comparisons.one_zone(),
    "antimeridian": comparisons.over_the_antimeridian(),
    "nobody named": comparisons.nobody_named(),
    "hostile": comparisons.hostile(),
}
CROSSINGS = (Crossing("M4", "road", (45.1, 40.7), of_second=True, zone=3),)
BETWEEN = (LiesBetween(3, Side.LEFT, "places", "village", 4, None, 1_200),)


@pytest.fixture(params=sorted(COMPARISONS))
def export(request: pytest.FixtureRequest) -> ComparisonExport:
    """Each of the comparisons in turn, with crossings and what lies between."""
    return ComparisonExport(COMPARISONS[request.param], CROSSINGS, BETWEEN)


def page_of(made: Comparison) -> str:
    return report(ComparisonExport(made, CROSSINGS, BETWEEN)).decode()


def test_the_same_comparison_gives_the_same_bytes(export: ComparisonExport) -> None:
    """Composing a page twice gives identical bytes."""
    assert report(export) == report(export)


def test_the_page_asks_for_nothing(export: ComparisonExport) -> None:
    """No element loads anything, no style sheet draws from a file, and every link stays in the page."""
    page = Page(report(export))
    loading = {"img", "link", "iframe", "object", "embed", "base", "form", "video", "audio"}
    assert not loading & {tag for tag, _ in page.elements}
    assert not page.every("src")
    assert all(link.startswith("#") for link in page.every("href"))
    assert not re.search(r"url\(|@import|@font-face", page.raw["style"])
    assert not re.search(r"fetch|XMLHttpRequest|WebSocket|import\(|innerHTML|eval\(", page.raw["script"])


def test_the_policy_allows_this_style_and_script_and_nothing_else(export: ComparisonExport) -> None:
    """The policy is `none` but for the digests of the one style sheet and the one script; no attribute needs more."""
    page = Page(report(export))
    policy = next(held["content"] for _, held in page.elements if held.get("http-equiv") == "Content-Security-Policy")
    assert policy is not None
    for kind in ("style", "script"):
        digest = b64encode(sha256(page.raw[kind].encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in policy
    assert "unsafe" not in policy
    assert not page.every("style")
    assert not [name for _, held in page.elements for name in held if name.startswith("on")]


def test_every_link_leads_somewhere_and_every_id_is_one(export: ComparisonExport) -> None:
    """Identifiers are unique, and each link inside the page has its target."""
    page = Page(report(export))
    ids = page.every("id")
    assert len(ids) == len(set(ids))
    assert {link[1:] for link in page.every("href")} <= set(ids)


def test_hostile_names_are_text() -> None:
    """A comparison whose every text is an attack gives a page with one script, ours, and no picture."""
    page = Page(page_of(COMPARISONS["hostile"]).encode())
    tags = [tag for tag, _ in page.elements]
    assert tags.count("script") == 1
    assert "img" not in tags
    assert "alert" not in page.raw["script"]
    assert "\u202e" not in page_of(COMPARISONS["hostile"])


def test_no_number_on_the_page_is_none(export: ComparisonExport) -> None:
    """No drawing holds NaN or infinity."""
    assert not re.search(r'(?:d|x|y|transform|points|data-stations)="[^"]*(?:nan|inf)', report(export).decode())


def test_a_zone_is_tied_on_map_profiles_and_table() -> None:
    """Each zone has a shape, a name, a band in either profile and a row, all under one key."""
    page = Page(page_of(COMPARISONS["ordinary"]).encode())
    held = [(tag, attributes.get("class")) for tag, attributes in page.elements if attributes.get("data-k") == "z6"]
    assert sorted(held, key=str) == [
        ("a", "band right"),
        ("a", "band right"),
        ("a", "zone right"),
        ("g", "number"),
        ("tr", None),
    ]


def test_the_first_words_of_the_page_are_the_sentence_and_the_figures() -> None:
    """Before any drawing or table come whose lines these are, the sentence, and four figures."""
    made = COMPARISONS["ordinary"]
    page = page_of(made)
    head = page[page.index("<header>") : page.index("</header>")]
    assert page.index("<header>") < page.index("<svg")
    assert text(unbroken(sentence(made))) in head
    assert head.count('class="value"') == 4
    assert "Not agreed; shown without prejudice" in head
    assert "claim of Avalon, without prejudice" in head


def test_the_drawing_itself_says_whose_lines_these_are() -> None:
    """Inside the map stands that nothing is agreed, and whose claims are drawn."""
    page = page_of(COMPARISONS["ordinary"])
    standing = page[page.index('class="standing"') : page.index('class="neatline"')]
    assert "not agreed" in standing
    assert "claim of Avalon" in standing
    assert "claim of Borduria" in standing


def test_swapping_the_lines_swaps_what_is_shown() -> None:
    """Each zone is drawn as lying on the other side of the first line; its area and verdict stay."""
    made = COMPARISONS["ordinary"]
    one, two = (Page(page_of(each).encode()) for each in (made, comparisons.swapped(made)))
    sides = [
        {
            str(held["id"]): held["class"]
            for tag, held in page.elements
            if tag == "a" and "zone" in str(held.get("class"))
        }
        for page in (one, two)
    ]
    flipped = {"zone left": "zone right", "zone right": "zone left"}
    assert sides[1] == {key: flipped[str(value)] for key, value in sides[0].items()}


def test_too_many_zones_are_counted() -> None:
    """Of 3,001 zones the 500 largest are drawn and listed, the largest first; the page says how many are not."""
    made = comparisons.many_zones()
    page = page_of(made)
    assert "The 500 largest of 3,001 zones are drawn and listed; the other 2,501 hold" in page
    numbers = [int(number) for number in re.findall(r'id="row-z(\d+)"', page)]
    assert len(numbers) == MOST_ZONES
    areas = {zone.number: zone.area_m2 for zone in made.zones}
    wide = [number for number in numbers if number in {zone.number for zone in noticed(made)}]
    assert [areas[number] for number in wide] == sorted((areas[number] for number in wide), reverse=True)
    smallest = min(zone.area_m2 for zone in made.zones if zone.number in set(numbers))
    assert all(zone.area_m2 <= smallest for zone in made.zones if zone.number not in set(numbers))
    assert len(page) < 3_000_000


def test_very_long_lines_stay_a_page() -> None:
    """Two lines of 200,000 vertices give a page of less than three megabytes, with the greatest separation in it."""
    made = comparisons.long_lines(200_000)
    page = page_of(made)
    assert len(page) < 3_000_000
    assert "2.28" in page


def test_chains_are_thinned_to_what_can_be_seen() -> None:
    """Neighbours on one place of the grid become one; no place moves by more than half the grid."""
    turn = np.linspace(0.0, 6.0, 50_000)
    chain = np.column_stack([100 * np.cos(turn), 100 * np.sin(turn)])
    thin = snapped(chain, 0.5)
    assert len(thin) < 2_500
    nearest = [float(np.hypot(*(thin - place).T).min()) for place in chain[::997]]
    assert max(nearest) <= 0.5 * np.sqrt(0.5) + 1e-9


def test_short_lines_are_drawn_to_a_hundredth_of_a_pixel() -> None:
    """Where there are few places the finest grid is used; where there are many, a coarser one that holds them."""
    few = COMPARISONS["ordinary"]
    drawn = draw(few, shown(ComparisonExport(few)))
    assert drawn is not None
    assert drawn.grid_px == GRIDS_PX[0]
    many = comparisons.long_lines(200_000)
    coarser = draw(many, shown(ComparisonExport(many)))
    assert coarser is not None
    places = sum(len(run) for line in coarser.lines for run in line)
    assert coarser.grid_px > GRIDS_PX[0]
    assert places < MOST_PLACES


def test_a_profile_keeps_its_extremes() -> None:
    """Of a profile of 100,000 stations the chart keeps a few thousand, the least and the greatest among them."""
    made = comparisons.long_lines(100_000)
    drawn = chart(made, from_second=False)
    assert drawn is not None
    at = kept(drawn.spans[0])
    separation = made.stretches[0].profiles[0].separation_m
    assert len(at) < 2_000
    assert separation[at].max() == separation.max()
    assert separation[at].min() == separation.min()


def test_several_stretches_lie_one_after_another() -> None:
    """Each stretch has its own span on the axis, in order, without overlap."""
    made = COMPARISONS["ordinary"]
    twice = replace(made, stretches=(made.stretches[0], made.stretches[0]))
    drawn = chart(twice, from_second=True)
    assert drawn is not None
    one, two = drawn.spans.values()
    assert float(one.x(one.reach.to_m)) < float(two.x(two.reach.from_m))


def test_lines_that_never_answer_to_one_another_still_have_a_page() -> None:
    """Without stretches and statistics there is a map of both lines, no profile, and a sentence that says so."""
    made = COMPARISONS["ordinary"]
    apart = replace(made, stretches=(), statistics=None, partings=(), zones=(), shares=(), lengths_m=(0.0, 0.0))
    page = page_of(apart)
    assert "No part of one line corresponds to a part of the other." in page
    assert 'id="map"' in page
    assert "<figure" not in page


def test_the_two_lines_differ_in_more_than_colour() -> None:
    """Each stroke has its own dash and width beside its colour, and neither is unbroken."""
    style = Page(page_of(COMPARISONS["ordinary"]).encode()).raw["style"]
    first, second = (re.search(rf"svg \.stroke-{name}{{([^}}]*)}}", style) for name in ("first", "second"))
    assert first is not None
    assert second is not None
    for name in ("stroke-width", "stroke-dasharray"):
        values = [re.search(rf"{name}:([^;]*)", found[1]) for found in (first, second)]
        assert values[0] is not None
        assert values[1] is not None
        assert values[0][1] != values[1][1]
