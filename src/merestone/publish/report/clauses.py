"""The words side of the page: each part of the line with what the instrument says, what it was compiled from, and
what was found there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from merestone.delimit.boundary_line import CompiledLeg, CompiledSection, Gap
from merestone.description.tree import Clause, Note, Parties, Words
from merestone.diagnostics import Diagnostic, Measure
from merestone.publish.angles import Axis, azimuth_dms, dms
from merestone.publish.export import sides_text
from merestone.publish.findings import SEVERITY_WORDS, measure_text
from merestone.publish.report.anchors import Anchors, link
from merestone.publish.report.excerpt import Text, excerpt
from merestone.publish.report.kinds import kind_text
from merestone.publish.report.markup import Markup, bdi, element, joined
from merestone.publish.report.model import Matter
from merestone.publish.report.numbers import metres
from merestone.publish.report.phrases import straight_phrases
from merestone.publish.report.ties import TiedPart, TiedVertex, Ties

_MEASURES_SHOWN = 3


def words_side(matter: Matter, ties: Ties, anchors: Anchors) -> Iterable[Markup]:
    """The sections in order, what was found about the whole, then the points."""
    text = Text(matter.source)
    placed = _by_part(matter.findings, ties)
    titles = party_titles(matter)
    for section in matter.line.sections:
        parts = [tied for tied in ties.parts if tied.section is section and tied.key in anchors.clauses]
        yield element(
            "section",
            {"class": "part", "aria-label": f"{'Ring' if section.ring else 'Section'} {section.name}"},
            *_section_head(section, titles),
            *_own_words(section.node.clauses, None),
            element(
                "ol",
                {"class": "clauses", "data-rove": "clauses"},
                *(_clause(tied, ties, placed.get(tied.key, ()), text, anchors) for tied in parts),
            ),
        )
    whole = [finding for finding in matter.findings if key_of(finding, ties) is None]
    if whole:
        cards = (finding_card(finding, text, anchors) for finding in whole)
        yield element("section", {"class": "part"}, element("h3", None, "About the whole"), *cards)
    yield from _points(ties, placed, text, anchors)


def party_titles(matter: Matter) -> dict[str, str]:
    """The parties' names by their identities."""
    statements = matter.line.description.statements
    return {party.name.text: party.title for one in statements if isinstance(one, Parties) for party in one.parties}


def _section_head(section: CompiledSection, titles: dict[str, str]) -> Iterable[Markup]:
    yield element(
        "h3",
        None,
        "Ring " if section.ring else "Section ",
        bdi(section.name),
        joined(": ", bdi(section.title)) if section.title else None,
    )
    right, left = (None if side is None else titles.get(side, side) for side in (section.right, section.left))
    status = f"; status in the instrument: {section.status.value}" if section.status else ""
    yield element("p", {"class": "sides"}, bdi(f"Sides: {sides_text(right, left, ring=section.ring)}"), status)


def _clause(tied: TiedPart, ties: Ties, findings: tuple[Diagnostic, ...], text: Text, anchors: Anchors) -> Markup:
    """The card of a leg or gap."""
    part = tied.part
    gap = isinstance(part, Gap)
    near = " ".join(dict.fromkeys((tied.vertices[0], tied.vertices[-1]))) if tied.vertices else None
    return element(
        "li",
        {"class": "clause gap" if gap else "clause", "id": f"clause-{tied.key}", "data-k": tied.key, "data-near": near},
        element(
            "h4",
            None,
            link(anchors.to_map(tied.key), "tie", "Gap " if gap else "Leg ", bdi(part.name)),
            element("span", {"class": "ends"}, *_ends(tied, ties)),
        ),
        *_own_words(part.clauses, tied),
        element("p", {"class": "said"}, element("code", {"dir": "auto"}, part.said)),
        _leg_facts(part) if isinstance(part, CompiledLeg) else _gap_facts(part),
        *(finding_card(finding, text, anchors) for finding in findings),
    )


def _ends(tied: TiedPart, ties: Ties) -> Iterable[Markup]:
    """From which point to which, each tied to its marker; an end without a place is named, and said to have none."""
    for word, (name, vertex) in zip(("from ", " to "), _named_ends(tied, ties), strict=False):
        yield element("span", None, word)
        if vertex is not None:
            shown = bdi(name or f"vertex {vertex.key[1:]}")
            yield element("span", {"class": "chip", "data-k": vertex.key}, shown)
        elif name:
            yield element("span", None, bdi(name), " (position not known)")
        else:
            yield element("span", None, "a point whose position is not known")


def _named_ends(tied: TiedPart, ties: Ties) -> Iterable[tuple[str, TiedVertex | None]]:
    """The first and the last end of a part: the name, empty where it has none, and the vertex where it has a place."""
    if isinstance(tied.part, Gap):
        by_name = {vertex.name: vertex for vertex in ties.vertices if vertex.name}
        return [(name or "", by_name.get(name or "")) for name in (tied.part.start, tied.part.end)]
    ends = [ties.vertex(key) for key in (tied.vertices[0], tied.vertices[-1])] if tied.vertices else []
    return [(vertex.name if vertex is not None else "", vertex) for vertex in ends]


def _own_words(clauses: tuple[Clause, ...], tied: TiedPart | None) -> Iterable[Markup]:
    """The instrument's words, each in its language and direction; notes after them."""
    for clause in clauses:
        if isinstance(clause, Words):
            where = ", ".join(part for part in (clause.language, clause.article) if part)
            yield element(
                "blockquote",
                {"lang": clause.language, "dir": "auto"},
                element("p", None, *_pieces(clause.text, tied)),
                element("footer", {"dir": "auto", "lang": "en"}, where) if where else None,
            )
        elif isinstance(clause, Note):
            yield element("p", {"class": "note", "dir": "auto"}, clause.text)


def _pieces(words: str, tied: TiedPart | None) -> Iterable[Markup | str]:
    """The words; where the leg is an undefined straight line, "a straight line" is marked as the open word it is."""
    open_words = tied is not None and isinstance(tied.part, CompiledLeg) and tied.part.reading is not None
    for piece, straight in straight_phrases(words):
        yield element("em", {"class": "open-word"}, piece) if straight and open_words else piece


def _leg_facts(leg: CompiledLeg) -> Markup:
    """Kind, length and azimuths of a leg in a line."""
    facts = [kind_text(leg), metres(leg.length_m)]
    if len(leg.lengths_m):
        facts.append(
            f"azimuth {azimuth_dms(float(leg.azimuths_start_deg[0]), 1)} at the start, "
            f"{azimuth_dms(float(leg.azimuths_end_deg[-1]), 1)} at the end"
        )
    if len(leg.lengths_m) > 1:
        facts.append(f"{len(leg.vertices)} vertices")
    reading = leg.reading
    taken = None
    if reading is not None:
        by = f", by {reading.by}" if reading.by else ", by an unnamed author"
        also = f"; other readings kept: {', '.join(reading.also)}" if reading.also else ""
        taken = element(
            "p", {"class": "reading"}, element("b", None, "Reading taken: "), bdi(f"{reading.name}{by}{also}")
        )
    return joined(element("p", {"class": "facts"}, " · ".join(facts)), taken)


def _gap_facts(gap: Gap) -> Markup:
    return element(
        "p", {"class": "facts"}, element("b", None, "Not computed: "), bdi(gap.why.sentence), f" [{gap.why.code}]"
    )


def finding_card(finding: Diagnostic, text: Text, anchors: Anchors) -> Markup:
    """A finding where it arises: what, where with carets, how much, what would settle it."""
    rows = [("Expected", finding.expected), ("What to do", finding.hint), ("What would settle it", finding.settles)]
    return element(
        "div",
        {"class": f"finding is-{finding.severity.value}"},
        element(
            "p",
            {"class": "what"},
            element("span", {"class": "severity"}, SEVERITY_WORDS[finding.severity]),
            " ",
            element("code", None, finding.code),
            " ",
            element("span", {"dir": "auto"}, finding.sentence),
        ),
        excerpt(text, finding, anchors),
        _measures(finding.measures),
        *(element("p", None, element("b", None, f"{name}: "), bdi(words)) for name, words in rows if words),
        *(
            element("p", None, element("b", None, f"Line {label.span.line}: "), bdi(label.text))
            for label in finding.labels
        ),
    )


def _measures(measures: tuple[Measure, ...]) -> Markup | None:
    """What was measured, one entry for each pair of readings; those after the third fold away."""
    if not measures:
        return None
    pairs: dict[tuple[str, str] | None, list[str]] = {}
    for measure in measures:
        pairs.setdefault(measure.between, []).append(measure_text(replace(measure, between=None)))
    entries = [
        element("li", None, joined(bdi(" and ".join(pair)), ": ") if pair else None, ", ".join(values))
        for pair, values in pairs.items()
    ]
    more = entries[_MEASURES_SHOWN:]
    return joined(
        element("ul", {"class": "measures"}, *entries[:_MEASURES_SHOWN]),
        element(
            "details", None, element("summary", None, f"{len(more)} more"), element("ul", {"class": "measures"}, *more)
        )
        if more
        else None,
    )


def _points(ties: Ties, placed: dict[str, tuple[Diagnostic, ...]], text: Text, anchors: Anchors) -> Iterable[Markup]:
    """The points that the description defines, as it defines them."""
    defined = [vertex for vertex in ties.vertices if vertex.key in anchors.clauses]
    if not defined:
        return
    yield element(
        "section",
        {"class": "part"},
        element("h3", None, "Points"),
        element(
            "ol",
            {"class": "clauses points", "data-rove": "points-words"},
            *(_point(vertex, placed.get(vertex.key, ()), text, anchors) for vertex in defined),
        ),
    )


def _point(vertex: TiedVertex, findings: tuple[Diagnostic, ...], text: Text, anchors: Anchors) -> Markup:
    """The card of a point."""
    point = vertex.point
    clauses = point.node.clauses if point is not None and point.node is not None else ()
    said = text.slice(point.span) if point is not None else ""
    others = point.others if point is not None else ()
    return element(
        "li",
        {
            "class": "clause",
            "id": f"clause-{vertex.key}",
            "data-k": vertex.key,
            "data-near": " ".join(vertex.parts) or None,
        },
        element("h4", None, link(anchors.to_map(vertex.key), "tie", "Point ", bdi(vertex.name))),
        *_own_words(clauses, None),
        element("p", {"class": "said"}, element("code", {"dir": "auto"}, said)) if said else None,
        element(
            "p",
            {"class": "facts"},
            f"{dms(vertex.units[1], Axis.LATITUDE, 4)}, {dms(vertex.units[0], Axis.LONGITUDE, 4)} · {vertex.source.value}",
        ),
        *(element("p", {"class": "facts"}, f"{metres(distance)} from ", bdi(what)) for what, distance in others),
        *(finding_card(finding, text, anchors) for finding in findings),
    )


def _by_part(findings: tuple[Diagnostic, ...], ties: Ties) -> dict[str, tuple[Diagnostic, ...]]:
    """Findings by the key of what they are about: the smallest part whose text holds their place."""
    found: dict[str, tuple[Diagnostic, ...]] = {}
    for finding in findings:
        key = key_of(finding, ties)
        if key is not None:
            found[key] = (*found.get(key, ()), finding)
    return found


def key_of(finding: Diagnostic, ties: Ties) -> str | None:
    """The key of the leg, gap or point that a finding is about, None where it is about the whole."""
    for tied in ties.parts:
        if finding.subject == f"leg {tied.part.name} of {tied.section.name}":
            return tied.key
    for vertex in ties.vertices:
        if vertex.name and finding.subject == f"point {vertex.name}":
            return vertex.key
    if finding.span is None:
        return None
    spans = [(tied.part.span, tied.key) for tied in ties.parts] + [
        (vertex.point.span, vertex.key) for vertex in ties.vertices if vertex.point is not None
    ]
    holding = [
        (span, key) for span, key in spans if span is not None and span.line <= finding.span.line <= span.end_line
    ]
    return max(holding, key=lambda pair: pair[0].line)[1] if holding else None
