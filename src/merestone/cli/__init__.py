"""The command line: reads arguments, calls a use case of `merestone.casefile`, prints what it gives back.

To add a command, write its module beside `check.py` and register it in `app.py`.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from merestone.cli.ending import hearing_requests_to_end
from merestone.cli.exit_codes import ExitCode


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command line and gives back its exit code; no exception leaves it. A request to end (SIGTERM, SIGHUP) ends
    it as an interruption does, with 128 and the number of the signal."""
    with hearing_requests_to_end() as ending:
        code = _main(arguments)
    return code if ending.exit_code is None else ending.exit_code


def _main(arguments: Sequence[str] | None) -> int:
    words = list(sys.argv[1:] if arguments is None else arguments)
    options = words[: words.index("--")] if "--" in words else words
    debug = "--debug" in options
    if debug:
        words.remove("--debug")
    try:
        code = _run(words)
        sys.stdout.flush()
    except KeyboardInterrupt:
        code = ExitCode.INTERRUPTED
    except BrokenPipeError:  # whoever read our output has left, and needs no message
        code = ExitCode.FAILURE
    except Exception as error:  # noqa: BLE001 (the one place where nothing may pass)
        from merestone.cli.failures import explain_failure, is_interruption

        if is_interruption(error):
            code = ExitCode.INTERRUPTED
        else:
            code = explain_failure(error, debug=debug, as_json="--json" in options)
    if code == ExitCode.INTERRUPTED:
        _stay_with_exit_code()
        sys.stderr.write("interrupted\n")
    return _with_output_delivered(code)


def _run(words: list[str]) -> int:
    """Runs the command; its imports stand here, so that an interruption while they last is one like any other."""
    from merestone.cli.terminal import prepare_streams

    prepare_streams()
    from merestone.cli.app import app

    _check_date()
    code = app(words, prog_name="merestone", standalone_mode=False)
    return code if isinstance(code, int) else ExitCode.GOOD


def _stay_with_exit_code() -> None:
    """Have the interpreter end with our exit code after an interruption that has been dealt with.

    CPython remembers an interruption inside `exec` or `eval` of a text, as dataclasses and named tuples run while they are
    imported, and ends by the signal even where it was caught, until another text has been run (`run_eval_code_obj`).
    """
    exec("")  # noqa: S102


def _check_date() -> None:
    """Refuse a date of outputs that is none, before a library stumbles over it."""
    from merestone.errors import WrongRequestError

    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch and not (epoch.isascii() and epoch.isdecimal() and len(epoch) < 12):
        raise WrongRequestError(f"SOURCE_DATE_EPOCH must be a number of seconds since 1970, not {epoch!r:.40}")


def _with_output_delivered(code: int) -> int:
    """The exit code once standard output has been delivered, or has turned out to be undeliverable.

    In that case Python's own attempt at the end of the program is diverted: it would end in a traceback.
    """
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return code or ExitCode.FAILURE
    return code
