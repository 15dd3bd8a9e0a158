"""Markup that is safe by construction: whatever is not yet `Markup` is escaped when it becomes part of an element."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import TypeAlias

_VOID = frozenset({"meta", "br", "hr", "wbr", "link", "input"})
_INVISIBLE = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 127), "�")
_INVISIBLE |= dict.fromkeys((*range(0x80, 0xA0), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF), "\N{REPLACEMENT CHARACTER}")


_INVISIBLE |= dict.fromkeys(
    (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)), "\N{REPLACEMENT CHARACTER}"
)
"""Direction controls too: they change what is read without changing what is stored (CVE-2021-42574)."""


class Markup(str):
    """A piece of HTML or SVG that is already well formed: only this module and its elements make one."""

    __slots__ = ()


Content: TypeAlias = "str | Iterable[Content] | None"
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
