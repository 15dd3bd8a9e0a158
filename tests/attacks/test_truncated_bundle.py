"""The cheat: a bundle is cut off, or lacks a record, so that what is left looks whole."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest

from fakes.bundles import bundled, records
from fakes.refusals import refused
from fakes.replicas import Machines
from merestone.register.bundle import read_bundle
from merestone.register.keys import Slot
from merestone.register.refusal import RefusedError, Rule


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A register of three entries in one bundle."""
    with Machines(tmp_path_factory.mktemp("machines")) as machines:
        machines.step("S1")
        machines.step("S2")
        machines.agree()
        return bundled(machines.host.store)


def test_every_cut_is_noticed(whole: bytes) -> None:
    """After whatever byte it ends, no reader comes to its end."""
    line_feeds = [at + 1 for at in range(len(whole) - 1) if whole[at : at + 1] == b"\n"]
    for cut in {0, 1, *range(0, len(whole), 211), *line_feeds, len(whole) - 1}:
        with pytest.raises(RefusedError) as caught:
            list(read_bundle(io.BytesIO(whole[:cut])))
        assert caught.value.rule is Rule.BUNDLE
    assert len(list(read_bundle(io.BytesIO(whole)))) == 1 + 2 + 3 + 3


def test_no_record_is_left_out(whole: bytes) -> None:
    """Without any one of its records, and with the old end: refused."""
    parts = records(whole)
    for left_out in range(len(parts)):
        with refused(Rule.BUNDLE):
            list(read_bundle(io.BytesIO(b"".join(parts[:left_out] + parts[left_out + 1 :]))))


def test_nothing_stands_after_its_end(whole: bytes) -> None:
    """Another bundle, a line feed, one byte."""
    for more in (b"\n", b"x", whole):
        with refused(Rule.BUNDLE, why="something follows the end"):
            list(read_bundle(io.BytesIO(whole + more)))


def test_records_change_no_places(whole: bytes) -> None:
    """Any two neighbours swapped."""
    parts = records(whole)
    for at in range(len(parts) - 1):
        swapped = [*parts[:at], parts[at + 1], parts[at], *parts[at + 2 :]]
        with refused(Rule.BUNDLE):
            list(read_bundle(io.BytesIO(b"".join(swapped))))


def test_the_newest_entries_left_out_are_missed(tmp_path: Path) -> None:
    """A bundle made anew with fewer entries than its head covers, or more, is not taken in: the operator signs a size."""
    with Machines(tmp_path) as machines:
        machines.step("S1")
        machines.step("S2")
        entries, heads = list(machines.host.store.entries()), machines.host.store.heads()
        ours = machines.replicas[Slot.A]
        with refused(Rule.LOG, why="not signed a head over exactly these entries"):
            ours.take(entries[:2], machines.people.blobs, [heads[0], heads[2]])
        with refused(Rule.LOG, why="not signed a head over exactly these entries"):
            ours.take(entries, machines.people.blobs, heads[:2])
        with refused(Rule.LOG, why="not signed a head over exactly these entries"):
            ours.take(entries, machines.people.blobs, ())
        unsigned = replace(heads[2], cosignatures={})
        with refused(Rule.LOG, why="not signed a head over exactly these entries"):
            ours.take(entries, machines.people.blobs, [unsigned])
        assert ours.store.size == 0
        ours.take(entries, machines.people.blobs, heads)
