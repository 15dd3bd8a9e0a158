"""What the definition of each point and each leg needs: the graph that fixes the order of computation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from merestone.description import references
from merestone.description.named_lines import Construction, FeatureBinding
from merestone.description.references import Referent
from merestone.description.resolved import Need, ResolvedLeg
from merestone.description.tree import LegChain, Name, OnLeg, Point, Section


class Needs:
    """The graph of a description: points by name, legs by section and name, and what each of them needs."""

    def __init__(
        self,
        points: Mapping[str, Point],
        legs: Mapping[tuple[str, str], ResolvedLeg],
        constructions: Mapping[str, Construction],
        features: Mapping[str, FeatureBinding],
    ) -> None:
        self._points = points
        self._legs = legs
        self._constructions = constructions
        self._features = features
        self._by_name: dict[str, list[ResolvedLeg]] = {}
        self._of_section: dict[str, list[Need]] = {}
        self._order = {name: place for place, name in enumerate(points)}
        self._names = list(points)
        for leg in legs.values():
            self._by_name.setdefault(leg.name, []).append(leg)
            self._of_section.setdefault(leg.section.name.text, []).append(need_of(leg))

    def all(self) -> dict[Need, Sequence[Need]]:
        """Everything that is defined, in the order of the text, points before legs, with what it needs."""
        graph: dict[Need, Sequence[Need]] = {}
        for name, point in self._points.items():
            found = (each for definition in point.definitions for each in references.of_definition(definition))
            graph["point", name] = self._needed(found, None)
        for name, construction in self._constructions.items():
            graph["construction", name] = self._needed(references.of_line(construction.line), None)
        for name, feature in self._features.items():
            graph["feature", name] = self._needed(references.of_line(feature.line), None)
        before: ResolvedLeg | None = None
        for leg in self._legs.values():
            is_next = before is not None and before.section is leg.section
            graph[need_of(leg)] = self._of_leg(leg, before if is_next else None)
            before = leg
        return graph

    def _of_leg(self, leg: ResolvedLeg, before: ResolvedLeg | None) -> list[Need]:
        needs = self._needed(references.of_leg(leg.node), leg.section)
        if leg.start is not None:
            needs += self._point(leg.start)
        elif before is not None:
            needs.append(need_of(before))
        if isinstance(leg.node, LegChain) and leg.node.up_to is not None:
            needs += self._between(leg.node.points[0], leg.node.up_to)
        return needs

    def _needed(self, found: Iterable[references.Reference_], here: Section | None) -> list[Need]:
        needs: list[Need] = []
        for referent, name, on_leg in found:
            if referent is Referent.POINT:
                needs += self._point(name)
            elif referent is Referent.SECTION and on_leg is None:
                needs += self._of_section.get(name.text, ())
            elif referent in (Referent.LINE, Referent.CIRCLE) and name.text in self._constructions:
                needs.append(("construction", name.text))
            elif referent is Referent.FEATURE and name.text in self._features:
                needs.append(("feature", name.text))
            elif on_leg is not None and (target := find_leg(self._legs, self._by_name, on_leg, here)) is not None:
                needs.append(need_of(target))
        return needs

    def _point(self, name: Name) -> list[Need]:
        return [("point", name.text)] if name.text in self._points else []

    def _between(self, first: Name, last: Name) -> list[Need]:
        """The points that `first to last` means, those of the head (rows of tables need nothing)."""
        if first.text not in self._order or last.text not in self._order:
            return []
        return [("point", name) for name in self._names[self._order[first.text] : self._order[last.text] + 1]]


def need_of(leg: ResolvedLeg) -> Need:
    """The node of a leg."""
    return "leg", leg.section.name.text, leg.name


def find_leg(
    legs: Mapping[tuple[str, str], ResolvedLeg],
    by_name: Mapping[str, list[ResolvedLeg]],
    leg: OnLeg,
    here: Section | None,
) -> ResolvedLeg | None:
    """The leg that a reference means: in the section it names, else in this one, else the only one of that name."""
    if leg.section is not None:
        return legs.get((leg.section.text, leg.leg.text))
    if here is not None and (here.name.text, leg.leg.text) in legs:
        return legs[(here.name.text, leg.leg.text)]
    candidates = by_name.get(leg.leg.text, [])
    return candidates[0] if len(candidates) == 1 else None
