"""The page and the picture of a comparison of many lines: self-contained, safe, strip, map and table tied."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from xml.etree import ElementTree as ET

import numpy as np
import pytest

from fakes import agreements
from merestone.compare.comparison import Settings
from merestone.compare.many.agreed import Agreement
from merestone.compare.many.agreement import agreement
from merestone.publish.agreement.export import AgreementExport
from merestone.publish.agreement.report.page import report
from merestone.publish.agreement.report.picture import picture
from merestone.publish.agreement.report.tones import ABSENT, ALONE, tones
from page_reader import Page

MADE = {
    "ordinary": agreements.ordinary(),
    "identical": agreements.identical(),
    "strangers": agreements.strangers(),
    "hostile": agreements.hostile(),
}


@pytest.fixture(params=sorted(MADE))
def made(request: pytest.FixtureRequest) -> Agreement:
    """Each of the comparisons in turn."""
    return MADE[request.param]


def test_the_page_asks_for_nothing(made: Agreement) -> None:
    """No element loads anything, no style sheet draws from a file, every link has its target in the page."""
    page = Page(report(AgreementExport(made)))
    loading = {"img", "link", "iframe", "object", "embed", "base", "form", "video", "audio"}
    assert not loading & {tag for tag, _ in page.elements}
    assert not page.every("src")
    assert not re.search(r"url\(|@import|@font-face", page.raw["style"])
    ids = page.every("id")
    assert len(ids) == len(set(ids))
    assert {link for link in page.every("href") if link[:1] != "#" or link[1:] not in ids} == set()


def test_the_policy_allows_this_style_and_script_and_nothing_else(made: Agreement) -> None:
    """The policy is `none` but for the digests of the style sheet and the script."""
    page = Page(report(AgreementExport(made)))
    policy = next(held["content"] for _, held in page.elements if held.get("http-equiv") == "Content-Security-Policy")
    for kind in ("style", "script"):
        digest = b64encode(sha256(page.raw[kind].encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in (policy or "")
    assert not page.every("style")


def test_a_run_is_tied_on_strip_map_and_table() -> None:
    """Each run has a place on the strip that says who runs with whom, a part of the map, and a row."""
    page = Page(report(AgreementExport(MADE["ordinary"])))
    held = [(tag, each) for tag, each in page.elements if each.get("data-k") == "r1"]
    assert sorted(tag for tag, _ in held) == ["a", "g", "tr"]
    said = next(each["aria-label"] for tag, each in held if tag == "a")
    assert said is not None
    assert "together" in said


def test_hostile_names_are_text() -> None:
    """Names that mean harm give a page with one script, ours, and a picture that is well-formed XML without one."""
    export = AgreementExport(MADE["hostile"])
    page = Page(report(export))
    assert [tag for tag, _ in page.elements].count("script") == 1
    assert "alert" not in page.raw["script"]
    drawn = picture(export)
    assert not [one for one in ET.fromstring(drawn).iter() if one.tag.endswith("script")]  # noqa: S314 (our own bytes)
    for written in (report(export), drawn):
        assert "\u202e" not in written.decode()


def test_no_number_in_a_drawing_is_none(made: Agreement) -> None:
    """No drawing holds NaN or infinity."""
    for written in (report(AgreementExport(made)), picture(AgreementExport(made))):
        assert not re.search(r'(?:d|x|y|transform)="[^"]*(?:nan|inf)', written.decode())


def test_one_tone_means_one_group(made: Agreement) -> None:
    """In every run two lines have one tone if and only if they are in one group; who is alone or absent has none."""
    for row, run in zip(tones(made).tolist(), made.runs, strict=True):
        for group in run.groups:
            held = {row[line] for line in group}
            assert len(held) == 1
            assert (held == {ALONE}) == (len(group) == 1)
        shared = [row[group[0]] for group in run.groups if len(group) > 1]
        assert len(shared) == len(set(shared))
        assert all(row[line] == ABSENT for line in run.absent)


def test_the_order_of_the_inputs_does_not_choose_a_tone() -> None:
    """The lines in another order have the tones they had."""
    claims = agreements.four_versions()
    one, other = tones(agreement(claims, Settings())), tones(agreement(claims[::-1], Settings()))
    assert np.array_equal(one, other[:, ::-1])
