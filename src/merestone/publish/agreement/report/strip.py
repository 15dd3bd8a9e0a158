"""The strip: one band for each line along the reference. Bands of one tone at one place run together there; a thin band
is alone, a gap absent."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from merestone.compare.many.agreed import Agreement, Run
from merestone.geodesy.line import Indices
from merestone.publish.agreement.report.shown import Shown
from merestone.publish.agreement.report.tones import ABSENT, ALONE, TONES, tones
from merestone.publish.agreement.words import names, numbered, run_said
from merestone.publish.report.axes import tick_text, ticks
from merestone.publish.report.markup import Attribute, Markup, element
from merestone.publish.report.numbers import px, rough
from merestone.publish.text import plain

WIDTH_PX = 720.0
_EDGE, _TOP, _AXIS = 8.0, 4.0, 44.0
_ROW, _NAME, _BAND, _THIN = 40.0, 15.0, 17.0, 5.0
_WIDE = WIDTH_PX - 2 * _EDGE
_GAPS_PX = 60.0


@dataclass(frozen=True, slots=True)
class Span:
    """A strand of the reference on the axis: its name, length in metres, left end in pixels, pixels to a metre."""

    strand: str
    length_m: float
    left_px: float
    px_per_m: float

    def x(self, along_m: float) -> float:
        """Pixels of a chainage."""
        return self.left_px + along_m * self.px_per_m


def height_px(made: Agreement) -> float:
    """How high the strip is."""
    return _TOP + _ROW * len(made.claims) + _AXIS


def spans(made: Agreement) -> dict[str, Span]:
    """The strands of the reference one after another, with small gaps between them."""
    lengths_m: dict[str, float] = {}
    for run in made.runs:
        lengths_m[run.reach.strand] = max(lengths_m.get(run.reach.strand, 0.0), run.reach.to_m)
    gap_px = min(10.0, _GAPS_PX / len(lengths_m))
    per_m = (_WIDE - gap_px * (len(lengths_m) - 1)) / sum(lengths_m.values())
    found, left = {}, _EDGE
    for strand, length_m in lengths_m.items():
        found[strand] = Span(strand, length_m, left, per_m)
        left += length_m * per_m + gap_px
    return found


def strip_svg(made: Agreement, parts: Shown, *, alone: bool) -> Markup:
    """The strip as an SVG element; `alone` without links, for a picture."""
    on_axis, chosen = spans(made), tones(made)
    size = f"0 0 {px(WIDTH_PX)} {px(height_px(made))}"
    attributes: dict[str, Attribute] = {"class": "strip", "viewBox": size}
    if not alone:
        attributes |= {"role": "group", "aria-label": caption(made)}
    return element(
        "svg",
        attributes,
        element("defs", None, *(_texture(tone) for tone in range(TONES))),
        element("rect", {"class": "ground", "width": px(WIDTH_PX), "height": px(height_px(made))}),
        *(_band(made, line, chosen, on_axis, key) for line, key in enumerate(parts.lines)),
        *_axis(made, on_axis),
        None if alone else element("g", {"class": "hits", "data-rove": "hits"}, *_hits(made, parts, on_axis)),
    )


def caption(made: Agreement) -> str:
    """What the strip shows, in a sentence."""
    tolerance = rough(made.settings.tolerance_m)
    return f"Which lines agree along {names(made)[made.reference.line]}, each within {tolerance} of another"


def _texture(tone: int) -> Markup:
    """A tone's filling: its ground, and a texture of its own beside the colour."""
    lines = ("", "M0 0L6 6M-3 3L3 9M3 -3L9 3", "M0 1.5H6M0 4.5H6", "M0 6L6 0M-3 3L3 -3M3 9L9 3")[tone % 4]
    dots = "M1.5 0V6M4.5 0V6" if tone >= TONES // 2 else ""
    attributes: dict[str, Attribute] = {"id": f"tone-{tone}", "class": f"tone t{tone % 4}"}
    attributes |= {"width": "6", "height": "6", "patternUnits": "userSpaceOnUse"}
    path = element("path", {"d": lines + dots}) if lines + dots else None
    return element("pattern", attributes, element("rect", {"width": "6", "height": "6"}), path)


def _band(made: Agreement, line: int, chosen: Indices, on_axis: dict[str, Span], key: str) -> Markup:
    """A line's name and its band."""
    top = _TOP + _ROW * line
    paths: dict[int, list[str]] = {}
    for (strand, tone), held in groupby(
        zip(made.runs, chosen[:, line].tolist(), strict=True), lambda each: _kind(*each)
    ):
        runs = [run for run, _ in held]
        if tone != ABSENT:
            paths.setdefault(tone, []).append(_box(on_axis[strand], runs[0], runs[-1], top, thin=tone == ALONE))
    bands = (
        element(
            "path",
            {
                "class": "alone" if tone == ALONE else "band-of",
                "fill": None if tone == ALONE else f"url(#tone-{tone})",
                "d": "".join(boxes),
            },
        )
        for tone, boxes in sorted(paths.items())
    )
    mark = " (the reference)" if line == made.reference.line else ""
    name = element("text", {"class": "name", "x": px(_EDGE), "y": px(top + _NAME)}, f"{numbered(made)[line]}{mark}")
    return element("g", {"class": "of-line", "data-k": key}, name, *bands)


def _kind(run: Run, tone: int) -> tuple[str, int]:
    return run.reach.strand, tone


def _box(span: Span, first: Run, last: Run, top: float, *, thin: bool) -> str:
    """The rectangle from the start of one run to the end of another."""
    left, right = span.x(first.reach.from_m), span.x(last.reach.to_m)
    high = _THIN if thin else _BAND
    y = top + _NAME + 4 + (_BAND - high) / 2
    return f"M{px(left)} {px(y)}H{px(right)}v{px(high)}H{px(left)}Z"


def _axis(made: Agreement, on_axis: dict[str, Span]) -> Iterator[Markup]:
    """Ticks at round chainages of each strand that has room for them."""
    y = height_px(made) - _AXIS + 4
    for span in on_axis.values():
        ends = px(span.left_px), px(span.x(span.length_m))
        yield element("path", {"class": "tick", "d": f"M{ends[0]} {px(y)}H{ends[1]}"})
        wide = span.length_m * span.px_per_m
        if wide < 90:
            continue
        for along in ticks(0.0, span.length_m, max(int(wide / 110), 1)):
            x = px(span.x(along))
            anchor = "start" if along == 0.0 else "middle"
            yield element("path", {"class": "tick", "d": f"M{x} {px(y)}v5"})
            place: dict[str, Attribute] = {"x": x, "y": px(y + 19), "text-anchor": anchor}
            yield element("text", place, tick_text(along / 1000.0, ""))
    said = f"km along {names(made)[made.reference.line]}"
    yield element("text", {"class": "axis", "x": px(WIDTH_PX - _EDGE), "y": px(y + 34), "text-anchor": "end"}, said)


def _hits(made: Agreement, parts: Shown, on_axis: dict[str, Span]) -> Iterator[Markup]:
    """What catches the pointer: each run that is listed, over all bands."""
    for key, run in parts.runs.items():
        span = on_axis[run.reach.strand]
        left, right = span.x(run.reach.from_m), span.x(run.reach.to_m)
        box = {"x": px(left), "y": px(_TOP), "width": px(max(right - left, 0.5))}
        said = plain(run_said(made, run))
        yield element(
            "a",
            {"href": f"#row-{key}", "class": "hit", "data-k": key, "aria-label": said},
            element("title", None, said),
            element("rect", {**box, "height": px(_ROW * len(made.claims))}),
        )
