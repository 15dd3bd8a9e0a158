"""The program as a process: its streams, its signals, completion."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = [sys.executable, "-m", "merestone"]


def _run(*words: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [*PROGRAM, *words], capture_output=True, check=False, env={**os.environ, **environment}, timeout=60
    )


def test_help_goes_to_standard_output() -> None:
    """Help is a result: it can be paged."""
    answer = _run("--help")
    assert (answer.returncode, answer.stderr) == (0, b"")
    assert b"Exit codes: 0 success" in answer.stdout


@pytest.mark.parametrize("command", ["delimit", "check", "readings", "diff", "format", "explain", "demo", "version"])
def test_every_command_has_help(command: str) -> None:
    """Every command explains itself and can answer in JSON."""
    answer = _run(command, "--help")
    assert answer.returncode == 0
    assert b"--json" in answer.stdout


@pytest.mark.parametrize("locale", ["C", "POSIX", "en_US.ISO-8859-1"])
def test_a_result_is_the_same_in_every_locale(locale: str) -> None:
    """What is not read by a terminal is UTF-8, whatever the locale."""
    answer = _run("version", LC_ALL=locale, PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    assert answer.returncode == 0
    assert answer.stdout == _run("version").stdout


def test_a_message_survives_a_poor_locale() -> None:
    """A name that the locale cannot write is shown all the same, and ends nothing."""
    answer = _run("explain", "граница", LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    assert answer.returncode == 2
    assert b"Traceback" not in answer.stderr


def test_a_reader_that_leaves() -> None:
    """When whoever reads the output has left, the program ends without a word."""
    reading, writing = os.pipe()
    os.close(reading)
    try:
        answer = subprocess.run([*PROGRAM, "--help"], stdout=writing, stderr=subprocess.PIPE, check=False, timeout=60)
    finally:
        os.close(writing)
    assert (answer.returncode, answer.stderr) == (1, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_output_that_cannot_be_delivered() -> None:
    """When standard output is a full disk, the program says so and fails."""
    with Path("/dev/full").open("wb") as full:
        answer = subprocess.run([*PROGRAM, "version"], stdout=full, stderr=subprocess.PIPE, check=False, timeout=60)
    assert answer.returncode == 1
    assert answer.stderr == b"error: standard output: no space left on device\n"


def test_completion_of_commands() -> None:
    """The shell is offered the commands that begin with what was typed."""
    answer = _run(_MERESTONE_COMPLETE="complete_bash", COMP_WORDS="merestone de", COMP_CWORD="1")
    assert answer.stdout.split() == [b"delimit", b"demo"]
