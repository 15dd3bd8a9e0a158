"""The statements `construction line`, `construction circle` and `feature «NAME» is`: how they are read and printed."""

from __future__ import annotations

from merestone.description.cursor import Cursor
from merestone.description.line_phrases import circle, line
from merestone.description.named_lines import CircleAbout, Construction, FeatureBinding, OnSource, ThroughPoints
from merestone.description.phrases import declared_reading, quoted_name
from merestone.description.spelling import circle_text, line_text, name_text, quoted
from merestone.description.tree import StraightKind


def construction(cursor: Cursor) -> Construction:
    """`line NAME [«LABEL»] LINE` or `circle NAME [«LABEL»] of LENGTH about POINT`, after `construction`."""
    word = cursor.take_any(("line", "circle"))
    if word is None:
        raise cursor.unexpected()
    name = cursor.name(f"the name of the construction {word}")
    label = cursor.quoted_or_none()
    found = circle(cursor, cursor.start) if word == "circle" else line(cursor)
    return Construction(name, found, word == "circle", label, cursor.span(0))


def feature(cursor: Cursor) -> FeatureBinding:
    """`«FEATURE» is LINE`, `is table NAME` or `is source NAME ...`, after `feature`."""
    name = quoted_name(cursor, "the feature's name, as the words have it")
    cursor.need("is")
    start = cursor.start
    if cursor.take("source"):
        return FeatureBinding(name, _of_source(cursor, start), cursor.span(0))
    if cursor.take("table"):
        through = ThroughPoints(StraightKind.STRAIGHT, (), cursor.name("a table of points"), None, cursor.span(start))
        return FeatureBinding(name, through, cursor.span(0))
    return FeatureBinding(name, line(cursor), cursor.span(0))


def _of_source(cursor: Cursor, start: int) -> OnSource:
    """`NAME [layer «NAME»] [read as READING]`, after `source`."""
    name = cursor.name("a source")
    layer = cursor.quoted("the name of a layer") if cursor.take("layer") else None
    read_as = declared_reading(cursor) if cursor.take("read", "as") else None
    return OnSource(name, layer, read_as, cursor.span(start))


def construction_text(statement: Construction) -> str:
    """A construction line or circle as it is written."""
    word = "circle" if statement.circle else "line"
    label = "" if statement.label is None else f" {quoted(statement.label)}"
    drawn = statement.line
    text = circle_text(drawn) if statement.circle and isinstance(drawn, CircleAbout) else line_text(drawn)
    return f"construction {word} {name_text(statement.name)}{label} {text}"


def feature_text(statement: FeatureBinding) -> str:
    """What stands for a feature, as it is written."""
    return f"feature {quoted(statement.feature.text)} is {line_text(statement.line)}"
