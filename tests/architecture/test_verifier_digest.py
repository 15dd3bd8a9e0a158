"""The guide prints the digest of the independent verifier, so that nobody has to take it from the export that it verifies."""

from __future__ import annotations

import re
from hashlib import sha256
from pathlib import Path


def test_the_guide_prints_the_digest_of_the_verifier(root: Path) -> None:
    """The one digest in the guide is that of the verifier as it stands. Whoever changes the verifier prints the new one:
    `sha256sum src/merestone/register/published/verify_register.py`."""
    verifier = root / "src" / "merestone" / "register" / "published" / "verify_register.py"
    guide = (root / "docs" / "register-guide.md").read_text(encoding="utf-8")
    assert re.findall("(?m)^    ([0-9a-f]{64})$", guide) == [sha256(verifier.read_bytes()).hexdigest()]
