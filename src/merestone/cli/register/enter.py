"""`merestone register append` and `witness`: what is entered, and who has seen it."""

from __future__ import annotations

import time

from merestone.cli.exit_codes import ExitCode
from merestone.cli.front import Front
from merestone.cli.options import AsJson, Quiet
from merestone.cli.register.agree import CosignYes, Shown
from merestone.cli.register.options import DespiteEvidence, Folder, Key, PassphraseFile, counted, passphrase_from


def append(
    folder: Folder, key: Key, passphrase_file: PassphraseFile = None, as_json: AsJson = False, quiet: Quiet = False
) -> int:
    """Enter every complete offer into the log (for the operator)."""
    from merestone.casefile.register.cosigning import append as entered
    from merestone.casefile.register.cosigning import late
    from merestone.casefile.register.desk import Desk
    from merestone.casefile.register.next_steps import carry_step

    with Front("register.append", as_json=as_json, quiet=quiet) as front, Desk.open(folder) as desk:
        now = int(time.time())
        found = entered(desk, key, passphrase_from(passphrase_file), now)
        facts = {"entered": [{"index": each.index, "digest": each.digest} for each in found], "size": desk.store.size}
        front.answer(facts, "".join(f"entry {each.index}  {each.digest}\n" for each in found))
        if found:
            front.say("Now the parties take in the new entries and cosign them.")
        else:
            front.say(f"no offer is complete: `merestone register status {folder}` says who must sign")
        for offer in late(desk, now):
            front.say(
                f"not entered: offer {offer.digest[:8]}, because the day by which it was to be answered has passed (E9)"
            )
        front.say(carry_step(desk, desk.offers()))
    return ExitCode.GOOD


def witness(
    folder: Folder,
    key: Key,
    passphrase_file: PassphraseFile = None,
    despite_evidence: DespiteEvidence = False,
    yes: CosignYes = False,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> int:
    """Cosign the entries that this copy has checked and stored.

    An act has effect when both parties have cosigned it. The command lists what it would cosign, and asks; then it asks for the
    passphrase.
    """
    from merestone.casefile.register.cosigning import witness as witnessed
    from merestone.casefile.register.desk import Desk
    from merestone.casefile.register.next_steps import carry_step

    with Front("register.witness", as_json=as_json, quiet=quiet) as front, Desk.open(folder) as desk:
        ask, now = passphrase_from(passphrase_file), int(time.time())
        shown = Shown(yes)
        head = witnessed(desk, key, ask, now, shown, despite_evidence=despite_evidence)
        if head is None:
            front.say("nothing was cosigned")
            return ExitCode.FAILURE
        agreed = desk.store.agreed_size
        facts = {"size": head.size, "root": head.root.hex(), "agreed_size": agreed, "shown": shown.facts}
        entries = counted(head.size, "entry", "entries")
        front.answer(facts, f"cosigned {entries}, root {head.root.hex()}\n")
        front.say(f"both parties have cosigned {agreed} of {entries}")
        front.say(carry_step(desk, desk.offers()))
    return ExitCode.GOOD
