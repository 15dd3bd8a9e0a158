"""The page of an export: what is in force when, by which entry, who has cosigned, and how to verify it without us."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from merestone.publish.plain_page import plain_head
from merestone.publish.report.markup import Content, Markup, bdi, element
from merestone.publish.text import counted

_STYLE = """
*{box-sizing:border-box}
html{font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;color:#1d2126;background:#fff}
body{margin:0 auto;max-width:64rem;padding:1rem clamp(1rem,3vw,2.5rem) 3rem;overflow-wrap:anywhere}
h1{font-family:ui-serif,Georgia,"Noto Serif",serif;font-size:1.7rem;font-weight:600;line-height:1.25;margin:.5rem 0}
h2{font-size:1.2rem;margin:2rem 0 .5rem;padding-bottom:.25rem;border-bottom:2px solid #1d2126}
h3{font-size:1.05rem;margin:1.2rem 0 .3rem}
.banner{margin:0 0 .5rem;padding:.4rem .75rem;border-inline-start:4px solid #8a4b00;background:#f7f1e6}
.scroll{overflow-x:auto}
table{border-collapse:collapse;min-width:28rem;width:100%}
th,td{text-align:start;padding:.3rem .6rem;border-bottom:1px solid #c9ccd1;vertical-align:top}
th,td{overflow-wrap:normal}
th{font-weight:600;color:#565d66;white-space:nowrap}
td:first-child{white-space:nowrap}
.digest{display:inline-block;width:36ch}
code,pre,.digest{font-family:ui-monospace,"DejaVu Sans Mono",monospace;font-size:.88rem}
pre{background:#f1efe8;padding:.7rem .9rem;overflow-x:auto;white-space:pre}
.soft{color:#565d66}
.day{white-space:nowrap}
@media(max-width:40rem){
.digest{width:18ch}
pre{white-space:pre-wrap}
table{min-width:0;font-size:.85rem}
table .digest{font-size:.75rem}
th,td:first-child{white-space:normal}
th,td{padding:.3rem .4rem .3rem 0}
}
"""

_ENTRY = "The entries of the log are counted from 0. One entry can concern several sections: 4/0 is the first change that entry 4 makes."
_SLOTS = (
    "a and b are the two parties. A root key signs only the charter and changes of the keys of its own slot. The operator puts "
    "the entries in order. Its signature does not give effect to an act."
)
_WAY = """# in a terminal, in this folder; /elsewhere is the folder of a verifier that you have from another source:
python3 /elsewhere/verify_register.py .

# with fingerprints from the parties themselves, and the SHA-256 of SHA256SUMS from the publisher:
python3 /elsewhere/verify_register.py . --fingerprint a=... --fingerprint b=... --manifest ..."""


def index_page(facts: Mapping[str, Any], state: Mapping[str, Any], accused: Iterable[str] = ()) -> bytes:
    """The page as UTF-8, from the facts of a verified register, its state at the agreed size, and the slots that the evidence
    beside it convicts."""
    head = plain_head(f"Register: {facts['name']}", [_STYLE])
    body = element(
        "body",
        None,
        element("h1", None, "Register: ", bdi(facts["name"])),
        element(
            "p",
            {"class": "banner"},
            "A record of what two parties have signed. Software declares nothing in law. Do not believe this page: verify the register.",
        ),
        *_accusations(facts, accused),
        element("main", None, *_sections(facts, state), *_holders(facts), *_how(facts)),
    )
    return f"<!DOCTYPE html>\n{element('html', {'lang': 'en'}, head, body)}\n".encode()


def _accusations(facts: Mapping[str, Any], accused: Iterable[str]) -> Iterator[Markup]:
    for slot in accused:
        who = bdi(facts["fingerprints"][slot]["title"])
        said = ("EVIDENCE: ", who, f" ({slot}) signed two histories. The files in ", element("code", None, "evidence/"))
        yield element("p", {"class": "banner"}, *said, " prove it.")


def _sections(facts: Mapping[str, Any], state: Mapping[str, Any]) -> Iterator[Markup]:
    yield element("h2", None, "Sections")
    agreed = facts["agreed_size"]
    if not state:
        yield element(
            "p",
            None,
            f"Size of the log: {facts['size']}. The parties have not both cosigned an entry yet, so no act has effect.",
        )
        return
    pending = facts["size"] - agreed
    more = (
        f" {counted(pending, 'more entry has', 'more entries have')} no effect, because the parties have not both cosigned."
        if pending
        else ""
    )
    yield element("p", None, f"The state at size {agreed} of the log. Both parties have cosigned these entries.{more}")
    if not state["sections"]:
        yield element("p", None, "At this size, the log does not contain an act.")
    for section in state["sections"]:
        yield element("h3", None, bdi(section["section"]))
        rows = [*_segments(section), *_pending(section), *_claims(section, facts["fingerprints"])]
        yield _table(("status", "from", "until (not included)", "entry"), rows)
    if state["sections"]:
        yield element("p", {"class": "soft"}, _ENTRY)


def _segments(section: Mapping[str, Any]) -> Iterator[tuple[Content, ...]]:
    for each in section["segments"]:
        yield each["status"], _day(each["from"]), _day(each["to"] or "open"), f"{each['index']}/{each['change']}"


def _pending(section: Mapping[str, Any]) -> Iterator[tuple[Content, ...]]:
    for each in section["pending"]:
        yield f"{each['status']}, not in force", "", "", f"{each['index']}/{each['change']}"


def _claims(section: Mapping[str, Any], holders: Mapping[str, Any]) -> Iterator[tuple[Content, ...]]:
    for each in section["claims"]:
        who = bdi(holders[each["by"]]["title"])
        claimed = element("span", None, "claimed by ", who, f" ({each['by']}) alone, without prejudice")
        yield claimed, "", "", f"{each['index']}/{each['change']}"


def _day(day: str) -> Markup:
    return element("span", {"class": "day"}, day)


def _holders(facts: Mapping[str, Any]) -> Iterator[Markup]:
    yield element("h2", None, "Who signs")
    rows: list[tuple[Content, ...]] = []
    for slot, each in facts["fingerprints"].items():
        cosigned = facts["heads"].get(slot, 0)
        rows.append((slot, bdi(each["title"]), _digest(each["key"]), f"{cosigned} of {facts['size']}"))
        if each["root"]:
            rows.append((f"{slot}.root", "", _digest(each["root"]), ""))
    yield _table(("slot", "holder", "fingerprint of the key", "entries cosigned"), rows)
    yield element("p", {"class": "soft"}, _SLOTS)


def _digest(fingerprint: str) -> Markup:
    groups = " ".join(fingerprint[at : at + 8] for at in range(0, len(fingerprint), 8))
    return element("span", {"class": "digest"}, groups)


def _how(facts: Mapping[str, Any]) -> Iterator[Markup]:
    yield element("h2", None, "Verify it")
    yield element(
        "p",
        None,
        "Copy this folder. Take ",
        element("code", None, "verify_register.py"),
        " from another source, and compare its SHA-256 with the one in the documentation of Merestone: somebody who can change this "
        "page can also change the copy of the verifier in this folder, and this sentence. The verifier needs Python and the package ",
        element("code", None, "cryptography"),
        " (48 or later: ",
        element("code", None, "python3 -m pip install cryptography"),
        "). It does not need a network or another part of Merestone. ",
        element("code", None, "formats/"),
        " describes byte for byte what it checks, so that others can write a verifier.",
    )
    yield element("pre", None, _WAY)
    digests = (("register", facts["register"]), ("root", facts["root"]), ("state", facts["state_digest"] or "none yet"))
    yield _table(("what", "SHA-256"), [(name, _digest(value)) for name, value in digests])


def _table(heads: Iterable[str], rows: Iterable[Iterable[Content]]) -> Markup:
    head = element("tr", None, *(element("th", {"scope": "col"}, each) for each in heads))
    body = [element("tr", None, *(element("td", None, cell) for cell in row)) for row in rows]
    table = element("table", None, element("thead", None, head), element("tbody", None, *body))
    return element("div", {"class": "scroll"}, table)
