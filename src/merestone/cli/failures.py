"""What is said when a command cannot do its work: one line, what to do next, and an exit code of the table."""

from __future__ import annotations

import contextlib
import sys
import traceback

import typer

from merestone.cli.cells import visible
from merestone.cli.exit_codes import ExitCode
from merestone.cli.front import write_json
from merestone.errors import (
    MerestoneError,
    NoFrameError,
    OutputRefusedError,
    TransformationRefusedError,
    UnknownFrameError,
    UnreadableFileError,
    UnusableLineError,
    WrongRequestError,
)
from merestone.register.refusal import NoRegisterError, RefusedError, Rule, StoreFailedError


def is_interruption(error: Exception) -> bool:
    """Whether the person broke off where a question was asked, instead of anything going wrong."""
    return isinstance(error, typer.Abort) and isinstance(error.__context__, KeyboardInterrupt)


def explain_failure(error: Exception, *, debug: bool, as_json: bool) -> ExitCode:
    """Says on standard error what went wrong, and as JSON on standard output where that was asked for."""
    if debug:
        traceback.print_exception(error)
    code, sentence, then = _judged(error)
    sys.stderr.write(f"error: {visible(sentence)}\n")
    if then:
        sys.stderr.write(f"  {visible(then)}\n")
    if as_json:
        with contextlib.suppress(OSError):  # where standard output itself has failed, the line above must do
            write_json("error", {"kind": type(error).__name__, "sentence": sentence, "exit_code": int(code)})
    return code


def says_more(rule: Rule) -> str:
    """Where a person reads more about a refusal."""
    return f"`merestone explain {rule.page}` says more"


def _judged(error: Exception) -> tuple[ExitCode, str, str | None]:
    """The exit code, what went wrong, and what to do."""
    match error:
        case typer.TyperException():
            context = getattr(error, "ctx", None)
            command = context.command_path if context else "merestone"
            return ExitCode.USAGE, error.format_message(), f"`{command} --help` lists the arguments and options"
        case typer.Abort():
            return _given_up(error)
        case UnreadableFileError() | NoFrameError() | UnusableLineError() | NoRegisterError():
            return ExitCode.INVALID_INPUT, str(error), None
        case UnknownFrameError() | WrongRequestError():
            return ExitCode.USAGE, str(error), None
        case OutputRefusedError():
            return _judged(error.cause)[0], str(error), None
        case TransformationRefusedError():
            return ExitCode.ACCURACY, str(error), None
        case StoreFailedError():
            return ExitCode.FAILURE, str(error), None
        case RefusedError():
            return ExitCode.INTEGRITY, str(error), says_more(error.rule)
        case MerestoneError():
            return ExitCode.FAILURE, str(error), None
        case OSError():
            return (
                ExitCode.FAILURE,
                f"{error.filename or 'standard output'}: {(error.strerror or str(error)).lower()}",
                None,
            )
        case MemoryError():
            return ExitCode.FAILURE, "this machine does not have enough memory", None
        case _:
            return (
                ExitCode.FAILURE,
                f"{type(error).__name__}: {error}",
                (
                    "This is a defect of Merestone, not of your file. Please report it with the file, the output of "
                    "`merestone version`, and the output of the same command with --debug."
                ),
            )


def _given_up(error: typer.Abort) -> tuple[ExitCode, str, str | None]:
    """A question that was answered with no, or that nobody answered."""
    if isinstance(error.__context__, EOFError):
        return (
            ExitCode.USAGE,
            "the command asked a question, and no answer came; nothing was done",
            "use --passphrase-file to give the passphrase, and --yes to confirm",
        )
    return ExitCode.FAILURE, "not confirmed; nothing was done", None
