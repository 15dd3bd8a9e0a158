"""`merestone register bundle`, `sync`, `export`: what travels, on a disk or over HTTP."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from merestone.cli.exit_codes import ExitCode
from merestone.cli.front import Front
from merestone.cli.options import AsJson, Quiet
from merestone.cli.register.options import Folder
from merestone.errors import WrongRequestError


def bundle(
    folder: Folder,
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help="The bundle to write.")],
    since: Annotated[int, typer.Option(metavar="SIZE", min=0, help="Entries from this index on.")] = 0,
    to: Annotated[str, typer.Option("--to", metavar="SLOT", help="Entries that this slot has not cosigned.")] = "",
    offer: Annotated[
        list[str] | None, typer.Option(metavar="OFFER", help="An offer to hand over; nothing private goes unasked.")
    ] = None,
    offers: Annotated[bool, typer.Option("--offers", help="Hand over every offer on this desk.")] = False,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> int:
    """Write a bundle: entries, the bytes they refer to, heads, and the offers you name."""
    from merestone.casefile.register.carrying import send, since_for
    from merestone.casefile.register.desk import Desk
    from merestone.register.keys import Slot

    with Front("register.bundle", as_json=as_json, quiet=quiet) as front, Desk.open(folder) as desk:
        if to and to not in set(Slot):
            raise WrongRequestError(f"there is no slot {to!r}")
        first = since_for(desk, Slot(to)) if to else since
        chosen = desk.offers() if offers else [desk.offer(each) for each in offer or ()]
        sent = send(desk, output, first, chosen)
        facts = {
            "first": sent.first,
            "end": sent.end,
            "offers": list(sent.offers),
            "bytes": sent.size_bytes,
            "written": [str(sent.path)],
        }
        what = f"entries {sent.first} to {sent.end - 1}" if sent.end > sent.first else "no entries"
        front.answer(facts, f"{what}, {len(sent.offers)} offers, {sent.size_bytes} bytes\n")
        front.say(f"wrote {sent.path}")
    return ExitCode.GOOD


def sync(
    folder: Folder,
    source: Annotated[
        str, typer.Argument(metavar="SOURCE", help="A bundle, an export's folder, or the address of one.")
    ],
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> int:
    """Take in what a bundle brings: every entry is replayed, every signature checked, or nothing is taken.

    A folder that is not there yet becomes a new replica. Compare the fingerprints that `status` prints over another channel
    before you trust it.
    """
    from merestone.casefile.register.carrying import receive
    from merestone.casefile.register.desk import Desk

    with Front("register.sync", as_json=as_json, quiet=quiet) as front:
        with Desk.open(folder) if folder.exists() else Desk.new(folder) as desk:
            brought = receive(desk, source, front.progress)
        front.progress.close()
        facts = {
            "entries": brought.entries,
            "size": brought.size,
            "heads": [{"slot": slot.value, "size": size} for slot, size in brought.heads],
            "offers": [
                {"digest": each.digest, "missing": list(each.missing), "obstacle": each.obstacle}
                for each in brought.offers
            ],
            "left_out": list(brought.left_out),
        }
        front.answer(facts, f"{brought.entries} new entries, {brought.size} in all; {len(brought.offers)} offers\n")
        for each in brought.offers:
            missing = f"to sign: {', '.join(each.missing)}" if each.missing else "complete, to be entered"
            front.say(f"offer {each.digest[:8]}: {each.obstacle or missing}")
        for sentence in brought.left_out:
            front.say(sentence)
    return ExitCode.GOOD


def export(
    folder: Folder,
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FOLDER", help="A new folder to write.")],
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> int:
    """Write a folder that any web server can publish and anybody can verify, with an independent verifier in it."""
    from merestone.casefile.register.desk import Desk
    from merestone.casefile.register.exporting import export as exported

    with Front("register.export", as_json=as_json, quiet=quiet) as front, Desk.open(folder) as desk:
        count = exported(desk, output, front.progress)
        front.progress.close()
        front.answer({"files": count, "written": [str(output)]}, f"{count} files\n")
        front.say(f"wrote {output}")
    return ExitCode.GOOD
