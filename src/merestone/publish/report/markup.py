"""Markup that is safe by construction: whatever is not yet `Markup` is escaped when it becomes part of an element."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import TypeAlias

_VOID = frozenset({"meta", "br", "hr", "wbr", "link"})
_INVISIBLE = {code: "\N{REPLACEMENT CHARACTER}" for code in (*range(0x00, 0x09), 0x0B, 0x0C, *range(0x0E, 0x20), 0x7F)}
_INVISIBLE |= dict.fromkeys((*range(0x80, 0xA0), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF), "\N{REPLACEMENT CHARACTER}")


class Markup(str):
    """A piece of HTML or SVG that is already well formed: only this module and its elements make one."""

    __slots__ = ()


Content: TypeAlias = "str | None | Iterable[Content]"
"""What an element may hold: markup, text (escaped), nothing, or several of these."""

Attribute: TypeAlias = str | int | bool | None
"""The value of an attribute: text is escaped, True stands alone, False and None leave it out."""


def text(words: str) -> Markup:
    """The words, escaped; characters that no HTML or XML text may hold become U+FFFD."""
    return Markup(escape(words.translate(_INVISIBLE), quote=True))


def joined(*content: Content) -> Markup:
    """The content in order as one piece of markup."""
    return Markup("".join(_pieces(content)))


def element(name: str, attributes: dict[str, Attribute] | None = None, *content: Content) -> Markup:
    """`<name attributes>content</name>`, attributes in the order given."""
    opening = f"<{name}{_attributes(attributes or {})}"
    if name in _VOID:
        return Markup(f"{opening}>")
    return Markup(f"{opening}>{joined(*content)}</{name}>")


def bdi(words: str) -> Markup:
    """The words of a person, kept apart from the direction of the text around them."""
    return element("bdi", None, words)


def _attributes(attributes: dict[str, Attribute]) -> str:
    parts = []
    for key, value in attributes.items():
        if value is True:
            parts.append(f" {key}")
        elif value is not None and value is not False:
            parts.append(f' {key}="{text(str(value))}"')
    return "".join(parts)


def _pieces(content: Content) -> Iterable[str]:
    if content is None:
        return
    if isinstance(content, Markup):
        yield content
    elif isinstance(content, str):
        yield text(content)
    else:
        for piece in content:
            yield from _pieces(piece)
