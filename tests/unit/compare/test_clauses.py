"""Two versions of a text, clause by clause."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from merestone.compare.texts.answering import longest_rising
from merestone.compare.texts.changed_words import Fate, changed_words
from merestone.compare.texts.clauses import ChangeKind, ClauseChange, clause_differences, legs_that_answer
from merestone.description.format import format_text
from merestone.description.parser import parse
from merestone.description.tree import Description

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"
FILES = sorted(EXAMPLES.rglob("*.boundary"))
LIBYA_CHAD = (EXAMPLES / "libya-chad.boundary").read_text(encoding="utf-8")
BEAGLE = (EXAMPLES / "beagle.boundary").read_text(encoding="utf-8")
TABLE = (EXAMPLES / "french-mediterranean.boundary").read_text(encoding="utf-8")

LEGS = """section Main
  from A
  leg 1 geodesic to B
  leg 2 geodesic to C
    words en «thence to C»
  leg 3 geodesic to D
"""


def tree(text: str) -> Description:
    return parse(text.encode()).description


def changes(old: str, new: str) -> tuple[ClauseChange, ...]:
    return clause_differences(tree(old), tree(new))


def told(old: str, new: str) -> list[tuple[str, str, str]]:
    return [(change.kind.value, change.subject, change.aspect) for change in changes(old, new)]


def put(text: str, old: str, new: str) -> str:
    assert old in text
    return text.replace(old, new, 1)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_layout_is_no_difference(path: Path) -> None:
    """A text and its canonical form say the same, though legs were given names and comments were dropped."""
    text = path.read_bytes().decode("utf-8", "replace")
    bare = re.sub(r"^#.*\n", "", format_text(text), flags=re.MULTILINE)
    assert changes(text, bare) == ()


def test_one_digit_is_shown_in_its_word() -> None:
    """A changed digit is one change of its point, with both canonical texts, both places and the word marked."""
    (change,) = changes(LIBYA_CHAD, put(LIBYA_CHAD, "19°30' N", "19°31' N"))
    assert (change.kind, change.subject, change.aspect) == (ChangeKind.CHANGED, "point P1", "")
    assert change.old == "point P1 at the intersection of meridian 24° E and parallel 19°30' N"
    assert change.new == "point P1 at the intersection of meridian 24° E and parallel 19°31' N"
    assert [run.text.strip() for run in change.words if run.fate is not Fate.KEPT] == ["19°30'", "19°31'"]
    assert change.old_span is not None
    assert LIBYA_CHAD.split("\n")[change.old_span.line - 1].startswith("point P1")


def test_a_leg_put_in_leaves_the_others_their_identity() -> None:
    """Where legs keep their identifiers, an inserted leg is the only change."""
    new = put(LEGS, "  leg 2", "  leg 1a geodesic to X\n  leg 2")
    assert told(LEGS, new) == [("added", "leg 1a of Main", "")]


def test_legs_numbered_anew_are_renamed() -> None:
    """Where a leg was put in and those after it were numbered anew, they are renamed, not changed, and answer so."""
    new = put(LEGS, "leg 3 geodesic", "leg 4 geodesic")
    new = put(new, "leg 2 geodesic to C", "leg 3 geodesic to C")
    new = put(new, "  leg 3", "  leg 2 geodesic to X\n  leg 3")
    assert told(LEGS, new) == [
        ("added", "leg 2 of Main", ""),
        ("renamed", "leg 2 of Main", ""),
        ("renamed", "leg 3 of Main", ""),
    ]
    answers = dict(legs_that_answer(tree(LEGS), tree(new)))
    assert answers == {("Main", str(old)): ("Main", str(there)) for old, there in ((1, 1), (2, 3), (3, 4))}


def test_legs_without_identifiers_answer_by_what_they_say() -> None:
    """Legs without identifiers are matched by sequence, and one that says something else by its place between them."""
    old = re.sub(r"leg \d", "leg", LEGS)
    assert told(old, put(old, "  leg geodesic to C", "  leg geodesic to X\n  leg geodesic to C")) == [
        ("added", "leg 2 of Main", "")
    ]
    assert told(old, put(old, "leg geodesic to C", "leg loxodrome to C")) == [("changed", "leg 2 of Main", "")]


def test_legs_that_changed_places_moved() -> None:
    """Two legs in another order are one move, and say after which they stand now."""
    new = put(LEGS, "  leg 3 geodesic to D\n", "")
    new = put(new, "  leg 1", "  leg 3 geodesic to D\n  leg 1")
    assert told(LEGS, new) == [("moved", "leg 3 of Main", "now the first")]
    assert told(new, LEGS) == [("moved", "leg 3 of Main", "now after leg 2 of Main")]


def test_words_are_told_by_language() -> None:
    """A word changed in one language is a change of the words in that language, of that part alone."""
    old = LEGS.replace("    words en «thence to C»", "    words en «thence to C»\n    words fr «de là à C»")
    assert told(old, old.replace("de là à C", "de là vers C")) == [("changed", "leg 2 of Main", "words in fr")]
    assert told(old, old.replace("    words fr «de là à C»\n", "")) == [("removed", "leg 2 of Main", "words in fr")]


def test_sides_exchanged_are_one_change() -> None:
    """Parties that exchange sides are a change of the sides of their section."""
    new = put(BEAGLE, "with CHL on the right, ARG on the left", "with ARG on the right, CHL on the left")
    assert told(BEAGLE, new) == [("changed", "section Sea", "sides")]


@pytest.mark.parametrize(
    ("old", "new", "subject"),
    [
        ("read as WGS 84 by", "read as WGS 72 by", "frame"),
        ("lines: geodesic by", "lines: loxodrome by", "reading of straight lines"),
        ("parallel 23°26'37\" N by", "parallel 23°26'24\" N by", "reading of «Tropic of Cancer»"),
        ("LBY «Libya»", "LBY «State of Libya»", "party LBY"),
        ("dated 1955-08-10", "dated 1955-08-11", "instrument Treaty-1955"),
    ],
)
def test_the_head_is_told_by_what_it_names(old: str, new: str, subject: str) -> None:
    """A change in the head names the frame, reading, party or instrument that it is of, and nothing else."""
    assert told(LIBYA_CHAD, put(LIBYA_CHAD, old, new)) == [("changed", subject, "")]


def test_the_order_of_parties_means_nothing() -> None:
    """Parties in another order say the same."""
    new = put(LIBYA_CHAD, "parties CHD «Chad», LBY «Libya»", "parties LBY «Libya», CHD «Chad»")
    assert changes(LIBYA_CHAD, new) == ()


def test_rows_of_a_table_are_known_by_their_points() -> None:
    """A row that says something else, one that went, and one that came are told by the names of their points."""
    new = put(TABLE, "  P4  | 41°15,50'", "  P4 | 41°15,60'")
    new = put(new, "  P7  | 41°35,00' | 8°20,00'\n", "")
    new = put(new, "  P9 ", "  P8a | 41°16,00' | 8°45,00'\n  P9 ")
    assert told(TABLE, new) == [
        ("changed", "point P4 of table Limit", ""),
        ("removed", "point P7 of table Limit", ""),
        ("added", "point P8a of table Limit", ""),
    ]


def test_a_section_under_another_name_keeps_its_legs() -> None:
    """A renamed section is one change, and its legs still answer to one another."""
    new = LIBYA_CHAD.replace("section Main", "section North")
    assert told(LIBYA_CHAD, new) == [("renamed", "section Main", "")]
    assert legs_that_answer(tree(LIBYA_CHAD), tree(new)) == tuple((("Main", n), ("North", n)) for n in ("1", "2"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_what_came_one_way_went_the_other(path: Path) -> None:
    """Exchanging the texts exchanges what came and what went, and old words with new."""
    one, other = tree(path.read_bytes().decode("utf-8", "replace")), tree(BEAGLE)
    turned = {ChangeKind.ADDED: ChangeKind.REMOVED, ChangeKind.REMOVED: ChangeKind.ADDED}
    there = {(change.kind, change.old, change.new) for change in clause_differences(one, other)}
    back = {(turned.get(each.kind, each.kind), each.new, each.old) for each in clause_differences(other, one)}
    assert {each for each in there if each[0] is not ChangeKind.MOVED} == {
        each for each in back if each[0] is not ChangeKind.MOVED
    }


@given(st.text("ab 東 \n", max_size=12), st.text("ab 東 \n", max_size=12))
def test_changed_words_hold_both_texts(old: str, new: str) -> None:
    """Without what came the runs are the old text, without what went the new one; equal texts have one run."""
    runs = changed_words(old, new)
    assert "".join(run.text for run in runs if run.fate is not Fate.ADDED) == old
    assert "".join(run.text for run in runs if run.fate is not Fate.REMOVED) == new
    if old == new:
        assert all(run.fate is Fate.KEPT for run in runs)


@given(st.lists(st.integers(0, 9), max_size=9, unique=True))
def test_the_longest_rising_run_is_longest(numbers: list[int]) -> None:
    """It rises, it can be picked in order, and no longer one can."""
    found = longest_rising(numbers)
    rest = iter(numbers)
    assert all(each in rest for each in found)
    assert found == sorted(found)
    best = [1] * len(numbers)
    for at, number in enumerate(numbers):
        best[at] = 1 + max((best[k] for k in range(at) if numbers[k] < number), default=0)
    assert len(found) == max(best, default=0)
