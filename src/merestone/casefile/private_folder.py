"""The private folder of this user in which Merestone keeps what it may lose: caches, never results."""

from __future__ import annotations

import os
from pathlib import Path

PRIVATE = 0o700


def cache_folder() -> Path | None:
    """The folder, made if need be and readable by its owner alone; None where it cannot be had.

    `MERESTONE_CACHE` names it, else it lies in `XDG_CACHE_HOME`, else in `~/.cache`. A folder that belongs to somebody
    else, or that others may write to, is not used.
    """
    named = os.environ.get("MERESTONE_CACHE")
    try:
        base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
        folder = Path(named) if named else base / "merestone"
        folder.mkdir(mode=PRIVATE, parents=True, exist_ok=True)
        status = folder.stat()
    except (OSError, RuntimeError):
        return None
    is_ours = not hasattr(os, "getuid") or status.st_uid == os.getuid()
    return folder if is_ours and not status.st_mode & 0o022 else None


def prepare_kernels() -> None:
    """Have compiled kernels kept in the private folder; must run before the first of them is imported."""
    folder = cache_folder()
    if folder is not None:
        os.environ.setdefault("NUMBA_CACHE_DIR", str(folder / "kernels"))


def are_kernels_compiled() -> bool:
    """Whether an earlier run has compiled kernels for this machine and kept them; False where nothing can be kept."""
    named = os.environ.get("NUMBA_CACHE_DIR")
    folder = cache_folder()
    kernels = Path(named) if named else folder / "kernels" if folder is not None else None
    return kernels is not None and any(kernels.rglob("*.nbi"))
