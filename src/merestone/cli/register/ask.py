"""`merestone register status`, `log`, `state`, `history`, `origin`: what the register answers."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from merestone.cli.cells import visible
from merestone.cli.exit_codes import ExitCode
from merestone.cli.front import Front
from merestone.cli.options import AsJson, Quiet
from merestone.cli.register.options import AsOf, Folder, KnownAt, counted, day_of
from merestone.cli.table import table

Section = Annotated[str, typer.Argument(metavar="SECTION", help="The section.")]


def status(folder: Folder, as_json: AsJson = False, quiet: Quiet = False) -> int:
    """Show the register, your desk, and what to do next."""
    from merestone.casefile.register.answers import status as asked
    from merestone.casefile.register.desk import Desk

    with Front("register.status", as_json=as_json, quiet=quiet) as front, Desk.open(folder) as desk:
        found = asked(desk)
        front.answer(found, _status_text(found))
    return ExitCode.FINDINGS if found["evidence"] else ExitCode.GOOD


def _status_text(found: dict[str, Any]) -> str:
    heads = ", ".join(f"{slot} {size}" for slot, size in found["heads"].items()) or "none"
    lines = [
        f"register  {found['register'] or 'none yet'}",
        f"entries   {found['size']}, of which both parties have cosigned {found['agreed_size']}",
        f"heads     {heads}",
    ]
    for slot, holder in found["holders"].items():
        lines += ["", f"{slot}: {holder['title']} ({holder['identity']})", f"  key   {holder['fingerprint']}"]
        lines += [f"  root  {holder['root']}"] if holder["root"] else []
    if found["offers"]:
        lines += ["", "offers on this desk", *map(_offer_line, found["offers"])]
    if found["evidence"]:
        lines += ["", f"EVIDENCE is kept here that {', '.join(found['accused'])} signed two histories"]
    lines += ["", "next", *(f"  - {each}" for each in found["next"])]
    return "\n".join(lines)


def _offer_line(each: dict[str, Any]) -> str:
    sections = f"{'; '.join(each['sections'])}; " if each["sections"] else ""
    signed = f"signed by {', '.join(each['signed'])}" if each["signed"] else "not signed yet"
    return f"  {each['digest'][:8]}  {each['what']} «{each['title']}» ({sections}{signed})"


def log(folder: Folder, as_json: AsJson = False, quiet: Quiet = False) -> int:
    """List the entries."""
    from merestone.casefile.register.answers import log as asked
    from merestone.casefile.register.desk import Desk

    with Front("register.log", as_json=as_json, quiet=quiet) as front, Desk.open(folder) as desk:
        rows = asked(desk)
        shown = [
            (str(row["index"]), row["what"], row["title"], ", ".join(row["signers"]), "yes" if row["agreed"] else "no")
            for row in rows
        ]
        notes = ["; ".join(row["sections"]) for row in rows]
        front.answer(
            {"entries": rows}, table(("entry", "what", "title", "signed by", "both cosigned"), shown, {0}, notes)
        )
    return ExitCode.GOOD


def state(
    folder: Folder, as_of: AsOf = None, known_at: KnownAt = None, as_json: AsJson = False, quiet: Quiet = False
) -> int:
    """Show which line of each section is in force on a date.

    The answer uses what both parties have cosigned, or the first entries of the log that you ask for.
    """
    from merestone.casefile.register.answers import known_size
    from merestone.casefile.register.answers import state as asked
    from merestone.casefile.register.desk import Desk

    with Front("register.state", as_json=as_json, quiet=quiet) as front, Desk.open(folder) as desk:
        day, size = day_of(as_of), known_size(desk, known_at)
        rows = asked(desk, day, size)
        facts = {
            "as_of": day,
            "known_at": size,
            "sections": [
                {
                    "section": each.section,
                    "status": each.status.value if each.status else "",
                    "act": f"{each.reference.index}/{each.reference.change}" if each.reference else "",
                    "line": each.line,
                }
                for each in rows
            ],
        }
        shown = [
            (each.section, each.status.value if each.status else "no line in force", _act(each), each.line[:16])
            for each in rows
        ]
        front.answer(facts, table(("section", f"on {day}", "entry", "line (SHA-256)"), shown))
        front.say(
            f"as known at size {size}; both parties have cosigned these entries"
            if size
            else "the parties have not both cosigned an entry yet"
        )
        waiting = desk.store.size - desk.store.agreed_size
        if waiting and known_at is None:
            front.say(
                f"{counted(waiting, 'more entry is', 'more entries are')} in the log without effect, because the parties have not both cosigned: "
                f"`merestone register status {folder}` says who must cosign"
            )
        front.say("A register records what was signed. It declares nothing in law.")
    return ExitCode.GOOD


def _act(each: Any) -> str:
    return f"{each.reference.index}/{each.reference.change}" if each.reference else ""


def history(
    folder: Folder, section: Section, known_at: KnownAt = None, as_json: AsJson = False, quiet: Quiet = False
) -> int:
    """List every act about a section, in the order of the log."""
    from merestone.casefile.register.answers import history as asked
    from merestone.casefile.register.desk import Desk

    with Front("register.history", as_json=as_json, quiet=quiet) as front, Desk.open(folder) as desk:
        rows = asked(desk, section, desk.store.size if known_at is None else known_at)
        shown = [
            (
                f"{row['index']}/{row['change']}",
                row["status"] if row["agreed"] else f"{row['status']} (not yet agreed)",
                row["by"],
                row["from"],
                row["to"] or ("open" if row["from"] else ""),
                row["carries"],
                ", ".join(row["supersedes"]),
                row["title"],
            )
            for row in rows
        ]
        heads = ("entry", "status", "by", "from", "to", "carries", "replaces", "title")
        front.answer({"section": section, "changes": rows}, table(heads, shown))
    return ExitCode.GOOD


def origin(
    folder: Folder,
    section: Section,
    what: Annotated[
        str, typer.Argument(metavar="VERTEX-OR-CLAUSE", help="Words of a clause, or the name of a vertex.")
    ],
    as_of: AsOf = None,
    known_at: KnownAt = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> int:
    """Show which act introduced a clause or a vertex.

    The answer names the instrument of the act and who signed it.
    """
    from merestone.casefile.register.answers import known_size
    from merestone.casefile.register.answers import origin as asked
    from merestone.casefile.register.desk import Desk

    with Front("register.origin", as_json=as_json, quiet=quiet) as front, Desk.open(folder) as desk:
        found = asked(desk, section, what, day_of(as_of), known_size(desk, known_at))
        facts = {
            "section": section,
            "found": [
                {
                    "what": each.what,
                    "act": f"{each.reference.index}/{each.reference.change}",
                    "title": each.title,
                    "status": each.status.value,
                    "instruments": list(each.instruments),
                    "signers": list(each.signers),
                }
                for each in found
            ],
        }
        lines = []
        for each in found:
            lines += [
                each.what,
                f"  since entry {each.reference.index}/{each.reference.change}: {each.title} ({each.status.value})",
                f"  based on {'; '.join(each.instruments) or 'no instrument named'}",
                f"  signed by {', '.join(each.signers)}",
            ]
        front.answer(facts, "".join(f"{visible(line)}\n" for line in lines))
    return ExitCode.GOOD
