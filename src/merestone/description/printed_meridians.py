"""The words behind a printed longitude that say what it is counted from: `of Paris`, `de París`, `(Ferro)`."""

from __future__ import annotations

import re

from merestone.description.cursor import Cursor
from merestone.geodesy.prime_meridians import BY_NAME, PRIME_MERIDIANS, WITHOUT_VALUE, names_of

_NAME = "|".join(
    sorted(
        (re.escape(n) for n in (*(n for m in PRIME_MERIDIANS for n in names_of(m)), *WITHOUT_VALUE)),
        key=len,
        reverse=True,
    )
)
_OF = r"(?:of|from|de|di|von|v\.|van|от|d['’])"
_GREENWICH = r"(?:(?i:Greenwich|Greenw|Grw)|Gr|gr(?=\.))"
_MERIDIAN = r"(?:the\s+meridian\s+of|du\s+méridien\s+de|del\s+meridiano\s+(?:de|di))"
_KNOWN = re.compile(
    rf"\s*(?:(?:(?:{_OF}\s+)?{_MERIDIAN}|{_OF})\s*(?P<of>{_NAME})|\((?P<in>{_NAME})\)"
    rf"|(?:{_OF}\s*)?(?P<short>{_GREENWICH})\b\.?|\((?P<short_in>{_GREENWICH})\.?\))(?!\w)"
).match
_ANY = re.compile(rf"\s*(?:{_OF}|{_MERIDIAN}|del|du|\(|{_GREENWICH}\b)").match


def words_follow(text: str, position: int) -> bool:
    """Whether words that may say what a longitude is counted from stand at an offset."""
    return _ANY(text, position) is not None


def after_words(cursor: Cursor, position: int) -> tuple[int, str | None]:
    """The offset behind the words that say what a longitude is counted from, and the meridian where it is another than the
    declared one; refused where its value is not known."""
    found = _KNOWN(cursor.text, position)
    if found is None:
        return position, None
    printed = "Greenwich" if found["short"] or found["short_in"] else found["of"] or found["in"]
    declared = cursor.conventions.longitudes
    if _same(printed, "Greenwich" if declared is None else declared.meridian):
        return found.end(), None
    if printed.casefold() in BY_NAME:
        return found.end(), printed
    span = cursor.logical.span(position, found.end())
    if declared is not None:
        sentence = f"the longitude is counted from {printed}, and the head says `longitudes from {declared.meridian}`"
        raise cursor.refuse(
            "C235",
            sentence,
            span,
            hint=f"the EPSG registry has no value for {printed}: declare it, and the other meridian behind its longitudes",
        )
    sentence = f"the longitude is counted from {printed}, for which the EPSG registry has no value"
    hint = f"declare it in the head: `longitudes from «{printed}» at ANGLE W of Greenwich by «WHO»`"
    raise cursor.refuse("C235", sentence, span, hint=hint)


def _same(printed: str, declared: str) -> bool:
    one, other = BY_NAME.get(printed.casefold()), BY_NAME.get(declared.casefold())
    return printed.casefold() == declared.casefold() or (one is not None and one is other)
