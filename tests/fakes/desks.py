"""Two desks and an operator's, with keys in files whose passphrase costs nothing, for the tests of use cases."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from merestone.casefile.progress import silent
from merestone.casefile.register import cosigning, signing
from merestone.casefile.register.carrying import receive, send
from merestone.casefile.register.desk import Desk, Offer
from merestone.casefile.register.enrolling import begin, enrolment, read_enrolment
from merestone.casefile.register.key_files import KeyFile, write_key_file
from merestone.casefile.register.proposing import Proposal, Wanted, propose
from merestone.casefile.register.reviewing import review
from merestone.register.keys import PARTIES, Holder, Slot
from merestone.register.objects import Kind, Status
from merestone.register.signing import PrivateKey

PASSPHRASE = "seven quiet words"  # noqa: S105 (of keys that live as long as a test)
TODAY = date(2026, 11, 25)
CHEAP = 4
WHO = {Slot.A: ("AAA", "Republic of A"), Slot.B: ("BBB", "Republic of B"), Slot.OPERATOR: ("HOST", "The host")}


def asked(_: Path) -> str:
    """The passphrase of every key here."""
    return PASSPHRASE


@dataclass
class Desks:
    """The three desks in a folder, and everybody's key files."""

    folder: Path
    keys: dict[str, Path] = field(default_factory=dict)

    def __post_init__(self) -> None:
        enrolments = []
        for slot, (identity, title) in WHO.items():
            key, root = PrivateKey.generate(), PrivateKey.generate() if slot in PARTIES else None
            self.keep(key, slot, is_root=False)
            if root is not None:
                self.keep(root, slot, is_root=True)
            holder = Holder(identity, title, key.public, root.public if root else None)
            path = self.folder / f"{slot.value}.enrolment"
            path.write_bytes(enrolment(slot, holder, key, root))
            read_enrolment(path.read_bytes())
            enrolments.append(path)
        begin(self.folder / "a", "A and B", tuple(enrolments))

    def keep(self, key: PrivateKey, slot: Slot, *, is_root: bool) -> KeyFile:
        """A key in a file of its own."""
        name = f"{slot.value}.root" if is_root else slot.value
        self.keys[name] = self.folder / f"{name}.key"
        return write_key_file(self.keys[name], key, slot, *WHO[slot], PASSPHRASE, is_root=is_root, cost=CHEAP)

    def desk(self, name: str) -> Desk:
        """A desk, opened; a new one where there is none."""
        path = self.folder / name
        return Desk.open(path) if path.exists() else Desk.create(path)

    def carry(self, giver: str, taker: str, *, offers: bool = False, since: int = 0) -> Path:
        """A bundle from one desk to another."""
        path = self.folder / f"{giver}-{taker}.bundle"
        with self.desk(giver) as desk:
            send(desk, path, since, desk.offers() if offers else ())
        with self.desk(taker) as desk:
            receive(desk, str(path), silent)
        return path

    def sign(self, name: str, *keys: str) -> None:
        """Every offer on a desk signed with keys."""
        with self.desk(name) as desk:
            for offer in desk.offers():
                signing.sign(desk, review(desk, offer), tuple(self.keys[key] for key in keys), asked, TODAY)

    def enter(self) -> None:
        """Everything complete on the operator's desk entered, carried to both, and cosigned by both."""
        with self.desk("operator") as desk:
            cosigning.append(desk, self.keys["operator"], asked, 1)
        for slot in ("a", "b"):
            self.carry("operator", slot)
            self.witness(slot)
        for giver, taker in (("a", "b"), ("b", "a"), ("a", "operator"), ("b", "operator")):
            self.carry(giver, taker)

    def witness(self, name: str) -> None:
        """A desk's head signed with its slot's key."""
        with self.desk(name) as desk:
            cosigning.witness(desk, self.keys[name], asked, 1, lambda _: True)

    def charter(self) -> Desks:
        """The charter signed by all, entered and cosigned."""
        self.sign("a", "a", "a.root")
        self.carry("a", "b", offers=True)
        self.sign("b", "b", "b.root")
        self.carry("b", "operator", offers=True)
        self.sign("operator", "operator")
        self.enter()
        return self

    def words(self, text: str = "The line runs from the stone to the tree.") -> Path:
        """A file of words."""
        path = self.folder / "words.txt"
        path.write_text(text, encoding="utf-8")
        return path

    def propose(self, *wanted: Wanted, kind: Kind = Kind.STEP, by: Slot | None = None, **changed: object) -> Offer:
        """An offer on A's desk."""
        with self.desk("a") as desk:
            return propose(desk, Proposal(kind, "An act", wanted, by, **changed), {})  # type: ignore[arg-type]

    def agree(self, *wanted: Wanted, kind: Kind = Kind.STEP) -> None:
        """An act proposed, signed by both, entered and cosigned."""
        self.propose(*wanted, kind=kind)
        self.sign("a", "a")
        self.carry("a", "b", offers=True)
        self.sign("b", "b")
        self.carry("b", "operator", offers=True)
        self.enter()

    def signed_words(self, section: str = "S1") -> None:
        """A section whose words both have signed."""
        self.agree(Wanted(section, Status.SIGNED, texts={"en": self.words()}))
