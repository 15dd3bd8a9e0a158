"""The cheat: a bundle that was taken in already is given a second time, or one with a gap before it."""

from __future__ import annotations

from pathlib import Path

from fakes.refusals import refused
from fakes.replicas import Machines
from merestone.register.keys import Slot
from merestone.register.refusal import Rule


def test_entries_taken_in_once_are_refused_the_second_time(tmp_path: Path) -> None:
    """From the beginning it is a second charter; from later on it is an act that is an entry already."""
    with Machines(tmp_path) as machines:
        machines.step("S1")
        entries, heads = list(machines.host.store.entries()), machines.host.store.heads()
        ours = machines.replicas[Slot.A]
        ours.take(entries, machines.people.blobs, heads)
        with refused(Rule.PLACE, 2):
            ours.take(entries, machines.people.blobs, heads)
        with refused(Rule.ONCE, 2):
            ours.take(entries[1:], (), heads)
        assert ours.store.size == 2


def test_entries_after_a_gap_are_refused(tmp_path: Path) -> None:
    """Whoever lacks the entry between cannot take in the one after it, and takes in nothing."""
    with Machines(tmp_path) as machines:
        machines.deliver(Slot.A)
        machines.step("S1")
        machines.step("S2")
        ours = machines.replicas[Slot.A]
        with refused(Rule.BASE, 1):
            ours.take([machines.host.store.entry(2)], (), machines.host.store.heads())
        assert ours.store.size == 1
        machines.deliver(Slot.A)
        assert ours.store.size == 3


def test_heads_may_come_twice(tmp_path: Path) -> None:
    """A head that is known already changes nothing."""
    with Machines(tmp_path) as machines:
        machines.agree()
        before = machines.host.store.heads()
        for head in before:
            machines.host.receive(head)
        assert machines.host.store.heads() == before
