"""`merestone register`: the record that two delegations sign and anyone can verify."""

from __future__ import annotations

import typer

from merestone.cli.no_command import help_where_no_command_is_named
from merestone.cli.register.ask import history, log, origin, state, status
from merestone.cli.register.carry import bundle, carry, export, sync
from merestone.cli.register.check import evidence, prove, verify
from merestone.cli.register.enter import append, witness
from merestone.cli.register.keys import appoint, enrol, init, rotate
from merestone.cli.register.offers import countersign, discard, propose, show, sign, withdraw

__all__ = ["register"]

register = typer.Typer(
    help="The register: acts that two parties have signed. Each party has a full copy. A register records what was signed. It declares nothing in law.",
    invoke_without_command=True,
    callback=help_where_no_command_is_named,
    rich_markup_mode=None,
)

for name, command in (
    ("enrol", enrol),
    ("init", init),
    ("propose", propose),
    ("show", show),
    ("sign", sign),
    ("countersign", countersign),
    ("withdraw", withdraw),
    ("discard", discard),
    ("append", append),
    ("witness", witness),
    ("bundle", bundle),
    ("sync", sync),
    ("carry", carry),
    ("status", status),
    ("log", log),
    ("state", state),
    ("history", history),
    ("origin", origin),
    ("verify", verify),
    ("prove", prove),
    ("evidence", evidence),
    ("export", export),
    ("rotate", rotate),
    ("appoint", appoint),
):
    register.command(name)(command)
