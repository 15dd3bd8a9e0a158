"""A child process that is struck at one of its system calls, by strace: killed there, or told that the call failed."""

from __future__ import annotations

import ctypes
import os
import subprocess
import traceback
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from crash.operations import SUFFIXES
from merestone.register.refusal import RefusedError

ACKNOWLEDGED = b"acknowledged\n"
PR_SET_PTRACER = 0x59616D61
PR_SET_PTRACER_ANY = ctypes.c_ulong(-1)


@dataclass(frozen=True, slots=True)
class Strike:
    """What happens at call number `number` (from 1) of a system call: `signal=KILL`, `error=EIO`, ..."""

    call: str
    number: int
    fault: str

    def arguments(self) -> list[str]:
        """For strace."""
        return ["-e", f"trace={self.call}", "-e", f"inject={self.call}:{self.fault}:when={self.number}"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """How the child ended: what it acknowledged at the first or the second try, and what else it had to say."""

    acknowledged: bool
    refused: bool
    killed: bool
    trouble: str


def calls(action: Callable[[], None], path: Path) -> Counter[str]:
    """How often an action, undisturbed, makes which system call on the files of a store or their folder."""
    log = path.with_name("calls")
    outcome = traced(action, path, ["-o", str(log)])
    if not outcome.acknowledged or outcome.refused:
        raise AssertionError(outcome)
    names = [line.partition("(")[0] for line in log.read_text().splitlines() if "(" in line]
    log.unlink()
    return Counter(names)


def struck(action: Callable[[], None], path: Path, strike: Strike) -> Outcome:
    """What becomes of an action in a child that is struck, and that tries once more when it was refused."""
    return traced(action, path, ["-o", os.devnull, *strike.arguments()])


def traced(action: Callable[[], None], path: Path, arguments: Sequence[str]) -> Outcome:
    """What becomes of an action in a child under strace, which sees the calls on the files of a store and their folder."""
    gate, open_gate = os.pipe()
    told, tell = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(open_gate)
        _be_the_child(action, gate, tell)
    os.close(gate)
    os.close(tell)
    paths = [argument for suffix in SUFFIXES for argument in ("-P", f"{path}{suffix}")]
    command = ["strace", *arguments, *paths, "-P", str(path.parent), "-p", str(child)]
    with subprocess.Popen(command, stderr=subprocess.PIPE) as tracer, os.fdopen(told, "rb") as reader:
        if tracer.stderr is None or b"attached" not in tracer.stderr.readline():
            raise AssertionError("strace could not attach")
        os.write(open_gate, b"x")
        os.close(open_gate)
        said = reader.read()
        _, status = os.waitpid(child, 0)
    acknowledged = said.endswith(ACKNOWLEDGED)
    trouble = "" if os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0 else said.decode(errors="replace")
    return Outcome(acknowledged, b"refused" in said, os.WIFSIGNALED(status), trouble)


def _be_the_child(action: Callable[[], None], gate: int, tell: int) -> None:
    ctypes.CDLL(None).prctl(PR_SET_PTRACER, PR_SET_PTRACER_ANY, 0, 0, 0)
    code = 0
    try:
        if os.read(gate, 1):
            _try_twice(action, tell)
    except BaseException:  # noqa: BLE001 -- the child says whatever it is, and ends
        os.write(tell, traceback.format_exc().encode())
        code = 9
    os._exit(code)


def _try_twice(action: Callable[[], None], tell: int) -> None:
    try:
        action()
    except RefusedError as refusal:
        os.write(tell, f"refused: {refusal}\n".encode())
        action()
    os.write(tell, ACKNOWLEDGED)
