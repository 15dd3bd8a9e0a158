"""Fast checks that planted defects are held against, in order; `python -m simulation.checks` stops at the first that fails.

They are attacks in miniature: each does what a cheat would do, and fails unless it is refused. The histories come last, as
they cost most. `python -m simulation.checks histories` runs these alone.
"""

from __future__ import annotations

import sys
from base64 import b64decode, b64encode
from collections import Counter
from collections.abc import Callable, Iterable
from hashlib import sha256, sha512
from io import BytesIO
from itertools import product
from typing import Any

from fakes.registers import LINE, CheapScheme, Delegations, Story, cheap_keys, eventful
from merestone.register import canonical, merkle
from merestone.register.bundle import Contents, read_bundle, written
from merestone.register.envelope import Envelope, read_envelope
from merestone.register.evidence import Evidence, Leaf, read_evidence
from merestone.register.fields import Fields, checked_date, decoded_base64
from merestone.register.head import Cosignature, Head, read_head
from merestone.register.keys import FIELD_PRIME, SMALL_ORDER_Y, PublicKey, Slot, read_key
from merestone.register.ledger import MemoryLedger
from merestone.register.objects import Blob, KeyChangeKind, Kind, Status, unsigned
from merestone.register.refusal import RefusedError
from merestone.register.replica import ForkError, Replica
from merestone.register.rules import accept
from merestone.register.signing import HybridScheme, PrivateKey, Signature, WrongSignatureError
from simulation.cases import ALLOWED, REFUSED, begun, sequel
from simulation.naive import FOLLOWS
from simulation.stores import memory_store, sqlite_store

SCHEME = CheapScheme()
SEEDS = tuple(48 * step + number for step in range(60) for number in (1, 4, 7, 10, 13, 16, 18, 21))
"""Histories from eight openings, so that few openings are made."""


class NotRefusedError(AssertionError):
    """A cheat got through."""


def refused(what: str, act: Callable[..., object], rule: str = "") -> None:
    """Fails unless an act is refused, by a rule if one is named."""
    try:
        act()
    except WrongSignatureError:
        return
    except RefusedError as refusal:
        if rule in {"", refusal.rule.value}:
            return
    raise NotRefusedError(what)


# ---- bytes ----------------------------------------------------------------------------------------------------------


def canonical_json() -> None:
    """Only canonical JSON of whole numbers, strings, arrays and objects is read."""
    deep = b"[" * 11 + b"]" * 11
    bad = (
        b'{"a":1,"a":2}', b'{"a":1,"a":1}', b'{"b":1,"a":2}', b'{"a": 1}', b"1.0", b"1e3", b"-1", b"-0", b"01",
        b"9007199254740992", b"99999999999999999999", b"NaN", b"Infinity", b"true", b"null", b'{"a":false}', b'["",null]', b'"\xff"', b'"\\ud800"', b'"\\u0041"', b"\xef\xbb\xbf1",
        deep, b"1\n", b"", b'{"a":1.5}', b'"\\/"',
    )  # fmt: skip
    for data in bad:
        refused(f"JSON {data!r}", lambda data=data: canonical.read(data, 1_000))
    refused("too many bytes", lambda: canonical.read(b'"aaaa"', 5))
    values: tuple[Any, ...] = ({"a": [1, "é\u2028", {}], "b": '\x00\\"'}, 9007199254740991, [[[[[[[[[[]]]]]]]]]])
    for value in values:
        assert canonical.read(canonical.write(value), 1_000) == value, "canonical JSON is read back"
    assert canonical.write({"b": 1, "a": "é"}) == '{"a":"é","b":1}'.encode(), "canonical JSON"


def fields() -> None:
    """Texts, dates, digests and base64 are what the formats say."""
    read = Fields(
        {"a": 1, "t": "x\u202ey", "l": "x" * 1_001, "n": "-a", "d": "A" * 64, "s": ["x"], "k": 3}, "", *"atlndsk"
    )
    refused("a hidden character", lambda: read.text("t"))
    refused("a long text", lambda: read.text("l"))
    refused("a name", lambda: read.name("n"))
    refused("a digest in capitals", lambda: read.digest("d"))
    refused("too great", lambda: read.integer("a", 0))
    refused("too many", lambda: read.items("s", 0, 0, lambda value, _: value))
    refused("too few", lambda: read.items("s", 2, 3, lambda value, _: value))
    refused("no string", lambda: read.string("a"))
    refused("another constant", lambda: read.constant("k", 4))
    refused("a member too many", lambda: Fields({"a": 1, "b": 2}, "", "a"))
    refused("a member missing", lambda: Fields({"a": 1}, "", "a", "b"))
    for day in ("2026-02-30", "2026-1-01", "20260101", "0000-01-01", "2026-W01-1"):
        refused(f"the date {day}", lambda day=day: checked_date(day, ""))
    for text in ("QQ", "QR==", "QQ==\n", "Q Q=", "é"):
        refused(f"base64 {text!r}", lambda text=text: decoded_base64(text, ""))
    for sign in "\u200b\u202e\u2066\ufeff\u00ad\ufe0f\U000e0041\ue000":
        refused(f"U+{ord(sign):04X}", lambda sign=sign: Fields({"t": sign}, "", "t").text("t"))


def keys() -> None:
    """No key of small order, none in a second form, none of another length."""
    good = cheap_keys("x")["x"].public

    def read(ed25519: bytes, ml_dsa_65: bytes = good.ml_dsa_65) -> PublicKey:
        return read_key(PublicKey(ed25519, ml_dsa_65).document(), "")

    assert read(good.ed25519) == good, "a good key is read"
    negative = good.ed25519[:31] + bytes([good.ed25519[31] | 0x80])
    assert read(negative).ed25519 == negative, "a good key with its sign bit set is read"
    for y, sign in product(
        (*SMALL_ORDER_Y, 0, 1, FIELD_PRIME - 1, FIELD_PRIME, FIELD_PRIME + 1, FIELD_PRIME + 5), (0, 1 << 255)
    ):
        refused(f"the key of y = {y}", lambda y=y, sign=sign: read((y | sign).to_bytes(32, "little")))
    order_eight = "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"
    other_eight = "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"
    for point in (order_eight, other_eight):
        refused("a key of order 8", lambda point=point: read(bytes.fromhex(point)))
    refused("a long key", lambda: read(good.ed25519 + b"x"))
    refused("a short half", lambda: read(good.ed25519, good.ml_dsa_65[1:]))


def hybrid() -> None:
    """Both halves of a real signature must verify, over the message, the second in its context."""
    key, other, scheme = PrivateKey(b"1" * 32, b"2" * 32), PrivateKey(b"3" * 32, b"4" * 32), HybridScheme()
    public, made, theirs = key.public, key.sign(b"message", b"context"), other.sign(b"message", b"context")
    scheme.check(public, b"message", b"context", made)
    bad = (
        (public, b"massage", b"context", made),
        (public, b"message", b"contexts", made),
        (public, b"message", b"context", Signature(theirs.ed25519, made.ml_dsa_65)),
        (public, b"message", b"context", Signature(made.ed25519, theirs.ml_dsa_65)),
        (PublicKey(public.ed25519, other.public.ml_dsa_65), b"message", b"context", made),
        (PublicKey(other.public.ed25519, public.ml_dsa_65), b"message", b"context", made),
    )
    refused(
        "a signature with R of small order", lambda: scheme.check(public, b"message", b"context", _deniable(made, key))
    )
    for arguments in bad:
        refused("half a signature", lambda arguments=arguments: scheme.check(*arguments))


def _deniable(made: Signature, key: PrivateKey) -> Signature:
    """A signature that its own signer makes with R the neutral point (r = 0); by RFC 8032 it verifies."""
    order = 2**252 + 27742317777372353535851937790883648493
    scalar = int.from_bytes(sha512(b"1" * 32).digest()[:32], "little") & (2**254 - 8) | 2**254
    neutral = (1).to_bytes(32, "little")
    k = int.from_bytes(sha512(neutral + key.public.ed25519 + b"message").digest(), "little")
    return Signature(neutral + (k * scalar % order).to_bytes(32, "little"), made.ml_dsa_65)


def envelopes() -> None:
    """An envelope has one form, both halves of each signature, and no more than it may hold."""
    signature = Signature(bytes(64), bytes(3_309))
    made = Envelope("type", b"payload", {"a": signature, "b": signature})
    document = canonical.read(made.document(), 70_000)
    assert read_envelope(made.document()) == made, "an envelope is read back"

    def changed(change: Callable[[Any], object]) -> bytes:
        value = canonical.read(made.document(), 70_000)
        change(value)
        return canonical.write(value)

    tries: dict[str, Callable[[Any], object]] = {
        "half a signature": lambda v: v["signatures"].pop(),
        "the other half": lambda v: v["signatures"].pop(0),
        "signatures out of order": lambda v: v["signatures"].reverse(),
        "one twice": lambda v: v["signatures"].insert(0, v["signatures"][0]),
        "a short signature": lambda v: v["signatures"][0].update(sig="QQ=="),
        "an unknown algorithm": lambda v: v["signatures"][0].update(keyid="a/ed448"),
        "a member more": lambda v: v.update(more=1),
        "a key's name hidden": lambda v: v["signatures"][0].update(alg="none"),
    }
    for what, change in tries.items():
        refused(what, lambda change=change: read_envelope(changed(change)))
    many = Envelope("type", b"", {f"s{number:02}": signature for number in range(9)})
    refused("eighteen signatures", lambda: read_envelope(many.document()))
    refused("a great envelope", lambda: read_envelope(Envelope("type", bytes(60_000), {}).document()))
    assert document["signatures"][0]["keyid"] == "a/ed25519", "the keyid"
    refused("joined over other bytes", lambda: made.joined(Envelope("type", b"other", {})))
    refused("joined over another type", lambda: made.joined(Envelope("types", b"payload", {})))


# ---- the tree, heads, evidence, bundles -----------------------------------------------------------------------------


def proofs() -> None:
    """Every inclusion and consistency proof up to size 12 verifies, and no altered one does."""
    leaves = [merkle.leaf_hash(b"%d" % number) for number in range(12)]
    tree = merkle.Tree(leaves)
    for size in range(1, 13):
        root = tree.root(size)
        assert root == _root(leaves[:size]), f"the root of {size}"
        for index in range(size):
            path = merkle.inclusion_proof(index, size, tree.subtree)
            merkle.check_inclusion(index, size, leaves[index], path, root)
            for worse in _altered(path):
                refused(
                    "another path",
                    lambda i=index, s=size, w=worse, r=root: merkle.check_inclusion(i, s, leaves[i], w, r),
                )
            refused(
                "another leaf", lambda i=index, s=size, p=path, r=root: merkle.check_inclusion(i, s, b"x" * 32, p, r)
            )
            for wrong in {index - 1, index + 1, size, -1} - {index}:
                refused(
                    "another index",
                    lambda i=index, s=size, p=path, r=root, w=wrong: merkle.check_inclusion(w, s, leaves[i], p, r),
                )
        for first in range(1, size + 1):
            proof = merkle.consistency_proof(first, size, tree.subtree)
            before = tree.root(first)
            merkle.check_consistency(first, before, size, root, proof)
            for worse in _altered(proof):
                refused(
                    "another proof",
                    lambda f=first, b=before, s=size, r=root, w=worse: merkle.check_consistency(f, b, s, r, w),
                )
            for roots in ((b"x" * 32, root), (before, b"x" * 32)):
                refused(
                    "another root",
                    lambda f=first, s=size, p=proof, r=roots: merkle.check_consistency(f, r[0], s, r[1], p),
                )
    assert merkle.leaf_hash(b"") != merkle.node_hash(b"", b""), "leaves and nodes are told apart"


def _root(leaves: list[bytes]) -> bytes:
    if len(leaves) == 1:
        return leaves[0]
    half = next(1 << bits for bits in range(5, -1, -1) if 1 << bits < len(leaves))
    return sha256(b"\x01" + _root(leaves[:half]) + _root(leaves[half:])).digest()


def _altered(path: tuple[bytes, ...]) -> Iterable[tuple[bytes, ...]]:
    yield (*path, b"x" * 32)
    if path:
        yield path[:-1]
        yield (b"x" * 32, *path[1:])


def heads() -> None:
    """A note has one form; a cosignature is good for its slot, register, size, root, key and time alone."""
    signers = cheap_keys("a", "b")
    plain = Head("ab" * 32, 5, b"r" * 32, {})
    head = plain.signed(Slot.A, signers["a"], 7).signed(Slot.B, signers["b"], 8)
    assert read_head(head.note()) == head, "a head is read back"
    for slot in (Slot.A, Slot.B):
        head.check(slot, signers[slot].public, SCHEME)
    made = head.cosignatures
    for other in (
        Head("cd" * 32, 5, head.root, made),
        Head(head.register, 6, head.root, made),
        Head(head.register, 5, b"s" * 32, made),
    ):
        refused("a signature for another head", lambda other=other: other.check(Slot.A, signers["a"].public, SCHEME))
    refused("another key", lambda: head.check(Slot.A, signers["b"].public, SCHEME))
    swapped = Head(head.register, 5, head.root, {Slot.B: made[Slot.A]})
    refused("another slot", lambda: swapped.check(Slot.B, signers["a"].public, SCHEME))
    renamed = Cosignature(7, (b"name", b"name"), made[Slot.A].signature)
    misnamed = Head(head.register, 5, head.root, {Slot.A: renamed})
    refused("a key named that is another", lambda: misnamed.check(Slot.A, signers["a"].public, SCHEME))
    refused("no signature", lambda: plain.check(Slot.A, signers["a"].public, SCHEME))
    refused("joined with another size", lambda: head.joined(Head(head.register, 6, head.root, {})))
    refused("joined with another root", lambda: head.joined(Head(head.register, 5, b"s" * 32, {})))
    lines = head.note().decode().split("\n")
    late = b64decode(lines[5].split(" ")[2])
    later = f"{lines[5].rpartition(' ')[0]} {b64encode(late[:4] + bytes(7) + b'9' + late[12:]).decode()}"
    zero = ["0" + lines[1] if number == 1 else line for number, line in enumerate(lines)]
    bad = (
        lines[:-1], [*lines[:-1], "x"], [*lines[:4], lines[5], lines[4], *lines[6:]], [*lines[:4], *lines[5:]],
        [*lines[:4], *lines[6:8], *lines[4:6], ""], [*lines[:5], later, *lines[6:]], zero, [*lines[:3], "more", *lines[3:]],
        [lines[0][:-1], *lines[1:]], [*lines[:4], *lines[4:6], *lines[4:6], ""], [*lines[:2], "QQ==", *lines[3:]],
    )  # fmt: skip
    for number, each in enumerate(bad):
        refused(f"note {number}", lambda each=each: read_head("\n".join(each).encode()))


def evidence() -> None:
    """Evidence accuses nobody who signed one history, and stands against whoever signed two."""
    signer = cheap_keys("a")["a"]
    trees = [
        merkle.Tree(merkle.leaf_hash(b"%d" % number) for number in leaves)
        for leaves in ((0, 1, 2), (0, 1, 3), (0, 9, 2, 4))
    ]

    def head(tree: merkle.Tree, size: int, register: str = "ab" * 32) -> Head:
        return Head(register, size, tree.root(size), {}).signed(Slot.A, signer, 1)

    def leaf(tree: merkle.Tree, index: int, size: int) -> Leaf:
        return Leaf(tree.subtree(0, index), merkle.inclusion_proof(index, size, tree.subtree))

    one, other, third = trees
    keys = signer.public, signer.public
    same_size = Evidence(Slot.A, keys, (head(one, 3), head(other, 3)))
    at_index = Evidence(Slot.A, keys, (head(one, 3), head(third, 4)), 1, (leaf(one, 1, 3), leaf(third, 1, 4)))
    for good in (same_size, at_index):
        read_evidence(good.document()).check(SCHEME)
        assert read_evidence(good.document()) == good, "evidence is read back"
    other_key = cheap_keys("z")["z"].public
    bad = (
        Evidence(Slot.A, keys, (head(one, 3), head(one, 3))),
        Evidence(Slot.A, keys, (head(one, 2), head(one, 3))),
        Evidence(Slot.A, (other_key, signer.public), same_size.heads),
        Evidence(Slot.A, (signer.public, other_key), same_size.heads),
        Evidence(Slot.B, keys, same_size.heads),
        Evidence(Slot.A, keys, (head(one, 3), Head("ab" * 32, 3, b"z" * 32, head(one, 3).cosignatures))),
        Evidence(Slot.A, keys, (head(one, 3), head(third, 4)), 0, (leaf(one, 0, 3), leaf(third, 0, 4))),
        Evidence(
            Slot.A,
            keys,
            (head(one, 3), head(third, 4)),
            1,
            (leaf(one, 1, 3), Leaf(b"x" * 32, leaf(third, 1, 4).path)),
        ),
        Evidence(Slot.A, keys, (head(one, 3), head(other, 3, "cd" * 32))),
    )
    for number, each in enumerate(bad):
        refused(f"evidence {number}", lambda each=each: each.check(SCHEME))


def bundles() -> None:
    """A bundle is whole and in order, or it is refused: cut anywhere, any bit flipped, anything after its end."""
    blob = b"blob"
    digest = sha256(blob).hexdigest()
    head, later = (Head("ab" * 32, size, b"r" * 32, {}).note() for size in (1, 2))
    contents = Contents(
        "ab" * 32, [(digest, blob)], 4, [b"one", b"two"], [(1, head), (2, later)], [("cd" * 32, b"offer")]
    )
    data = b"".join(written(contents))
    items = list(read_bundle(BytesIO(data)))
    assert [item.data for item in items] == [b"", blob, b"one", b"two", head, later, b"offer"], "a bundle is read back"
    for length in range(len(data)):
        refused("a bundle cut short", lambda length=length: list(read_bundle(BytesIO(data[:length]))))
    for at in range(len(data)):
        worse = data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]
        refused(f"a bit flipped at {at}", lambda worse=worse: list(read_bundle(BytesIO(worse))))
    gap = _sealed(data.replace(b"entry 5 ", b"entry 6 "))
    refused("an entry left out", lambda: list(read_bundle(BytesIO(gap))))
    assert len(list(read_bundle(BytesIO(_sealed(data))))) == len(items), "a bundle sealed again is read"
    refused("something after the end", lambda: list(read_bundle(BytesIO(data + b"x"))))
    bad = (
        Contents("ab" * 32, [("cd" * 32, blob)]),
        Contents("ab" * 32, [(digest, blob), (digest, blob)]),
        Contents("ab" * 32, heads=[(2, later), (1, head)]),
        Contents("ab" * 32, heads=[(2, head)]),
        Contents("ab" * 32, offers=[("cd" * 32, b"x"), ("ab" * 32, b"x")]),
        Contents("ab" * 32, entries=[bytes(70_000)]),
        Contents("ab"),
    )
    for number, each in enumerate(bad):
        refused(f"bundle {number}", lambda each=each: list(read_bundle(BytesIO(b"".join(written(each))))))


def _sealed(data: bytes) -> bytes:
    """The bundle with an end that fits what stands before it."""
    before, _, end = data.rpartition(b"\nend ")
    digest = sha256(before + b"\n").hexdigest().encode()
    return before + b"\nend " + end.split(b" ")[0] + b" 64\n" + digest + b"\n"


# ---- acts -----------------------------------------------------------------------------------------------------------


def charters() -> None:
    """A charter is signed by everybody with every key, and no key stands in two places."""
    for missing in ("a", "a.root", "b", "b.root", "operator"):
        people = Delegations.cheap()
        envelope = unsigned(people.charter())
        people.register = envelope.digest
        data = people.signed(envelope, *(name for name in people.keys if name != missing))
        refused(f"a charter without {missing}", lambda data=data: accept(MemoryLedger(), data, SCHEME))
    for one, other in (("a", "b"), ("a", "b.root"), ("a.root", "operator"), ("a", "a.root")):
        people = Delegations.cheap()
        people.keys[other] = people.keys[one]
        refused(f"one key as {one} and {other}", lambda people=people: unsigned(people.charter()))
    people = Delegations.cheap()
    roles = people.charter().roles
    refused("parties in the other order", lambda: unsigned(people.charter(roles=(_named(roles[0], "ZZZ"), *roles[1:]))))
    refused("a charter without b", lambda: unsigned(people.charter(roles=(roles[0], roles[2]))))


def _named(role: Any, identity: str) -> Any:
    return type(role)(role.slot, type(role.holder)(identity, role.holder.title, role.holder.key, role.holder.root))


def acts() -> None:
    """What the histories seldom do: an act for another register, with two kinds of digest, beyond its index."""
    story = Story()
    people, change = story.people, story.people.change
    twice = (change(Status.SIGNED), change(Status.SIGNED))
    refused("a section twice", lambda: story.step(*twice))
    wrong = people.text()
    line = wrong.line
    assert line is not None, "a line"
    for blob in (
        Blob(line.length + 1, line.media_type, line.sha256, line.sha3_256),
        Blob(line.length, line.media_type, line.sha256, "0" * 64),
        Blob(line.length, line.media_type, "0" * 64, line.sha3_256),
    ):
        text = type(wrong)(wrong.descriptions, (), blob, wrong.prevails, (), 1)
        refused("another blob", lambda text=text: story.step(change(Status.SIGNED, text=text)))
    refused("a claim by nobody", lambda: story.step(change(Status.CLAIMED), kind=Kind.CLAIM))
    refused("past its index", lambda: story.step(change(Status.SIGNED), last_index=story.ledger.size - 1))
    story.step(change(Status.SIGNED), last_index=story.ledger.size)
    refused("an exchange of one", lambda: story.step(change(Status.SIGNED), kind=Kind.EXCHANGE))
    key = cheap_keys("n")["n"]
    half = PublicKey(key.public.ed25519, people.keys["b"].public.ml_dsa_65)
    for slot, kind, public in (
        (Slot.A, KeyChangeKind.APPOINT, key.public),
        (Slot.OPERATOR, KeyChangeKind.RECOVER, key.public),
        (Slot.A, KeyChangeKind.ROTATE, half),
    ):
        body = people.key_change(story.ledger, kind, slot, public)
        names = {"appoint": ("a", "b", "new"), "recover": ("new",), "rotate": ("a", "new")}[kind]
        refused(f"{kind} of {slot}", lambda body=body, names=names: story.put(body, *names, keys={"new": key}))


def rules() -> None:
    """Each small case is refused, and by the rule that it breaks; what may pass passes."""
    story = begun()
    size = story.ledger.size
    for what, (rule, act) in REFUSED.items():
        if story.ledger.size != size:
            story = begun()
        found = _refusal(story, act)
        assert found == rule, f"{what}: {found or 'not refused'}, not {rule}"
    for what, acts_of in ALLOWED.items():
        story = begun()
        for act in acts_of:
            found = _refusal(story, act)
            assert not found, f"{what} was refused: {found}"


def sequels() -> None:
    """Of every two statuses, one may follow on the other exactly where the table says so."""
    for status, may in FOLLOWS.items():
        for before in ("", *FOLLOWS):
            found = _refusal(Story(), sequel(Status(before) if before else None, Status(status)))
            assert found == ("" if before in may else "E13"), (
                f"{status} after {before or 'nothing'}: {found or 'passed'}"
            )


def _refusal(story: Story, act: Callable[[Story], object]) -> str:
    try:
        act(story)
    except RefusedError as refusal:
        return str(refusal.rule.value)
    return ""


# ---- replicas -------------------------------------------------------------------------------------------------------


def stores() -> None:
    """A store notices changed bytes, gives half a transaction back, and signs nothing that it cannot read back."""
    story = Story()
    story.in_force()
    story.in_force("S2")
    data = story.entries
    operator = story.people.keys["operator"]
    for store in (sqlite_store(), memory_store()):
        replica = Replica(store, SCHEME)
        head = replica.append(data[0], story.people.blobs, operator, 1)
        words = Blob.of(story.people.blobs[1], "text/plain")
        assert store.has_blob(words), "a blob is here"
        for longer, other in ((1, words.sha3_256), (0, "0" * 64)):
            wrong_blob = Blob(words.length + longer, words.media_type, words.sha256, other)
            assert not store.has_blob(wrong_blob), "other bytes than the reference says"
        before = store.size
        refused("entries without the operator's head", lambda r=replica: r.take(data[1:3], ()))
        refused("a head of other entries", lambda r=replica, h=head: r.take(data[1:3], (), [h]))
        assert store.size == before, "half of what was refused stayed"
        for each in data[1:]:
            replica.append(each, (), operator, 1)
        mine = replica.cosign(Slot.A, story.people.keys["a"], 1)
        assert replica.cosign(Slot.A, story.people.keys["a"], 99) == mine, "a second signature for one size"
        stranger = story.people.keys["b"]
        refused("another's key", lambda r=replica, k=stranger: r.cosign(Slot.A, k, 1), "cosigning")
        forked = Head(mine.register, mine.size, b"x" * 32, {}).signed(Slot.A, story.people.keys["a"], 1)
        refused("a fork", lambda r=replica, f=forked: r.receive(f))
        assert len(store.evidence()) == 1, "no evidence was kept"
        refused("a head that nobody signed", lambda r=replica, h=head: r.receive(Head(h.register, h.size, h.root, {})))
        invented = Head(mine.register, mine.size, mine.root, {}).signed(Slot.B, story.people.keys["a"], 1)
        refused("an invented cosignature", lambda r=replica, h=invented: r.receive(h))
        wild = Head("ab" * 32, 1, head.root, {}).signed(Slot.A, story.people.keys["a"], 1)
        refused("a head of another register", lambda r=replica, w=wild: r.receive(w))
        assert store.agreed_size == 0, "agreed by one alone"
        for wrong in (Head(mine.register, mine.size + 1, b"x" * 32, {}), Head(mine.register, mine.size, b"x" * 32, {})):
            refused("older than the key", lambda r=replica, f=wrong: r.cosign(Slot.A, story.people.keys["a"], 1, f))
        store.put_head(Slot.A, Head(mine.register, mine.size + 1, b"x" * 32, {}).signed(Slot.A, stranger, 1))
        refused("a smaller size", lambda r=replica: r.cosign(Slot.A, story.people.keys["a"], 1), "cosigning")
    _damage(story, data)
    _past_answers(eventful())


def _past_answers(story: Story) -> None:
    """At every size, on every day that a segment begins or ends and the day after: what a replay to that size says."""
    store = sqlite_store()
    with store.writing():
        for each in (*story.people.blobs, LINE.replace(b"1}", b"2}")):
            store.hold_blob(each)
        for data in story.entries:
            store.add(accept(store, data, SCHEME))
    days = {day for row in store.rows("segment") for end in row[1:3] if end for day in (end, f"{end[:8]}02")}
    for size in range(store.size + 1):
        past = story.ledger.at(size)
        tracks = {section: past.segments(section) for section in past.sections}
        for day in sorted(days):
            held = {name: each.change for name, track in tracks.items() for each in track if each.holds(day)}
            found = {name: each.reference for name, each in store.in_force(day, size).items()}
            assert found == held, f"on {day} at {size}: {found}, a replay says {held}"


def _damage(story: Story, data: list[bytes]) -> None:
    for statement in (
        "UPDATE entry SET data = CAST(data || ' ' AS BLOB) WHERE idx = 2",
        "UPDATE subtree SET hash = zeroblob(32) WHERE level = 0 AND position = 2",
        "UPDATE subtree SET hash = zeroblob(32) WHERE level = 1 AND position = 0",
    ):
        store = sqlite_store()
        replica = Replica(store, SCHEME)
        for entry in data:
            replica.append(entry, story.people.blobs, story.people.keys["operator"], 1)
        store._execute(statement)
        if "level = 1" not in statement:
            refused("a changed entry was read", lambda s=store: s.entry(2))
        refused("a changed entry was signed", lambda r=replica: r.cosign(Slot.A, story.people.keys["a"], 1))
        store._execute("UPDATE blob SET data = zeroblob(3)")
        refused("a changed blob was read", lambda s=store: s.blob(s.blobs()[0]))


def rotations() -> None:
    """Two histories are proven also where the slot's key was changed between their heads, here or there; but not by a head
    under a key that was never the slot's here."""
    ours, theirs = Story(), Story(Delegations.cheap())
    old = ours.people.keys["operator"]
    for story, title in ((ours, "one"), (theirs, "other")):
        story.step(story.people.change(Status.SIGNED), title=title)
    forked = _operator_head(theirs, old)
    for store in (sqlite_store(), memory_store()):
        replica = Replica(store, SCHEME)
        for entry in ours.entries[:2]:
            replica.append(entry, ours.people.blobs, old, 1)
        _prove(replica, forked, theirs)
        new = _rotated(ours, "new") if len(ours.entries) == 2 else cheap_keys("new")["new"]
        replica.take(ours.entries[2:], (), [_operator_head(ours, new)])
        _prove(replica, forked, theirs)
    elsewhere = _rotated(theirs, "elsewhere")
    unknown = _operator_head(theirs, elsewhere)
    refused("a key unknown here", lambda: _prove(replica, unknown, theirs), "evidence")
    _prove(replica, _operator_head(theirs, new), theirs)
    _prove(replica, forked, theirs)


def _prove(replica: Replica, head: Head, theirs: Story) -> None:
    made = replica.evidence_of_fork(ForkError(Slot.OPERATOR, head, None), theirs.entries)
    assert made is not None, "no evidence across a change of keys"
    made.check(SCHEME)
    assert made.document() in replica.store.evidence(), "evidence that was not kept"


def _rotated(story: Story, name: str) -> Any:
    """The operator's key becomes another, which is given back."""
    key = cheap_keys(name)[name]
    body = story.people.key_change(story.ledger, KeyChangeKind.ROTATE, Slot.OPERATOR, key.public)
    story.put(body, "operator", "new", keys={"new": key})
    return key


def _operator_head(story: Story, key: Any) -> Head:
    size = story.ledger.size
    return Head(story.people.register, size, story.ledger.root(size), {}).signed(Slot.OPERATOR, key, 1)


def histories() -> None:
    """The invariants hold in some hundred histories."""
    from simulation.history import history
    from simulation.remembering import remembering

    tally: Counter[str] = Counter()
    with remembering():
        for seed in SEEDS:
            try:
                history(seed, tally)
            except Exception as trouble:
                raise AssertionError(f"history {seed}: {trouble!r}") from trouble


CHECKS: tuple[Callable[[], None], ...] = (
    canonical_json,
    fields,
    envelopes,
    heads,
    evidence,
    keys,
    rules,
    sequels,
    charters,
    acts,
    stores,
    rotations,
    proofs,
    bundles,
    hybrid,
    histories,
)


def main(*names: str) -> int:
    """Runs the checks in order; 1 at the first that fails, after its name and why."""
    for check in CHECKS:
        if names and check.__name__ not in names:
            continue
        try:
            check()
        except Exception as trouble:  # noqa: BLE001
            print(f"{check.__name__}\t{trouble!r}"[:300])
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
