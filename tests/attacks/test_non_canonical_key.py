"""The cheat: a key is written in a second way, so that one key passes for two, or two programs disagree on what it is."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import replace

import pytest

from fakes.refusals import refused
from fakes.registers import CheapKey
from merestone.register.keys import FIELD_PRIME, read_key
from merestone.register.refusal import Rule

GOOD = CheapKey(b"good").public


@pytest.mark.parametrize("sign", [0, 1])
@pytest.mark.parametrize("above", range(19))
def test_a_coordinate_not_below_the_prime_is_refused(above: int, sign: int) -> None:
    """All nineteen values that have a second encoding, with either sign."""
    half = (FIELD_PRIME + above | sign << 255).to_bytes(32, "little")
    with refused(Rule.FORM, why="not in its canonical form"):
        read_key(replace(GOOD, ed25519=half).document(), "")


def test_the_largest_coordinate_that_is_allowed() -> None:
    """P - 2 is read; the line is drawn at p (p - 1 is of small order)."""
    key = replace(GOOD, ed25519=(FIELD_PRIME - 2).to_bytes(32, "little"))
    assert read_key(key.document(), "") == key


@pytest.mark.parametrize("half", ["ed25519", "ml_dsa_65"])
@pytest.mark.parametrize("change", [-1, 1])
def test_a_key_has_one_length(half: str, change: int) -> None:
    """One byte too few or too many, in either half."""
    data = getattr(GOOD, half)
    other = data[:change] if change < 0 else data + bytes(change)
    with refused(Rule.FORM, why="this half of a key must have"):
        read_key(replace(GOOD, **{half: other}).document(), "")


def test_base64_has_one_form() -> None:
    """Unused bits set, no padding, line breaks, the other alphabet: the same bytes, refused."""
    text = b64encode(GOOD.ed25519).decode()
    assert text.endswith("=")
    for other in (
        text[:-2] + chr(ord(text[-2]) + 1) + "=",
        text[:-1],
        text + "\n",
        f" {text}",
        text[:20] + "\n" + text[20:],
    ):
        with refused(Rule.FORM, why="base64"):
            read_key({**GOOD.document(), "ed25519": other}, "")
    assert read_key(GOOD.document(), "") == GOOD
