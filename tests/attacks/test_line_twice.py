"""The cheat: a line that is in force is put in force once more under another name, so that one of the two outlives the other."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from geographiclib.geodesic import Geodesic as Oracle

from fakes.desks import Desks
from merestone.casefile.register.proposing import Wanted
from merestone.casefile.register.reviewing import review
from merestone.casefile.register.views import cautions
from merestone.register.objects import Kind, Status

HEAD = """boundary «A line»
reading by «the test» on 2026-11
parties AAA «A», BBB «B»
frame WGS 84 (G1762) epoch 2016.0
"""


def text(*places: tuple[str, str], kind: str = "geodesic", head: str = HEAD) -> str:
    """A description of one section through places (latitude, longitude in degrees)."""
    points = "".join(f"point P{at} at {lat}° N {lon}° E\n" for at, (lat, lon) in enumerate(places))
    legs = "".join(f"  leg {at} {kind} to P{at}\n" for at in range(1, len(places)))
    return f"{head}{points}section Main «the line»\n  from P0\n{legs}"


ROUTE = (("10", "20"), ("10.5", "20.6"), ("10.2", "21.3"))
IN_FORCE = text(*ROUTE)
INVERSE = Oracle.WGS84.Inverse


@pytest.fixture(scope="module")
def desks(tmp_path_factory: pytest.TempPathFactory) -> Desks:
    """A register in which the line of three points is in force as «North» from 2027 to 2030."""
    desks = Desks(tmp_path_factory.mktemp("twice")).charter()
    path = desks.folder / "north.boundary"
    path.write_text(IN_FORCE, encoding="utf-8")
    desks.agree(Wanted("North", Status.SIGNED, texts={"en": path}))
    desks.agree(Wanted("North", Status.IN_FORCE, "2027-01-01", "2030-01-01"))
    return desks


def said(desks: Desks, *words: str, section: str = "South", **changed: str) -> list[str]:
    """What is said of a proposal with these words before it is signed, and of nothing but lines beside it."""
    path = desks.folder / "south.boundary"
    path.write_text(words[0], encoding="utf-8")
    wanted = Wanted(section, Status.SIGNED, texts={"en": path}, **changed)  # type: ignore[arg-type]
    offer = desks.propose(wanted)
    with desks.desk("a") as desk:
        lying = desk.offer(offer.digest)
        before = list(cautions(desk, lying.envelope))
        shown = review(desk, lying).shown
        assert list(shown.cautions) == before
        assert ("CAUTION" in shown.text) is bool(before)
        assert shown.facts["cautions"] == before
        assert shown.refusals == ()
        desk.discard(lying)
    return before


def test_the_same_bytes(desks: Desks) -> None:
    """The very same line under another name is named with the entry that put it in force."""
    (sentence,) = said(desks, IN_FORCE)
    assert sentence == (
        "section South: its line is byte for byte the line of section North, in force from 2027-01-01 to 2030-01-01 by entry 2/0"
    )


def test_written_from_the_other_end(desks: Desks) -> None:
    """The same places in the opposite order are the same line on the ground."""
    (sentence,) = said(desks, text(*reversed(ROUTE)))
    assert "is the line of section North" in sentence
    assert "written from the other end; the two lines are at most 0.000 m apart" in sentence


def test_other_words_for_the_same_line(desks: Desks) -> None:
    """Another title, another point between, another epoch: other bytes, and the same line."""
    for words in (IN_FORCE.replace("A line", "Another line"), IN_FORCE.replace("2016.0", "2020.0")):
        (sentence,) = said(desks, words)
        assert "is the line of section North" in sentence
        assert "other end" not in sentence


def test_a_stretch_of_it(desks: Desks) -> None:
    """A line that shares one leg and goes elsewhere from there is told with the length of that leg, as geographiclib has it."""
    (sentence,) = said(desks, text(ROUTE[2], ROUTE[1], ("12", "20")))
    shared_m = INVERSE(10.2, 21.3, 10.5, 20.6)["s12"]
    found = re.search(r"which is written in the other direction, for ([\d,.]+) m; its length is ([\d,.]+) m", sentence)
    assert found
    assert float(found[1].replace(",", "")) == pytest.approx(shared_m, abs=3.0)
    assert float(found[2].replace(",", "")) == pytest.approx(shared_m + INVERSE(10.5, 20.6, 12, 20)["s12"], abs=0.1)


def test_half_a_metre_off(desks: Desks) -> None:
    """Within a metre it is one line on the ground; three metres off it is another."""
    near = [(f"{float(lat) + 0.5 / 110_600:.9f}", lon) for lat, lon in ROUTE]
    (sentence,) = said(desks, text(*near))
    assert "is the line of section North" in sentence
    assert said(desks, text(*[(f"{float(lat) + 3.0 / 110_600:.9f}", lon) for lat, lon in ROUTE])) == []


def test_in_another_frame(desks: Desks) -> None:
    """The same figures in another frame are other places, and near: said, with both frames."""
    (sentence,) = said(desks, text(*ROUTE, head=HEAD.replace("WGS 84 (G1762) epoch 2016.0", "ED50")))
    assert "ED50" in sentence
    assert "compared as printed" in sentence


@pytest.mark.parametrize(
    "places",
    [
        (("9", "20.3"), ("12", "20.3")),  # crosses
        (ROUTE[2], ("10.2", "22")),  # goes on from the end
        (("10", "20"), ("9", "20")),  # begins where it begins
        (("50", "100"), ("51", "101")),  # nowhere near
    ],
)
def test_lines_that_only_meet(desks: Desks, places: tuple[tuple[str, str], ...]) -> None:
    """Honest lines cross, meet and go on: nothing is said of them."""
    assert said(desks, text(*places)) == []


def test_the_section_itself_may_go_on(desks: Desks) -> None:
    """An amendment of the section that is in force is no second name, even where most of the line stays."""
    assert said(desks, text(*ROUTE, ("10.2", "22")), section="North") == []


def test_on_other_dates_it_is_free(desks: Desks) -> None:
    """A line that ended may be put in force under another name afterwards; on a day of both it is said."""
    path = desks.folder / "later.boundary"
    path.write_text(IN_FORCE, encoding="utf-8")
    desks.agree(Wanted("East", Status.SIGNED, texts={"en": path}))
    for begin, end, count in (("2030-01-01", "", 0), ("2029-12-31", "", 1), ("2020-01-01", "2027-01-01", 0)):
        offer = desks.propose(Wanted("East", Status.IN_FORCE, begin, end))
        with desks.desk("a") as desk:
            assert len(cautions(desk, offer.envelope)) == count
            desk.discard(offer)


def test_twice_in_one_act_and_in_two_offers(desks: Desks) -> None:
    """Neither is in force yet, and together they would be: the other section of the act, or the other offer, is named."""
    path = desks.folder / "new.boundary"
    path.write_text(text(("40", "20"), ("41", "20")), encoding="utf-8")
    names = ("One", "Two")
    for name in names:
        desks.agree(Wanted(name, Status.SIGNED, texts={"en": path}))
    wanted = [Wanted(name, Status.IN_FORCE, "2040-01-01") for name in names]
    both = desks.propose(*wanted, kind=Kind.EXCHANGE)
    one, _ = (desks.propose(each) for each in wanted)
    with desks.desk("a") as desk:
        told = cautions(desk, both.envelope)
        assert sum("of this act" in each for each in told) == 2
        assert any("section Two of the offer" in each for each in cautions(desk, one.envelope))


def test_what_has_no_line_has_nothing_beside_it(desks: Desks, tmp_path: Path) -> None:
    """Words alone, and a withdrawal, draw nothing."""
    offer = desks.propose(Wanted("Words", Status.SIGNED, texts={"en": desks.words()}))
    with desks.desk("a") as desk:
        assert cautions(desk, offer.envelope) == ()
