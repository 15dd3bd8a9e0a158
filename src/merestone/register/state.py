"""The state of a register at a size, as the document whose digest two replicas compare (`rules.md`, State)."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from merestone.register.canonical import write
from merestone.register.ledger import MemoryLedger
from merestone.register.objects import Reference, Status

PENDING = frozenset({Status.INITIALLED, Status.SIGNED, Status.RATIFIED})


def state(ledger: MemoryLedger) -> dict[str, Any]:
    """The state document of all entries of a ledger."""
    return {
        "register": ledger.register,
        "size": ledger.size,
        "keys": [
            {"slot": slot.value, "key": holder.key.fingerprint, "root": holder.root.fingerprint if holder.root else ""}
            for slot, holder in sorted(ledger.holders.items())
        ],
        "sections": [_section(ledger, section) for section in ledger.sections],
    }


def state_digest(document: dict[str, Any]) -> str:
    """The SHA-256 of a state's canonical JSON, in hexadecimal."""
    return sha256(write(document)).hexdigest()


def _section(ledger: MemoryLedger, section: str) -> dict[str, Any]:
    changes = ledger.changes(section)
    status = {reference: standing.change.status for reference, standing in changes}
    return {
        "section": section,
        "segments": [
            {"from": each.begin, "to": each.end, "status": status[each.change].value, **_plain(each.change)}
            for each in ledger.segments(section)
        ],
        "pending": [
            {"status": standing.change.status.value, **_plain(reference)}
            for reference, standing in changes
            if standing.change.status in PENDING and not standing.carried_to and not standing.corrected
        ],
        "claims": [{"by": by.value, **_plain(reference)} for by, reference in sorted(ledger.claims(section).items())],
    }


def _plain(reference: Reference) -> dict[str, int]:
    return {"index": reference.index, "change": reference.change}
