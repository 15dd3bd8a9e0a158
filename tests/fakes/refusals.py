"""What a test says of a refusal: which rule, and where."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from merestone.register.refusal import RefusedError, Rule


@contextmanager
def refused(rule: Rule, index: int | None = None, why: str = "") -> Iterator[pytest.ExceptionInfo[RefusedError]]:
    """Passes if what stands inside is refused by this rule at this place, with these words in its sentence."""
    with pytest.raises(RefusedError) as caught:
        yield caught
    found = caught.value
    assert (found.rule, found.index) == (rule, index), str(found)
    assert why in found.why, str(found)


def with_member(document: Any, path: str, value: Any) -> Any:
    """A copy of parsed JSON with the value at a path (`changes/0/section`) another one."""
    step, _, rest = path.partition("/")
    made = dict(document) if isinstance(document, dict) else list(document)
    place: Any = step if isinstance(document, dict) else int(step)
    made[place] = with_member(document[place], rest, value) if rest else value
    return made
