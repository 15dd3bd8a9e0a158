"""Attributes as plain values, and names as they can be shown."""

from __future__ import annotations

import json
import math
import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from merestone.sources.layer import Value
from merestone.sources.refused import RefusedError

_LONGEST_NAME = 200
_LARGEST_INTEGER = 1 << 63
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
"""What no text holds but line ends and tabs: it breaks other formats, or speaks to a terminal."""
_HIDDEN = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}


def shown_name(name: object) -> str:
    """Give a name without control and direction characters, which a terminal would obey, and of decent length."""
    text = "".join("\ufffd" if unicodedata.category(each) in _HIDDEN else each for each in str(name))
    return text if len(text) <= _LONGEST_NAME else f"{text[: _LONGEST_NAME - 1]}…"


def plain_value(value: Any) -> Value:
    """Give an attribute as text without control characters, number or truth value.

    Lists and objects become JSON; what is not a number and bytes become None.
    """
    match value:
        case None | bool():
            return value
        case str():
            return _CONTROLS.sub("\ufffd", value)
        case int():
            return value if abs(value) < _LARGEST_INTEGER else str(value)
        case float():
            return value if math.isfinite(value) else None
        case list() | dict():
            return json.dumps(value, ensure_ascii=False)
        case _:
            return None if isinstance(value, bytes) else str(value)


def plain_attributes(properties: object) -> Mapping[str, Value]:
    """Give the properties of a feature as plain values, empty where there are none."""
    if not isinstance(properties, dict):
        return {}
    return {shown_name(key): plain_value(value) for key, value in properties.items()}


def chosen_layer(names: list[str], wanted: str | None) -> int:
    """Give which of the layers is meant; raise `RefusedError` where none is, or where it must be said."""
    shown = ", ".join(f"«{shown_name(name)}»" for name in names[:20])
    if not names:
        raise RefusedError("it holds no layer of vectors; ask for the file again")
    if wanted is None:
        if len(names) > 1:
            raise RefusedError(f"it holds {len(names)} layers; name one of them: {shown}")
        return 0
    matching = [index for index, name in enumerate(names) if wanted in {name, shown_name(name)}]
    if len(matching) != 1:
        raise RefusedError(f"it holds no layer «{shown_name(wanted)}»; name one of these: {shown}")
    return matching[0]
