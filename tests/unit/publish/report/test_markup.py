"""Markup that cannot be broken by what it holds."""

from __future__ import annotations

from merestone.publish.report.markup import element, joined, text


def test_text_that_looks_like_markup_stays_text() -> None:
    """Angle brackets, ampersands and quotes of a text are escaped in content and in attributes."""
    made = element("p", {"title": "\"'><b>"}, "<script>alert(1)</script> & co")
    assert made == ('<p title="&quot;&#x27;&gt;&lt;b&gt;">&lt;script&gt;alert(1)&lt;/script&gt; &amp; co</p>')


def test_markup_is_not_escaped_again() -> None:
    """An element inside an element stays an element."""
    assert element("p", None, element("b", None, "a"), joined("b", ["c"])) == "<p><b>a</b>bc</p>"


def test_invisible_commands_become_visible() -> None:
    """Control characters and direction overrides, which could change what is read, are shown as U+FFFD."""
    assert text("a\u202eb\x00c\x9bd") == "a\ufffdb\ufffdc\ufffdd"


def test_attributes_without_a_value_are_left_out() -> None:
    """None and False leave an attribute out, True stands alone."""
    assert element("a", {"x": None, "y": False, "z": True, "n": 0}) == '<a z n="0"></a>'
