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
    "Read the fingerprints to the others over another channel (a meeting, a note verbale): whoever can swap this file on "
    "its way cannot swap those."
)


def enrol(
    slot: SlotName,
    identity: Annotated[str, typer.Argument(metavar="IDENTITY", help="A short name: ARM. Letters, digits, . _ -")],
    title: Annotated[str, typer.Argument(metavar="TITLE", help="The full name: «Republic of Armenia».")],
    output: Annotated[Path, typer.Option("--output", "-o", metavar="STEM", help="Where the files go: STEM.key, ...")],
    passphrase_file: PassphraseFile = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> int:
    """Make keys, sealed with a passphrase, and an enrolment to hand over.

    A party gets two keys: STEM.key signs acts and heads; STEM.root.key is kept apart (on paper, in a safe), for the day when
    the first is lost or stolen. STEM.enrolment holds the public keys and goes to whoever draws up the charter.
    """
    from merestone.casefile.register.enrolling import enrol as made
    from merestone.casefile.register.enrolling import fingerprints

    with Front("register.enrol", as_json=as_json, quiet=quiet) as front:
        named = _slot(slot)
        secret = passphrase_from(passphrase_file, twice=True)(output)
        if len(secret) < 12:
            raise WrongRequestError("a passphrase has at least twelve characters; six random words make a good one")
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
        front.say(f"Hand {keys.enrolment} to whoever draws up the charter; the key files go to nobody.")
        if keys.root is not None:
            front.say(
                f"Put {keys.root} away in a safe once the charter is signed: it is needed again only for a lost key."
            )
        front.say(COMPARE)
    return ExitCode.GOOD


def init(
    folder: Folder,
    name: Annotated[str, typer.Option(metavar="TITLE", help="What the register is called.")],
    enrolment: Annotated[
        list[Path], typer.Option(metavar="FILE", help="An enrolment; give one for each of a, b and operator at least.")
    ],
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> int:
    """Begin a register: draw up its charter from the enrolments.

    The charter is an offer. Everybody in it signs with every key they have (`sign`), the operator enters it (`append`), and
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
        front.say("Compare every fingerprint with what its holder reads to you before anybody signs.")
        front.say(
            f"to sign: {', '.join(offer.missing)}; each with `merestone register sign {folder} -k KEY`, root keys too"
        )
    return ExitCode.GOOD


def rotate(
    folder: Folder,
    new: Annotated[Path, typer.Option("--new", metavar="STEM", help="Where the new key goes: STEM.key.")],
    key: Annotated[
        Path,
        typer.Option("--key", "-k", metavar="FILE", help="The key that goes; with --lost or --stolen the root key."),
    ],
    reason: Annotated[str, typer.Option(metavar="TEXT", help="Why, for the record.")] = "as planned",
    lost: Annotated[
        bool, typer.Option("--lost", help="The signing key is lost: the root key puts in a new one.")
    ] = False,
    stolen: Annotated[bool, typer.Option("--stolen", help="The signing key may be in other hands: likewise.")] = False,
    since: Annotated[
        int | None,
        typer.Option(
            metavar="SIZE",
            min=1,
            help="With --lost or --stolen: the register had this many entries when the key was last safe. Default: the present number, if nobody rotated the key.",
        ),
    ] = None,
    passphrase_file: PassphraseFile = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> int:
    """Replace a key by a new one.

    The change is signed by both and is then an offer for the operator to enter; the old key is good for nothing from that
    entry on. Acts that it signed before stay verifiable. With a root key and neither --lost nor --stolen, the root key
    itself is replaced. A key that is declared lost or stolen convicts nobody of what it signed; --since declares those too that a
    thief has put into the slot in the meantime.
    """
    from datetime import date

    from merestone.casefile.register.desk import Desk
    from merestone.casefile.register.next_steps import carry_step
    from merestone.casefile.register.rotating import rotated

    with Front("register.rotate", as_json=as_json, quiet=quiet) as front, Desk.open(folder) as desk:
        if since is not None and not (lost or stolen):
            raise WrongRequestError("--since goes with --lost or --stolen")
        why = f"compromised: {reason}" if stolen else f"lost: {reason}" if lost else reason
        ask = passphrase_from(passphrase_file)
        today = date.today()  # noqa: DTZ011
        offer, path = rotated(desk, key, new, ask, reason=why, recover=lost or stolen, today=today, since=since)
        front.answer(
            {"offer": offer.digest, "missing": list(offer.missing), "written": [str(path)]}, f"offer {offer.digest}\n"
        )
        front.say(f"wrote {path}")
        front.say("The operator enters it; keep the old key until its entry is cosigned by both.")
        front.say(carry_step(desk, desk.offers()))
    return ExitCode.GOOD


def appoint(
    folder: Folder,
    enrolment: Annotated[Path, typer.Argument(metavar="ENROLMENT", help="The enrolment of who is appointed.")],
    key: Annotated[
        Path, typer.Option("--key", "-k", metavar="FILE", help="The new holder's key, to show they have it.")
    ],
    reason: Annotated[str, typer.Option(metavar="TEXT", help="Who and why, for the record.")],
    passphrase_file: PassphraseFile = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> int:
    """Offer the slot of operator, mediator or depositary to a new holder; both parties sign."""
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
        front.say(f"to sign: {', '.join(offer.missing)}")
    return ExitCode.GOOD


def _slot(name: str):  # type: ignore[no-untyped-def]
    from merestone.register.keys import Slot

    if name not in set(Slot):
        raise WrongRequestError(f"there is no slot {name!r}: a, b, operator, mediator or depositary")
    return Slot(name)
