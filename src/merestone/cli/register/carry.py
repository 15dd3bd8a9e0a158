"""`merestone register bundle`, `sync`, `carry`, `export`: what travels, on a disk or over HTTP."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from merestone.cli.exit_codes import ExitCode
from merestone.cli.front import Front
from merestone.cli.options import AsJson, Quiet
from merestone.cli.register.agree import CosignYes, Shown
from merestone.cli.register.options import DespiteEvidence, Folder, PassphraseFile, counted, passphrase_from
from merestone.errors import WrongRequestError

if TYPE_CHECKING:
    from merestone.casefile.register.carrying import Brought
    from merestone.casefile.register.desk import Desk


def bundle(
    folder: Folder,
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help="The bundle to write.")],
    since: Annotated[int, typer.Option(metavar="SIZE", min=0, help="Write the entries from this number on.")] = 0,
    to: Annotated[
        str, typer.Option("--to", metavar="SLOT", help="Write the entries that this slot has not cosigned.")
    ] = "",
    offer: Annotated[
        list[str] | None, typer.Option(metavar="OFFER", help="An offer to hand over. Other offers stay on your desk.")
    ] = None,
    offers: Annotated[
        bool, typer.Option("--offers", help="Hand over every offer on your desk that can be entered.")
    ] = False,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> int:
    """Write a bundle of entries and offers for the others.

    The bundle holds the entries, the texts that they refer to, the heads, and the offers that you name.
    """
    from merestone.casefile.register.carrying import send, since_for
    from merestone.casefile.register.desk import Desk
    from merestone.register.keys import Slot

    with Front("register.bundle", as_json=as_json, quiet=quiet) as front, Desk.open(folder) as desk:
        if to and to not in set(Slot):
            raise WrongRequestError(f"there is no slot {to!r}")
        first = since_for(desk, Slot(to)) if to else since
        named = [desk.offer(each) for each in offer or ()]
        good = [each for each in desk.offers() if not each.obstacle]
        chosen = list({each.digest: each for each in (*named, *(good if offers else ()))}.values())
        sent = send(desk, output, first, chosen)
        facts = {
            "first": sent.first,
            "end": sent.end,
            "offers": list(sent.offers),
            "bytes": sent.size_bytes,
            "evidence_left_out": len(desk.store.evidence()),
            "written": [str(sent.path)],
        }
        what = f"entries {sent.first} to {sent.end - 1}" if sent.end > sent.first else "no entries"
        away = f"it does not travel in a bundle; `merestone register evidence {folder} -o FILE` writes it into a file"
        told = "".join(f"{each}\n" for each in _told_of_evidence(desk, away))
        front.answer(facts, f"{what}, {counted(len(sent.offers), 'offer')}, {sent.size_bytes:,} bytes\n{told}")
        front.say(f"wrote {sent.path}")
        _say_unsigned(front, desk, sent.offers)
        left = ", ".join(each.digest[:8] for each in good if each.digest not in sent.offers)
        if left:
            front.say(
                f"not in the bundle, and still on this desk: {left}; --offers hands over every offer that can be entered"
            )
    return ExitCode.GOOD


def sync(
    folder: Folder,
    source: Annotated[
        str,
        typer.Argument(metavar="SOURCE", help="A bundle, the folder of an export, or the address of one of the two."),
    ],
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> int:
    """Check a bundle and take it in.

    The command judges every entry and checks every signature. If an entry is wrong, it takes in nothing. It leaves out offers that
    nobody has signed, and says so. A FOLDER that does not exist yet becomes a new copy of the register. Before you trust a new copy,
    compare the fingerprints that `status` prints with those of their owners, over another channel.
    """
    from merestone.casefile.register.carrying import receive
    from merestone.casefile.register.desk import Desk
    from merestone.casefile.register.next_steps import next_steps

    new = not folder.exists()
    with Front("register.sync", as_json=as_json, quiet=quiet) as front:
        with Desk.new(folder) if new else Desk.open(folder) as desk:
            with _forks_told(front, desk):
                brought = receive(desk, source, front.progress)
            steps = next_steps(desk, desk.offers())
        front.progress.close()
        front.answer(_facts(brought), _words(brought))
        _say(front, brought, folder if new else None)
        front.say("next\n" + "\n".join(f"  - {each}" for each in steps))
    return ExitCode.GOOD


def carry(
    folder: Folder,
    stick: Annotated[Path, typer.Argument(metavar="STICK", help="The folder of the stick, such as /media/you/STICK.")],
    key: Annotated[
        Path | None, typer.Option("--key", "-k", metavar="FILE", help="Cosign with this key, after taking in.")
    ] = None,
    offers: Annotated[
        bool, typer.Option("--offers", help="Also write every offer on your desk that can be entered.")
    ] = False,
    passphrase_file: PassphraseFile = None,
    despite_evidence: DespiteEvidence = False,
    yes: CosignYes = False,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> int:
    """Exchange data with a memory stick.

    One stick goes from desk to desk. The command takes in what is on the stick and cosigns if you give a key. Then it writes all entries to the stick, and the offers
    that were on it. If it cannot take in what is on the stick, it writes nothing. It lists what it would cosign, and asks; if you answer no, it writes the stick without
    your cosignature. It finds out whether it can write to the stick before it cosigns.
    """
    from merestone.casefile.register.answers import log
    from merestone.casefile.register.cosigning import witness
    from merestone.casefile.register.desk import Desk
    from merestone.casefile.register.next_steps import steps_here
    from merestone.casefile.register.stick import bundle_on, carry

    new = not folder.exists()
    lies_there = bundle_on(stick)
    if new and not lies_there:
        raise WrongRequestError(f"{folder}: there is no register in this folder or on the stick")
    ask, now = passphrase_from(passphrase_file), int(time.time())
    shown = Shown(yes)
    signing = partial(witness, passphrase=ask, seconds=now, agree=shown, despite_evidence=despite_evidence)
    cosign = partial(signing, path=key) if key is not None else None
    with Front("register.carry", as_json=as_json, quiet=quiet) as front:
        with Desk.new(folder) if new else Desk.open(folder) as desk:
            with _forks_told(front, desk):
                found = carry(desk, stick, front.progress, cosign=cosign, offers=offers)
            steps = steps_here(desk, desk.offers())
            agreed = desk.store.agreed_size
            _say_unsigned(front, desk, found.sent.offers)
            fresh = log(desk, desk.store.size - found.brought.entries) if found.brought else []
        front.progress.close()
        cosigned = {"size": found.head.size, "root": found.head.root.hex()} if found.head else None
        facts = {
            "brought": _facts(found.brought) if found.brought else None,
            "cosigned": cosigned,
            "shown": shown.facts,
            "agreed_size": agreed,
            "offers_on_stick": list(found.sent.offers),
            "bytes": found.sent.size_bytes,
            "written": [str(found.sent.path)],
        }
        rows = "".join(f"entry {row['index']}  {row['what']}  {row['title']}\n" for row in fresh)
        words = _words(found.brought) if found.brought else "the stick did not contain a bundle\n"
        signed = (
            f"cosigned {counted(found.head.size, 'entry', 'entries')}; both parties have cosigned {agreed}\n"
            if found.head
            else ""
        )
        front.answer(facts, words + rows + signed)
        if found.brought:
            _say(front, found.brought, folder if new else None)
        front.say(f"wrote {found.sent.path}, with {counted(len(found.sent.offers), 'offer')}")
        if shown.listings and not found.head:
            front.say("nothing was cosigned")
        front.say("next\n" + "\n".join(f"  - {each}" for each in steps))
    return ExitCode.FAILURE if shown.listings and not found.head else ExitCode.GOOD


def _say_unsigned(front: Front, desk: Desk, handed_over: tuple[str, ...]) -> None:
    """Which of the offers that were handed over nobody has signed yet: no other desk takes those in."""
    unsigned = [
        each.digest[:8] for each in desk.offers() if each.digest in handed_over and not each.envelope.signatures
    ]
    if unsigned:
        front.say(f"the other desks will leave out what nobody has signed yet: {', '.join(unsigned)}; sign first")


def _told_of_evidence(desk: Desk, what: str) -> Iterator[str]:
    """That evidence is kept, against whom, and what becomes of it here."""
    from merestone.casefile.register.next_steps import accused

    if who := ", ".join(accused(desk)):
        yield f"EVIDENCE is kept here that {who} signed two histories: {what}"


@contextmanager
def _forks_told(front: Front, desk: Desk) -> Iterator[None]:
    """Where what is taken in proves two histories, that is said before the refusal."""
    from merestone.casefile.register.next_steps import warnings
    from merestone.register.replica import ForkError

    try:
        yield
    except ForkError:
        front.progress.close()
        for each in warnings(desk):
            front.say(each)
        raise


def _facts(brought: Brought) -> dict[str, object]:
    return {
        "entries": brought.entries,
        "size": brought.size,
        "heads": [{"slot": slot.value, "size": size} for slot, size in brought.heads],
        "offers": [
            {"digest": each.digest, "missing": list(each.missing), "obstacle": each.obstacle} for each in brought.offers
        ],
        "left_out": list(brought.left_out),
    }


def _words(brought: Brought) -> str:
    entries, offers = counted(brought.entries, "new entry", "new entries"), counted(len(brought.offers), "offer")
    return f"{entries}, {brought.size} in all; {offers}\n"


def _say(front: Front, brought: Brought, made: Path | None) -> None:
    """What a person should know besides; `made` is the folder of a copy that is new."""
    if made is not None:
        front.say(
            f"{made} is a new copy: run `status`, and compare its fingerprints with those of their owners, over another channel"
        )
    for sentence in brought.left_out:
        front.say(sentence)


def export(
    folder: Folder,
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FOLDER", help="A new folder to write.")],
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> int:
    """Write a folder to publish, which anyone can verify.

    Any web server can publish the folder.
    """
    from merestone.casefile.register.desk import Desk
    from merestone.casefile.register.exporting import export as exported

    with Front("register.export", as_json=as_json, quiet=quiet) as front, Desk.open(folder) as desk:
        made = exported(desk, output, front.progress)
        lying = [each.digest for each in desk.offers()]
        front.progress.close()
        told = "".join(f"{each}\n" for each in _told_of_evidence(desk, "this export publishes the evidence"))
        facts = {
            "files": made.files,
            "manifest": made.manifest_sha256,
            "evidence": made.evidence,
            "offers_left_out": lying,
            "written": [str(output)],
        }
        front.answer(facts, f"{counted(made.files, 'file')}\nmanifest  {made.manifest_sha256}\n{told}")
        front.say(
            "Publish this digest (the SHA-256 of SHA256SUMS) in another place than the export. Only this digest shows whether index.html, "
            "the formats or the verifier in the export were altered."
        )
        if lying:
            front.say(
                f"not in the export: {counted(len(lying), 'offer')} on this desk; an export contains entries only"
            )
        front.say(f"wrote {output}")
    return ExitCode.GOOD
