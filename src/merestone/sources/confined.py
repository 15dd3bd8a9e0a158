"""What the child process takes from itself before it looks at a foreign file: memory, time, files, network.

On systems without these limits (Windows) only the parent's clock holds it.
"""

from __future__ import annotations

import ctypes
import sys

from merestone.sources.limits import MIB, ReadingLimits

_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000
_OPEN_FILES = 64
_COORDINATE_BYTES = 16


def confine(limits: ReadingLimits) -> None:
    """Set the limits of this process for good."""
    _leave_network()
    if sys.platform == "win32":
        return
    import resource

    largest_file = max(limits.unpacked_bytes, limits.vertices * _COORDINATE_BYTES, limits.attribute_bytes) + MIB
    _lower(resource.RLIMIT_CORE, 0)
    _lower(resource.RLIMIT_CPU, limits.processor_s)
    _lower(resource.RLIMIT_FSIZE, largest_file)
    _lower(resource.RLIMIT_NOFILE, _OPEN_FILES)
    _lower(resource.RLIMIT_AS, limits.memory_bytes)


def _lower(which: int, most: int) -> None:
    """Lower a limit; one that already is lower stays."""
    import resource

    hard = resource.getrlimit(which)[1]
    most = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(which, (most, most))


def _leave_network() -> None:
    """Go where there is no network, where Linux lets a process do that; elsewhere GDAL's settings must do."""
    if sys.platform == "linux":
        library = ctypes.CDLL(None, use_errno=True)
        library.unshare(_NEW_USER | _NEW_NETWORK)
