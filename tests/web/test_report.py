"""The report in a real browser: pointing at either side lights the other, by pointer and by keyboard, without a request."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest

from fakes import boundary_lines as lines
from fakes import reports
from merestone.publish.report.model import Direction
from merestone.publish.report.page import report
from opened_page import Opened, problems_of_axe

if TYPE_CHECKING:
    from playwright.sync_api import Browser

PAGES = {
    "libya-chad": reports.libya_chad(),
    "gap-and-ring": reports.of(lines.ordinary(), lines.findings()),
    "hostile": reports.of(lines.hostile(), lines.findings()),
    "right-to-left": replace(reports.libya_chad(), direction=Direction.RIGHT_TO_LEFT),
    "many-legs": reports.many_legs(30),
}


@pytest.fixture
def opened(browser: Browser, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Opened]:
    """The page of Libya and Chad, or the one a test names."""
    name = getattr(request, "param", "libya-chad")
    file = tmp_path / "page.html"
    file.write_bytes(report(PAGES[name]))
    page = browser.new_page(viewport={"width": 1400, "height": 900}, reduced_motion="reduce")
    yield Opened(page, file)
    page.close()


@pytest.mark.parametrize("opened", sorted(PAGES), indirect=True)
def test_the_page_opens_without_a_request_or_a_complaint(opened: Opened) -> None:
    """Opening a page asks for its own file only, and neither the policy nor the script complains."""
    opened.page.wait_for_timeout(100)
    assert len(opened.requests) == 1
    assert opened.complaints == []


def test_pointing_at_a_straight_line_lights_its_leg_and_its_profile(opened: Opened) -> None:
    """«a straight line» of the second leg lights that leg on the map and shows the chart of its readings."""
    opened.page.hover("#clause-l2 .open-word")
    assert {"clause-l2", "map-l2", "row-l2"} <= {one.split(" ")[0] for one in opened.lit()} | set(opened.lit())
    assert "map-l1" not in opened.lit()
    assert opened.page.inner_text("figure.shown figcaption").startswith("Leg 2")
    assert "near" in str(opened.page.get_attribute("#map-v2", "class"))


def test_pointing_at_a_leg_on_the_map_lights_its_clause(opened: Opened) -> None:
    """The stroke of a leg catches the pointer and lights the words."""
    opened.page.hover("#map-l1 .hit", force=True, position={"x": 120, "y": 70})
    box = opened.page.locator("#map-l1 .badge").bounding_box()
    assert box is not None
    opened.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    assert {"clause-l1", "map-l1", "row-l1"} <= set(opened.lit())


def test_pointing_at_a_row_lights_the_vertex(opened: Opened) -> None:
    """A row of the table of coordinates lights the point on the map and its clause, and what leaves it is near."""
    opened.page.hover("#row-v2 td >> nth=0")
    assert {"row-v2", "map-v2", "clause-v2"} <= set(opened.lit())
    assert "near" in str(opened.page.get_attribute("#clause-l1", "class"))


def test_a_click_pins_and_escape_lets_go(opened: Opened) -> None:
    """What was clicked stays lit while the pointer is elsewhere, until Escape."""
    opened.page.click("#clause-l2 h4 a")
    opened.page.mouse.move(2, 2)
    assert "map-l2" in opened.lit()
    assert opened.page.get_attribute("#map-l2", "aria-current") == "true"
    opened.page.keyboard.press("Escape")
    assert opened.lit() == []


def test_the_keyboard_reaches_both_sides(opened: Opened) -> None:
    """One tab stop for the clauses and one for the legs of the map; arrows go through them and light the other side."""
    seen = []
    for _ in range(40):
        opened.page.keyboard.press("Tab")
        seen.append(opened.focused())
    assert "clause-l1" in seen
    assert "map-l1" in seen
    assert opened.page.get_attribute("#clause-l2 h4 a", "tabindex") == "-1"
    opened.page.focus("#map-l1")
    opened.page.keyboard.press("ArrowRight")
    assert opened.focused() == "map-l2"
    assert {"clause-l2", "map-l2"} <= set(opened.lit())
    opened.page.focus("#clause-l1 h4 a")
    opened.page.keyboard.press("ArrowDown")
    assert opened.focused() == "clause-l2"
    opened.page.keyboard.press("Enter")
    assert opened.page.get_attribute("#map-l2", "aria-current") == "true"


def test_the_map_is_enlarged_by_wheel_button_and_key(opened: Opened) -> None:
    """Wheel, plus button and plus key enlarge; 0 shows the whole line; the scale bar follows."""
    whole = opened.view()
    bar = opened.page.text_content("#map .bar text:not(.zero)")
    box = opened.page.locator("#map").bounding_box()
    assert box is not None
    opened.page.mouse.move(box["x"] + 200, box["y"] + 100)
    opened.page.mouse.wheel(0, -600)
    opened.page.wait_for_function("document.getElementById('view').getAttribute('viewBox') !== '0 0 720 420'")
    wheeled = opened.view()
    assert wheeled[2] < whole[2]
    assert opened.page.text_content("#map .bar text:not(.zero)") != bar
    opened.page.click(".tools [data-act=in]")
    assert opened.view()[2] < wheeled[2]
    opened.page.focus("#map-l1")
    opened.page.keyboard.press("Shift+ArrowRight")
    assert opened.view()[0] > 0
    opened.page.keyboard.press("0")
    assert opened.view() == whole


def test_a_link_with_a_key_opens_pinned(opened: Opened, browser: Browser) -> None:
    """The address of a leg can be sent to another person: it opens with that leg lit."""
    page = browser.new_page()
    page.goto(f"{opened.page.url}#clause-l2")
    assert page.get_attribute("#map-l2", "aria-current") == "true"
    page.close()


def test_without_its_script_the_page_still_ties_both_sides(opened: Opened, browser: Browser) -> None:
    """With scripts off every tie is a link, and every chart is shown."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(opened.page.url)
    assert page.get_attribute("#clause-l1 h4 a", "href") == "#map-l1"
    assert [page.locator(".profiles figure").nth(k).is_visible() for k in range(2)] == [True, True]
    context.close()


@pytest.mark.parametrize("opened", ["libya-chad", "right-to-left", "gap-and-ring"], indirect=True)
def test_the_page_never_scrolls_sideways(opened: Opened) -> None:
    """Down to 320 pixels only tables and quoted lines scroll by themselves (WCAG 2.2, 1.4.10)."""
    for width in (320, 390, 768, 1400):
        opened.page.set_viewport_size({"width": width, "height": 800})
        assert opened.page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("opened", ["libya-chad", "gap-and-ring"], indirect=True)
def test_axe_finds_nothing(opened: Opened, scheme: Literal["light", "dark"]) -> None:
    """The rules of axe for WCAG 2.2 AA find no violation, in either colour scheme, with a leg lit."""
    opened.page.emulate_media(color_scheme=scheme)
    opened.page.hover(".clause >> nth=0")
    assert problems_of_axe(opened) == []


@pytest.mark.parametrize("opened", ["libya-chad", "right-to-left"], indirect=True)
def test_the_whole_text_stands_line_below_line(opened: Opened) -> None:
    """Every line of the compiled text has a row of its own, on the screen and in print; on paper none is cut off."""
    tops = "[...document.querySelectorAll('#text .row')].map(e => e.getBoundingClientRect().top)"
    for medium in ("screen", "print"):
        opened.page.emulate_media(media=medium)
        places = opened.page.evaluate(tops)
        assert len(places) > 1
        assert all(lower > upper for upper, lower in itertools.pairwise(places)), medium
    opened.page.set_viewport_size({"width": 700, "height": 900})
    widest = "Math.max(...[...document.querySelectorAll('#text .row')].map(e => e.getBoundingClientRect().right))"
    assert opened.page.evaluate(widest) <= 700


@pytest.mark.parametrize("opened", ["gap-and-ring"], indirect=True)
def test_the_card_of_a_gap_names_both_ends(opened: Opened) -> None:
    """A gap whose far end has no place says so under its name; the near end is not printed twice."""
    said = opened.page.inner_text(".clause.gap .ends >> nth=0")
    assert " ".join(said.split()) == "from C to D (position not known)"


@pytest.mark.parametrize("opened", ["many-legs"], indirect=True)
def test_a_heading_sorts_its_table(opened: Opened) -> None:
    """A click on a heading puts the greatest first, a second one the least; the heading says which."""
    heading = opened.page.locator("#legs thead button", has_text="Length").first
    lengths = "[...document.querySelectorAll('#legs tbody tr')].map(tr => +tr.cells[1].textContent.replaceAll(',', ''))"
    heading.click()
    falling = opened.page.evaluate(lengths)
    heading.click()
    rising = opened.page.evaluate(lengths)
    assert len(set(falling)) > 2
    assert falling == sorted(falling, reverse=True)
    assert rising == sorted(falling)
    assert opened.page.get_attribute("#legs th[aria-sort]", "aria-sort") == "ascending"


@pytest.mark.parametrize("opened", ["libya-chad", "gap-and-ring"], indirect=True)
def test_no_table_hides_its_figures(opened: Opened) -> None:
    """At 1440 pixels the tables of legs and readings show every column without scrolling."""
    opened.page.set_viewport_size({"width": 1440, "height": 900})
    script = (
        "[...document.querySelectorAll('#legs .scroll, #readings .scroll')].map(e => e.scrollWidth - e.clientWidth)"
    )
    assert [wide for wide in opened.page.evaluate(script) if wide > 0] == []


@pytest.mark.parametrize("opened", sorted(PAGES), indirect=True)
def test_print_says_nothing_twice(opened: Opened) -> None:
    """On paper one chart stands beside the map, and notes stand in the table of findings alone; errors and open words stay
    with their words. The page of an Act with 19 legs had 28 sheets of paper and has 16."""
    opened.page.emulate_media(media="print")
    shown = "sel => [...document.querySelectorAll(sel)].filter(e => getComputedStyle(e).display !== 'none').length"
    assert opened.page.evaluate(shown, ".profiles figure") == min(1, opened.page.locator(".profiles figure").count())
    assert opened.page.evaluate(shown, ".clause .finding.is-note") == 0
    others = opened.page.locator(".clause .finding:not(.is-note)").count()
    assert opened.page.evaluate(shown, ".clause .finding:not(.is-note)") == others
    notes = opened.page.locator(".clause .finding.is-note").count()
    assert opened.page.evaluate(shown, "#findings tbody tr") >= notes
