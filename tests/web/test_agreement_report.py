"""The page of a comparison of many lines in a real browser: strip, map and table light together."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from fakes import agreements
from merestone.publish.agreement.export import AgreementExport
from merestone.publish.agreement.report.page import report
from opened_page import Opened, problems_of_axe

if TYPE_CHECKING:
    from playwright.sync_api import Browser

PAGES = {
    "ordinary": agreements.ordinary(),
    "hostile": agreements.hostile(),
    "identical": agreements.identical(),
    "strangers": agreements.strangers(),
}


@pytest.fixture
def opened(browser: Browser, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Opened]:
    """The page of the ordinary comparison, or the one a test names."""
    file = tmp_path / "agreement.html"
    file.write_bytes(report(AgreementExport(PAGES[getattr(request, "param", "ordinary")])))
    page = browser.new_page(viewport={"width": 1400, "height": 900}, reduced_motion="reduce")
    yield Opened(page, file)
    page.close()


def lit_keys(opened: Opened) -> set[tuple[str, str]]:
    """The names of the elements that are lit, with their keys."""
    script = "[...document.querySelectorAll('.lit')].map(e => [e.localName, e.dataset.k])"
    return {(str(name), str(key)) for name, key in opened.page.evaluate(script)}


@pytest.mark.parametrize("opened", sorted(PAGES), indirect=True)
def test_the_page_opens_without_a_request_or_a_complaint(opened: Opened) -> None:
    """Opening a page asks for its own file only, and neither the policy nor the script complains."""
    opened.page.wait_for_timeout(100)
    assert len(opened.requests) == 1
    assert opened.complaints == []


def test_pointing_at_the_strip_lights_map_and_row_and_says_who_agrees(opened: Opened) -> None:
    """The pointer over a run of the strip lights its part of the map and its row; its words stand below."""
    opened.page.hover(".strip .hit[data-k=r1]")
    assert lit_keys(opened) == {("a", "r1"), ("g", "r1"), ("tr", "r1")}
    assert "together" in opened.page.inner_text(".strips output")


def test_pointing_at_a_line_lights_its_band_and_the_line(opened: Opened) -> None:
    """The row of a line lights its name on the strip, the line on the map and its entry in the legend."""
    opened.page.hover("#row-v2 td >> nth=1")
    assert lit_keys(opened) == {("tr", "v2"), ("g", "v2"), ("li", "v2")}


def test_the_strip_is_walked_by_keyboard(opened: Opened) -> None:
    """The strip is one stop of the tab key; arrows go from run to run, and each is told."""
    opened.page.focus(".strip .hit[data-k=r1]")
    opened.page.keyboard.press("ArrowRight")
    assert ("a", "r2") in lit_keys(opened)
    assert opened.page.evaluate("document.querySelectorAll('.strip .hit[tabindex=\"0\"]').length") == 1


@pytest.mark.parametrize("opened", ["ordinary", "hostile"], indirect=True)
@pytest.mark.parametrize("width", [1280, 420])
def test_the_page_is_as_wide_as_the_window(opened: Opened, width: int) -> None:
    """Nothing makes the page scroll sideways, on a desk or on a phone."""
    opened.page.set_viewport_size({"width": width, "height": 900})
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("opened", ["ordinary", "strangers"], indirect=True)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_keeps_the_rules_of_access(opened: Opened, scheme: str) -> None:
    """Axe finds nothing against WCAG 2.2 AA in either colour scheme."""
    opened.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    assert problems_of_axe(opened) == []
