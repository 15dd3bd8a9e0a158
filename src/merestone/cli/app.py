"""The commands and what is common to them; a command's module holds its arguments and calls one use case."""

from __future__ import annotations

from typing import Annotated

import typer

from merestone import __version__
from merestone.cli.check import check
from merestone.cli.compare import compare
from merestone.cli.delimit import delimit
from merestone.cli.demo import demo
from merestone.cli.diff import diff
from merestone.cli.explain import explain
from merestone.cli.format import format_
from merestone.cli.no_command import help_where_no_command_is_named
from merestone.cli.readings import readings
from merestone.cli.register import register
from merestone.cli.version import version

app = typer.Typer(
    name="merestone",
    help="Merestone compiles the words of a boundary treaty into an exact line, compares lines, and keeps the record that two States sign.",
    epilog="Exit codes: 0 success, 1 failure, 2 wrong usage, 3 invalid input, 4 findings or differences, 5 a signature or digest is wrong, 6 no transformation of the required accuracy exists, 129 and 143 ended by a signal, 130 interrupted.",
    invoke_without_command=True,
    rich_markup_mode=None,  # its tables cost half of the start-up time
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)


def _print_version(value: bool) -> None:  # noqa: FBT001 (typer's callback)
    if value:
        typer.echo(f"merestone {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    context: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")
    ] = False,
    debug: Annotated[
        bool, typer.Option("--debug", help="Show where in the program a failure arose. May be given anywhere.")
    ] = False,
) -> None:
    """Both options act before any command: `--version` by its callback, `--debug` in `merestone.cli.main`."""
    del version, debug
    help_where_no_command_is_named(context)


app.command("delimit")(delimit)
app.command("check")(check)
app.command("readings")(readings)
app.command("compare")(compare)
app.command("diff")(diff)
app.add_typer(register, name="register")
app.command("format")(format_)
app.command("explain")(explain)
app.command("demo")(demo)
app.command("version")(version)
