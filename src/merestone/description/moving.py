"""A parsed statement moved to other lines of the text, where an edit above it shifted it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from merestone.diagnostics import Diagnostic, Label, Span
from merestone.geodesy.angle import Angle

T = TypeVar("T")
_PLACELESS = (str, int, bool, type(None), Angle)
_FIELDS: dict[type, tuple[str, ...]] = {}


def moved_span(span: Span, lines: int) -> Span:
    """The span so many lines further down."""
    return Span(span.line + lines, span.column, span.end_line + lines, span.end_column)


def moved(node: T, lines: int) -> T:
    """The record, and every record inside it, so many lines further down."""
    result: T = _moved(node, lines)
    return result


def _moved(value: Any, lines: int) -> Any:
    kind = type(value)
    if kind is Span:
        return moved_span(value, lines)
    if kind is tuple:
        return tuple(_moved(item, lines) for item in value)
    names = _FIELDS.get(kind)
    if names is None:
        names = () if kind in _PLACELESS or not is_dataclass(kind) else tuple(f.name for f in fields(kind))
        _FIELDS[kind] = names
    if not names:
        return value
    make: Callable[..., Any] = kind
    changed = {name: _moved(getattr(value, name), lines) for name in names}
    if changed.get("first_line"):
        changed["first_line"] += lines
    return make(**changed)


def moved_finding(finding: Diagnostic, lines: int) -> Diagnostic:
    """The finding so many lines further down."""
    labels = tuple(Label(moved_span(label.span, lines), label.text) for label in finding.labels)
    advised = tuple(replace(each, at=each.at and moved_span(each.at, lines)) for each in finding.suggestions)
    return replace(finding, span=finding.span and moved_span(finding.span, lines), labels=labels, suggestions=advised)
