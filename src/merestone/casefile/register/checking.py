"""What the signer's machine checks before it signs."""

from __future__ import annotations

from merestone.casefile.register.desk import Desk, Offer


def check_compiles(desk: Desk, offer: Offer) -> tuple[str, ...]:
    """Sentences on what was compiled anew and agrees. Raises `RefusedError` where a line does not."""
    return ()
