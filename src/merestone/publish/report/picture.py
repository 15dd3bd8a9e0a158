"""The words beside the line as one SVG picture, for a README or a slide: no script, no request, no font of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from merestone.delimit.boundary_line import CompiledLeg
from merestone.errors import MerestoneError
from merestone.publish.findings import SEVERITY_WORDS
from merestone.publish.line_json import digest
from merestone.publish.report.clauses import key_of
from merestone.publish.report.drawn import DrawnMap, draw
from merestone.publish.report.kinds import kind_text
from merestone.publish.report.labels import wrapped
from merestone.publish.report.map import map_svg
from merestone.publish.report.markup import Content, Markup, element
from merestone.publish.report.model import LegReadings, Matter
from merestone.publish.report.numbers import metres, px
from merestone.publish.report.phrases import straight_phrases
from merestone.publish.report.profile import HEIGHT_PX as PROFILE_HEIGHT_PX
from merestone.publish.report.profile import WIDTH_PX as PROFILE_WIDTH_PX
from merestone.publish.report.profile import profile_svg, short_text, shown_pairs, stroke
from merestone.publish.report.style import MAP, PALETTE
from merestone.publish.report.ties import TiedPart, ties
from merestone.publish.text import plain

_EDGE_PX = 20.0
_WORDS_PX = 440.0
_GAP_PX = 24.0
_WORD_COLUMNS = 50
_SMALL_COLUMNS = 62
_LINE_PX = {"title": 30.0, "words": 24.0, "head": 26.0, "small": 19.0}

_STYLE = """
.sheet{fill:#fff}
svg .title{font-family:ui-serif,Georgia,"Noto Serif",serif;font-size:24px;font-weight:600}
svg .words{font-family:ui-serif,Georgia,"Noto Serif",serif;font-size:17px}
svg .head{font-size:15px;font-weight:700}
svg .small{font-size:13px;fill:var(--soft)}
.open-word{text-decoration:underline;font-weight:700;fill:var(--open)}
svg .said{font-size:13px;font-weight:600;fill:var(--open)}
"""


class NoPictureError(MerestoneError):
    """A picture was asked for of a line that has no frame or no point."""

    def __init__(self, title: str) -> None:
        super().__init__(
            f"{title!r} cannot be drawn: its frame is not stated and no reading of it is declared, or no point was computed"
        )
        self.title = title


def picture(matter: Matter) -> bytes:
    """The picture as UTF-8: the words of the first legs on the left, the map and the widest profile on the right.

    Raises `NoPictureError` for a line that cannot be drawn.
    """
    tied = ties(matter.line)
    drawn = draw(matter, tied)
    if drawn is None:
        raise NoPictureError(matter.line.title)
    widest = max((one for one in matter.readings if one.profiles), key=lambda one: one.greatest_m, default=None)
    low = 0.0 if widest is None else PROFILE_HEIGHT_PX + _GAP_PX + _LINE_PX["small"] * len(shown_pairs(widest)) + 6
    height = 2 * _EDGE_PX + drawn.sheet.height_px + low
    width = 2 * _EDGE_PX + _WORDS_PX + _GAP_PX + drawn.sheet.width_px
    root = element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "class": "picture",
            "viewBox": f"0 0 {px(width)} {px(height)}",
            "width": px(width),
            "height": px(height),
            "role": "img",
            "aria-label": f"{plain(matter.line.title)}; {plain(matter.standing)}",
        },
        element("metadata", None, f"SHA-256 of the line: {digest(matter.line)}"),
        element("style", None, Markup(f"{PALETTE}{MAP}{_STYLE}")),
        element("rect", {"class": "sheet", "width": px(width), "height": px(height)}),
        element("g", {"transform": f"translate({px(_EDGE_PX)} 0)"}, *_words(drawn, height)),
        element(
            "g", {"transform": f"translate({px(_EDGE_PX + _WORDS_PX + _GAP_PX)} {px(_EDGE_PX)})"}, *_line(drawn, widest)
        ),
    )
    return f"{root}\n".encode()


def _line(drawn: DrawnMap, widest: LegReadings | None) -> Iterable[Markup]:
    """The map, and below it the chart of the leg whose readings part most."""
    sheet = drawn.sheet
    size = {"width": px(sheet.width_px), "height": px(sheet.height_px)}
    yield element("svg", {**size}, map_svg(drawn, None))
    if widest is not None:
        said = f"Leg {plain(widest.leg)} of {plain(widest.section)}"
        top = px(sheet.height_px + _GAP_PX)
        chart = {"y": top, "width": px(PROFILE_WIDTH_PX), "height": px(PROFILE_HEIGHT_PX)}
        yield element("svg", {**chart}, profile_svg(widest, said))
        for index, profile in enumerate(shown_pairs(widest)):
            y = sheet.height_px + _GAP_PX + PROFILE_HEIGHT_PX + _LINE_PX["small"] * (index + 1)
            move = {"class": "key", "transform": f"translate(0 {px(y - 9)})"}
            yield element("g", {**move}, stroke(index))
            yield element("text", {"class": "small", "x": "42", "y": px(y)}, short_text(profile))


def _words(drawn: DrawnMap, height: float) -> Iterator[Markup]:
    """The words line by line from the top, as many legs as fit; the last line says how many do not."""
    y = _EDGE_PX
    legs = [tied for tied in drawn.ties.parts if isinstance(tied.part, CompiledLeg)]
    blocks = [list(_title(drawn.matter)), *(list(_leg(drawn, tied)) for tied in legs)]
    for index, block in enumerate(blocks):
        needed = sum(_LINE_PX[css] for css, _ in block) + 10
        left = len(blocks) - index
        if y + needed > height - _EDGE_PX - _LINE_PX["small"] and index:
            yield element(
                "text", {"class": "small", "y": px(y + 16)}, f"and {left} more {'leg' if left == 1 else 'legs'}"
            )
            return
        for css, content in block:
            y += _LINE_PX[css]
            yield element("text", {"class": css, "y": px(y)}, content)
        y += 10


def _title(matter: Matter) -> Iterator[tuple[str, Content]]:
    for line in wrapped(matter.line.title, 34):
        yield "title", line
    for line in wrapped(f"{matter.line.length_m / 1000:.3f} km; {matter.standing}", _SMALL_COLUMNS):
        yield "small", line


def _leg(drawn: DrawnMap, tied: TiedPart) -> Iterator[tuple[str, Content]]:
    """The lines of one leg: its name, the instrument's words, what was computed, what is open."""
    leg = tied.part
    if not isinstance(leg, CompiledLeg):
        return
    yield "head", f"Leg {plain(leg.name)}"
    for words in leg.words:
        for line in wrapped(words.text, _WORD_COLUMNS):
            yield "words", [_piece(*piece) if leg.reading else piece[0] for piece in straight_phrases(line)]
    for line in wrapped(f"{kind_text(leg)}, {metres(leg.length_m)}", _SMALL_COLUMNS):
        yield "small", line
    for finding in drawn.matter.findings:
        if key_of(finding, drawn.ties) == tied.key:
            for line in wrapped(f"{SEVERITY_WORDS[finding.severity]}: {finding.sentence}", _SMALL_COLUMNS):
                yield "small", line


def _piece(words: str, straight: object) -> Content:
    return element("tspan", {"class": "open-word"}, words) if straight else words
