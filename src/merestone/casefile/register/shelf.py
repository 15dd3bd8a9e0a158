"""Where a desk keeps what is not in its replica: offers by the digest of their payload, and the bytes they refer to.

offers/DIGEST.offer       one envelope
offers/blobs/SHA-256      bytes that some offer refers to
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Protocol

from merestone.casefile.files import write_whole
from merestone.casefile.register.key_files import read_small
from merestone.errors import UnwritableFileError
from merestone.register import envelope as envelopes
from merestone.register.objects import MOST_BLOB_BYTES

END = ".offer"


class Shelf(Protocol):
    """What a desk asks of the place where its offers lie."""

    def digests(self) -> tuple[str, ...]:
        """The digests of all offers that lie here, in order."""

    def path(self, digest: str) -> Path:
        """Where an offer lies, for people."""

    def read(self, digest: str) -> bytes:
        """The bytes of an offer. Raises `UnreadableFileError`."""

    def has(self, digest: str) -> bool:
        """Whether an offer lies here."""

    def lay(self, digest: str, data: bytes) -> None:
        """Lays an offer here, in place of what has this digest."""

    def take_away(self, digest: str) -> None:
        """Takes an offer away. Raises `UnwritableFileError`."""

    def blob_path(self, digest: str) -> Path:
        """Where some bytes lie, for people."""

    def blob(self, digest: str) -> bytes | None:
        """Bytes by their SHA-256, unverified; None where they are not here."""

    def hold(self, digest: str, data: bytes) -> None:
        """Keeps bytes."""

    def sweep(self, needed: frozenset[str]) -> None:
        """Lets all bytes go but those with these SHA-256."""


class FolderShelf:
    """A shelf in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def digests(self) -> tuple[str, ...]:
        """The digests of all offers that lie here, in order."""
        return tuple(sorted(path.stem for path in self.folder.glob(f"*{END}")))

    def path(self, digest: str) -> Path:
        """Where an offer lies."""
        return self.folder / f"{digest}{END}"

    def read(self, digest: str) -> bytes:
        """The bytes of an offer. Raises `UnreadableFileError`."""
        return read_small(self.path(digest), envelopes.MOST_BYTES)

    def has(self, digest: str) -> bool:
        """Whether an offer lies here."""
        return self.path(digest).exists()

    def lay(self, digest: str, data: bytes) -> None:
        """Lays an offer here, in place of what has this digest."""
        write_whole(self.path(digest), data)

    def take_away(self, digest: str) -> None:
        """Takes an offer away. Raises `UnwritableFileError`."""
        path = self.path(digest)
        try:
            path.unlink()
        except OSError as error:
            raise UnwritableFileError(path, (error.strerror or str(error)).lower()) from error

    def blob_path(self, digest: str) -> Path:
        """Where some bytes lie."""
        return self.folder / "blobs" / digest

    def blob(self, digest: str) -> bytes | None:
        """Bytes by their SHA-256, unverified; None where they are not here."""
        path = self.blob_path(digest)
        return read_small(path, MOST_BLOB_BYTES) if path.exists() else None

    def hold(self, digest: str, data: bytes) -> None:
        """Keeps bytes; those that are here already are not written again."""
        path = self.blob_path(digest)
        if not path.is_file() or path.read_bytes() != data:
            write_whole(path, data)

    def sweep(self, needed: frozenset[str]) -> None:
        """Lets all bytes go but those with these SHA-256; what cannot be taken away stays."""
        for path in (self.folder / "blobs").glob("*"):
            if path.name not in needed:
                with suppress(OSError):
                    path.unlink()
