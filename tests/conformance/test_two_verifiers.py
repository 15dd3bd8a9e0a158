"""The register's two verifiers, written apart, agree: on histories by chance, good and broken, each takes the same entries
and bundles and says the same of them, or both refuse, at the same entry."""

from __future__ import annotations

import copy
import io
import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from hashlib import sha3_256, sha256
from pathlib import Path
from random import Random
from typing import Any

import pytest

pytest.importorskip("cryptography.hazmat.primitives.asymmetric.mldsa")

from fakes import register_histories as h
from fakes.registers import CheapScheme, _cheap
from merestone.casefile.progress import silent
from merestone.casefile.register.desk import Desk
from merestone.casefile.register.exporting import export, verify_export
from merestone.casefile.register.manifest import MANIFEST, manifest_of
from merestone.casefile.register.proving import check_evidence, check_proof, prove, verify_bundle
from merestone.errors import MerestoneError
from merestone.register.bundle import Record, read_bundle
from merestone.register.evidence import Evidence, Leaf
from merestone.register.head import read_head
from merestone.register.keys import PublicKey, Slot
from merestone.register.ledger import MemoryLedger
from merestone.register.merkle import inclusion_proof
from merestone.register.objects import Status
from merestone.register.published import verify_register as published
from merestone.register.refusal import RefusedError
from merestone.register.rules import accept
from merestone.register.signing import Signature
from merestone.register.state import state, state_digest
from merestone.register.store import Store
from unit.register.published.registers import pack

Answer = tuple[Any, ...]


def cheap_check(key: published.Key, message: bytes, context: str, signature: tuple[bytes, bytes]) -> None:
    """The cheap scheme in the published verifier."""
    published.demand(
        Signature(*signature) == _cheap(PublicKey(*key), message, context.encode()), "not signed by this key"
    )


@pytest.fixture(autouse=True)
def _cheap_scheme(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(published, "check_signature", cheap_check)


def first_says(raw: bytes) -> Answer:
    """What the program's own verifier says of a bundle, with the state's digest at each size."""
    try:
        found = verify_bundle(io.BytesIO(raw), silent, CheapScheme())
    except RefusedError as refused:
        return "refused", refused.index
    heads = {slot.value: size for slot, size in found.heads.items()}
    return "accepted", found.register, found.size, found.root, heads, found.agreed_size, digests(raw)


def digests(raw: bytes) -> list[str]:
    """The state's digest at each size, as the program's own rules have it."""
    ledger, found = MemoryLedger(), []
    for item in read_bundle(io.BytesIO(raw)):
        if item.kind is Record.BLOB:
            ledger.hold_blob(item.data)
        elif item.kind is Record.ENTRY:
            ledger.add(accept(ledger, item.data, CheapScheme()))
            found.append(state_digest(state(ledger)))
    return found


def published_says(raw: bytes) -> Answer:
    """What the published verifier says of it."""
    try:
        found = published.verify_bundle(io.BytesIO(raw))
    except published.Refused as refused:
        return "refused", refused.index
    states = [found.state_digest(size) for size in range(1, found.size + 1)]
    return "accepted", found.register, found.size, found.root, found.heads, found.agreed_size, states


@dataclass(frozen=True, slots=True)
class Case:
    """A bundle, and what was done to it."""

    what: str
    seed: int
    raw: bytes


def cases(seed: int) -> Iterator[Case]:
    """Bundles of one history: as it is, and broken in each way."""
    chance = Random(seed)
    story = h.history(chance, chance.randrange(12))
    rows = h.records(chance, story)
    first = next(at for at, row in enumerate(rows) if row[0] == "entry")
    at = chance.randrange(story.ledger.size)
    yield Case("good", seed, pack(rows))
    for what, data in (
        ("payload", h.altered_payload(chance, story, story.entries[at], at)),
        ("envelope", h.altered_envelope(chance, story.entries[at])),
    ):
        yield Case(what, seed, pack([*rows[: first + at], ("entry", str(at), data), *rows[first + at + 1 :]]))
    for _ in range(2):
        longer, data = copy.deepcopy(story), h.proposal(chance, story)
        extra = [] if longer.try_bytes(data) else [("entry", str(story.ledger.size), data)]
        yield Case("next", seed, pack(sorted(h.records(chance, longer) + extra, key=lambda row: KINDS.index(row[0]))))
    number = chance.choice([at for at, row in enumerate(rows) if row[0] == "head"])
    note = h.altered_note(chance, story, rows[number][2])
    name = note.split(b"\n")[1].decode("ascii", "replace") if note.count(b"\n") > 1 else "1"
    name = name if name.isdigit() and chance.random() < 0.9 else rows[number][1]
    yield Case("head", seed, pack([*rows[:number], ("head", name, note), *rows[number + 1 :]]))
    yield Case("records", seed, pack(h.altered_records(chance, rows)))
    yield Case("bytes", seed, h.altered_bytes(chance, pack(rows)))
    yield Case("cut", seed, pack(rows)[: chance.randrange(len(pack(rows)))])


SEEDS = 360
KINDS = ("register", "blob", "entry", "head", "offer")


@pytest.mark.parametrize("part", range(8))
def test_both_say_the_same_of_bundles_by_chance(part: int) -> None:
    """More than 3,000 bundles in all: equal register, size, root, heads, agreed size and state at each size, or both refuse
    at the same entry."""
    seen: Counter[tuple[str, str]] = Counter()
    for seed in range(part, SEEDS, 8):
        for case in cases(seed):
            one, other = first_says(case.raw), published_says(case.raw)
            assert one == other, (case.what, case.seed)
            seen[case.what, one[0]] += 1
    assert seen["good", "refused"] == 0
    assert all(seen[what, "refused"] for what in ("payload", "envelope", "head", "records", "bytes", "cut"))


@pytest.mark.parametrize("seed", range(16))
def test_both_take_the_same_entries(seed: int) -> None:
    """Through a long history each proposal, and each altered one, is taken by both or by neither, and the state is one."""
    chance = Random(10_000 + seed)
    story, log = h.told(chance), published.Log()
    for data in story.people.blobs:
        log.blobs[sha256(data).hexdigest()] = (len(data), sha3_256(data).hexdigest())
    log.accept(story.entries[0])
    for _ in range(60):
        data = h.proposal(chance, story)
        for attempt in (h.altered_payload(chance, story, data, story.ledger.size), data):
            assert both_take(story, log, attempt), (seed, story.ledger.size)


# ---- exports, proofs and evidence ---------------------------------------------------------------------------------


def outcome(call: Callable[..., object], *arguments: object) -> str:
    """Whether something is accepted or refused; any other trouble is a failure."""
    try:
        call(*arguments)
    except (MerestoneError, published.Refused):
        return "refused"
    return "accepted"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A replica with a history by chance that all slots have signed, at two sizes."""
    chance = Random(5)
    story = h.history(chance, 40)
    size = story.ledger.size
    slots = [slot for slot in story.people.keys if "." not in slot]
    heads = [read_head(story.head(at, slots)) for at in (size // 2, size) if set(slots) <= story.keys_at[at].keys()]
    made = Desk(tmp_path / "desk", Store.create(tmp_path / "store"), CheapScheme())
    made.replica.take(story.entries, story.people.blobs, heads[-1:])
    with made:
        yield made


def exported(desk: Desk, folder: Path) -> Path:
    export(desk, folder, silent)
    return folder


def manifest(folder: Path) -> None:
    """The manifest of an export, written anew by somebody who may."""
    (folder / MANIFEST).write_bytes(manifest_of(folder))


def test_both_say_the_same_of_an_export_with_any_file_altered(desk: Desk, tmp_path: Path) -> None:
    """An export of the program is accepted by both; with a file lost, altered or too many, refused by both; and where the manifest
    is written anew afterwards, both say the same too."""
    folder, chance = exported(desk, tmp_path / "export"), Random(6)
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != MANIFEST)
    files = [path for path in files if path.parent.name not in {"formats", "vectors"} or path.name == "rules.md"]
    first = partial(verify_export, folder, silent, CheapScheme())
    other = partial(published.verify_export, folder)
    assert outcome(first) == outcome(other) == "accepted"
    for path in files:
        raw = path.read_bytes()
        for bad in (h.altered_bytes(chance, raw), raw + b"\n", raw[: chance.randrange(len(raw))], None):
            path.write_bytes(bad) if bad is not None else path.unlink()
            assert outcome(first) == outcome(other) == "refused", path
            manifest(folder)
            assert outcome(first) == outcome(other), path
            path.write_bytes(raw)
            manifest(folder)
    entries = next(folder.glob("tile/entries/*/*"))
    lengthened = b"".join(len(data).to_bytes(2, "big") + data for data in desk.store.entries(0, 3))
    for name, data, expected in (
        ("tile/entries/000.p/3", lengthened, "accepted"),
        ("tile/entries/000.p/4", lengthened, "refused"),
        ("tile/0/000.p/1", desk.store.subtree(0, 0), "accepted"),
        ("tile/0/000.p/2", desk.store.subtree(0, 0), "refused"),
        ("tile/0/001.p/1", desk.store.subtree(0, 0), "refused"),
        ("tile/9/000.p/1", desk.store.subtree(0, 0), "refused"),
        ("tile/0/000.p/01", desk.store.subtree(0, 0), "refused"),
        ("tile/notes", b"", "refused"),
        ("tile/entries/000", entries.read_bytes(), "refused"),
        ("heads/1", b"", "refused"),
        ("blob/aa/" + "a" * 64, b"", "refused"),
        ("robots.txt", b"", "accepted"),
        ("evidence/" + "a" * 64 + ".json", b"{}", "refused"),
    ):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        assert outcome(first) == outcome(other) == "refused", name
        manifest(folder)
        assert (outcome(first), outcome(other)) == (expected, expected), name
        path.unlink()
        manifest(folder)


def test_both_say_the_same_of_proofs(desk: Desk, tmp_path: Path) -> None:
    """Each proof that the program makes is accepted by both; each alteration of one is refused by both or by neither."""
    known = published.verify_export(exported(desk, tmp_path / "export"))
    chance, seen = Random(7), Counter[str]()
    for index in range(desk.store.size):
        raw = prove(desk, index)
        bad = [h.rewritten(h.altered(chance, json.loads(raw))) for _ in range(25)]
        for attempt in (raw, *bad, h.altered_bytes(chance, raw)):
            one, other = outcome(check_proof, attempt, desk), outcome(published.verify_proof, attempt, known)
            assert one == other, attempt[:300]
            seen[one] += 1
        assert outcome(published.verify_proof, raw, known) == "accepted"
    assert seen["refused"] > 100


@pytest.mark.parametrize("seed", range(30))
def test_both_say_the_same_of_evidence(seed: int) -> None:
    """Evidence of a fork is accepted by both; each alteration of it is refused by both or by neither."""
    chance = Random(seed)
    story = h.history(chance, 8)
    forks = [copy.deepcopy(story) for _ in range(2)]
    start = story.ledger.size
    for fork, section in zip(forks, ("N", "S"), strict=True):
        fork.step(fork.people.change(Status.SIGNED, section=section))
    for _ in range(chance.randrange(3)):
        forks[1].try_bytes(h.proposal(chance, forks[1]))
    raw = evidence(forks, start, chance.choice(("a", "b", "operator")))
    assert outcome(check_evidence, raw, {}, CheapScheme()) == "accepted"
    for attempt in (
        raw,
        *(h.rewritten(h.altered(chance, json.loads(raw))) for _ in range(40)),
        h.altered_bytes(chance, raw),
    ):
        one = outcome(check_evidence, attempt, {}, CheapScheme())
        assert one == outcome(published.verify_evidence, attempt), attempt[:200]


def evidence(forks: list[h.Told], index: int, slot: str) -> bytes:
    """Evidence against a slot that signed both forks, which part at an index."""
    sizes = [fork.ledger.size for fork in forks]
    heads = [read_head(fork.head(size, [slot, "operator"])) for fork, size in zip(forks, sizes, strict=True)]
    keys = [fork.keys_at[size][slot].public for fork, size in zip(forks, sizes, strict=True)]
    leaves = [
        Leaf(fork.ledger.tree.subtree(0, index), inclusion_proof(index, size, fork.ledger.tree.subtree))
        for fork, size in zip(forks, sizes, strict=True)
    ]
    shown = None if sizes[0] == sizes[1] else (leaves[0], leaves[1])
    found = Evidence(Slot(slot), (keys[0], keys[1]), (heads[0], heads[1]), index if shown else 0, shown)
    return found.document()


def both_take(story: h.Told, log: published.Log, data: bytes) -> bool:
    """Whether both verifiers say the same of the next entry."""
    try:
        log.accept(data)
        taken, why = True, ""
    except published.Refused as refused:
        taken, why = False, str(refused)
    try:
        story.put_bytes(data)
    except RefusedError as refused:
        return not taken or pytest.fail(f"only the program refuses: {refused}")
    size = story.ledger.size
    assert taken, f"only the published verifier refuses: {why}"
    assert log.state(size) == state(story.ledger)
    return True
