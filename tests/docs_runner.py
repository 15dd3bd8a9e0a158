"""Runs what documentation shows, so that it stays true.

Fenced blocks of a page run from top to bottom and share one folder, which holds a copy of `examples`:

    ```python               runs; with `>>>` the shown values are compared; names live on in the page's later blocks
    ```console              runs each `$ command`; shown output is compared, a line `...` stands for any lines, and
                            `...` within a line for anything; commands end with 0 or 4
    ```console exit=3       likewise, where the commands must end with this code
    ```boundary             parses without errors
    ```boundary error       parses with errors
    ```boundary a.boundary  parses without errors, and later blocks of the page find it under this name
    ```sh file=a.sh         later blocks find it under this name; likewise any other language

Anything else (`sh`, `text`, `toml`, no language) is not run.
"""

from __future__ import annotations

import doctest
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

FENCE = re.compile(r"^(?P<indent> *)```(?P<info>[^`\n]*)\n(?P<body>.*?)^(?P=indent)```[ ]*$", re.MULTILINE | re.DOTALL)
MAY_END_WITH = (0, 4)


class PageIsWrongError(AssertionError):
    """A block of a page does not do what the page says."""


@dataclass(frozen=True)
class Block:
    """A fenced block: the page's line on which it begins, its language, the words behind that, its text."""

    line: int
    language: str
    words: tuple[str, ...]
    text: str


def blocks(page: str) -> Iterator[Block]:
    """The fenced blocks of a page, in order."""
    for match in FENCE.finditer(page):
        language, *words = match["info"].split() or [""]
        indent = len(match["indent"])
        text = "".join(line[indent:] for line in match["body"].splitlines(keepends=True))
        yield Block(page.count("\n", 0, match.start()) + 1, language, tuple(words), text)


def run_page(page: str, folder: Path, program: Path) -> int:
    """Runs every block of a page in a folder, `program` being the folder of the command `merestone`.

    Gives back how many blocks ran; raises `PageIsWrongError` at the first that is wrong.
    """
    names: dict[str, object] = {"__name__": "page"}
    count = 0
    for block in blocks(page):
        try:
            count += _run(block, folder, program, names)
        except PageIsWrongError as error:
            raise PageIsWrongError(f"line {block.line}: {error}") from None
    return count


def _run(block: Block, folder: Path, program: Path, names: dict[str, object]) -> bool:
    match block.language:
        case "python":
            _run_python(block, folder, names)
        case "console":
            _run_console(block, folder, program)
        case "boundary":
            _run_boundary(block, folder, program)
        case _:
            return _lay_down(block, folder)
    return True


def _lay_down(block: Block, folder: Path) -> bool:
    """Writes a block that names a file; whether it did."""
    names = [word.removeprefix("file=") for word in block.words if word.startswith("file=")]
    for name in names:
        (folder / name).write_text(block.text, encoding="utf-8")
    return bool(names)


def _run_python(block: Block, folder: Path, names: dict[str, object]) -> None:
    here = Path.cwd()
    os.chdir(folder)
    try:
        if ">>>" in block.text:
            _run_doctest(block, names)
        else:
            exec(compile(block.text, f"block at line {block.line}", "exec"), names)  # noqa: S102 (our own pages)
    finally:
        os.chdir(here)


def _run_doctest(block: Block, names: dict[str, object]) -> None:
    example = doctest.DocTestParser().get_doctest(block.text, {}, "block", None, 0)
    example.globs = names
    report: list[str] = []
    flags = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
    runner = doctest.DocTestRunner(optionflags=flags)
    if runner.run(example, out=report.append, clear_globs=False).failed:
        raise PageIsWrongError("".join(report))


def _run_console(block: Block, folder: Path, program: Path) -> None:
    expected_codes = tuple(int(word.removeprefix("exit=")) for word in block.words if word.startswith("exit="))
    for command, shown in commands(block.text):
        answer = _shell(command, folder, program)
        if answer.returncode not in (expected_codes or MAY_END_WITH):
            raise PageIsWrongError(f"`{command}` ended with {answer.returncode}:\n{answer.stdout}")
        if shown and not same_output(shown, answer.stdout):
            raise PageIsWrongError(f"`{command}` gives\n{answer.stdout}\nand not\n{shown}")


def _run_boundary(block: Block, folder: Path, program: Path) -> None:
    named = [word for word in block.words if word.endswith(".boundary")]
    name = named[0] if named else f"block-{block.line}.boundary"
    (folder / name).write_text(block.text, encoding="utf-8")
    answer = _shell(f"merestone format {name}", folder, program)
    expected = 3 if "error" in block.words else 0
    if answer.returncode != expected:
        raise PageIsWrongError(f"the description ends with {answer.returncode} and not {expected}:\n{answer.stdout}")


def commands(text: str) -> Iterator[tuple[str, str]]:
    """Each `$ command` of a block with the output shown below it; a command ending in a backslash goes on."""
    command, shown = "", ""
    lines = iter(text.splitlines())
    for line in lines:
        if not line.startswith("$ "):
            shown += line + "\n"
            continue
        if command:
            yield command, shown
        command, shown = line[2:], ""
        while command.endswith("\\"):
            command = command[:-1] + next(lines).strip()
    if not command:
        raise PageIsWrongError("a console block without a `$ command`")
    yield command, shown


def same_output(shown: str, given: str) -> bool:
    """Whether output is as shown: line by line, trailing space apart, `...` for whatever is left out."""
    pattern = "".join(_line_pattern(line.rstrip()) for line in shown.rstrip().splitlines())
    text = "".join(line.rstrip() + "\n" for line in given.rstrip().splitlines())
    return re.fullmatch(pattern, text) is not None


def _line_pattern(line: str) -> str:
    if line == "...":
        return r"(?:.*\n)*?"
    return ".*?".join(re.escape(part) for part in line.split("...")) + r"\n"


def _shell(command: str, folder: Path, program: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PATH": f"{program}{os.pathsep}{os.environ['PATH']}", "NO_COLOR": "1"}
    return subprocess.run(
        ["bash", "-c", command],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
        timeout=120,
    )


def install_program(folder: Path) -> Path:
    """A folder with a command `merestone` that runs the code under test; gives back the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    command = folder / "merestone"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m merestone "$@"\n', encoding="utf-8")
    command.chmod(0o755)
    return folder
