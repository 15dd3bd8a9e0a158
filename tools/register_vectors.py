"""Makes the test vectors of the register's formats anew: `PYTHONPATH=src:tests python tools/register_vectors.py FOLDER`.

Keys and nonces follow from fixed seeds. Signatures by ML-DSA-65 are randomised, so that the files differ each time they are made:
the files in `docs/formats/register/vectors` are the vectors, not what this prints.
"""

from __future__ import annotations

import copy
import io
import json
import sys
from base64 import b64encode
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from fakes.bundle_changes import changed, packed
from fakes.registers import LINE, WORDS, Delegations, Story
from merestone.casefile.progress import silent
from merestone.casefile.register.enrolling import enrolment, read_enrolment
from merestone.casefile.register.proving import verify_bundle
from merestone.register.canonical import write
from merestone.register.envelope import read_envelope
from merestone.register.evidence import Evidence
from merestone.register.head import Head, read_head
from merestone.register.keys import Holder, Slot
from merestone.register.ledger import Accepted
from merestone.register.merkle import inclusion_proof
from merestone.register.objects import Act, Content, KeyChangeKind, Kind, Reference, Status, unsigned
from merestone.register.refusal import RefusedError
from merestone.register.signing import HybridScheme, PrivateKey
from merestone.register.state import state, state_digest

SECONDS = 1_767_225_600


def key(name: str) -> PrivateKey:
    """The key of a name; never used for anything but these vectors."""
    return PrivateKey(sha256(f"vector {name} 1".encode()).digest(), sha256(f"vector {name} 2".encode()).digest())


@dataclass
class Vectors(Story):
    """A register with every kind of entry, its bytes kept."""

    entries: list[bytes] = field(default_factory=list)
    digests: list[str] = field(default_factory=list)

    def put_bytes(self, data: bytes) -> Accepted:
        """The bytes as the next entry."""
        entry = super().put_bytes(data)
        self.digests.append(state_digest(state(self.ledger)))
        return entry

    def key_change(self, kind: KeyChangeKind, slot: Slot, *signers: str) -> None:
        """A change of keys, and the new key in use."""
        name = slot.value + (".root" if kind is KeyChangeKind.ROTATE_ROOT else "")
        new = key(f"{name}, entry {self.ledger.size}")
        self.put(
            self.people.key_change(self.ledger, kind, slot, new.public), *(signers or (name,)), "new", keys={"new": new}
        )
        self.people.keys[name] = new

    def offer(self, content: Content, *names: str) -> bytes:
        """An object signed, and not entered."""
        return self.people.signed(unsigned(content), *names)


def told() -> tuple[Vectors, list[tuple[str, str, bytes]]]:
    """The register, and what is offered when it ends: the rule that each offer would break as the next entry, why, its bytes."""
    names = ("a", "a.root", "b", "b.root", "operator")
    v = Vectors(Delegations({name: key(name) for name in names}, HybridScheme(), blobs=(LINE, WORDS)))
    change, act, a, b = v.people.change, v.people.act, Slot.A, Slot.B

    def claim(by: Slot, **more: Any) -> Act:
        return v.people.claim(v.ledger, by, change(Status.CLAIMED, **more))

    first = v.put(claim(a, begin="1900-01-01"), "a")
    v.put(claim(a, supersedes=(first,)), "a")
    v.put(claim(b, section="S2"), "b")
    early = v.people.base(v.ledger), v.ledger.key_changes
    initialled = v.step(change(Status.INITIALLED), title="Déclaration de la pierre")
    signed = v.step(change(Status.SIGNED, carries=initialled))
    ratified = v.step(change(Status.RATIFIED, carries=signed))
    force = v.step(change(Status.IN_FORCE, "2026-01-01", carries=ratified))
    v.key_change(KeyChangeKind.ROTATE, a, "a")
    both = v.step(*(change(Status.SIGNED, section=s) for s in ("S2", "S3")), kind=Kind.EXCHANGE)
    other = Reference(both.index, 1)
    v.step(change(Status.APPLIED, "2026-03-01", "2027-01-01", carries=other, section="S3"))
    stale_key = v.people.key_change(v.ledger, KeyChangeKind.RECOVER, b, key("never entered").public)
    v.key_change(KeyChangeKind.RECOVER, b, "b.root")
    mended = v.people.text(tolerance_um=2_000)
    corrected = v.step(
        change(Status.IN_FORCE, "2026-01-01", carries=force, supersedes=(force,), text=mended), kind=Kind.CORRECTION
    )
    stopped = v.step(
        change(Status.SUSPENDED, "2030-01-01", "2031-01-01", carries=corrected, supersedes=(corrected,), text=mended)
    )
    v.step(change(Status.ENDED, "2040-01-01", carries=corrected, supersedes=(corrected,), text=mended))
    again = v.people.text(tolerance_um=3_000)
    v.step(
        change(Status.IN_FORCE, "2026-01-01", carries=corrected, supersedes=(corrected,), text=again),
        kind=Kind.CORRECTION,
    )
    v.key_change(KeyChangeKind.ROTATE_ROOT, a, "a.root")
    v.key_change(KeyChangeKind.APPOINT, Slot.MEDIATOR, "a", "b")
    late = v.offer(_other(claim(b, section="S5"), last_index=v.ledger.size + 9), "b")
    withdrawn = v.offer(claim(a, section="S4"), "a")
    v.put(v.people.withdrawal(v.ledger, sha256(payload(withdrawn)).hexdigest(), a), "a")
    v.put(v.people.withdrawal(v.ledger, sha256(payload(late)).hexdigest(), a), "a")
    v.put(claim(a, section="S6"), "a")
    base, keys = early
    stale = act(
        v.ledger,
        change(Status.CLAIMED, section="S6", supersedes=(Reference(v.ledger.size - 1, 0),)),
        kind=Kind.CLAIM,
        by=a,
        base=v.people.base(v.ledger, 5),
    )
    return v, [
        ("", "good as the next entry", late),
        ("E3", "made for another register", v.offer(_other(claim(b, section="S7"), register="0" * 64), "b")),
        (
            "E5",
            "its base is no state of this log",
            v.offer(_other(claim(b, section="S7"), base=_other(base, root="0" * 64)), "b"),
        ),
        ("E6", "made under an older key set", v.offer(_other(claim(b, section="S7"), keys=keys), "b")),
        (
            "E6",
            "a recovery that is older than the one that was entered",
            v.people.signed(unsigned(stale_key), "b.root", "new", keys={"new": key("never entered")}),
        ),
        (
            "E10",
            "it is withdrawn a second time by the same party",
            v.offer(v.people.withdrawal(v.ledger, sha256(payload(late)).hexdigest(), a), "a"),
        ),
        (
            "E14",
            "a correction with other dates than what it corrects",
            v.offer(
                act(
                    v.ledger,
                    change(
                        Status.SUSPENDED,
                        "2030-01-01",
                        "2030-06-01",
                        carries=stopped,
                        supersedes=(stopped,),
                        text=again,
                    ),
                    kind=Kind.CORRECTION,
                ),
                "a",
                "b",
            ),
        ),
        ("E7", "a claim of b that a has signed", v.offer(claim(b, section="S7"), "a")),
        ("E9", "good up to an index that has passed", v.offer(_other(claim(b, section="S7"), last_index=3), "b")),
        ("E10", "it was withdrawn", withdrawn),
        ("E11", "the claim was replaced after its base", v.offer(stale, "a")),
        (
            "E12",
            "refers to bytes that are not there",
            v.offer(claim(b, section="S7", text=v.people.text(line=b"?")), "b"),
        ),
        ("E13", "a second claim that does not name the first", v.offer(claim(b, section="S2"), "b")),
        (
            "E14",
            "displaces what it does not name",
            v.offer(act(v.ledger, change(Status.IN_FORCE, "2026-06-01", carries=other, section="S3")), "a", "b"),
        ),
        (
            "E8",
            "a key of old",
            v.people.signed(
                unsigned(v.people.key_change(v.ledger, KeyChangeKind.ROTATE, b, key("a").public)),
                "b",
                "new",
                keys={"new": key("a")},
            ),
        ),
    ]


def _other(value: Any, **members: Any) -> Any:
    return type(value)(**{name: getattr(value, name) for name in value.__slots__} | members)


def payload(envelope: bytes) -> bytes:
    """The payload of an envelope."""
    return read_envelope(envelope).payload


# ---- files ---------------------------------------------------------------------------------------------------------


def head(v: Vectors, size: int, *slots: Slot) -> bytes:
    """A head of the register, signed with the keys that the slots have now."""
    made = Head(v.people.register, size, v.ledger.root(size), {})
    for slot in slots:
        made = made.signed(slot, v.people.keys[slot.value], SECONDS)
    return made.note()


def evidence(v: Vectors) -> bytes:
    """The operator signed another register of the same size."""
    other = copy.deepcopy(v)
    other.ledger = v.ledger.at(v.ledger.size - 1)
    for data in v.people.blobs:
        other.ledger.hold_blob(data)
    other.put(v.people.claim(other.ledger, Slot.B, v.people.change(Status.CLAIMED, section="S9")), "b")
    heads = [read_head(head(each, v.ledger.size, Slot.OPERATOR)) for each in (v, other)]
    public = v.people.keys["operator"].public
    return Evidence(Slot.OPERATOR, (public, public), (heads[0], heads[1])).document()


def proof(v: Vectors, index: int, note: bytes) -> bytes:
    """The program's own proof of an entry."""
    path = inclusion_proof(index, v.ledger.size, v.ledger.tree.subtree)
    shown = {"format": "merestone-proof", "version": 1, "register": v.people.register, "index": index}
    shown |= {"entry": b64encode(v.entries[index]).decode(), "head": note.decode(), "path": [one.hex() for one in path]}
    return write(shown)


def bad_bundles(v: Vectors, offers: list[tuple[str, str, bytes]], base: bytes) -> list[dict[str, Any]]:
    """Changes to the good bundle, each with the entry and the rule that it breaks (no index: none of the entries is to blame)."""
    order = sorted(offers, key=lambda offer: sha256(payload(offer[2])).hexdigest())
    size = v.ledger.size
    found: list[tuple[str, int | None, str, dict[str, Any]]] = [
        (why, size, rule, {"enter offer": order.index((rule, why, data))}) for rule, why, data in offers if rule
    ]
    first = json.loads(v.entries[1])["signatures"][0]["sig"]
    root = b64encode(v.ledger.root(size)).decode()
    other = json.loads(v.entries[2])["signatures"][0]["sig"]
    found += [
        ("an entry that was entered before", size, "E4", {"repeat entry": 4}),
        ("white space in an envelope", 3, "E1", {"in": "entry", "number": 3, "old": ",", "new": ", "}),
        ("another algorithm in a keyid", 3, "E1", {"in": "entry", "number": 3, "old": "/ed25519", "new": "/ed448"}),
        ("the signature of another entry", 1, "E7", {"in": "entry", "number": 1, "old": first, "new": other}),
        ("bytes that an entry refers to are missing", 1, "E12", {"drop": "blob", "number": 0}),
        ("an entry is missing", None, "bundle", {"drop": "entry", "number": 6}),
        ("begins with an act", None, "bundle", {"drop": "entry", "number": 0}),
        ("the operator's newest head is missing", None, "bundle", {"drop": "head", "number": 1}),
        ("a head with another root", None, "head", {"in": "head", "number": 1, "old": root, "new": "A" * 43 + "="}),
        ("one line of a cosignature", None, "head", {"in": "head", "number": 1, "old": "/a ", "new": "/b "}),
        ("a blob with other bytes", None, "bundle", {"in": "blob", "number": 0, "old": "t", "new": "T"}),
        ("cut off", None, "bundle", {"cut": len(base) - 1}),
    ]
    return [
        {"name": why, "base": "good.bundle", "change": [change], "index": index, "rule": rule}
        for why, index, rule, change in found
    ]


def check(base: bytes, bad: dict[str, Any]) -> None:
    """Ends where a bad bundle is not refused as it should be."""
    try:
        verify_bundle(io.BytesIO(changed(base, bad["change"])), silent)
    except RefusedError as refused:
        if (refused.index, refused.rule) == (bad["index"], bad["rule"]):
            return
        sys.exit(f"{bad['name']}: refused as {refused!r}")
    sys.exit(f"{bad['name']}: accepted")


def main(folder: Path) -> None:
    """Writes all vectors into a folder."""
    v, offers = told()
    size, agreed = v.ledger.size, v.ledger.size - 1
    notes = [(agreed, head(v, agreed, Slot.B)), (size, head(v, size, Slot.A, Slot.OPERATOR))]
    rows = [("register", v.people.register, b"")]
    rows += sorted(("blob", sha256(data).hexdigest(), data) for data in v.people.blobs)
    rows += [("entry", str(index), data) for index, data in enumerate(v.entries)]
    rows += [("head", str(at), note) for at, note in notes]
    rows += sorted(("offer", sha256(payload(data)).hexdigest(), data) for _, _, data in offers)
    base = packed(rows)
    verified = verify_bundle(io.BytesIO(base), silent)
    bad = bad_bundles(v, offers, base)
    for each in bad:
        check(base, each)
    enrolled = enrolment(
        Slot.A, Holder("AAA", "Republic of A", key("a").public, key("a.root").public), key("a"), key("a.root")
    )
    expected = {
        "bundle": {
            "register": verified.register,
            "size": size,
            "root": verified.root,
            "heads": {slot.value: at for slot, at in sorted(verified.heads.items())},
            "agreed_size": verified.agreed_size,
            "offers": len(offers),
            "state_digests": v.digests,
            "state_at_the_agreed_size": verified.state,
            "state_at_the_end": state(v.ledger),
        },
        "proof": {"index": 4, "size": size, "root": verified.root, "signed_by": ["a", "operator"]},
        "evidence": {
            "slot": "operator",
            "sizes": [size, size],
            "fingerprint": v.people.keys["operator"].public.fingerprint,
        },
        "enrolment": {"slot": "a", "identity": "AAA", "key": read_enrolment(enrolled).holder.key.fingerprint},
    }
    files = {
        "good.bundle": base,
        "offer.json": offers[0][2],
        "proof.json": proof(v, 4, notes[1][1]),
        "evidence.json": evidence(v),
        "enrolment.json": enrolled,
        "expected.json": (json.dumps(expected, indent=1, ensure_ascii=False) + "\n").encode(),
        "bad.json": (json.dumps(bad, indent=1, ensure_ascii=False) + "\n").encode(),
    }
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        (folder / name).write_bytes(data)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
