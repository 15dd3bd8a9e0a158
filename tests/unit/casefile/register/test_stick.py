"""A stick that goes round, and nothing else that the desks share."""

from __future__ import annotations

import errno
import os
import shutil
from pathlib import Path

import pytest

from fakes.desks import Desks, asked
from merestone.casefile.progress import silent
from merestone.casefile.register import cosigning, proving
from merestone.casefile.register.carrying import WHOLE, receive
from merestone.casefile.register.desk import Desk
from merestone.casefile.register.exporting import export
from merestone.casefile.register.proposing import Wanted
from merestone.casefile.register.stick import Carried, carry
from merestone.errors import UnwritableFileError, WrongRequestError
from merestone.register.head import Head
from merestone.register.keys import Slot
from merestone.register.objects import Status
from merestone.register.refusal import RefusedError


@pytest.fixture
def desks(tmp_path: Path) -> Desks:
    """Three desks; only the charter's draft lies on A's."""
    return Desks(tmp_path)


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """An empty stick."""
    path = tmp_path / "stick"
    path.mkdir()
    return path


def visit(desks: Desks, name: str, stick: Path, *, offers: bool = False, witness: bool = False) -> Carried:
    """The stick is at a desk."""

    def cosign(desk: Desk) -> Head | None:
        return cosigning.witness(desk, desks.keys[name], asked, 1, lambda _: True)

    with desks.desk(name) as desk:
        return carry(desk, stick, silent, cosign=cosign if witness else None, offers=offers)


def round_of(desks: Desks, stick: Path, *roots: str) -> None:
    """What lies on A's desk is signed by A and B, entered by the operator, and cosigned by both: one stick, ten visits."""
    desks.sign("a", "a", *(each for each in roots if each == "a.root"))
    visit(desks, "a", stick, offers=True)
    visit(desks, "b", stick)
    desks.sign("b", "b", *(each for each in roots if each == "b.root"))
    visit(desks, "b", stick)
    visit(desks, "operator", stick)
    if roots:
        desks.sign("operator", "operator")
    with desks.desk("operator") as desk:
        cosigning.append(desk, desks.keys["operator"], asked, 1)
    visit(desks, "operator", stick)
    for name in ("a", "b"):
        visit(desks, name, stick, witness=True)
    for name in ("a", "operator"):
        visit(desks, name, stick)


def test_a_stick_that_goes_round_is_enough(desks: Desks, stick: Path) -> None:
    """From the charter's draft to an act that both have cosigned: three replicas with one state, by one file on a stick."""
    round_of(desks, stick, "a.root", "b.root")
    desks.propose(Wanted("S1", Status.SIGNED, texts={"en": desks.words()}))
    round_of(desks, stick)
    found = []
    for name in ("a", "b", "operator"):
        with desks.desk(name) as desk:
            found.append(proving.verify_desk(desk))
            assert desk.offers() == ()
    assert {(each.size, each.agreed_size) for each in found} == {(2, 2)}
    assert len({each.state_digest for each in found}) == 1
    assert [each.name for each in stick.iterdir()] == [WHOLE]


def test_a_draft_goes_onto_the_stick_only_where_that_is_asked(desks: Desks, stick: Path) -> None:
    """What came on the stick stays on it; what was written at this desk stays at this desk."""
    round_of(desks, stick, "a.root", "b.root")
    desks.propose(Wanted("S1", Status.SIGNED, texts={"en": desks.words("For the others.")}))
    visit(desks, "a", stick, offers=True)
    desks.propose(Wanted("S2", Status.SIGNED, texts={"en": desks.words("Not for the others.")}))
    sent = visit(desks, "a", stick).sent
    assert len(sent.offers) == 1
    assert b"For the others." in (stick / WHOLE).read_bytes()
    assert b"Not for the others." not in (stick / WHOLE).read_bytes()


def test_a_stick_that_cannot_be_taken_in_keeps_what_it_had(desks: Desks, stick: Path) -> None:
    """Cut short, or of another register: it is refused, and neither the stick nor the desk is another."""
    round_of(desks, stick, "a.root", "b.root")
    whole = (stick / WHOLE).read_bytes()
    desks.agree(Wanted("S1", Status.SIGNED, texts={"en": desks.words()}))
    elsewhere = stick.parent / "elsewhere"
    elsewhere.mkdir()
    with Desks(elsewhere).desk("a") as desk:
        strange = carry(desk, elsewhere, silent, offers=True).sent.path.read_bytes()
    for bad in (whole[:-7], b"", strange):
        (stick / WHOLE).write_bytes(bad)
        with pytest.raises(RefusedError):
            visit(desks, "a", stick, witness=True)
        assert (stick / WHOLE).read_bytes() == bad
        with desks.desk("a") as desk:
            assert desk.store.size == 2


def test_a_stick_with_an_older_bundle_gets_the_newer_one(desks: Desks, stick: Path) -> None:
    """A stick that lay in a drawer is brought up to date."""
    round_of(desks, stick, "a.root", "b.root")
    older = (stick / WHOLE).read_bytes()
    desks.agree(Wanted("S1", Status.SIGNED, texts={"en": desks.words()}))
    found = visit(desks, "a", stick)
    assert found.brought is not None
    assert (found.brought.entries, found.sent.end) == (0, 2)
    assert len((stick / WHOLE).read_bytes()) > len(older)
    with Desk.create(stick.parent / "third") as desk:
        assert receive(desk, str(stick), silent).entries == 2


def test_where_cosigning_is_refused_nothing_is_written(desks: Desks, stick: Path) -> None:
    """A key of another slot cosigns nothing, and the stick keeps what it had."""
    round_of(desks, stick, "a.root", "b.root")
    before = (stick / WHOLE).read_bytes()
    desks.keys["a"] = desks.keys["a.root"]
    with pytest.raises(WrongRequestError):
        visit(desks, "a", stick, witness=True)
    assert (stick / WHOLE).read_bytes() == before


def protected(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on nothing can be written next to this file, as on a write-protected stick."""
    real = os.open

    def refusing(name: str | Path, flags: int, *rest: int) -> int:
        if Path(name).parent == path.parent and flags & os.O_CREAT:
            raise OSError(errno.EROFS, "Read-only file system", str(name))
        return real(name, flags, *rest)

    monkeypatch.setattr(os, "open", refusing)


def test_a_write_protected_stick_costs_no_cosignature(
    desks: Desks, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """That a stick cannot be written is found before anything is cosigned, and what was taken in from it is said and kept."""
    round_of(desks, stick, "a.root", "b.root")
    desks.agree(Wanted("S1", Status.SIGNED, texts={"en": desks.words()}))
    visit(desks, "operator", stick)
    (desks.folder / "a" / "register.sqlite").unlink()
    shutil.rmtree(desks.folder / "a")
    with Desk.create(desks.folder / "a"), monkeypatch.context() as patched:
        protected(stick / WHOLE, patched)
        with pytest.raises(UnwritableFileError) as trouble:
            visit(desks, "a", stick, witness=True)
    assert str(trouble.value).endswith(
        "the disk is read-only; what was on the stick has been taken in here; the stick was not changed: carry again with a "
        "stick that can be written"
    )
    with desks.desk("a") as desk:
        assert desk.store.size == 2
        kept = desk.store.head(Slot.A)
        assert kept is not None
    assert visit(desks, "a", stick, witness=True).head == kept.only(Slot.A)


def test_a_stick_that_fails_after_the_cosignature(desks: Desks, stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A stick that is full, or pulled out, when its turn comes: the cosignature is made, and the refusal says so; nothing is said
    not to have been written that was."""
    round_of(desks, stick, "a.root", "b.root")
    desks.agree(Wanted("S1", Status.SIGNED, texts={"en": desks.words()}))

    def full(desk: Desk, path: Path, *_: object) -> Carried:
        raise UnwritableFileError(path, "the disk is full")

    monkeypatch.setattr("merestone.casefile.register.stick.send", full)
    with pytest.raises(UnwritableFileError) as trouble:
        visit(desks, "a", stick, witness=True)
    assert "your cosignature on 2 entries is made and kept here, and the others do not have it yet" in str(
        trouble.value
    )
    assert "nothing" not in str(trouble.value)
    with pytest.raises(UnwritableFileError) as trouble:
        visit(desks, "a", made(stick.parent / "empty"))
    assert "nothing was taken in or cosigned here" in str(trouble.value)


def made(path: Path) -> Path:
    """A new folder."""
    path.mkdir()
    return path


@pytest.mark.parametrize("keep", [0, 5, 200, -1])
def test_a_torn_bundle_says_what_to_do(desks: Desks, stick: Path, keep: int) -> None:
    """A stick that was pulled out too early is named, with what to do; after that it goes round again."""
    round_of(desks, stick, "a.root", "b.root")
    torn = (stick / WHOLE).read_bytes()[:keep]
    (stick / WHOLE).write_bytes(torn)
    with pytest.raises(RefusedError) as refusal:
        visit(desks, "a", stick, witness=True)
    said = str(refusal.value)
    assert said.startswith(f"{stick / WHOLE}: th")
    assert "nothing from it was taken in; nothing was cosigned, and the stick was not changed" in said
    assert f"rename {WHOLE} on it and carry again" in said
    (stick / WHOLE).rename(stick / "torn")
    assert visit(desks, "a", stick).sent.end == 1


def test_an_operator_whose_key_cannot_remember_enters_nothing(
    desks: Desks, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A key on a write-protected medium is found out before the entry; one that fails afterwards is said to have failed then."""
    round_of(desks, stick, "a.root", "b.root")
    desks.propose(Wanted("S1", Status.SIGNED, texts={"en": desks.words()}))
    desks.sign("a", "a", "b")
    desks.carry("a", "operator", offers=True)
    with desks.desk("operator") as desk:
        with monkeypatch.context() as patched:
            protected(desks.keys["operator"], patched)
            with pytest.raises(UnwritableFileError, match="read-only; nothing was written"):
                cosigning.append(desk, desks.keys["operator"], asked, 1)
        assert desk.store.size == 1

        def full(*_: object) -> None:
            raise UnwritableFileError(Path("operator.key.heads"), "the disk is full")

        monkeypatch.setattr(cosigning, "remember", full)
        with pytest.raises(UnwritableFileError, match="entry 1 is in the log and its head is signed"):
            cosigning.append(desk, desks.keys["operator"], asked, 1)
        assert desk.store.size == 2


def test_what_is_no_stick(desks: Desks, stick: Path) -> None:
    """A folder that is not there, a file, and an export, which the publisher alone writes."""
    round_of(desks, stick, "a.root", "b.root")
    with desks.desk("a") as desk:
        export(desk, stick.parent / "public", silent)
        for path, why in (
            (stick.parent / "none", "this is not a folder"),
            (stick / WHOLE, "this is not a folder"),
            (stick.parent / "public", "this is an export"),
        ):
            with pytest.raises(WrongRequestError, match=why):
                carry(desk, path, silent)
