"""`merestone register verify` and `prove`: nothing is believed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from merestone.cli.exit_codes import ExitCode
from merestone.cli.front import Front
from merestone.cli.options import AsJson, Quiet
from merestone.cli.register.options import Folder, counted
from merestone.errors import UnreadableFileError, WrongRequestError

FROM_ITSELF = (
    "The keys were taken from the register itself. Compare the fingerprints with what the parties published elsewhere, or give "
    "them with --fingerprint."
)


def verify(
    target: Annotated[
        Path,
        typer.Argument(metavar="WHAT", help="The folder of a register, a bundle, an export, a proof, or evidence."),
    ],
    fingerprint: Annotated[
        list[str] | None,
        typer.Option(
            metavar="SLOT=FINGERPRINT", help="A fingerprint that you have from its owner: a=..., a.root=..., b=..."
        ),
    ] = None,
    manifest: Annotated[
        str,
        typer.Option(
            metavar="SHA256", help="The SHA-256 of the SHA256SUMS of an export, as its publisher gave it to you."
        ),
    ] = "",
    replica: Annotated[
        Path | None,
        typer.Option("--register", metavar="FOLDER", help="For a proof or evidence: the register whose keys to use."),
    ] = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> int:
    """Verify a register, bundle, export, proof or evidence.

    The command judges every entry again from the first one, and checks every signature, digest and root. It does not need a network.
    """
    from merestone.casefile.register import proving
    from merestone.casefile.register.carrying import WHOLE
    from merestone.casefile.register.desk import STORE, Desk
    from merestone.casefile.register.next_steps import accused

    against: list[str] = []
    with Front("register.verify", as_json=as_json, quiet=quiet) as front:
        expected = _expected(fingerprint or [])
        if not target.exists():
            raise UnreadableFileError(target, "there is no such file or folder")
        if (target / STORE).is_file():
            if (target / WHOLE).is_file():
                raise WrongRequestError(
                    f"{target}: this folder contains both {STORE} and {WHOLE}: move one of them to another folder"
                )
            with Desk.open(target) as desk:
                found, against = proving.verify_desk(desk), accused(desk)
        elif target.is_dir():
            from merestone.casefile.register.exporting import verify_export

            found = verify_export(target, front.progress)
        elif (kind := proving.kind_of_file(target)) == "bundle":
            with target.open("rb") as stream:
                found = proving.verify_bundle(stream, front.progress)
        else:
            if manifest:
                raise WrongRequestError("only an export has a manifest, and this is not an export")
            return _verify_small(front, target, kind, replica, expected)
        front.progress.close()
        proving.check_fingerprints(found, expected)
        proving.check_manifest_given(found, manifest)
        front.answer(found.facts, _verified_text(found.facts))
        for each in against:
            front.say(
                f"EVIDENCE is kept here that {each} signed two histories: see `merestone register evidence {target}`"
            )
        for sentence in _of_an_export(found.facts, known=bool(manifest)):
            front.say(sentence)
        if not expected:
            front.say(FROM_ITSELF)
    return ExitCode.GOOD


def _of_an_export(facts: dict[str, Any], *, known: bool) -> Iterator[str]:
    """What a person must know of the files in an export that nobody has signed."""
    if "manifest" in facts and not known:
        yield (
            "The manifest lists exactly these files, but nobody has signed the manifest: whoever alters index.html, the formats or the "
            "verifier in the folder can also alter the manifest. Compare its digest with the one that the publisher gives elsewhere, or "
            "give that one with --manifest."
        )
    if others := facts.get("of_others"):
        yield (
            f"this version of Merestone writes these files differently: {', '.join(others)}. Another version may have written the export, or "
            "somebody has altered these files. The register does not depend on them. Do not run the verifier that is in the export."
        )


def _verify_small(front: Front, path: Path, kind: str, replica: Path | None, expected: dict[str, str]) -> int:
    from merestone.casefile.register import proving
    from merestone.casefile.register.desk import Desk
    from merestone.casefile.register.key_files import read_small
    from merestone.register.keys import grouped

    data = read_small(path, proving.MOST_PROOF_BYTES)
    if kind == "evidence":
        facts = proving.check_evidence(data, expected, keys_known=replica is not None)
        if replica is not None:
            with Desk.open(replica) as desk:
                proving.check_convicts(data, desk)
        front.answer(facts, _accusation(facts))
        front.say("with key  " + "\n          ".join(map(grouped, dict.fromkeys(facts["fingerprints"]))))
        if not expected:
            front.say(
                "Compare the fingerprint with what that party published elsewhere, or give it with --fingerprint."
            )
        if replica is None:
            front.say(
                "It proves nothing if this key was declared lost or stolen: give a copy of the register with --register FOLDER to check this."
            )
        return ExitCode.GOOD
    if replica is None:
        raise WrongRequestError(
            "a proof is checked with the keys of a register: give a copy of it with --register FOLDER"
        )
    with Desk.open(replica) as desk:
        proven = proving.check_proof(data, desk)
        if expected:
            proving.check_fingerprints(proving.verify_desk(desk), expected)
    signers = [slot.value for slot in proven.signers]
    facts = {"register": proven.register, "index": proven.index, "size": proven.size, "signers": signers}
    front.answer(
        facts, f"entry {proven.index} is in the log of size {proven.size} that was signed by {', '.join(signers)}\n"
    )
    return ExitCode.GOOD


def _verified_text(facts: dict[str, Any]) -> str:
    from merestone.register.keys import grouped

    lines = [
        f"verified  {facts['name']}",
        f"register  {facts['register']}",
        f"entries   {facts['size']}, root {facts['root']}",
        f"heads     {', '.join(f'{slot} {size}' for slot, size in facts['heads'].items()) or 'none'}",
        f"agreed    {counted(facts['agreed_size'], 'entry', 'entries')}, state {facts['state_digest'] or 'none yet'}",
    ]
    lines += [f"manifest  {facts['manifest']}"] if "manifest" in facts else []
    lines += [f"EVIDENCE  {slot} signed two histories: see evidence/" for slot in sorted(set(facts.get("accused", ())))]
    for slot, each in facts["fingerprints"].items():
        lines += ["", f"{slot}: {each['title']} ({each['identity']})", f"  key   {grouped(each['key'])}"]
        lines += [f"  root  {grouped(each['root'])}"] if each["root"] else []
    return "\n".join(lines)


def evidence(
    folder: Folder,
    which: Annotated[
        str,
        typer.Argument(metavar="[WHICH]", help="The first digits of the evidence, if there is more than one piece."),
    ] = "",
    output: Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="The file to write.")] = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> int:
    """Show who signed two histories, and write the evidence.

    Anyone can verify the evidence.
    """
    from hashlib import sha256

    from merestone.casefile.files import write_whole
    from merestone.casefile.register.carrying import check_written_over
    from merestone.casefile.register.desk import Desk
    from merestone.casefile.register.proving import check_evidence

    with Front("register.evidence", as_json=as_json, quiet=quiet) as front, Desk.open(folder) as desk:
        kept = {sha256(each).hexdigest(): each for each in desk.store.evidence()}
        kept = {digest: each for digest, each in kept.items() if digest.startswith(which.lower())}
        found = [{"evidence": digest, **check_evidence(each, {})} for digest, each in kept.items()]
        if output is not None:
            if len(kept) != 1:
                known = ", ".join(digest[:8] for digest in kept)
                raise WrongRequestError(
                    f"the file can hold one piece of evidence; name one by its first digits: {known}"
                    if kept
                    else f"there is no evidence here{f' that begins with {which!r}' if which else ''}"
                )
            check_written_over(output, b'{"format":"merestone-evidence"', "piece of evidence")
            write_whole(output, next(iter(kept.values())))
        shown = "".join(f"{each['evidence'][:8]}  {_accusation(each)}" for each in found)
        front.answer(
            {"evidence": found, "written": [str(output)] if output else []},
            shown or "there is no evidence here that anybody signed two histories\n",
        )
        if output is not None:
            front.say(f"wrote {output}; anybody can check it with `merestone register verify {output}`")
    return ExitCode.FINDINGS if found else ExitCode.GOOD


def _accusation(facts: dict[str, Any]) -> str:
    one, other = (
        f"of {counted(size, 'entry', 'entries')} with the root {root[:16]}..."
        for size, root in zip(facts["sizes"], facts["roots"], strict=True)
    )
    return f"{facts['slot']} signed two histories: a log {one} and a log {other}\n"


def prove(
    folder: Folder,
    index: Annotated[int, typer.Argument(metavar="INDEX", min=0, help="The number of the entry.")],
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help="The proof to write.")],
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> int:
    """Write a proof that an entry is in the log.

    The proof is for people who do not have the whole log.
    """
    from merestone.casefile.files import write_whole
    from merestone.casefile.register.carrying import check_written_over
    from merestone.casefile.register.desk import Desk
    from merestone.casefile.register.proving import prove as proven

    with Front("register.prove", as_json=as_json, quiet=quiet) as front, Desk.open(folder) as desk:
        check_written_over(output, b'{"entry":', "proof")
        data = proven(desk, index)
        write_whole(output, data)
        front.answer({"index": index, "written": [str(output)]}, f"entry {index}, {len(data):,} bytes\n")
        front.say(f"wrote {output}")
    return ExitCode.GOOD


def _expected(given: list[str]) -> dict[str, str]:
    """The fingerprints known from elsewhere by SLOT or SLOT.root, each of them 64 digits."""
    expected: dict[str, str] = {}
    for each in given:
        name, sign, value = each.partition("=")
        digits = "".join(value.split()).lower()
        if not sign or len(digits) != 64:
            raise WrongRequestError(f"{each!r}: write SLOT=FINGERPRINT, such as a=..., with all 64 digits")
        if expected.setdefault(name, digits) != digits:
            raise WrongRequestError(
                f"there are two fingerprints for {name}: give only the one that its holder told you"
            )
    return expected
