"""The cheat: what the signer reads is not what the bytes say: letters that look alike, marks that turn the direction of
writing, characters that nobody sees.

The log refuses what no honest name or title needs. What honest texts do need (Cyrillic and Greek letters, the joiners of
Persian, combining marks) it takes, and the signing view marks it; the words of a description are a blob of any bytes.
"""

from __future__ import annotations

import unicodedata

import pytest

from fakes.refusals import refused
from fakes.registers import Story
from merestone.register.objects import Statement, Status
from merestone.register.refusal import Rule

INVISIBLE = {
    "right-to-left override": "\u202e",
    "left-to-right embedding": "\u202a",
    "right-to-left isolate": "\u2067",
    "pop directional isolate": "\u2069",
    "left-to-right mark": "\u200e",
    "Arabic letter mark": "\u061c",
    "zero-width space": "\u200b",
    "word joiner": "\u2060",
    "byte order mark": "\ufeff",
    "soft hyphen": "\u00ad",
    "Mongolian vowel separator": "\u180e",
    "line separator": "\u2028",
    "paragraph separator": "\u2029",
    "variation selector": "\ufe0f",
    "variation selector of the supplement": "\U000e0100",
    "tag": "\U000e0041",
    "private use": "\ue000",
    "private use, plane 16": "\U0010fffd",
    "interlinear annotation": "\ufff9",
    "not a character": "\uffff",
    "null": "\x00",
    "escape": "\x1b",
    "line feed": "\n",
    "tabulator": "\t",
    "delete": "\x7f",
    "next line": "\x85",
}


@pytest.mark.parametrize("name", INVISIBLE)
def test_what_nobody_sees_is_refused_in_every_text(name: str) -> None:
    """In titles, articles and notes, at the beginning, within and at the end."""
    story = Story()
    people = story.people
    character = INVISIBLE[name]
    for text in (character + "Treaty", "Trea" + character + "ty", "Treaty" + character):
        for changed in ({"title": text}, {"figures": (Statement(text, "1"),)}, {"toolchain": (Statement("x", text),)}):
            with refused(Rule.FORM, why=f"U+{ord(character):04X} is not allowed in a text"):
                story.step(people.change(Status.SIGNED), **changed)


def test_no_format_character_of_unicode_passes_but_those_that_scripts_need() -> None:
    """Of all characters of category Cf, Cc, Zl, Zp and Co in today's Unicode these alone are taken."""
    from merestone.register.fields import Fields
    from merestone.register.refusal import RefusedError

    taken = []
    for code in range(0x110000):
        if (
            0xD800 <= code < 0xE000
            or 0xF0010 < code < 0x10FFF0
            or unicodedata.category(chr(code)) not in {"Cf", "Cc", "Zl", "Zp", "Co"}
        ):
            continue
        try:
            Fields({"t": chr(code)}, "", "t").text("t")
        except RefusedError:
            continue
        taken.append(code)
    joiners = [0x200C, 0x200D]
    visible_signs = [*range(0x600, 0x606), 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD]
    notation = [*range(0x13430, 0x13440), *range(0x1BCA0, 0x1BCA4), *range(0x1D173, 0x1D17B)]
    assert set(taken) <= {*joiners, *visible_signs, *notation}


def test_letters_of_other_scripts_are_no_names() -> None:
    """A section, an identity and a slot are of ASCII: no Cyrillic а passes for a Latin a."""
    story = Story()
    for section in ("S\u0430", "\u0405ection", "\uff33ection", "e\u0301", "S 1", "S1 ", ".S1", ""):
        with refused(Rule.FORM, why="is not a name"):
            story.step(story.people.change(Status.SIGNED, section=section))
    story.step(story.people.change(Status.SIGNED, section="Sa"))


def test_texts_of_every_script_are_taken() -> None:
    """Persian with a zero-width non-joiner, Cyrillic, Greek, combining marks: no log refuses a State its language."""
    story = Story()
    for number, title in enumerate(
        (
            "\u0645\u06cc\u200c\u0634\u0648\u062f",
            "\u0414\u043e\u0433\u043e\u0432\u043e\u0440",
            "\u03a3\u03c5\u03bd\u03b8\u03ae\u03ba\u03b7",
            "e\u0301",
            "\u0915\u094d\u200d\u0937",
        )
    ):
        story.step(story.people.change(Status.SIGNED, section=f"S{number}"), title=title)


def test_two_titles_that_look_alike_are_two_acts() -> None:
    """The digest is of the bytes: a Cyrillic letter in the title makes another act, with other signatures."""
    from merestone.register.objects import unsigned

    story = Story()
    people = story.people
    act = people.act(story.ledger, people.change(Status.SIGNED), nonce="0" * 32, title="Pact")
    other = people.act(story.ledger, people.change(Status.SIGNED), nonce="0" * 32, title="P\u0430ct")
    assert unsigned(act).digest != unsigned(other).digest
