"""Bundles for tests: a whole store in one, and a bundle cut into its records."""

from __future__ import annotations

from merestone.register.bundle import Contents, written
from merestone.register.store import Store


def bundled(store: Store, first: int = 0) -> bytes:
    """A store's entries from `first` on, with all blobs and heads."""
    return b"".join(
        written(
            Contents(
                store.register,
                blobs=[(digest, store.blob(digest)) for digest in store.blobs()],
                first=first,
                entries=store.entries(first),
                heads=[(head.size, head.note()) for head in store.heads()],
            )
        )
    )


def records(bundle: bytes) -> list[bytes]:
    """The pieces of a bundle: the first line, each record, the end."""
    first = bundle.index(b"\n") + 1
    pieces, at = [bundle[:first]], first
    while at < len(bundle):
        line_end = bundle.index(b"\n", at)
        end = line_end + 1 + int(bundle[at:line_end].split()[2]) + 1
        pieces.append(bundle[at:end])
        at = end
    return pieces
