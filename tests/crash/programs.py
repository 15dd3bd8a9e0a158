"""The programs of this folder as processes of their own, and how much of each is tried."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

SOAK = os.environ.get("HYPOTHESIS_PROFILE") == "soak"


def environment() -> dict[str, str]:
    """The environment in which a process finds the same modules as we do."""
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}


def answer(module: str, *arguments: str) -> dict[str, Any]:
    """What a program of this folder prints."""
    command = [sys.executable, "-m", f"crash.{module}", *arguments]
    done = subprocess.run(command, env=environment(), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3_000:]
    found: dict[str, Any] = json.loads(done.stdout)
    return found
