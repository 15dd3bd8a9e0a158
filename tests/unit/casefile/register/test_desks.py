"""Three desks that share nothing but bundles."""

from __future__ import annotations

import shutil
import sqlite3
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from fakes.desks import PASSPHRASE, TODAY, Desks, asked
from fakes.refusals import refused
from merestone.casefile.progress import silent
from merestone.casefile.register import answers, cosigning, proving, signing
from merestone.casefile.register.carrying import receive, send
from merestone.casefile.register.exporting import export, verify_export
from merestone.casefile.register.key_files import read_key_file, write_key_file
from merestone.casefile.register.proposing import Wanted, read_proposal
from merestone.casefile.register.reviewing import review
from merestone.casefile.register.rotating import rotated, rotations
from merestone.errors import UnreadableFileError, UnwritableFileError, WrongRequestError
from merestone.register.declared import declared
from merestone.register.evidence import Evidence
from merestone.register.head import Head
from merestone.register.keys import Slot
from merestone.register.objects import KeyChange, Kind, Status
from merestone.register.refusal import RefusedError, Rule
from merestone.register.replica import ForkError
from merestone.register.signing import PrivateKey


@pytest.fixture
def desks(tmp_path: Path) -> Desks:
    """Three desks with a charter that both have cosigned."""
    return Desks(tmp_path).charter()


def test_all_three_reach_one_state(desks: Desks) -> None:
    """After an act went round, the audits of the three replicas give one state digest, all of it agreed."""
    desks.signed_words()
    found = []
    for name in ("a", "b", "operator"):
        with desks.desk(name) as desk:
            found.append(proving.verify_desk(desk))
    assert {each.size for each in found} == {each.agreed_size for each in found} == {2}
    assert len({each.state_digest for each in found}) == 1


def test_a_draft_changes_no_byte_that_others_see(desks: Desks) -> None:
    """A bundle is the same bytes whether or not a draft lies on the desk, unless the draft is asked for."""
    with desks.desk("a") as desk:
        send(desk, desks.folder / "before", 0, ())
    desks.propose(Wanted("S1", Status.SIGNED, texts={"en": desks.words("Not for you.")}))
    with desks.desk("a") as desk:
        send(desk, desks.folder / "after", 0, ())
        send(desk, desks.folder / "asked", 0, desk.offers())
    assert (desks.folder / "before").read_bytes() == (desks.folder / "after").read_bytes()
    assert b"Not for you." in (desks.folder / "asked").read_bytes()


def test_an_act_that_could_not_be_entered_is_no_offer(desks: Desks) -> None:
    """One that is too long once both have signed is refused when it is proposed, and the desk stays as it was."""
    words = Wanted("S1", Status.SIGNED, texts={"en": desks.words()})
    figures = tuple((f"figure {number}", "ü" * 1_000) for number in range(25))
    with pytest.raises(RefusedError, match=r"with every signature it would have [0-9,]+ bytes"):
        desks.propose(words, figures=figures)
    with desks.desk("a") as desk:
        assert desk.offers() == ()
    assert not desks.propose(words, figures=figures[:12]).obstacle


def test_a_cut_bundle_leaves_nothing(desks: Desks) -> None:
    """Of a bundle that is cut anywhere nothing is taken in."""
    desks.signed_words()
    whole = (desks.folder / "operator-b.bundle").read_bytes()
    fresh = desks.folder / "fresh"
    for length in range(0, len(whole) - 1, len(whole) // 25):
        (desks.folder / "cut").write_bytes(whole[:length])
        with desks.desk("fresh") as desk:
            with pytest.raises(RefusedError) as refusal:
                receive(desk, str(desks.folder / "cut"), silent)
            assert refusal.value.rule is Rule.BUNDLE
            assert desk.store.size == 0
            assert desk.store.blobs() == ()
    assert list((fresh / "offers").glob("*.offer")) == []


def test_what_is_carried_on_is_found(desks: Desks) -> None:
    """A step needs no words and no reference: what was signed is carried on; with nothing to carry on it is refused."""
    desks.signed_words()
    desks.agree(Wanted("S1", Status.RATIFIED))
    with desks.desk("b") as desk:
        rows = answers.history(desk, "S1", 3)
        assert [(row["status"], row["carries"]) for row in rows] == [("signed", ""), ("ratified", "1/0")]
    with pytest.raises(WrongRequestError, match="there is no change with the status provisionally applied or signed"):
        desks.propose(Wanted("S1", Status.RATIFIED))


def test_two_that_could_be_meant_must_be_named(desks: Desks) -> None:
    """Where two signed texts could be ratified, the choice is refused with both."""
    desks.signed_words()
    desks.agree(Wanted("S1", Status.SIGNED, texts={"en": desks.words("Another line.")}))
    with pytest.raises(WrongRequestError, match=r"1/0 \(signed\), 2/0 \(signed\)"):
        desks.propose(Wanted("S1", Status.RATIFIED))


def test_a_claim_needs_its_claimant_alone(desks: Desks) -> None:
    """A claim signed by one party is entered, and stands as that party's."""
    desks.propose(Wanted("S1", Status.CLAIMED, texts={"en": desks.words()}), kind=Kind.CLAIM, by=Slot.A)
    desks.sign("a", "a")
    desks.carry("a", "operator", offers=True)
    desks.enter()
    with desks.desk("b") as desk:
        (row,) = answers.history(desk, "S1", 2)
        assert (row["status"], row["by"]) == ("claimed", "a")


def test_signing_after_the_day_of_answer_is_refused(desks: Desks) -> None:
    """A tool does not sign what was to be answered by yesterday."""
    desks.propose(Wanted("S1", Status.SIGNED, texts={"en": desks.words()}), answer_by="2026-11-24")
    with pytest.raises(RefusedError) as refusal:
        desks.sign("a", "a")
    assert refusal.value.rule is Rule.EXPIRY


def test_an_offer_that_cannot_be_entered_is_not_signed(desks: Desks) -> None:
    """The refusal carries the rule that stands against the offer, and says it once; the next step names its page."""
    offer = desks.propose(Wanted("S1", Status.SIGNED, "2027-01-01", texts={"en": desks.words()}))
    assert offer.obstacle == "S1: a change with the status signed must not have dates (E14)"
    with pytest.raises(
        RefusedError, match=r"not signed.*: S1: a change with the status signed must not have dates \(E14\)$"
    ) as refusal:
        desks.sign("a", "a")
    assert refusal.value.rule is Rule.FORCE
    with desks.desk("a") as desk:
        assert "(E14), which `merestone explain E14` explains; if it is still wanted" in answers.status(desk)["next"][0]


def test_a_withdrawn_offer_cannot_be_entered(desks: Desks) -> None:
    """Once a withdrawal is an entry, the offer is no longer complete, whoever has signed it."""
    offer = desks.propose(Wanted("S1", Status.SIGNED, texts={"en": desks.words()}))
    desks.sign("a", "a")
    desks.carry("a", "b", offers=True)
    desks.sign("b", "b")
    with desks.desk("a") as desk:
        taken_back = signing.withdrawal(desk, desk.offer(offer.digest), Slot.A, "second thoughts")
        signing.sign(desk, review(desk, taken_back), (desks.keys["a"],), asked, TODAY)
        send(desk, desks.folder / "back.bundle", 0, (desk.offer(taken_back.digest),))
    with desks.desk("operator") as desk:
        receive(desk, str(desks.folder / "back.bundle"), silent)
    desks.enter()
    desks.carry("b", "operator", offers=True)
    with desks.desk("operator") as desk:
        assert "taken its signature back" in desk.offer(offer.digest).obstacle
        assert cosigning.append(desk, desks.keys["operator"], asked, 1) == ()


def test_a_restored_copy_does_not_cosign(desks: Desks) -> None:
    """An old copy of a desk refuses to sign a head that is smaller than one that the key remembers."""
    shutil.copytree(desks.folder / "a", desks.folder / "old")
    desks.signed_words()
    shutil.rmtree(desks.folder / "a")
    (desks.folder / "old").rename(desks.folder / "a")
    with pytest.raises(RefusedError) as refusal:
        desks.witness("a")
    assert refusal.value.rule is Rule.COSIGNING
    desks.carry("operator", "a")
    desks.witness("a")


def test_a_restored_copy_of_the_operator_enters_nothing(desks: Desks) -> None:
    """An old copy of the operator's desk refuses to enter anything: it would give the log a second history."""
    shutil.copytree(desks.folder / "operator", desks.folder / "old")
    desks.signed_words()
    desks.propose(Wanted("S2", Status.SIGNED, texts={"en": desks.words()}))
    desks.sign("a", "a", "b")
    shutil.rmtree(desks.folder / "operator")
    (desks.folder / "old").rename(desks.folder / "operator")
    with desks.desk("operator") as desk, pytest.raises(RefusedError) as refusal:
        cosigning.append(desk, desks.keys["operator"], asked, 1)
    assert refusal.value.rule is Rule.COSIGNING
    desks.carry("a", "operator", offers=True)
    desks.enter()
    with desks.desk("a") as desk:
        assert desk.store.sections(desk.store.size) == ("S1", "S2")


def test_two_logs_of_one_operator_are_evidence(desks: Desks) -> None:
    """An operator that enters one act for A and another for B is found out when either meets the other's bundle, and the
    evidence checks with nothing but the key's fingerprint."""
    shutil.copytree(desks.folder / "operator", desks.folder / "forked")
    for words, desk_name in (("The stone.", "operator"), ("The tree.", "forked")):
        offer = desks.propose(Wanted("S1", Status.SIGNED, texts={"en": desks.words(words)}))
        with desks.desk("a") as desk:
            signed = signing.sign(
                desk, review(desk, desk.offer(offer.digest)), (desks.keys["a"], desks.keys["b"]), asked, TODAY
            )
            send(desk, desks.folder / "act.bundle", 0, (signed,))
        (desks.folder / "operator.key.heads").unlink()  # which would remind an honest operator
        with desks.desk(desk_name) as desk:
            receive(desk, str(desks.folder / "act.bundle"), silent)
            (desks.folder / "operator.key.heads").unlink(missing_ok=True)  # it wants its key to forget
            cosigning.append(desk, desks.keys["operator"], asked, 1)
    desks.carry("operator", "a")
    with pytest.raises(ForkError):
        desks.carry("forked", "a")
    with desks.desk("a") as desk:
        (document,) = desk.store.evidence()
        fingerprint = read_key_file(desks.keys["operator"]).public.fingerprint
        assert proving.check_evidence(document, {"operator": fingerprint})["slot"] == "operator"
        assert answers.status(desk)["evidence"] == 1
        with pytest.raises(RefusedError):
            proving.check_evidence(document, {"operator": "0" * 64})


def test_a_lost_key_is_replaced_by_the_root(desks: Desks) -> None:
    """The root key puts in a new signing key; the old one signs nothing more, and what it signed still verifies."""
    desks.signed_words()
    with desks.desk("a") as desk:
        _, path = rotated(
            desk, desks.keys["a.root"], desks.folder / "a2", asked, reason="lost", recover=True, today=TODAY
        )
    desks.carry("a", "operator", offers=True)
    with desks.desk("operator") as desk:
        cosigning.append(desk, desks.keys["operator"], asked, 1)
    desks.carry("operator", "a")
    with pytest.raises(RefusedError) as refusal:
        desks.witness("a")
    assert refusal.value.rule is Rule.COSIGNING
    desks.keys["a"] = path
    desks.witness("a")
    with desks.desk("a") as desk:
        assert proving.verify_desk(desk).size == 3


def test_a_head_by_a_key_that_the_slot_never_had_accuses_nobody(desks: Desks) -> None:
    """An honest head, and another by the forger's own key: the fingerprint of the honest key does not confirm the other, and a
    register knows that the slot never had it. What was signed with the slot's own key is evidence."""
    with desks.desk("a") as desk:
        honest = desk.store.head(Slot.A)
        assert honest is not None
        own, forger = read_key_file(desks.keys["a"]), PrivateKey.generate()
        other = Head(honest.register, honest.size, b"\1" * 32, {})
        keys = (own.public, forger.public)
        forged = Evidence(Slot.A, keys, (honest, other.signed(Slot.A, forger, 1)), 0, None).document()
        assert proving.check_evidence(forged, {})["slot"] == "a"
        expected = {"a": own.public.fingerprint}
        with refused(Rule.EVIDENCE, why="it contains two keys"):
            proving.check_evidence(forged, expected)
        proving.check_evidence(forged, expected, keys_known=True)
        with refused(Rule.EVIDENCE, why="a key that a has never had in this register"):
            proving.check_convicts(forged, desk)
        mine = other.signed(Slot.A, own.opened(PASSPHRASE), 1)
        true = Evidence(Slot.A, (own.public, own.public), (honest, mine), 0, None).document()
        proving.check_evidence(true, expected)
        proving.check_convicts(true, desk)


def test_a_recovery_after_a_rotation_says_since_when(desks: Desks) -> None:
    """A thief rotates the stolen key, and its owner recovers on the state that holds the rotation: only the thief's key was declared,
    and the stolen one convicted its owner. With the number of entries when the key was last safe, both are declared."""
    new = desks.folder / "a3"
    with desks.desk("a") as desk:
        stolen = read_key_file(desks.keys["a"]).public
        _, thief = rotated(desk, desks.keys["a"], desks.folder / "a2", asked, reason="r", recover=False, today=TODAY)
    desks.carry("a", "operator", offers=True)
    with desks.desk("operator") as desk:
        cosigning.append(desk, desks.keys["operator"], asked, 1)
    desks.carry("operator", "a")
    with desks.desk("a") as desk:
        root, safe = desks.keys["a.root"], desk.store.size - 1
        assert rotations(desk, Slot.A) == (safe,)
        with pytest.raises(WrongRequestError, match=f"entry {safe} replaced .* or {safe + 1} if you made them all"):
            rotated(desk, root, new, asked, reason="stolen", recover=True, today=TODAY)
        assert not new.with_suffix(".key").exists()
        rotated(desk, root, new, asked, reason="stolen", recover=True, today=TODAY, since=safe)
    desks.carry("a", "operator", offers=True)
    with desks.desk("operator") as desk:
        cosigning.append(desk, desks.keys["operator"], asked, 1)
        assert declared(desk.store, Slot.A).keys() == {stolen, read_key_file(thief).public}
        assert rotations(desk, Slot.A) == ()


def test_a_change_of_keys_is_good_for_a_hundred_entries(desks: Desks) -> None:
    """Its last index is counted from the last entry that there is."""
    with desks.desk("a") as desk:
        offer, _ = rotated(desk, desks.keys["a"], desks.folder / "a2", asked, reason="r", recover=False, today=TODAY)
        assert isinstance(offer.content, KeyChange)
        assert offer.content.last_index == desk.store.size - 1 + 100


def test_the_wrong_passphrase_and_a_changed_key_file_open_nothing(tmp_path: Path) -> None:
    """A key file opens with its passphrase as it was written, and in no other way; it is never written over."""
    key = PrivateKey.generate()
    path = tmp_path / "k.key"
    written = write_key_file(path, key, Slot.A, "AAA", "A", PASSPHRASE, is_root=False, cost=4)
    assert written.opened(PASSPHRASE) == key
    with pytest.raises(RefusedError):
        written.opened("another")
    path.write_bytes(path.read_bytes().replace(b'"AAA"', b'"AAB"'))
    with pytest.raises(RefusedError):
        read_key_file(path).opened(PASSPHRASE)
    with pytest.raises(UnwritableFileError):
        write_key_file(path, key, Slot.A, "AAA", "A", PASSPHRASE, is_root=False, cost=4)
    assert key.ed25519_seed not in path.read_bytes()


@pytest.fixture
def served(tmp_path: Path) -> Iterator[str]:
    """The address at which a folder is served."""
    handler = partial(_Quiet, directory=str(tmp_path))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *args: object) -> None:
        """Says nothing."""


def test_an_export_is_verified_and_taken_in_over_http(desks: Desks, served: str) -> None:
    """A new replica takes a published export in over HTTP; any altered file of the export is found."""
    desks.signed_words()
    with desks.desk("a") as desk:
        export(desk, desks.folder / "public", silent)
    with desks.desk("reader") as desk:
        assert receive(desk, f"{served}/public", silent).entries == 2
        assert proving.verify_desk(desk).agreed_size == 2
    public = desks.folder / "public"
    assert verify_export(public, silent).size == 2
    for path in sorted(public.rglob("*")):
        if not path.is_file():
            continue
        good = path.read_bytes()
        path.write_bytes(good[:-5] + bytes([good[-5] ^ 1]) + good[-4:])
        with pytest.raises(RefusedError):
            verify_export(public, silent)
        path.write_bytes(good)
    with pytest.raises(UnreadableFileError, match="could not be fetched"), desks.desk("reader") as desk:
        receive(desk, f"{served}/nowhere", silent)


def test_an_act_file_says_what_is_wrong(tmp_path: Path) -> None:
    """An act file with an unknown member, without a title, or with a status that there is not is refused with the reason."""
    path = tmp_path / "act.toml"
    for text, why in (
        ('title = "x"\nkinds = "step"\n', "'kinds' is unknown here"),
        ("[[section]]\n", "title is missing"),
        ('title = "x"\n[[section]]\nname = "S"\nstatus = "inforce"\n', "'inforce' is not a valid Status"),
        ("title = \n", "act file cannot be read"),
    ):
        path.write_text(text, encoding="utf-8")
        with pytest.raises(UnreadableFileError, match=why):
            read_proposal(path)


def test_a_proof_is_good_for_its_entry_alone(desks: Desks) -> None:
    """A proof checks with the keys of any replica, and no longer when its index or its entry is another."""
    desks.signed_words()
    with desks.desk("a") as desk:
        proof = proving.prove(desk, 1)
    with desks.desk("b") as desk:
        assert proving.check_proof(proof, desk).signers == (Slot.A, Slot.B, Slot.OPERATOR)
        with pytest.raises(RefusedError):
            proving.check_proof(proof.replace(b'"index":1', b'"index":0'), desk)


def test_an_answer_that_could_change_is_refused(desks: Desks) -> None:
    """Nobody is told the state as known at a size that both have not cosigned."""
    with desks.desk("a") as desk:
        assert answers.known_size(desk, None) == 1
        with pytest.raises(WrongRequestError, match="could still change"):
            answers.known_size(desk, 2)


def test_a_restored_operator_enters_nothing(desks: Desks) -> None:
    """An operator whose store was put back to an older copy does not sign a second history: it takes in its own bundle first."""
    shutil.copytree(desks.folder / "operator", desks.folder / "old")
    desks.signed_words()
    shutil.rmtree(desks.folder / "operator")
    (desks.folder / "old").rename(desks.folder / "operator")
    desks.propose(Wanted("S2", Status.SIGNED, texts={"en": desks.words()}))
    desks.sign("a", "a")
    desks.carry("a", "b", offers=True)
    desks.sign("b", "b")
    with desks.desk("b") as desk:
        send(desk, desks.folder / "offer.bundle", 2, desk.offers())
    with desks.desk("operator") as desk:
        with pytest.raises(RefusedError, match="older copy"):
            cosigning.append(desk, desks.keys["operator"], asked, 1)
        assert desk.store.size == 1
    desks.carry("b", "operator", offers=True)
    desks.enter()
    with desks.desk("a") as desk:
        assert (desk.store.size, desk.store.evidence()) == (3, ())


def test_a_damaged_store_leaves_no_memory(desks: Desks) -> None:
    """Where a store turns out to be damaged when it is to be cosigned, the key remembers nothing of it: a new store out of a
    bundle can be cosigned."""
    desks.propose(Wanted("S1", Status.SIGNED, texts={"en": desks.words()}))
    desks.sign("a", "a")
    desks.carry("a", "b", offers=True)
    desks.sign("b", "b")
    desks.carry("b", "operator", offers=True)
    with desks.desk("operator") as desk:
        cosigning.append(desk, desks.keys["operator"], asked, 1)
    desks.carry("operator", "a")
    with sqlite3.connect(desks.folder / "a" / "register.sqlite") as db:
        db.execute("UPDATE subtree SET hash = zeroblob(32) WHERE level = 1")
    with pytest.raises(RefusedError, match="damaged"):
        desks.witness("a")
    shutil.rmtree(desks.folder / "a")
    desks.carry("operator", "a")
    desks.witness("a")


@pytest.mark.parametrize("spoiled", [b"[]", b'"x"', b"", b"{", b'{"REGISTER":1}', b'{"REGISTER":[]}'])
def test_no_head_is_signed_on_a_spoiled_memory(desks: Desks, spoiled: bytes) -> None:
    """Where what a key remembers was spoiled, it signs no head, and what to do is said."""
    with desks.desk("a") as desk:
        register = desk.register
    (desks.folder / "a.key.heads").write_bytes(spoiled.replace(b"REGISTER", register.encode()))
    with pytest.raises(RefusedError, match="restore the copy") as refusal:
        desks.witness("a")
    assert refusal.value.rule is Rule.KEY_FILE


def test_nothing_is_remembered_of_a_register_that_has_not_begun(desks: Desks) -> None:
    """To cosign an empty store is refused, and leaves the key's memory as it was."""
    before = (desks.folder / "a.key.heads").read_bytes()
    with desks.desk("empty") as desk, pytest.raises(RefusedError, match="no charter yet"):
        cosigning.witness(desk, desks.keys["a"], asked, 1, lambda _: True)
    assert (desks.folder / "a.key.heads").read_bytes() == before
