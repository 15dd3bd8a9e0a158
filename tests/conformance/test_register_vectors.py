"""The published test vectors of the register: both verifiers give the expected answers."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("cryptography.hazmat.primitives.asymmetric.mldsa")

from fakes.bundle_changes import changed
from merestone.casefile.progress import silent
from merestone.casefile.register.desk import Desk
from merestone.casefile.register.enrolling import read_enrolment
from merestone.casefile.register.proving import check_evidence, check_proof, verify_bundle
from merestone.register.bundle import Record, read_bundle
from merestone.register.head import read_head
from merestone.register.ledger import MemoryLedger
from merestone.register.published import verify_register as published
from merestone.register.refusal import RefusedError
from merestone.register.rules import accept
from merestone.register.signing import HybridScheme
from merestone.register.state import state, state_digest
from merestone.register.store import Store

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "formats" / "register" / "vectors"
GOOD = (FOLDER / "good.bundle").read_bytes()
EXPECTED = json.loads((FOLDER / "expected.json").read_bytes())
BAD = json.loads((FOLDER / "bad.json").read_bytes())


def test_the_published_verifier_says_of_the_good_bundle_what_is_expected() -> None:
    """Register, size, root, heads, agreed size, offers, and the state at each size."""
    expected, found = EXPECTED["bundle"], published.verify_bundle(io.BytesIO(GOOD))
    for name in ("register", "size", "root", "heads", "agreed_size", "offers"):
        assert getattr(found, name) == expected[name]
    assert [found.state_digest(size) for size in range(1, found.size + 1)] == expected["state_digests"]
    assert found.state(found.agreed_size) == expected["state_at_the_agreed_size"]
    assert found.state(found.size) == expected["state_at_the_end"]


def test_the_program_says_of_the_good_bundle_what_is_expected() -> None:
    """The same by the program's own verifier and rules."""
    expected, found = EXPECTED["bundle"], verify_bundle(io.BytesIO(GOOD), silent)
    for name in ("register", "size", "root", "agreed_size"):
        assert getattr(found, name) == expected[name]
    assert {slot.value: size for slot, size in found.heads.items()} == expected["heads"]
    assert found.state == expected["state_at_the_agreed_size"]
    ledger, digests = MemoryLedger(), []
    for item in read_bundle(io.BytesIO(GOOD)):
        if item.kind is Record.BLOB:
            ledger.hold_blob(item.data)
        if item.kind is Record.ENTRY:
            ledger.add(accept(ledger, item.data, HybridScheme()))
            digests.append(state_digest(state(ledger)))
    assert digests == expected["state_digests"]
    assert state(ledger) == expected["state_at_the_end"]


@pytest.mark.parametrize("bad", [pytest.param(each, id=each["name"]) for each in BAD])
def test_both_refuse_each_bad_bundle_by_its_rule(bad: dict[str, Any]) -> None:
    """A bundle with one rule broken is refused at the expected entry, by the expected rule."""
    assert bad["base"] == "good.bundle"
    raw = changed(GOOD, bad["change"])
    with pytest.raises(RefusedError) as first:
        verify_bundle(io.BytesIO(raw), silent)
    with pytest.raises(published.Refused) as other:
        published.verify_bundle(io.BytesIO(raw))
    assert (first.value.index, first.value.rule) == (bad["index"], bad["rule"])
    assert (other.value.index, other.value.rule) == (bad["index"], bad["rule"])


def test_the_good_bundle_is_in_its_one_form() -> None:
    """Changed by nothing it is itself, so that what the changes make differs by them alone."""
    assert changed(GOOD, []) == GOOD


def test_both_say_of_the_offer_proof_evidence_and_enrolment_what_is_expected(tmp_path: Path) -> None:
    """The small files, each by whoever reads such files."""
    known = published.verify_bundle(io.BytesIO(GOOD))
    proof, evidence = ((FOLDER / f"{name}.json").read_bytes() for name in ("proof", "evidence"))
    assert published.verify_proof(proof, known) == EXPECTED["proof"]
    found = published.verify_evidence(evidence)
    assert {"slot": found["slot"], "sizes": found["sizes"], "fingerprint": found["fingerprints"][0]} == EXPECTED[
        "evidence"
    ]
    first = check_evidence(evidence, {found["slot"]: EXPECTED["evidence"]["fingerprint"]})
    assert (first["slot"], first["sizes"]) == (found["slot"], found["sizes"])
    items = list(read_bundle(io.BytesIO(GOOD)))
    with Desk(tmp_path, Store.create(tmp_path / "store")) as desk:
        parts = {kind: [item.data for item in items if item.kind is kind] for kind in Record}
        desk.replica.take(parts[Record.ENTRY], parts[Record.BLOB], map(read_head, parts[Record.HEAD]))
        proven = check_proof(proof, desk)
        assert (proven.index, proven.size) == (EXPECTED["proof"]["index"], EXPECTED["proof"]["size"])
        accept(desk.store, (FOLDER / "offer.json").read_bytes(), HybridScheme())
    known.log.accept((FOLDER / "offer.json").read_bytes())
    enrolled = read_enrolment((FOLDER / "enrolment.json").read_bytes())
    shown = {"slot": enrolled.slot, "identity": enrolled.holder.identity, "key": enrolled.holder.key.fingerprint}
    assert shown == EXPECTED["enrolment"]
