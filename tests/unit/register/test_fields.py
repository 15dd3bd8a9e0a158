"""Members are taken out by type, or the object is refused with the path at which it is wrong."""

from __future__ import annotations

import pytest

from fakes.refusals import refused
from merestone.register.fields import Fields, checked_date, decoded_base64, increasing, refuse, shown
from merestone.register.refusal import Rule


def one(value: object) -> Fields:
    """An object with one member."""
    return Fields({"m": value}, "/at", "m")


def test_an_object_has_exactly_its_members() -> None:
    """No fewer, no more, and it is an object."""
    with refused(Rule.FORM, why="/at: an object is expected here"):
        Fields([], "/at", "m")
    with refused(Rule.FORM, why="the top level: an object is expected here"):
        Fields("", "", "m")
    with refused(Rule.FORM, why="/at: these members are missing or unknown: 'm', 'n'"):
        Fields({"n": 1}, "/at", "m")
    assert one(3).raw("m") == 3
    assert one(3).path("m") == "/at/m"


@pytest.mark.parametrize("value", [True, "1", [], {}, 1.0, None])
def test_a_whole_number(value: object) -> None:
    """No other type, and not more than the most."""
    with refused(Rule.FORM, why="/at/m: a whole number is expected here"):
        one(value).integer("m")
    assert (one(5).integer("m"), one(5).integer("m", 5)) == (5, 5)
    with refused(Rule.FORM, why="6 is more than 5"):
        one(6).integer("m", 5)
    assert one(1).integer("m", least=1) == 1
    with refused(Rule.FORM, why="0 is less than 1"):
        one(0).integer("m", least=1)


@pytest.mark.parametrize("value", [1, [], {}, None])
def test_a_string(value: object) -> None:
    """No other type."""
    with refused(Rule.FORM, why="/at/m: a string is expected here"):
        one(value).string("m")
    with refused(Rule.FORM, why="/at/m: a string is expected here"):
        one(value).text("m")


def test_a_text_has_a_thousand_characters_at_most() -> None:
    """At the bound it is read."""
    assert one("x" * 1_000).text("m") == "x" * 1_000
    with refused(Rule.FORM, why="characters; at most 1,000 are allowed"):
        one("x" * 1_001).text("m")


def test_a_constant_is_of_its_type() -> None:
    """1 is not "1" and not true."""
    one(1).constant("m", 1)
    for other in ("1", 2, 1.0, True):
        with refused(Rule.FORM, why="and must be 1"):
            one(other).constant("m", 1)


@pytest.mark.parametrize(
    ("date", "known"),
    [
        ("2026-02-28", True),
        ("2024-02-29", True),
        ("0001-01-01", True),
        ("9999-12-31", True),
        ("2026-02-29", False),
        ("0000-01-01", False),
        ("2026-13-01", False),
        ("2026-1-01", False),
        ("20260101", False),
        ("2026-W01-1", False),
        ("2026-01-01T00", False),
        (" 2026-01-01", False),
        ("\u0662\u0660\u0662\u0666-01-01", False),
    ],
)
def test_a_date_exists(date: str, known: bool) -> None:
    """In one form, of the Gregorian calendar."""
    if known:
        assert checked_date(date, "") == date == one(date).open_date("m")
        return
    with refused(Rule.FORM, why="/at/m: "):
        one(date).open_date("m")


def test_an_open_date_may_be_empty() -> None:
    """And then says nothing."""
    assert one("").open_date("m") == ""


def test_names_digests_and_nonces() -> None:
    """At their bounds, and past them."""
    for good in ("a", "A1._-", "x" * 64):
        assert one(good).name("m") == good
    for bad in ("", "-a", "x" * 65, "a b", "a\n"):
        with refused(Rule.FORM, why="is not a name"):
            one(bad).name("m")
    assert one("0f" * 32).digest("m") == "0f" * 32
    assert one("0f" * 16).nonce("m") == "0f" * 16
    for digits in ("0F" * 32, "0f" * 31, "0f" * 33, "0g" * 32, "0f" * 32 + "\n"):
        with refused(Rule.FORM, why="is not a digest"):
            one(digits).digest("m")
        with refused(Rule.FORM, why="is not a nonce"):
            one(digits).nonce("m")


def test_a_choice() -> None:
    """One of some, or refused with what there is."""
    assert one("b").choice("m", ("a", "b")) == "b"
    with refused(Rule.FORM, why="'c' is not one of a, b"):
        one("c").choice("m", ("a", "b"))


def test_items_are_counted_and_have_their_paths() -> None:
    """An array with as many items as may be."""
    for count in (1, 2):
        assert one([5] * count).items("m", 1, 2, lambda value, where: (value, where)) == tuple(
            (5, f"/at/m/{number}") for number in range(count)
        )
    for wrong in ([], [1, 2, 3]):
        with refused(Rule.FORM, why="1 to 2 are allowed"):
            one(wrong).items("m", 1, 2, lambda value, where: value)
    with refused(Rule.FORM, why="an array is expected here"):
        one("ab").items("m", 1, 2, lambda value, where: value)


def test_order_is_strict() -> None:
    """Nothing twice, nothing before its turn."""
    increasing([], "/x", "things")
    increasing([1, 2, 3], "/x", "things")
    for wrong in ([1, 1], [2, 1], [1, 3, 2]):
        with refused(Rule.FORM, why="/x: the things are not in order, or one is repeated"):
            increasing(wrong, "/x", "things")


def test_base64() -> None:
    """In its one form only."""
    assert decoded_base64("AQI=", "") == b"\x01\x02"
    assert decoded_base64("", "") == b""
    for wrong in ("AQI", "A", "AQ==AQ==", "\u00e9A==", "A-I="):
        with refused(Rule.FORM, why="the top level: it is not base64"):
            decoded_base64(wrong, "")
    with refused(Rule.FORM, why="/x: it is not base64 in its canonical form"):
        decoded_base64("AQJ=", "/x")


def test_foreign_values_are_shown_short_and_harmless() -> None:
    """At most sixty characters, in ASCII."""
    assert shown("\u202e") == "'\\u202e'"
    assert shown("x" * 58) == "'" + "x" * 58 + "'"
    assert shown("x" * 59) == "'" + "x" * 56 + "..."
    assert len(shown("x" * 5_000)) == 60


def test_a_refusal_names_the_object_where_it_has_no_path() -> None:
    """The outermost object has none."""
    with refused(Rule.FORM, why="the top level: why"):
        refuse("", "why")
