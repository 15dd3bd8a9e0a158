"""A program: one of several writers of one store, who all claim the same section, so that they refuse one another's offers.

`python -m crash.writers STORE NUMBER COUNT`: prints the digest of each claim once it is acknowledged.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from crash.operations import SCHEME, SECONDS
from fakes.registers import Delegations
from merestone.register.envelope import Envelope
from merestone.register.keys import Slot
from merestone.register.objects import Status, unsigned
from merestone.register.refusal import RefusedError, Rule
from merestone.register.replica import Replica
from merestone.register.store import Store

OVERTAKEN = frozenset({Rule.UNDISTURBED, Rule.KINDS, Rule.BASE})
"""How a claim is refused when another one came in since its base."""


def claims(path: Path, number: int, count: int) -> None:
    """Appends so many claims, each made anew until it is not overtaken."""
    people = Delegations.cheap()
    with Store.open(path) as store:
        people.register = store.register
        replica = Replica(store, SCHEME)
        done = 0
        while done < count:
            offer = _offer(people, store, f"{number:016x}{os.getpid():08x}{done:08x}")
            try:
                data = people.signed(offer, "a")
                replica.append(data, people.blobs, people.keys["operator"], SECONDS)
            except RefusedError as refusal:
                if refusal.rule not in OVERTAKEN:
                    raise
                continue
            os.write(1, f"{offer.digest}\n".encode())
            done += 1


def _offer(people: Delegations, store: Store, nonce: str) -> Envelope:
    with store.reading():
        standing = store.claim("S1", Slot.A)
        change = people.change(Status.CLAIMED, supersedes=(standing,) if standing else ())
        return unsigned(people.claim(store, Slot.A, change, nonce=nonce))


if __name__ == "__main__":
    claims(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
