"""The head of the page: what this is, what it rests on, whose reading, and that it is not agreed."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256

from merestone.description.tree import Instrument, Parties, Precedence
from merestone.publish.export import frame_text, reading_text
from merestone.publish.report.markup import Content, Markup, bdi, element, joined
from merestone.publish.report.model import Matter
from merestone.publish.report.numbers import metres, square_km
from merestone.publish.text import plain

RESTS_ON, FRAME = "Rests on", "Frame"
TO_WHOM = " to the instrument or to the position of any party"


def header(matter: Matter) -> Markup:
    """Title, standing, and the facts of the whole."""
    return element(
        "header",
        None,
        element("div", {"class": "top"}, element("h1", {"dir": "auto"}, matter.line.title), _banner(matter)),
        element("dl", {"class": "facts-head"}, *(_fact(name, value) for name, value in _facts(matter))),
    )


def _banner(matter: Matter) -> Markup:
    """The standing of the line, in full."""
    said = f"{capital(matter.standing)}{'' if matter.effective else TO_WHOM}."
    return element("p", {"class": "banner effective" if matter.effective else "banner"}, bdi(said))


def capital(words: str) -> str:
    """The words as the beginning of a sentence."""
    return f"{words[:1].upper()}{words[1:]}"


def _fact(name: str, value: Content) -> Markup:
    return element(
        "div",
        {"class": "wide" if name in (RESTS_ON, FRAME) else None},
        element("dt", None, name),
        element("dd", None, value),
    )


def _facts(matter: Matter) -> Iterable[tuple[str, Content]]:
    line = matter.line
    statements = line.description.statements
    parties = sorted(p.title for s in statements if isinstance(s, Parties) for p in s.parties)
    if parties:
        yield "Parties, in alphabetical order", _list(bdi(party) for party in parties)
    instruments = [s for s in statements if isinstance(s, Instrument)]
    if instruments:
        yield RESTS_ON, _list(_instrument(one) for one in instruments)
    taken = reading_text(line.frame_reading)
    yield FRAME, joined(bdi(frame_text(line.frame)), element("div", None, "read as ", bdi(taken)) if taken else None)
    precedence = next((s for s in statements if isinstance(s, Precedence)), None)
    if precedence is not None:
        yield "Prevails if statements disagree", " over ".join(precedence.order)
    yield "Line", _extent(matter)
    whole = element("a", {"href": "#text"}, element("code", None, f"{digest(matter.source)[:16]}…"))
    yield "Description", joined(bdi(matter.file), element("div", None, "SHA-256 ", whole))


def _instrument(one: Instrument) -> Markup:
    """An instrument: title, kind and date."""
    dated = element("span", {"class": "date"}, one.dated) if one.dated else None
    more = [part for part in (one.kind, dated, one.registered) if part]
    listed = joined(*(joined(", " if index else "", part) for index, part in enumerate(more)))
    if not more:
        return bdi(one.title)
    return joined(bdi(one.title), " (", listed, ")") if one.title else listed


def _extent(matter: Matter) -> Content:
    """Length, legs, gaps, areas."""
    line = matter.line
    parts = [f"{metres(line.length_m)} in {len(line.legs)} {'leg' if len(line.legs) == 1 else 'legs'}"]
    if line.gaps:
        parts.append(
            f"{len(line.gaps)} {'part' if len(line.gaps) == 1 else 'parts'} not computed and not in the length"
        )
    areas = [element("div", None, "inside ", bdi(name), f": {square_km(area)}") for name, area in line.areas_m2]
    return joined("; ".join(parts), *areas)


def _list(items: Iterable[Content]) -> Markup:
    return element("ul", None, *(element("li", None, item) for item in items))


def digest(source: str) -> str:
    """SHA-256 of the text of the description in UTF-8, in hexadecimal: what was compiled, to the byte."""
    return sha256(source.encode("utf-8", "surrogatepass")).hexdigest()


def spoken_title(matter: Matter) -> str:
    """The title of the document for a tab or a list."""
    return f"{plain(matter.line.title)} - {plain(matter.standing)}"
