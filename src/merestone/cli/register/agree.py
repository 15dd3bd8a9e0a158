"""What is cosigned is shown first: on the terminal, before the key is opened, and in the answer."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

import typer

from merestone.cli.cells import visible
from merestone.cli.register.options import counted

if TYPE_CHECKING:
    from merestone.casefile.register.consent import Listing

CosignYes: TypeAlias = Annotated[
    bool,
    typer.Option("--yes", help="Cosign without asking, unless the list contains a CAUTION."),
]


@dataclass
class Shown:
    """Shows what would be cosigned and asks; remembers what was shown."""

    yes: bool
    listings: list[Listing] = field(default_factory=list)

    def __call__(self, listing: Listing) -> bool:
        """Whether it may be cosigned. Raises `RefusedError` where nobody is asked and something asks for a person."""
        from merestone.register.refusal import RefusedError, Rule

        self.listings.append(listing)
        if self.yes and listing.marks:
            raise RefusedError(
                Rule.COSIGNING,
                f"--yes does not cosign what a person must look at: {'; '.join(listing.marks)}; run this again without --yes",
            )
        sys.stderr.write(text_of(listing))
        question = f"Cosign {counted(len(listing.rows), 'entry', 'entries')}, up to {listing.size} in all?"
        return self.yes or typer.confirm(question, err=True)

    @property
    def facts(self) -> list[dict[str, Any]]:
        """What was shown, for programs."""
        return [
            {"index": row.index, "what": row.what, "title": row.title, "signers": list(row.signers)}
            for listing in self.listings
            for row in listing.rows
        ]


def text_of(listing: Listing) -> str:
    """The list for people."""
    lines = [f"to be cosigned by {listing.slot.value}:"]
    lines += [
        f"  entry {row.index}  {row.what}  {visible(row.title)}  (signed by {', '.join(row.signers)})"
        for row in listing.rows
    ]
    lines += [f"  CAUTION: {each}" for each in listing.marks]
    return "".join(f"{line}\n" for line in lines)
