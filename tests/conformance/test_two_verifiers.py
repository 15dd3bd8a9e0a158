"""The register's two verifiers, written apart, agree: on histories by chance, good and broken, each takes the same entries
and bundles and says the same of them, or both refuse, at the same entry."""

from __future__ import annotations

import copy
import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Any

import pytest

pytest.importorskip("cryptography.hazmat.primitives.asymmetric.mldsa")

from fakes import register_histories as h
from fakes.registers import CheapScheme, _cheap
from merestone.casefile.progress import silent
from merestone.casefile.register.proving import verify_bundle
from merestone.register.bundle import Record, read_bundle
from merestone.register.ledger import MemoryLedger
from merestone.register.published import verify_register as published
from merestone.register.refusal import RefusedError
from merestone.register.rules import accept
from merestone.register.signing import Signature
from merestone.register.keys import PublicKey
from merestone.register.state import state, state_digest
from unit.register.published.registers import pack

Answer = tuple[Any, ...]


def cheap_check(key: published.Key, message: bytes, context: str, signature: tuple[bytes, bytes]) -> None:
    """The cheap scheme in the published verifier."""
    published.demand(Signature(*signature) == _cheap(PublicKey(*key), message, context.encode()), "not signed by this key")


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
    chance = Random(seed)  # noqa: S311 - repeatable, not secret
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


SEEDS = 400
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


@pytest.mark.parametrize("seed", range(24))
def test_both_take_the_same_entries(seed: int) -> None:
    """Through a long history each proposal, and each altered one, is taken by both or by neither, and the state is one."""
    chance = Random(10_000 + seed)  # noqa: S311 - repeatable, not secret
    story, log = h.told(chance), published.Log()
    for data in story.people.blobs:
        log.blobs[published.sha256(data).hex()] = (len(data), published.hashlib.sha3_256(data).hexdigest())
    log.accept(story.entries[0])
    for _ in range(60):
        data = h.proposal(chance, story)
        for attempt in (h.altered_payload(chance, story, data, story.ledger.size), data):
            assert both_take(story, log, attempt), (seed, story.ledger.size)


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
