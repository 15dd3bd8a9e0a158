"""An edit parses one statement again, and gives what parsing the whole text would."""

from __future__ import annotations

from pathlib import Path

from merestone.description.parser import Reparser, parse
from merestone.description.tree import Point, Section

GOOD = Path(__file__).parents[2] / "definitions" / "good" / "every_statement.boundary"


def spans(text: str, reparser: Reparser) -> str:
    """The tree with all places, and the findings."""
    parsed = reparser.parse(text)
    shown: list[object] = []

    def walk(value: object) -> None:
        shown.append(getattr(value, "span", None))
        if isinstance(value, tuple):
            for item in value:
                walk(item)
        for name in getattr(value, "__dataclass_fields__", ()):
            walk(getattr(value, name))

    walk(parsed.description.statements)
    return f"{shown} {parsed.description} {parsed.diagnostics}"


def test_an_edit_in_place() -> None:
    """After an edit to one statement the tree is that of the new text, places included."""
    text = GOOD.read_text(encoding="utf-8")
    edited = text.replace("leg 1 straight to A", "leg 1 loxodrome to B")
    assert edited != text
    reparser = Reparser()
    reparser.parse(text)
    assert spans(edited, reparser) == spans(edited, Reparser())


def test_lines_put_in_above() -> None:
    """Statements that moved down keep their trees and have their new places, also in findings."""
    text = GOOD.read_text(encoding="utf-8") + "point Bad at 75'N 5°E\n"
    edited = "# a comment\n\n" + text
    reparser = Reparser()
    reparser.parse(text)
    assert spans(edited, reparser) == spans(edited, Reparser())


def test_statements_that_did_not_change_are_the_same_objects() -> None:
    """What is not edited is not parsed again."""
    text = "point A at 60°N 10°E\nsection S\n  from A\n  leg 1 geodesic to B\n  leg 2 geodesic to C\n"
    reparser = Reparser()
    before = reparser.parse(text).description.statements
    after = reparser.parse(text.replace("leg 1 geodesic", "leg 1 loxodrome")).description.statements
    assert isinstance(before[1], Section)
    assert isinstance(after[1], Section)
    assert after[0] is before[0]
    assert after[1].body[2] is before[1].body[2]
    assert after[1].body[1] != before[1].body[1]


def test_a_declaration_elsewhere_parses_coordinates_again() -> None:
    """A coordinate without letters means what the text declares now, not what it declared before."""
    text = "coordinates without letters are north, east\npoint A at 60° 10°\n"
    reparser = Reparser()
    reparser.parse(text)
    edited = text.replace("north, east", "south, west")
    point = reparser.parse(edited).description.statements[1]
    assert isinstance(point, Point)
    assert point == parse(edited).description.statements[1]
