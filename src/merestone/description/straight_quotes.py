"""Quotations typed as "..." or „...“ become “...”, character for character, so that every place in the text stays.

A straight mark is also the sign of seconds. It opens a quotation only where a word cannot end: at the start of a line or
after a blank, a bracket, a comma or a column sign, with no blank behind it, and not behind the seconds of an angle
(`03'18.5 "N`, `45 03 18 "N`). A number behind a word does not belong to an angle: `art. 2 "in a straight line"`.
It closes one before a blank, a comma, a bracket, a column sign or the end of the line, unless it stands behind the seconds
of an angle (`45°03'18"`). Inside «...» and “...”, and in a comment, it is left alone. Where two marks could be the close
and the first of them stands after a digit, as in `"a strip 12" wide"`, neither is taken: the finding asks for «...».
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from merestone.diagnostics import Diagnostic, Severity, Span

_OPENING = re.compile(r'(?:(?<=[\s(,|])|^)(?:"(?=[^\s"])|„)', re.MULTILINE)
_AFTER_SECONDS = re.compile(r"(?:['’′´°º]|(?:['’′´°º]\s*|[0-9][ \t]+)[0-9]+(?:[.,][0-9]+)?)[ \t]+$")
_SECONDS = re.compile(r"['’′]\s*[0-9]{1,2}(?:[.,][0-9]+)?$")
_CLOSING = {'"': re.compile(r'(?<!\s)"(?=[\s,;)|]|$)'), "„": re.compile(r"[“”]")}
_OPENED, _CLOSED = re.compile(r"[«#]|(?<![0-9])“"), {"«": "»", "“": "”"}


def with_marked_quotations(text: str) -> tuple[str, tuple[Diagnostic, ...]]:
    """The text with “...” for every "..." and „...“, of the same length, and a finding for each that is in doubt."""
    if not _OPENING.search(text):
        return text, ()
    findings: list[Diagnostic] = []
    lines: list[str] = []
    still_open = ""
    for number, line in enumerate(text.split("\n"), start=1):
        marked, still_open = _line(line, number, still_open, findings)
        lines.append(marked)
    return "\n".join(lines), tuple(findings)


def _line(line: str, number: int, still_open: str, findings: list[Diagnostic]) -> tuple[str, str]:
    """One line marked, and the quotation («, “ or none) that is still open at its end."""
    position = 0
    while position < len(line):
        if still_open:
            position = _past_close(line, position, still_open)
            if position < 0:
                return line, still_open
            still_open = ""
            continue
        other, typed = _OPENED.search(line, position), _typed(line, position)
        if typed is not None and (other is None or typed.start() < other.start()):
            line, position = _marked(line, number, typed, findings)
        elif other is None or other[0] == "#":
            return line, ""
        else:
            still_open, position = other[0], other.end()
    return line, still_open


def _typed(line: str, position: int) -> re.Match[str] | None:
    """The next mark that opens a quotation."""
    for found in _OPENING.finditer(line, position):
        if not _AFTER_SECONDS.search(line[: found.start()]):
            return found
    return None


def _past_close(line: str, position: int, opener: str) -> int:
    """The column behind the close of a quotation that is open at `position`; -1 where it stays open. Quotations nest."""
    depth = 1
    for found in re.finditer(f"[{opener}{_CLOSED[opener]}]", line[position:]):
        depth += 1 if found[0] == opener else -1
        if depth == 0:
            return position + found.end()
    return -1


def _marked(line: str, number: int, opening: re.Match[str], findings: list[Diagnostic]) -> tuple[str, int]:
    """The line with one quotation marked, and the column to go on from."""
    start = opening.start()
    closes = list(_closes(line, opening))
    if not closes:
        return line, opening.end()
    if len(closes) > 1 and line[closes[0] - 1].isdigit():
        findings.append(_doubtful(number, start, closes[0] + 1))
        return line, len(line)
    end = closes[0]
    return f"{line[:start]}“{line[start + 1 : end]}”{line[end + 1 :]}", end + 1


def _closes(line: str, opening: re.Match[str]) -> Iterator[int]:
    """The columns of the marks that could close a quotation, up to where the next one opens."""
    following = _typed(line, opening.end())
    limit = len(line) if following is None else following.start()
    for found in _CLOSING[opening[0]].finditer(line, opening.end()):
        if found.start() < limit and not _SECONDS.search(line[: found.start()]):
            yield found.start()


def _doubtful(line: int, start: int, end: int) -> Diagnostic:
    return Diagnostic(
        "T113",
        Severity.ERROR,
        'it is not clear which " closes this quotation: one of them may be the sign of seconds',
        Span(line, start + 1, line, end + 1),
        hint="quote with «...» or “...”",
    )
