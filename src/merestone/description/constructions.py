"""The statements `construction line`, `construction circle` and `feature «NAME» is`: how they are read and printed."""

from __future__ import annotations

from merestone.description.cursor import Cursor
from merestone.description.line_phrases import circle, line
from merestone.description.named_lines import CircleAbout, Construction, FeatureBinding
from merestone.description.phrases import quoted_name
from merestone.description.spelling import circle_text, line_text, name_text, quoted


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
    """`«FEATURE» is LINE` or `«FEATURE» is source NAME`, after `feature`."""
    name = quoted_name(cursor, "the feature's name, as the words have it")
    cursor.need("is")
    if cursor.take("source"):
        return FeatureBinding(name, None, cursor.name("a source"), cursor.span(0))
    return FeatureBinding(name, line(cursor), None, cursor.span(0))


def construction_text(statement: Construction) -> str:
    """A construction line or circle as it is written."""
    word = "circle" if statement.circle else "line"
    label = "" if statement.label is None else f" {quoted(statement.label)}"
    drawn = statement.line
    text = circle_text(drawn) if statement.circle and isinstance(drawn, CircleAbout) else line_text(drawn)
    return f"construction {word} {name_text(statement.name)}{label} {text}"


def feature_text(statement: FeatureBinding) -> str:
    """What stands for a feature, as it is written."""
    if statement.line is not None:
        return f"feature {quoted(statement.feature.text)} is {line_text(statement.line)}"
    source = "" if statement.source is None else name_text(statement.source)
    return f"feature {quoted(statement.feature.text)} is source {source}"
