"""`merestone version`."""

from __future__ import annotations

import platform

from merestone import __version__
from merestone.cli.front import Front
from merestone.cli.options import AsJson


def version(as_json: AsJson = False) -> int:
    """Print the versions of Merestone and its libraries.

    The libraries are those that compute: NumPy, pyproj and PROJ.
    """
    import numpy as np
    import pyproj

    versions = {
        "merestone": __version__,
        "python": platform.python_version(),
        "numpy": np.__version__,
        "pyproj": pyproj.__version__,
        "proj": pyproj.proj_version_str,
    }
    Front("version", as_json=as_json).answer(versions, "".join(f"{name} {text}\n" for name, text in versions.items()))
    return 0
