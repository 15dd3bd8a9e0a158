"""What is said where a group of commands is named and none of its commands."""

from __future__ import annotations

import typer

from merestone.cli.exit_codes import ExitCode


def help_where_no_command_is_named(context: typer.Context) -> None:
    """Prints the help of the group on standard error and ends with the code of a wrong usage."""
    if context.invoked_subcommand is None:
        typer.echo(context.get_help(), err=True)
        raise typer.Exit(ExitCode.USAGE)
