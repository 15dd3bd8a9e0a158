"""The difference of two descriptions as one page: clauses with what went and came, the map, and every leg that moved.

No script, no request: a browser shows it as it lies, and prints it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from merestone.compare.texts.changed_words import Fate
from merestone.compare.texts.clauses import ChangeKind, ClauseChange
from merestone.compare.texts.leg_shifts import LegShift, LegShifts
from merestone.publish.diff_text import MOST_VERTICES, change_lines, geometry_heading, sections_that_add
from merestone.publish.export import NOT_AGREED, WITHOUT_PREJUDICE
from merestone.publish.plain_page import plain_head
from merestone.publish.report.markup import Content, Markup, bdi, element
from merestone.publish.shift_words import leg_sentence, length_sentence, lone_legs, section_sentence, vertex_sentence
from merestone.publish.text import counted

_STYLE = """
*{box-sizing:border-box}
html{font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;color:#1d2126;background:#fff}
body{margin:0 auto;max-width:60rem;padding:1rem clamp(1rem,3vw,2.5rem) 3rem;overflow-wrap:anywhere}
h1{font-family:ui-serif,Georgia,"Noto Serif",serif;font-size:1.6rem;font-weight:600;line-height:1.25;margin:.5rem 0}
h2{font-size:1.2rem;margin:2rem 0 .5rem;padding-bottom:.25rem;border-bottom:2px solid #1d2126}
.banner{display:inline-block;margin:0 0 .5rem;padding:.2rem .75rem;border:2px dashed #8a4b00;color:#8a4b00;font-weight:600}
.names{margin:.25rem 0}
article{border:1px solid #c9ccd1;border-inline-start:4px solid #c9ccd1;border-radius:3px;padding:.5rem .9rem;margin:0 0 .6rem}
article h3{font-size:1rem;margin:0;display:flex;flex-wrap:wrap;gap:.1rem .75rem;align-items:baseline}
article p{margin:.3rem 0 0}
.said{font-family:ui-serif,Georgia,"Noto Serif",serif;font-size:1.05rem}
.kind{border:1px solid #565d66;border-radius:99px;padding:0 .5rem;font-size:.85rem;font-weight:400}
.soft{color:#565d66;font-size:.9rem;font-weight:400}
del{color:#8f1d2c;background:#fbe9eb;text-decoration:line-through}
ins{color:#0b5a33;background:#e3f4ea;text-decoration:underline}
.map-of-it{margin:1rem 0}
.map-of-it svg{max-width:100%;height:auto}
"""


def diff_page(
    names: tuple[str, str],
    clauses: Sequence[ClauseChange],
    shifts: LegShifts | None,
    note: str,
    picture: tuple[Markup, str] | None,
) -> bytes:
    """The page as UTF-8. `picture` is the map as an SVG element with its style sheet, None where there is none."""
    styles = [_STYLE] if picture is None else [_STYLE, picture[1]]
    head = plain_head(f"What changed: {names[0]} and {names[1]}", styles)
    body = element(
        "body",
        None,
        element("h1", None, "What changed between two versions"),
        element("p", {"class": "banner"}, f"{NOT_AGREED.capitalize()}, {WITHOUT_PREJUDICE}"),
        element("p", {"class": "names"}, "Old: ", bdi(names[0]), element("br"), "New: ", bdi(names[1])),
        element("main", None, *_clauses(clauses), *_geometry(shifts, note, picture)),
    )
    return f"<!DOCTYPE html>\n{element('html', {'lang': 'en'}, head, body)}\n".encode()


def _clauses(clauses: Sequence[ClauseChange]) -> Iterator[Markup]:
    yield element(
        "h2", None, f"Clauses: {counted(len(clauses), 'change') if clauses else 'the descriptions say the same'}"
    )
    for change in clauses:
        subject = ", ".join(part for part in (change.subject, change.aspect) if part)
        yield element(
            "article",
            None,
            element(
                "h3",
                None,
                element("span", {"class": "kind"}, change.kind.value),
                bdi(subject),
                element("span", {"class": "soft"}, change_lines(change)),
            ),
            None
            if change.kind is ChangeKind.MOVED
            else element("p", {"class": "said", "dir": "auto"}, *_words(change)),
        )


def _words(change: ClauseChange) -> Iterator[Content]:
    marks = {Fate.REMOVED: "del", Fate.ADDED: "ins"}
    for run in change.words:
        words = run.text.lstrip()
        space = run.text[: len(run.text) - len(words)] if words else ""
        yield space
        yield words or run.text if run.fate is Fate.KEPT else element(marks[run.fate], None, words or run.text)


def _geometry(shifts: LegShifts | None, note: str, picture: tuple[Markup, str] | None) -> Iterator[Markup]:
    yield element("h2", None, geometry_heading(shifts))
    if note:
        yield element("p", {"class": "soft"}, note)
    if picture is not None:
        yield element("div", {"class": "map-of-it"}, picture[0])
    if shifts is None:
        return
    for leg in shifts.legs:
        yield _article(leg_sentence(leg, shifts.tolerance_m), _below(leg))
    for sentence in lone_legs(shifts):
        yield _article(sentence, ())
    for section in sections_that_add(shifts):
        yield _article(section_sentence(section, shifts.tolerance_m), ())


def _article(sentence: str, below: Iterable[str]) -> Markup:
    return element(
        "article", None, element("h3", None, bdi(sentence)), *(element("p", {"class": "soft"}, each) for each in below)
    )


def _below(leg: LegShift) -> Iterator[str]:
    """What is said of a leg below its sentence: its length and its vertices."""
    length = None if leg.shift is None else length_sentence(leg.shift)
    if length is not None:
        yield length
    yield from (vertex_sentence(change) for change in leg.vertices[:MOST_VERTICES])
    if len(leg.vertices) > MOST_VERTICES:
        yield f"and {len(leg.vertices) - MOST_VERTICES} more vertices; the JSON output has all of them"
