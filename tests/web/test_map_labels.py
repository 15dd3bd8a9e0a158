"""Labels of a comparison's map cover nothing else at any size that a reader sees, by the boxes of a real browser."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from fakes import comparisons
from merestone.publish.comparison.export import ComparisonExport
from merestone.publish.comparison.report.page import report

if TYPE_CHECKING:
    from playwright.sync_api import Browser

LONG = ("The Democratic and Federative Republic of Upper Avalon", "United Principalities of Northern Borduria")
CLOSE = (900.0, -700.0, 800.0, -600.0, 500.0, -750.0, 650.0, -800.0, 700.0, -500.0)
COMPARISONS = {
    "ten close together": comparisons.of(
        comparisons.Sketch(amplitudes_m=CLOSE, size_m=60_000.0, exclave=False, tail=False)
    ),
    "sixty": comparisons.many_zones(60),
    "long names": comparisons.of(comparisons.Sketch(sides=LONG, claimants=LONG)),
    "antimeridian": comparisons.over_the_antimeridian(),
}
SIZES = {"wide": (1440, 900), "narrow": (1024, 768), "telephone": (375, 700)}
OVERLAPS = """() => {
  const texts = [...document.querySelectorAll('#map text')].filter(t => t.textContent.trim() && t.checkVisibility());
  const boxes = texts.map(t => [t.textContent, t.getBoundingClientRect()]), map = document.getElementById('map');
  const on = map.getBoundingClientRect(), found = [];
  boxes.forEach(([name, a], i) => boxes.slice(0, i).forEach(([other, b]) => {
    const wide = Math.min(a.right, b.right, on.right) - Math.max(a.left, b.left, on.left);
    const high = Math.min(a.bottom, b.bottom, on.bottom) - Math.max(a.top, b.top, on.top);
    if (wide > 1.5 && high > 1.5) found.push(`${name} / ${other}`);
  }));
  const unlisted = [...document.querySelectorAll('#map .number')].filter(g => !document.getElementById('row-' + g.dataset.k));
  return [texts.filter(t => t.closest('.number')).length, found, unlisted.length];
}"""


@pytest.mark.parametrize("size", sorted(SIZES))
@pytest.mark.parametrize("name", sorted(COMPARISONS))
def test_no_label_covers_another(browser: Browser, tmp_path: Path, name: str, size: str) -> None:
    """On a wide screen, in a narrow column and on a telephone, whole and enlarged, no text of the map covers another;
    some zones are numbered, and every zone, numbered on the map or not, has its row in the table."""
    file = tmp_path / "comparison.html"
    file.write_bytes(report(ComparisonExport(COMPARISONS[name])))
    wide, high = SIZES[size]
    page = browser.new_page(viewport={"width": wide, "height": high}, reduced_motion="reduce")
    page.goto(file.as_uri())
    shown, overlaps, unlisted = page.evaluate(OVERLAPS)
    assert (overlaps, unlisted) == ([], 0)
    assert shown >= min(5, len(COMPARISONS[name].zones))
    page.click("[data-act=in]")
    assert page.evaluate(OVERLAPS)[1] == []
    page.emulate_media(media="print")
    assert page.evaluate(OVERLAPS)[1] == []
    page.close()
