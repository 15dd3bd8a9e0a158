"""`merestone register enrol`, `init`, `rotate`, `appoint`: whose keys count."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from merestone.cli.exit_codes import ExitCode
from merestone.cli.front import Front
from merestone.cli.options import AsJson, Quiet
from merestone.cli.register.options import Folder, PassphraseFile, passphrase_from
from merestone.errors import WrongRequestError

SlotName = Annotated[str, typer.Argument(metavar="SLOT", help="a, b (the parties), operator, mediator or depositary.")]
COMPARE = (
    "Read the fingerprints to the others over another channel (a meeting, a note verbale): somebody who replaces this file "
    "on its way cannot replace what you read out."
)


def enrol(
    slot: SlotName,
    identity: Annotated[str, typer.Argument(metavar="IDENTITY", help="A short name: ARM. Letters, digits, . _ -")],
    title: Annotated[str, typer.Argument(metavar="TITLE", help="The full name: «Republic of Armenia».")],
    output: Annotated[
        Path,
        typer.Option(
            "--output", "-o", metavar="STEM", help="The path of the new files, without the ending: STEM.key, ..."
        ),
    ],
    passphrase_file: PassphraseFile = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> int:
    """Make encrypted keys, and an enrolment to hand over.

    A passphrase encrypts the keys. A party gets two: STEM.key signs acts and heads. Keep STEM.root.key apart (on paper, in a safe): it replaces STEM.key if
    that key is lost or stolen. STEM.enrolment holds the public keys. Give it to the person who draws up the charter.
    """
    from merestone.casefile.register.enrolling import enrol as made
    from merestone.casefile.register.enrolling import fingerprints

    with Front("register.enrol", as_json=as_json, quiet=quiet) as front:
        named = _slot(slot)
        secret = passphrase_from(passphrase_file, twice=True)(output)
        if len(secret) < 12:
            raise WrongRequestError(
                "a passphrase must have at least twelve characters; use six random words, for example"
            )
        keys = made(named, identity, title, output, secret)
        prints = fingerprints(keys.enrolled.holder)
        files = [path for path in (keys.key, keys.root, keys.enrolment) if path is not None]
        facts = {
            "slot": slot,
            "identity": identity,
            "fingerprints": {name: each.replace(" ", "") for name, each in prints.items()},
            "written": [str(path) for path in files],
        }
        shown = "".join(f"{name:<5} {each}\n" for name, each in prints.items())
        front.answer(facts, shown)
        for path in files:
            front.say(f"wrote {path}")
        front.say(f"Give {keys.enrolment} to the person who draws up the charter. Give the key files to nobody.")
        if keys.root is not None:
            front.say(
                f"Put {keys.root} in a safe when the charter is signed. You need it again only if a key is lost or stolen."
            )
        front.say(COMPARE)
    return ExitCode.GOOD


def init(
    folder: Folder,
    name: Annotated[str, typer.Option(metavar="TITLE", help="The name of the register.")],
    enrolment: Annotated[
        list[Path],
        typer.Option(metavar="FILE", help="An enrolment. Give at least one for a, one for b and one for operator."),
    ],
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> int:
    """Begin a register: draw up its charter from the enrolments.

    The charter is an offer. Everybody in it signs with each of their keys (`sign`). Then the operator enters it (`append`), and
    the parties cosign (`witness`).
    """
    from merestone.casefile.register.enrolling import begin, fingerprints
    from merestone.register.objects import Charter

    with Front("register.init", as_json=as_json, quiet=quiet) as front:
        offer = begin(folder, name, tuple(enrolment))
        roles = offer.content.roles if isinstance(offer.content, Charter) else ()
        prints = {role.slot.value: fingerprints(role.holder) for role in roles}
        lines = [f"register  {offer.digest}", f"name      {name}", ""]
        for role in roles:
            lines.append(f"{role.slot.value}: {role.holder.title} ({role.holder.identity})")
            lines += [f"  {which:<5} {each}" for which, each in prints[role.slot.value].items()]
        facts = {"register": offer.digest, "name": name, "fingerprints": prints, "missing": list(offer.missing)}
        front.answer(facts, "\n".join(lines))
        front.say("Before anybody signs, compare every fingerprint with the one that its holder reads to you.")
        front.say(
            f"still to sign: {', '.join(offer.missing)}; each signs with `merestone register sign FOLDER -k KEY`, also with the root key; "
            f"FOLDER is the folder of the register there, and {folder} here"
        )
    return ExitCode.GOOD


def rotate(
    folder: Folder,
    new: Annotated[
        Path, typer.Option("--new", metavar="STEM", help="The path of the new key, without the ending: STEM.key.")
    ],
    key: Annotated[
        Path,
        typer.Option(
            "--key", "-k", metavar="FILE", help="The key to be replaced; with --lost or --stolen, the root key."
        ),
    ],
    reason: Annotated[str, typer.Option(metavar="TEXT", help="The reason, which the register keeps.")] = "as planned",
    lost: Annotated[
        bool, typer.Option("--lost", help="The signing key is lost; the root key signs the change.")
    ] = False,
    stolen: Annotated[
        bool, typer.Option("--stolen", help="Somebody else may have the signing key; the root key signs the change.")
    ] = False,
    since: Annotated[
        int | None,
        typer.Option(
            metavar="SIZE",
            min=1,
            help="With --lost or --stolen: how many entries the register had when the key was last safe. Default: the present number, if nobody rotated the key.",
        ),
    ] = None,
    passphrase_file: PassphraseFile = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> int:
    """Replace a key with a new one.

    Both keys sign the change, which is then an offer for the operator to enter. From that entry on, the old key does not count.
    Acts that it signed before can still be verified. With a root key and without --lost or --stolen, the command
    replaces the root key itself. Signatures of a key that is declared lost or stolen prove nothing against its owner. --since also
    declares the keys that a thief has put into the slot since then.
    """
    from datetime import date

    from merestone.casefile.register.desk import Desk
    from merestone.casefile.register.next_steps import carry_step
    from merestone.casefile.register.rotating import rotated

    with Front("register.rotate", as_json=as_json, quiet=quiet) as front, Desk.open(folder) as desk:
        if since is not None and not (lost or stolen):
            raise WrongRequestError("--since may be given only with --lost or --stolen")
        why = f"compromised: {reason}" if stolen else f"lost: {reason}" if lost else reason
        ask = passphrase_from(passphrase_file)
        today = date.today()  # noqa: DTZ011
        offer, path = rotated(desk, key, new, ask, reason=why, recover=lost or stolen, today=today, since=since)
        front.answer(
            {"offer": offer.digest, "missing": list(offer.missing), "written": [str(path)]}, f"offer {offer.digest}\n"
        )
        front.say(f"wrote {path}")
        front.say("The operator enters the change. Keep the old key until both parties have cosigned that entry.")
        front.say(carry_step(desk, desk.offers()))
    return ExitCode.GOOD


def appoint(
    folder: Folder,
    enrolment: Annotated[Path, typer.Argument(metavar="ENROLMENT", help="The enrolment of the new holder.")],
    key: Annotated[
        Path, typer.Option("--key", "-k", metavar="FILE", help="The key of the new holder, which must also sign.")
    ],
    reason: Annotated[str, typer.Option(metavar="TEXT", help="Who is appointed and why, which the register keeps.")],
    passphrase_file: PassphraseFile = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> int:
    """Appoint a new operator, mediator or depositary.

    Both parties and the new holder sign.
    """
    from datetime import date

    from merestone.casefile.register.desk import Desk
    from merestone.casefile.register.enrolling import enrolment_in
    from merestone.casefile.register.reviewing import review
    from merestone.casefile.register.signing import appointment
    from merestone.casefile.register.signing import sign as signed

    with Front("register.appoint", as_json=as_json, quiet=quiet) as front, Desk.open(folder) as desk:
        offer = appointment(desk, enrolment_in(enrolment), reason)
        offer = signed(desk, review(desk, offer), (key,), passphrase_from(passphrase_file), date.today())  # noqa: DTZ011
        front.answer({"offer": offer.digest, "missing": list(offer.missing)}, f"offer {offer.digest}\n")
        front.say(f"still to sign: {', '.join(offer.missing)}")
    return ExitCode.GOOD


def _slot(name: str):  # type: ignore[no-untyped-def]
    from merestone.register.keys import Slot

    if name not in set(Slot):
        raise WrongRequestError(f"there is no slot {name!r}: use a, b, operator, mediator or depositary")
    return Slot(name)
