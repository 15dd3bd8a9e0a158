"""The report composed: one HTML page that opens from disk and asks nothing of anybody.

Same input, same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import isfinite

from merestone.publish.report.anchors import MOST_CLAUSES, MOST_LINES, MOST_MARKERS, MOST_ROWS, Anchors
from merestone.publish.report.clauses import words_side
from merestone.publish.report.drawn import DrawnMap, draw
from merestone.publish.report.excerpt import Text, whole_text
from merestone.publish.report.head import capital, digest, header, spoken_title
from merestone.publish.report.kinds import STATUS_DASHES, KindStyle, style_of
from merestone.publish.report.map import map_svg
from merestone.publish.report.markup import Content, Markup, bdi, element, joined
from merestone.publish.report.model import LegReadings, Matter
from merestone.publish.report.profile import legend as pairs_legend
from merestone.publish.report.profile import profile_svg
from merestone.publish.report.script import SCRIPT
from merestone.publish.report.shell import Shell, chapter, contents, document, tools
from merestone.publish.report.style import DARK, MAP, PAGE, PALETTE
from merestone.publish.report.tables import findings_table, legs_table, readings_table, vertices_table
from merestone.publish.report.ties import Ties, ties
from merestone.publish.text import plain

MOST_CHARTS = 60
"""Legs whose readings part most come first; further ones are in the table of readings only."""

_STYLE = f"{PALETTE}{MAP}{PAGE}{DARK}"


def report(matter: Matter) -> bytes:
    """The page, as UTF-8."""
    tied = ties(matter.line)
    drawn = draw(matter, tied)
    anchors = _anchors(matter, tied, drawn)
    body = (
        element("a", {"class": "skip", "href": "#words"}, "Skip to the words"),
        element("a", {"class": "skip", "href": "#line"}, "Skip to the line"),
        header(matter),
        element("main", None, _text_column(matter, tied, anchors), _line_column(matter, tied, drawn, anchors)),
        _footer(matter),
    )
    shell = Shell(
        spoken_title(matter), f"Merestone {matter.line.toolchain.merestone}", matter.direction.value, _STYLE, SCRIPT
    )
    return document(shell, body)


def _anchors(matter: Matter, tied: Ties, drawn: DrawnMap | None) -> Anchors:
    """What the page will hold."""
    parts, vertices = [one.key for one in tied.parts], [vertex.key for vertex in tied.vertices]
    points = [vertex.key for vertex in tied.vertices if vertex.point is not None]
    on_map: list[str] = []
    if drawn is not None:
        on_map = [one.tied.key for one in drawn.parts if one.chain is not None]
        on_map += [key for key in vertices[:MOST_MARKERS] if isfinite(sum(drawn.pixels[key]))]
    return Anchors(
        clauses=frozenset(parts[:MOST_CLAUSES] + points[:MOST_CLAUSES]),
        drawn=frozenset(on_map),
        rows=frozenset(parts[:MOST_ROWS] + vertices[:MOST_ROWS]),
        lines=min(matter.source.count("\n") + 1, MOST_LINES),
    )


def _footer(matter: Matter) -> Markup:
    """What computed the page, and once more whose reading it is."""
    tools = matter.line.toolchain
    said = f"Computed with Merestone {tools.merestone}, PROJ {tools.proj}, Python {tools.python}."
    return element("footer", {"class": "page"}, element("p", None, bdi(f"{capital(matter.standing)}."), f" {said}"))


# ---- the words --------------------------------------------------------------------------------------------------


def _text_column(matter: Matter, tied: Ties, anchors: Anchors) -> Markup:
    """The words, then the findings, tables, whole text and how to read the page."""
    text = Text(matter.source)
    readings = readings_table(matter.readings, tied, anchors)
    chapters: list[tuple[str, str, Content]] = [
        (
            "words",
            "The words",
            [_left_out(tied), *words_side(matter, tied, anchors)],
        ),
        ("findings", "Findings", findings_table(matter, tied, anchors)),
        ("legs", "Legs", legs_table(tied, anchors)),
        ("vertices", "Vertices", vertices_table(tied, anchors)),
    ]
    if readings is not None:
        chapters.append(("readings", "Readings", readings))
    chapters += [("text", "The description", _whole(matter, text, tied)), ("help", "How to read this page", _help())]
    return element("div", {"class": "text"}, contents(chapters), *(chapter(*one) for one in chapters))


def _left_out(tied: Ties) -> Markup | None:
    """What is said where there are more legs than the words side shows."""
    if len(tied.parts) <= MOST_CLAUSES:
        return None
    return element("p", None, f"The first {MOST_CLAUSES} of {len(tied.parts)} legs are shown here.")


def _whole(matter: Matter, text: Text, tied: Ties) -> Markup:
    """The whole text with line numbers, each line of a leg or point tied to it."""
    keys: dict[int, str] = {}
    spans = [(one.part.span, one.key) for one in tied.parts] + [
        (vertex.point.span, vertex.key) for vertex in tied.vertices if vertex.point is not None
    ]
    for span, key in spans:
        if span is not None:
            keys |= dict.fromkeys(range(span.line, min(span.end_line, MOST_LINES) + 1), key)
    left_out = len(text.lines) - MOST_LINES
    return joined(
        element("p", None, bdi(matter.file), ", SHA-256 ", element("code", None, digest(matter.source))),
        element(
            "div",
            {"class": "scroll", "tabindex": "0", "role": "region", "aria-label": "The description, line by line"},
            element("pre", {"dir": "ltr"}, *whole_text(text, keys)),
        ),
        element("p", None, f"The file has {left_out} more {'line' if left_out == 1 else 'lines'}.")
        if left_out > 0
        else None,
    )


def _help() -> Markup:
    items = (
        "Point at a clause, at a leg or point on the map, or at a row of a table: all that belongs to it is highlighted. "
        "A click or Enter pins it; Escape releases it.",
        "Tab moves from list to list, and the arrow keys move within a list. On the map, the keys plus, minus and 0 zoom, "
        "and Shift with an arrow key moves it. The wheel and the buttons do the same.",
        "A wavy line marks open words. Below them, the page names the reading that was taken and its author. The chart "
        "shows how far the other readings are from it.",
        "On the map, the letter on a line shows its kind, and the dashes show its status in the instrument. A grey dotted "
        "line with a question mark is a gap that could not be computed. If only one of its ends is known, its direction has no meaning. No other boundary is drawn.",
        "Coordinates are whole numbers of 0.000 000 001 degree (0.1 mm); drawn curves are derived from them.",
    )
    return element("ul", {"class": "help"}, *(element("li", None, item) for item in items))


# ---- the line ---------------------------------------------------------------------------------------------------


def _line_column(matter: Matter, tied: Ties, drawn: DrawnMap | None, anchors: Anchors) -> Markup:
    """The map with its legend, and the profiles between readings."""
    return element(
        "section",
        {"class": "line with-profiles" if _parting(matter) else "line", "aria-label": "The line"},
        *(_no_map(matter) if drawn is None else _map(drawn, anchors)),
        _profiles(matter, tied),
    )


def _no_map(matter: Matter) -> Iterable[Markup]:
    why = (
        "the frame is not stated and no reading of it is declared"
        if matter.line.frame is None
        else "no point was computed"
    )
    yield element("p", {"class": "banner", "id": "line", "tabindex": "-1"}, f"No map: {why}.")


def _map(drawn: DrawnMap, anchors: Anchors) -> Iterable[Markup]:
    legend = element("ul", {"class": "legend", "aria-label": "Legend"}, *_legend(drawn))
    above = element("div", {"class": "above"}, legend, tools())
    yield element("div", {"class": "frame", "id": "line", "tabindex": "-1"}, above, map_svg(drawn, anchors))
    yield element("p", {"class": "under"}, f"{drawn.sheet.projection.caption}.")


def _legend(drawn: DrawnMap) -> Iterable[Markup]:
    """The kinds of leg on the map, the statuses, gaps."""
    line = drawn.matter.line
    kinds: dict[str, KindStyle] = {}
    for leg in line.legs:
        kinds.setdefault(style_of(leg).name, style_of(leg))
    for style in kinds.values():
        yield element("li", None, _key(f"k-{style.css}", style.letter, ""), f" {style.name}")
    for status in dict.fromkeys(section.status for section in line.sections):
        if status is not None:
            yield element(
                "li", None, _key("k-other", "", STATUS_DASHES[status]), f" status in the instrument: {status.value}"
            )
    if line.gaps:
        yield element("li", None, _key("gap", "?", "3 6"), " gap: not computed")


def _key(css: str, letter: str, dash: str) -> Markup:
    """A piece of line as the map draws it."""
    badge = (
        (element("circle", {"cx": "22", "cy": "9", "r": "8"}), element("text", {"x": "22", "y": "13"}, letter))
        if letter
        else ()
    )
    stroke = element("path", {"class": "ink", "d": "M1 9H43", "stroke-dasharray": dash or None})
    return element(
        "svg",
        {"class": f"key {css}", "viewBox": "0 0 44 18", "width": "44", "height": "18", "aria-hidden": "true"},
        stroke,
        *badge,
    )


def _profiles(matter: Matter, tied: Ties) -> Markup | None:
    """The charts of legs whose readings part, the widest first."""
    keys = {(one.section.name, one.part.name): one.key for one in tied.parts}
    parting = sorted(_parting(matter), key=lambda one: one.greatest_m, reverse=True)
    if not parting:
        return None
    return element(
        "div", {"class": "profiles"}, *(_chart(one, keys.get((one.section, one.leg))) for one in parting[:MOST_CHARTS])
    )


def _parting(matter: Matter) -> list[LegReadings]:
    """The legs of which a pair of readings could be computed."""
    return [one for one in matter.readings if one.profiles]


def _chart(readings: LegReadings, key: str | None) -> Markup:
    """The chart of one leg."""
    said = f"Leg {plain(readings.leg)} of {plain(readings.section)}: how far apart its readings are"
    return element(
        "figure",
        {"data-k": key},
        element("figcaption", {"dir": "auto"}, said),
        profile_svg(readings, said),
        element("ul", {"class": "pairs"}, *pairs_legend(readings)),
    )
