"""Arguments and options that mean the same in every command of the register."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date
from getpass import GetPassWarning
from pathlib import Path
from typing import Annotated, TypeAlias
from warnings import catch_warnings, simplefilter

import typer

from merestone.errors import UnreadableFileError, WrongRequestError

ENVIRONMENT = "MERESTONE_PASSPHRASE"
MOST_PASSPHRASE_BYTES = 4_096

Folder: TypeAlias = Annotated[Path, typer.Argument(help="The folder of the register.", metavar="FOLDER")]
OfferName: TypeAlias = Annotated[
    str,
    typer.Argument(
        help="The first digits of the offer, as `status` lists them; needed if there is more than one.",
        metavar="[OFFER]",
    ),
]
Keys: TypeAlias = Annotated[
    list[Path], typer.Option("--key", "-k", metavar="FILE", help="A key file. You may give the option more than once.")
]
Key: TypeAlias = Annotated[Path, typer.Option("--key", "-k", metavar="FILE", help="The key file.")]
PassphraseFile: TypeAlias = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        help=f"A file with the passphrase in its first line. Default: ${ENVIRONMENT}, or the program asks.",
    ),
]
DespiteEvidence: TypeAlias = Annotated[
    bool,
    typer.Option(
        "--despite-evidence", help="Cosign although this folder keeps evidence that somebody signed two histories."
    ),
]
KnownAt: TypeAlias = Annotated[
    int | None,
    typer.Option(
        metavar="SIZE",
        min=1,
        help="Answer from the first SIZE entries. Default: all entries that both parties have cosigned.",
    ),
]
AsOf: TypeAlias = Annotated[str | None, typer.Option(metavar="DATE", help="The date of the answer. Default: today.")]


def passphrase_from(file: Path | None, *, twice: bool = False) -> Callable[[Path], str]:
    """What gives the passphrase of a key: a file, the environment, or the person at the terminal."""

    def ask(key: Path) -> str:
        if file is not None:
            return _first_line(file)
        if (known := os.environ.get(ENVIRONMENT)) is not None:
            return known
        with catch_warnings():
            simplefilter("ignore", GetPassWarning)  # where it comes through a pipe there is nothing to hide
            return str(typer.prompt(f"Passphrase of {key}", hide_input=True, confirmation_prompt=twice, err=True))

    return ask


def _first_line(file: Path) -> str:
    from merestone.casefile.register.key_files import read_start

    line, end, _ = read_start(file, MOST_PASSPHRASE_BYTES).partition(b"\n")
    try:
        if not end and len(line) == MOST_PASSPHRASE_BYTES:
            raise UnreadableFileError(file, "its first line is too long for a passphrase")
        return line.decode().rstrip("\r")
    except UnicodeDecodeError as error:
        raise UnreadableFileError(file, "its first line is not text in UTF-8, so it is not a passphrase") from error


def counted(number: int, one: str, many: str = "") -> str:
    """A number with its noun: `1 offer`, `2 offers`."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def day_of(text: str | None) -> str:
    """A date as it was given, today by default. Raises `WrongRequestError` where it is none."""
    if text is None:
        return date.today().isoformat()  # noqa: DTZ011 (the date where the user is)
    try:
        if len(text) == 10:
            return date.fromisoformat(text).isoformat()
    except ValueError:
        pass
    raise WrongRequestError(f"{text!r} is not a date: write YYYY-MM-DD")
