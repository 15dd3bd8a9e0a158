"""What is marked in a text, and what is left alone."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from merestone.publish.register.alphabets import looks_like, main_script, script_of
from merestone.publish.register.characters import CLOSED, OPENED, Why, called, marked


def _reasons(text: str) -> list[tuple[int, int, Why]]:
    return [(mark.line, mark.column, mark.why) for mark in marked(text).marks]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("to \u202eP1", "to ⟦U+202E RIGHT-TO-LEFT OVERRIDE⟧P1"),
        ("to\u200b P1", "to⟦U+200B ZERO WIDTH SPACE⟧ P1"),
        ("st\u00adone", "st⟦U+00AD SOFT HYPHEN⟧one"),
        ("\ufeffpoint", "⟦U+FEFF ZERO WIDTH NO-BREAK SPACE⟧point"),
        ("a\tb", "a⟦U+0009 CONTROL CHARACTER⟧b"),
        ("\x1b[31m", "⟦U+001B CONTROL CHARACTER⟧[31m"),
        ("a\u2003b", "a⟦U+2003 EM SPACE⟧b"),
        ("a\ue000b", "a⟦U+E000 PRIVATE USE⟧b"),
        ("a\U000e0041b", "a⟦U+E0041 TAG LATIN CAPITAL LETTER A⟧b"),
        ("a\ufe0fb", "a⟦U+FE0F VARIATION SELECTOR-16⟧b"),
        ("a\u0378b", "a⟦U+0378 UNASSIGNED⟧b"),
        ("the Рaris line", "the Р⟦U+0420 CYRILLIC CAPITAL LETTER ER⟧aris line"),
        ("line οf stones", "line ο⟦U+03BF GREEK SMALL LETTER OMICRON⟧f stones"),
        ("the poiոt", "the poiո⟦U+0578 ARMENIAN SMALL LETTER VO⟧t"),
        ("from аса to P1", "from аса⟦CYRILLIC U+0430 U+0441 U+0430⟧ to P1"),
        ("точка A на реке", "точка A⟦U+0041 LATIN CAPITAL LETTER A⟧ на реке"),
        ("١٢ km", "١٢⟦ARABIC-INDIC DIGITS 12⟧ km"),
        ("٣ km", "٣⟦U+0663 ARABIC-INDIC DIGIT THREE⟧ km"),
        ("５ km", "５⟦U+FF15 FULLWIDTH DIGIT FIVE⟧ km"),
        ("5․5", "5․⟦U+2024 ONE DOT LEADER⟧5"),
        ("ｆoot", "ｆ⟦U+FF46 FULLWIDTH LATIN SMALL LETTER F⟧oot"),
        ("cafe\u0301", "cafe\u0301⟦NOT NFC: U+0065 U+0301⟧"),
    ],
)
def test_what_is_marked(text: str, shown: str) -> None:
    """Each kind of character that deceives is named in its place; what can be seen stays before its mark."""
    assert marked(text).lines == (shown,)


@pytest.mark.parametrize(
    "text",
    [
        "line at 23°26'37\" N, 3° 25′ 34″ E – «words», “words”, № 4, §2, 1o 2ª",
        "Łódź, Ærø, Straße, Ñuñoa, Việt Nam, Český Těšín, İstanbul ığdır",
        "линия идёт от реки к горе, а с неё по хребту",
        "parties GRC «Ελλάδα», ARM «Հայաստան»: words ru «от а до о и с рекой»",
        "日本の国境ライン、ポイント",
        "الخط يمتد من النقطة",
        "हिमालय की सीमा",
        "می\u200cشود",
    ],
)
def test_what_is_no_deception(text: str) -> None:
    """Ordinary spelling in any script has no mark, not even among words of another."""
    assert marked(text).marks == ()
    assert marked(text).lines == (text,)


def test_places_are_counted_from_one() -> None:
    """A mark says the line and the column in characters of the text as it is stored."""
    assert _reasons("one\ntwo \u200bthree\n\u202e") == [(2, 5, Why.INVISIBLE), (3, 1, Why.DIRECTION)]


def test_a_text_cannot_hold_a_mark() -> None:
    """The brackets of a mark, written in a text, are marked themselves."""
    assert [why for _, _, why in _reasons("⟦U+202E⟧")] == [Why.BRACKET, Why.BRACKET]
    assert "⟦⟦U+27E6" in marked("⟦x").lines[0]


def test_what_is_only_counted() -> None:
    """No-break spaces, joiners that spelling asks for and carriage returns at line ends are counted, not marked."""
    found = marked("1\u00a0000\u202fkm\r\nمی\u200cشود\r\n")
    assert (found.no_break_spaces, found.joiners, found.carriage_returns) == (2, 1, 2)
    assert found.marks == ()
    assert found.lines == ("1\u00a0000\u202fkm", "می\u200cشود", "")


def test_a_joiner_in_latin_is_marked() -> None:
    """A joiner where no spelling asks for it is invisible and nothing else."""
    assert [why for _, _, why in _reasons("st\u200cone")] == [Why.INVISIBLE]


def test_a_phrase_of_another_script_is_no_lookalike() -> None:
    """Words that look Latin are marked only where nothing beside them shows that they are Cyrillic."""
    assert marked("the line от а до реки").marks == ()
    assert [mark.characters for mark in marked("the line о а, then reki").marks] == ["о", "а"]


def test_scripts() -> None:
    """The script of a letter is the first word of its name; scripts that one language mixes are one."""
    assert [script_of(each) for each in "aяα日ア1 "] == ["LATIN", "CYRILLIC", "GREEK", "CJK", "CJK", "", ""]
    assert main_script("abя") == "LATIN"
    assert main_script("12") == ""
    assert looks_like("А", "LATIN") == "A"
    assert looks_like("A", "CYRILLIC") == "A"
    assert looks_like("Я", "LATIN") == ""
    assert looks_like("Ο", "CYRILLIC") == "O"
    assert looks_like("R", "CYRILLIC") == ""


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=60))
def test_nothing_unseen_is_left(text: str) -> None:
    """In no text is a character left that moves others, does something, or cannot be seen, but counted spaces and joiners."""
    for line in marked(text).lines:
        for character in line:
            assert unicodedata.category(character) not in {"Cc", "Co", "Cn", "Zl", "Zp"}
            assert unicodedata.category(character) != "Cf" or character in "\u200c\u200d"
            assert unicodedata.category(character) != "Zs" or character in " \u00a0\u202f"


@given(st.text(alphabet=st.sampled_from("aаοb \u202e\u200b1٣e\u0301é⟦⟧\n"), max_size=40))
def test_the_text_comes_back(text: str) -> None:
    """Without its marks, and with what they stand for put back, the shown text is the text."""
    found = marked(text)
    for number, (line, shown) in enumerate(zip(text.split("\n"), found.lines, strict=True), 1):
        rebuilt, rest = "", shown
        for mark in (each for each in found.marks if each.line == number):
            before, rest = rest.split(f"{OPENED}{mark.name}{CLOSED}", 1)
            rebuilt += before
            rebuilt += "" if rebuilt.endswith(mark.characters) and not _unseen(mark.why) else mark.characters
        assert rebuilt + rest == line


def _unseen(why: Why) -> bool:
    return why in {Why.DIRECTION, Why.INVISIBLE, Why.CONTROL, Why.SPACE, Why.PRIVATE, Why.UNASSIGNED}


def test_called() -> None:
    """A character is called by its code point and its Unicode name."""
    assert called("é") == "U+00E9 LATIN SMALL LETTER E WITH ACUTE"
