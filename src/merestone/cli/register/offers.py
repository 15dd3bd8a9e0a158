"""`merestone register propose`, `show`, `sign`, `countersign`, `withdraw`: from what is wanted to what is signed."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from merestone.cli.exit_codes import ExitCode
from merestone.cli.failures import says_more
from merestone.cli.front import Front
from merestone.cli.options import AsJson, Quiet
from merestone.cli.register.options import Folder, Keys, OfferName, PassphraseFile, day_of, passphrase_from
from merestone.errors import WrongRequestError

if TYPE_CHECKING:
    from merestone.casefile.register.desk import Desk, Offer


def propose(
    folder: Folder,
    act: Annotated[
        Path | None, typer.Argument(metavar="[ACT.toml]", help="An act file, for several sections at once.")
    ] = None,
    section: Annotated[str, typer.Option(metavar="NAME", help="The section.")] = "",
    status: Annotated[
        str, typer.Option(metavar="STATUS", help="claimed, initialled, signed, ratified, 'in force', ...")
    ] = "",
    title: Annotated[str, typer.Option(metavar="TEXT", help="The title of the act.")] = "",
    text: Annotated[
        list[str] | None,
        typer.Option(metavar="LANGUAGE=FILE", help="An authentic text. The first .boundary file gives the line."),
    ] = None,
    instrument: Annotated[
        list[str] | None,
        typer.Option(metavar="TITLE|ARTICLE|DATE[|FILE]", help="The instrument that the act is based on."),
    ] = None,
    begin: Annotated[str, typer.Option("--from", metavar="DATE", help="The first day on which the act holds.")] = "",
    end: Annotated[str, typer.Option("--to", metavar="DATE", help="The day on which it no longer holds.")] = "",
    kind: Annotated[str, typer.Option(metavar="KIND", help="step, correction, exchange or claim.")] = "step",
    by: Annotated[str, typer.Option(metavar="SLOT", help="The party that makes the claim: a or b.")] = "",
    carries: Annotated[
        str,
        typer.Option(metavar="INDEX/CHANGE", help="The change to carry forward or correct, if several are possible."),
    ] = "",
    prevails: Annotated[
        str, typer.Option(metavar="WHICH", help="What prevails: text, coordinates or neither.")
    ] = "neither",
    tolerance: Annotated[
        float,
        typer.Option(
            metavar="METRES", min=0.0, max=1e6, help="How far a curve compiled again may lie from the signed one."
        ),
    ] = 0.001,
    answer_by: Annotated[
        str, typer.Option(metavar="DATE", help="The last day on which the program signs or enters the offer.")
    ] = "",
    good_for: Annotated[
        int, typer.Option(metavar="ENTRIES", min=1, max=10**9, help="The offer lapses after this many entries.")
    ] = 100,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> int:
    """Make an offer about a section, on your desk.

    Nobody else sees the offer before you hand it over.
    """
    from merestone.casefile.register.desk import Desk
    from merestone.casefile.register.proposing import Proposal, Wanted, read_proposal, reference
    from merestone.casefile.register.proposing import propose as proposed
    from merestone.casefile.register.toolchain import toolchain
    from merestone.register.keys import Slot
    from merestone.register.objects import Kind, Prevails, Status

    with Front("register.propose", as_json=as_json, quiet=quiet) as front, Desk.open(folder) as desk:
        if act is not None:
            proposal = read_proposal(act)
        else:
            wanted = Wanted(
                _needed(section, "--section"),
                _one_of(Status, _needed(status, "--status")),
                begin and day_of(begin),
                end and day_of(end),
                dict(_text(each) for each in text) if text else None,
                tuple(_instrument(each) for each in instrument or ()),
                (),
                _one_of(Prevails, prevails),
                round(tolerance * 1e6),
                reference(carries) if carries else None,
            )
            if wanted.status is Status.CLAIMED and not by:
                raise WrongRequestError("a claim needs its party: --by a or --by b")
            kind = "claim" if wanted.status is Status.CLAIMED else kind
            claimant = _one_of(Slot, by) if by else None
            said = title or f"{wanted.section}: {wanted.status.value}"
            proposal = Proposal(
                _one_of(Kind, kind), said, (wanted,), claimant, answer_by and day_of(answer_by), good_for
            )
        front.progress("compiling", 0, 1)
        offer = proposed(desk, proposal, toolchain())
        front.progress.close()
        _say_laid(front, desk, offer)
    return ExitCode.GOOD


def _say_laid(front: Front, desk: Desk, offer: Offer) -> None:
    """What lies on the desk now, who signs it, and what in it is not in the line; what could never be entered is taken off."""
    from merestone.casefile.register.views import cautions

    if offer.obstacle:
        desk.discard(offer)
        why = f"{offer.obstacle}; {says_more(offer.rule)}" if offer.rule else offer.obstacle
        raise WrongRequestError(f"this could never be entered, so no offer was made: {why}")
    known = cautions(desk, offer.envelope)
    facts = {
        "offer": offer.digest,
        "missing": list(offer.missing),
        "obstacle": offer.obstacle,
        "cautions": list(known),
    }
    front.answer(facts, f"offer {offer.digest}\n")
    for sentence in known:
        front.say(f"CAUTION: {sentence}")
    see = f"merestone register show {desk.folder} {offer.digest[:8]}"
    front.say(f"still to sign: {', '.join(offer.missing)}; first look at the offer: `{see}`")


def show(
    folder: Folder,
    offer: Annotated[
        str,
        typer.Argument(
            metavar="[OFFER]", help="The first digits of an offer, or `entry:INDEX` for an entry in the log."
        ),
    ] = "",
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> int:
    """Show exactly what is signed, invisible characters marked."""
    from merestone.casefile.register.desk import Desk
    from merestone.casefile.register.views import shown

    with Front("register.show", as_json=as_json, quiet=quiet) as front, Desk.open(folder) as desk:
        view = shown(desk, offer, front.progress)
        front.progress.close()
        front.answer(view.facts, view.text)
    return ExitCode.FINDINGS if view.marks or view.refusals else ExitCode.GOOD


def sign(
    folder: Folder,
    key: Keys,
    offer: OfferName = "",
    passphrase_file: PassphraseFile = None,
    yes: Annotated[
        bool, typer.Option("--yes", help="Sign without asking. Use it only if you have read the output of `show`.")
    ] = False,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> int:
    """Sign an offer whose texts compile to its line.

    The command shows what you sign, and asks; then it asks for the passphrase.
    """
    return _sign(folder, offer, key, passphrase_file, yes=yes, as_json=as_json, quiet=quiet, others=False)


def countersign(
    folder: Folder,
    key: Keys,
    offer: OfferName = "",
    passphrase_file: PassphraseFile = None,
    yes: Annotated[
        bool, typer.Option("--yes", help="Sign without asking. Use it only if you have read the output of `show`.")
    ] = False,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> int:
    """Sign an offer that the other party has already signed."""
    return _sign(folder, offer, key, passphrase_file, yes=yes, as_json=as_json, quiet=quiet, others=True)


def _sign(
    folder: Path,
    name: str,
    keys: list[Path],
    passphrase_file: Path | None,
    *,
    yes: bool,
    as_json: bool,
    quiet: bool,
    others: bool,
) -> int:
    from merestone.casefile.register.desk import Desk
    from merestone.casefile.register.next_steps import carry_step
    from merestone.casefile.register.reviewing import review
    from merestone.casefile.register.signing import offer_to_sign
    from merestone.casefile.register.signing import sign as signed

    with Front("register.sign", as_json=as_json, quiet=quiet) as front, Desk.open(folder) as desk:
        offer = offer_to_sign(desk, name, tuple(keys), others=others)
        reviewed = review(desk, offer, front.progress)
        view = reviewed.shown
        front.progress.close()
        reviewed.check_unopposed()
        if not yes:
            sys.stderr.write(view.text)
            if not typer.confirm(f"Sign {offer.digest[:8]}?", err=True):
                front.say("nothing was signed")
                return ExitCode.FAILURE
        for sentence in (*view.compiled, *(f"CAUTION: {each}" for each in view.cautions)):
            front.say(sentence)
        offer = signed(desk, reviewed, tuple(keys), passphrase_from(passphrase_file), date.today())  # noqa: DTZ011
        facts = {
            "offer": offer.digest,
            "signed": sorted(offer.envelope.signatures),
            "missing": list(offer.missing),
            "compiled": list(view.compiled),
            "cautions": list(view.cautions),
        }
        front.answer(facts, f"signed by {', '.join(sorted(offer.envelope.signatures))}\n")
        front.say(
            f"still to sign: {', '.join(offer.missing)}" if offer.missing else "complete: the operator can enter it"
        )
        front.say(carry_step(desk, desk.offers()))
    return ExitCode.GOOD


def withdraw(
    folder: Folder,
    key: Annotated[Path, typer.Option("--key", "-k", metavar="FILE", help="Your signing key.")],
    reason: Annotated[str, typer.Option(metavar="TEXT", help="The reason, which the register keeps.")],
    offer: OfferName = "",
    passphrase_file: PassphraseFile = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> int:
    """Take back your signature on an offer.

    You can also refuse an offer that you have not signed, so that the register records it. Both are possible until the offer is an
    entry. The operator enters the withdrawal. After
    that, the offer can never be entered.
    """
    from merestone.casefile.register.desk import Desk
    from merestone.casefile.register.key_files import read_key_file
    from merestone.casefile.register.next_steps import carry_step
    from merestone.casefile.register.reviewing import review
    from merestone.casefile.register.signing import sign as signed
    from merestone.casefile.register.signing import withdrawal

    with Front("register.withdraw", as_json=as_json, quiet=quiet) as front, Desk.open(folder) as desk:
        slot = read_key_file(key).slot
        made = withdrawal(desk, desk.offer(offer), slot, reason)
        made = signed(desk, review(desk, made), (key,), passphrase_from(passphrase_file), date.today())  # noqa: DTZ011
        front.answer({"offer": made.digest, "missing": list(made.missing)}, f"offer {made.digest}\n")
        front.say(
            "The withdrawal has effect when the operator has entered it. Until then, this desk does not cosign an entry that you take back."
        )
        front.say(carry_step(desk, desk.offers()))
    return ExitCode.GOOD


def discard(folder: Folder, offer: OfferName = "", as_json: AsJson = False, quiet: Quiet = False) -> int:
    """Remove an offer from your own desk.

    Use it for a draft that you do not want, or an offer that can no longer be entered. The other desks do not hear of it. If they have
    an offer with your signature, the signature still counts: take it back with `withdraw`.
    """
    from merestone.casefile.register.desk import Desk

    with Front("register.discard", as_json=as_json, quiet=quiet) as front, Desk.open(folder) as desk:
        found = desk.offer(offer)
        desk.discard(found)
        signed = sorted(found.envelope.signatures)
        front.answer({"offer": found.digest, "signed": signed}, f"removed from this desk: offer {found.digest[:8]}\n")
        if signed and not found.obstacle:
            front.say(
                f"{', '.join(signed)} had signed it: other desks that have it can still sign and enter it. To take back your signature, "
                "take the offer in again with `sync`, and use `withdraw`"
            )
    return ExitCode.GOOD


def _needed(value: str, option: str) -> str:
    if not value:
        raise WrongRequestError(f"give {option} or an act file")
    return value


def _one_of(kind, value: str):  # type: ignore[no-untyped-def]
    try:
        return kind(value)
    except ValueError:
        raise WrongRequestError(f"{value!r} is not one of: {', '.join(kind)}") from None


def _text(given: str) -> tuple[str, Path]:
    language, sign_, file = given.partition("=")
    if not sign_ or not file:
        raise WrongRequestError(f"{given!r}: write LANGUAGE=FILE, such as en=line.boundary")
    return language, Path(file)


def _instrument(given: str) -> tuple[str, str, str, Path | None]:
    parts = [each.strip() for each in given.split("|")]
    if not 1 <= len(parts) <= 4:
        raise WrongRequestError(f"{given!r}: write TITLE|ARTICLE|DATE|FILE; everything after the title may be left out")
    title, article, day, file = (*parts, "", "", "")[:4]
    return title, article, day and day_of(day), Path(file) if file else None
