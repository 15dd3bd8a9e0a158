"""A graph of what needs what: its circles, and how deep it goes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence


def circles(needs: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, ...]]:
    """Circles of the graph, each once: every node that can reach itself is in at least one of those given.

    Depth-first with an explicit stack (a hostile text may nest a hundred thousand deep), in the order of the mapping.
    """
    done: set[str] = set()
    for root in needs:
        if root in done:
            continue
        path: list[str] = [root]
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
                yield tuple(path[place[following] :])
            elif following not in done and following in needs:
                place[following] = len(path)
                path.append(following)
                pending.append(iter(needs[following]))


def stepping_stones(needs: Mapping[str, Sequence[str]], every: int) -> Iterator[str]:
    """The nodes that have a multiple of `every` levels of needs below them, what is needed first.

    Whoever computes them in this order, and whatever is needed on the way, never goes deeper than `every` levels.
    Nodes in a circle have no depth: what closes it is passed over.
    """
    depth: dict[str, int] = {}
    for root in needs:
        pending = [root] if root not in depth else []
        while pending:
            node = pending[-1]
            below = [each for each in needs[node] if each in needs]
            if node not in depth:
                depth[node] = 0
                pending += [each for each in below if each not in depth]
                continue
            pending.pop()
            deeper = 1 + max((depth[each] for each in below), default=0)
            if deeper > depth[node]:
                depth[node] = deeper
                if deeper % every == 0:
                    yield node
