"""The cheat: a party signs in a way that one library takes and another does not, so that it can say later that it never did.

Whoever holds the private key can choose the point R of an Ed25519 signature to be of small order. The library that verifies
here would take it; libsodium refuses it."""

from __future__ import annotations

from hashlib import sha512

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from nacl.exceptions import BadSignatureError
from nacl.signing import VerifyKey

from fakes.refusals import refused
from fakes.registers import Delegations, Story
from merestone.register.envelope import pae
from merestone.register.objects import Status, unsigned
from merestone.register.refusal import Rule
from merestone.register.signing import PrivateKey, Signature

ORDER = 2**252 + 27742317777372353535851937790883648493
IDENTITY = bytes([1]) + bytes(31)


def deniable(key: PrivateKey, message: bytes) -> bytes:
    """A signature with the identity for R, by the equation S*B = R + h*A (RFC 8032, 5.1.7): S = h*a."""
    scalar = int.from_bytes(sha512(key.ed25519_seed).digest()[:32], "little") & (2**254 - 8) | 2**254
    hashed = int.from_bytes(sha512(IDENTITY + key.public.ed25519 + message).digest(), "little")
    return IDENTITY + (hashed * scalar % ORDER).to_bytes(32, "little")


def test_two_libraries_disagree() -> None:
    """Why the rule is needed."""
    key = PrivateKey.generate()
    made = deniable(key, b"act")
    Ed25519PublicKey.from_public_bytes(key.public.ed25519).verify(made, b"act")
    with pytest.raises(BadSignatureError):
        VerifyKey(key.public.ed25519).verify(b"act", made)


def test_such_a_signature_is_none() -> None:
    """On an act, beside a true half of ML-DSA; the plain signature by the same key is accepted."""
    story = Story(Delegations.real())
    people = story.people
    envelope = unsigned(people.act(story.ledger, people.change(Status.SIGNED)))
    whole = envelope.signed(people.register, "a", people.keys["a"]).signed(people.register, "b", people.keys["b"])
    key = people.keys["a"]
    assert isinstance(key, PrivateKey)
    half = deniable(key, pae(envelope.payload_type, envelope.payload))
    signatures = {**whole.signatures, "a": Signature(half, whole.signatures["a"].ml_dsa_65)}
    with refused(Rule.SIGNERS, 1, "signature of a was not made with its key"):
        story.put_bytes(type(whole)(whole.payload_type, whole.payload, signatures).document())
    story.put_bytes(whole.document())
