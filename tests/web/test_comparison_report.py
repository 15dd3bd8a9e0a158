"""The report of a comparison in a real browser: map, profile and table light together, by pointer and by keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest

from fakes import comparisons
from merestone.publish.comparison.export import ComparisonExport
from merestone.publish.comparison.report.page import report
from opened_page import Opened, problems_of_axe

if TYPE_CHECKING:
    from playwright.sync_api import Browser

PAGES = {
    "ordinary": comparisons.ordinary(),
    "hostile": comparisons.hostile(),
    "identical": comparisons.identical(),
    "one zone": comparisons.one_zone(),
    "antimeridian": comparisons.over_the_antimeridian(),
    "nobody named": comparisons.nobody_named(),
}


@pytest.fixture
def opened(browser: Browser, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Opened]:
    """The page of the ordinary comparison, or the one a test names."""
    file = tmp_path / "comparison.html"
    file.write_bytes(report(ComparisonExport(PAGES[getattr(request, "param", "ordinary")])))
    page = browser.new_page(viewport={"width": 1400, "height": 900}, reduced_motion="reduce")
    yield Opened(page, file)
    page.close()


def lit_keys(opened: Opened) -> list[tuple[str, str]]:
    """The keys of what is lit, each with the name of its element."""
    script = "[...document.querySelectorAll('.lit')].map(e => [e.localName, e.dataset.k])"
    return [(str(name), str(key)) for name, key in opened.page.evaluate(script)]


@pytest.mark.parametrize("opened", sorted(PAGES), indirect=True)
def test_the_page_opens_without_a_request_or_a_complaint(opened: Opened) -> None:
    """Opening a page asks for its own file only, and neither the policy nor the script complains."""
    opened.page.wait_for_timeout(100)
    assert len(opened.requests) == 1
    assert opened.complaints == []


def test_pointing_at_a_row_lights_map_and_both_profiles(opened: Opened) -> None:
    """The row of zone 6 lights its shape and name on the map, its band in both profiles, and nothing of another zone."""
    opened.page.hover("#row-z6 td >> nth=1")
    lit = lit_keys(opened)
    assert {key for _, key in lit} == {"z6"}
    assert [name for name, _ in lit].count("a") == 3
    assert ("tr", "z6") in lit


def test_pointing_at_a_profile_lights_the_row_and_walks_on_the_map(opened: Opened) -> None:
    """The pointer over a band of the profile lights its zone, says how far the lines part there, and shows it on the map."""
    band = opened.page.locator("figure[data-from=first] .band[data-k=z6]")
    band.scroll_into_view_if_needed()
    box = band.bounding_box()
    assert box is not None
    opened.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    assert ("tr", "z6") in lit_keys(opened)
    said = opened.page.inner_text("figure[data-from=first] output")
    assert "to the right" in said
    assert "±" in said
    assert opened.page.get_attribute("#probe", "class") == "on"


def test_pointing_at_the_map_lights_the_row(opened: Opened) -> None:
    """The disc of a zone catches the pointer."""
    opened.page.hover("#map-z9 .disc", force=True)
    assert ("tr", "z9") in lit_keys(opened)


def test_a_parting_and_an_unmatched_part_light_on_the_map(opened: Opened) -> None:
    """Rows of stretches light the stretch on the map and, of partings, the bar under the profile."""
    opened.page.hover("#row-p2 td >> nth=1")
    assert {("g", "p2"), ("rect", "p2"), ("tr", "p2")} <= set(lit_keys(opened))
    opened.page.hover("#row-u1 td >> nth=1")
    assert {("a", "u1"), ("tr", "u1")} <= set(lit_keys(opened))


def test_a_click_pins_and_escape_lets_go(opened: Opened) -> None:
    """What was clicked stays lit while the pointer is elsewhere, until Escape."""
    opened.page.click("#row-z2 .tie")
    opened.page.mouse.move(2, 2)
    assert ("tr", "z2") in lit_keys(opened)
    assert opened.page.get_attribute("#map-z2", "aria-current") == "true"
    opened.page.keyboard.press("Escape")
    assert lit_keys(opened) == []


def test_the_keyboard_reaches_everything(opened: Opened) -> None:
    """Zones, bands, sliders and rows each have a tab stop; arrows go through a list, and along the line on a slider."""
    seen = []
    for _ in range(40):
        opened.page.keyboard.press("Tab")
        seen.append(opened.page.evaluate("(e => e.type || e.dataset.k || e.className)(document.activeElement)"))
    assert seen.count("range") == 2
    first, second = opened.page.evaluate(
        "[...document.querySelectorAll('#zones .held tbody tr')].slice(0, 2).map(e => e.dataset.k)"
    )
    opened.page.focus(f"#row-{first} .tie")
    opened.page.keyboard.press("ArrowDown")
    assert {key for _, key in lit_keys(opened)} == {second}
    opened.page.focus("figure[data-from=second] input")
    before = opened.page.inner_text("figure[data-from=second] output")
    for _ in range(5):
        opened.page.keyboard.press("ArrowRight")
    assert opened.page.inner_text("figure[data-from=second] output") != before
    assert opened.page.get_attribute("#probe", "class") == "on turned"


def test_hatches_keep_their_width_when_the_map_is_enlarged(opened: Opened) -> None:
    """Zooming in shrinks the pattern by as much as the drawing grows; discs give way to shapes."""
    before = opened.page.get_attribute("#hatch-left", "patternTransform")
    for _ in range(4):
        opened.page.click(".tools [data-act=in]")
    assert opened.page.get_attribute("#hatch-left", "patternTransform") != before
    assert not opened.page.locator("#map-z1 .disc").is_visible()


def test_without_its_script_the_page_is_whole(opened: Opened, browser: Browser) -> None:
    """With scripts off every tie is a link and both profiles are shown."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(opened.page.url)
    assert page.get_attribute("#row-z1 .tie", "href") == "#map-z1"
    assert [page.locator(".charts figure").nth(k).is_visible() for k in range(2)] == [True, True]
    context.close()


@pytest.mark.parametrize("opened", ["ordinary", "hostile", "identical"], indirect=True)
def test_the_page_never_scrolls_sideways(opened: Opened) -> None:
    """Down to 320 pixels only tables scroll by themselves (WCAG 2.2, 1.4.10)."""
    for width in (320, 390, 768, 1400):
        opened.page.set_viewport_size({"width": width, "height": 800})
        assert opened.page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("opened", ["ordinary", "identical"], indirect=True)
def test_axe_finds_nothing(opened: Opened, scheme: Literal["light", "dark"]) -> None:
    """The rules of axe for WCAG 2.2 AA find no violation, in either colour scheme, with a zone lit where there is one."""
    opened.page.emulate_media(color_scheme=scheme)
    if opened.page.locator("#row-z1").count():
        opened.page.hover("#row-z1 td >> nth=0")
    assert problems_of_axe(opened) == []
