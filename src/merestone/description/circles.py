"""The circles in a graph of what needs what."""

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
