"""The cheat: under the digest of the signed map stands another map."""

from __future__ import annotations

import io
import sqlite3
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from fakes.bundles import bundled
from fakes.refusals import refused
from fakes.registers import LINE, Story
from fakes.replicas import Machines
from merestone.register.bundle import Contents, read_bundle, written
from merestone.register.objects import Blob, Status
from merestone.register.refusal import Rule


@pytest.mark.parametrize(
    "wrong",
    [{"length": len(LINE) + 1}, {"sha3_256": "0" * 64}, {"sha256": sha256(b"").hexdigest()}],
    ids=["length", "second digest", "first digest"],
)
def test_length_and_both_digests_must_be_those_of_the_bytes(wrong: dict[str, object]) -> None:
    """A reference that agrees in two of three is refused: one family of digests may have fallen."""
    story = Story()
    blob = Blob.of(LINE, "application/json")
    text = replace(story.people.text(), line=replace(blob, **wrong))  # type: ignore[arg-type]
    with refused(Rule.BLOBS, 1, "are missing or altered"):
        story.step(story.people.change(Status.SIGNED, text=text))
    story.step(story.people.change(Status.SIGNED, text=replace(story.people.text(), line=blob)))


def test_a_bundle_with_other_bytes_under_a_digest_is_refused(tmp_path: Path) -> None:
    """Changed in the file, or written so with a new end."""
    with Machines(tmp_path) as machines:
        whole = bundled(machines.host.store)
    with refused(Rule.BUNDLE, why="have another SHA-256"):
        list(read_bundle(io.BytesIO(whole.replace(LINE, LINE.replace(b"1}", b"2}")))))
    digest = sha256(LINE).hexdigest()
    for data, good in ((LINE[:-1] + b" ", False), (LINE, True)):
        made = b"".join(written(Contents("0" * 64, blobs=[(digest, data)])))
        if good:
            assert list(read_bundle(io.BytesIO(made)))[1].data == LINE
            continue
        with refused(Rule.BUNDLE, why=f"the bytes under the name {digest} have another SHA-256"):
            list(read_bundle(io.BytesIO(made)))


def test_bytes_changed_in_the_store_are_noticed(tmp_path: Path) -> None:
    """Whoever reads them out of the file gets those that were put in, or a refusal."""
    with Machines(tmp_path) as machines:
        store = machines.host.store
        digest = sha256(LINE).hexdigest()
        assert store.blob(digest) == LINE
        with sqlite3.connect(store.path) as other:
            other.execute("UPDATE blob SET data = ? WHERE sha256 = ?", (LINE[:-1] + b" ", digest))
        other.close()
        with refused(Rule.LOG, why="have another SHA-256"):
            store.blob(digest)
