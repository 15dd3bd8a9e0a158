"""The cheat: a party enrols a key of small order. Anybody can sign for it, so it can deny every signature later; the
library that verifies accepts such keys."""

from __future__ import annotations

from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from nacl.exceptions import BadSignatureError
from nacl.signing import VerifyKey

from fakes.refusals import refused
from fakes.registers import CheapKey, Delegations, Story
from merestone.register.keys import FIELD_PRIME, SMALL_ORDER_Y, PublicKey, Slot, read_key
from merestone.register.objects import KeyChangeKind, unsigned
from merestone.register.refusal import Rule

IDENTITY = bytes([1]) + bytes(31)
FORGED = IDENTITY + bytes(32)
"""R the identity, S zero: S*B = R + h*A holds for every message if A is the identity."""

SMALL_ORDER = sorted({(y | sign << 255).to_bytes(32, "little") for y in SMALL_ORDER_Y for sign in (0, 1)})


def test_the_library_accepts_the_forgery() -> None:
    """Why the rule is needed: one signature that nobody made is valid for every message. Another library refuses it."""
    for message in (b"the line runs along the river", b"the line runs along the ridge"):
        Ed25519PublicKey.from_public_bytes(IDENTITY).verify(FORGED, message)
        with pytest.raises(BadSignatureError):
            VerifyKey(IDENTITY).verify(message, FORGED)


@pytest.mark.parametrize("half", SMALL_ORDER, ids=bytes.hex)
def test_no_key_of_small_order_is_read(half: bytes) -> None:
    """All eight points, with the top bit set or not."""
    key = replace(CheapKey(b"x").public, ed25519=half)
    with refused(Rule.FORM, why="small order"):
        read_key(key.document(), "")


def order(y: int) -> int:
    """The order of a point with this y on the Edwards curve, by adding it to itself (RFC 8032, 5.1.4)."""
    p, d = FIELD_PRIME, -121665 * pow(121666, -1, FIELD_PRIME) % FIELD_PRIME
    squared = (y * y - 1) * pow(d * y * y + 1, -1, p) % p
    x = pow(squared, (p + 3) // 8, p)
    x = x if (x * x - squared) % p == 0 else x * pow(2, (p - 1) // 4, p) % p
    assert (x * x - squared) % p == 0, "no point has this y"
    at, count = (x, y), 1
    while at != (0, 1):
        product = d * x * at[0] * y * at[1] % p
        at = (
            (at[0] * y + x * at[1]) * pow(1 + product, -1, p) % p,
            (at[1] * y + x * at[0]) * pow(1 - product, -1, p) % p,
        )
        count += 1
    return count


def test_these_are_the_points_of_small_order() -> None:
    """Computed from the curve's equation: orders 1, 2, 4, 8 and 8, and there are no more than eight such points."""
    assert sorted(order(y) for y in SMALL_ORDER_Y) == [1, 2, 4, 8, 8]


def test_no_charter_and_no_change_of_keys_brings_one() -> None:
    """Wherever a key comes in, it is read by the same rule."""
    people = Delegations.cheap()
    weak = PublicKey(IDENTITY, CheapKey(b"weak").public.ml_dsa_65)
    charter = people.charter()
    operator = charter.roles[-1]
    roles = (*charter.roles[:-1], replace(operator, holder=replace(operator.holder, key=weak)))
    with refused(Rule.FORM, why="small order"):
        unsigned(replace(charter, roles=roles))
    story = Story(people)
    with refused(Rule.FORM, why="small order"):
        unsigned(people.key_change(story.ledger, KeyChangeKind.ROTATE, Slot.A, weak))
    unsigned(people.key_change(story.ledger, KeyChangeKind.ROTATE, Slot.A, CheapKey(b"good").public))
