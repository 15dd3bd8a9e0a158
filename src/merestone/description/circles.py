"""The order in which a graph of what needs what can be worked through, and the circles that cannot."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

Node = TypeVar("Node", bound=Hashable)


def circles(needs: Mapping[Node, Sequence[Node]]) -> Iterator[tuple[Node, ...]]:
    """Circles of the graph: every circle has at least one node in one of those given; no node closes two of them.

    Depth-first with an explicit stack (a hostile text may nest a hundred thousand deep), in the order of the mapping.
    """
    done: set[Node] = set()
    given: set[Node] = set()
    for root in needs:
        if root in done:
            continue
        path: list[Node] = [root]
        place = {root: 0}
        pending = [iter(needs[root])]
        while pending:
            following = next(pending[-1], None)
            if following is None:
                pending.pop()
                leaving = path.pop()
                del place[leaving]
                done.add(leaving)
            elif following in place:
                if path[-1] not in given:
                    circle = tuple(path[place[following] :])
                    given.update(circle)
                    yield circle
            elif following not in done and following in needs:
                place[following] = len(path)
                path.append(following)
                pending.append(iter(needs[following]))


def needed_first(roots: Iterable[Node], needs: Mapping[Node, Sequence[Node]]) -> Iterator[Node]:
    """The roots and all that they need, each once and after what it needs (where it is in no circle)."""
    seen: set[Node] = set()
    for root in roots:
        if root in seen:
            continue
        seen.add(root)
        path: list[Node] = [root]
        pending = [iter(needs.get(root, ()))]
        while pending:
            following = next(pending[-1], None)
            if following is None:
                pending.pop()
                yield path.pop()
            elif following not in seen:
                seen.add(following)
                path.append(following)
                pending.append(iter(needs.get(following, ())))
