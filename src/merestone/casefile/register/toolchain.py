"""What a line was compiled with, as an act states it: for information, checked by nobody."""

from __future__ import annotations

import platform
from importlib.metadata import version

from merestone import __version__

PARTS = ("pyproj", "numpy", "numba", "cryptography")


def toolchain() -> dict[str, str]:
    """Names and versions of what compiles a line."""
    parts = {name: version(name) for name in PARTS}
    return {"merestone": __version__, "python": platform.python_version(), "machine": platform.machine(), **parts}
