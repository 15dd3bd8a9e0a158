"""The order of a graph of needs, and its circles."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from merestone.description.circles import circles, needed_first

graphs = st.dictionaries(st.integers(0, 9), st.lists(st.integers(0, 9), max_size=4), max_size=10)


def reachable(needs: dict[int, list[int]], start: int) -> set[int]:
    """Every node that a node needs, however far off."""
    found: set[int] = set()
    waiting = [each for each in needs.get(start, []) if each in needs]
    while waiting:
        here = waiting.pop()
        if here not in found:
            found.add(here)
            waiting += [each for each in needs[here] if each in needs]
    return found


@given(graphs)
def test_what_is_given_are_circles(needs: dict[int, list[int]]) -> None:
    """Each node of a circle needs the next, and the last the first."""
    for circle in circles(needs):
        for one, other in zip(circle, (*circle[1:], circle[0]), strict=True):
            assert other in needs[one]


@given(graphs)
def test_no_circle_is_missed(needs: dict[int, list[int]]) -> None:
    """Without the nodes that are given nothing reaches itself any more."""
    given_nodes = {node for circle in circles(needs) for node in circle}
    rest = {
        node: [each for each in found if each not in given_nodes]
        for node, found in needs.items()
        if node not in given_nodes
    }
    assert not any(node in reachable(rest, node) for node in rest)


@given(graphs)
def test_what_is_needed_comes_first(needs: dict[int, list[int]]) -> None:
    """Every node is given once, after all that it needs, unless they need each other."""
    order = list(needed_first(needs, needs))
    assert len(order) == len(set(order))
    assert set(needs) <= set(order)
    place = {node: n for n, node in enumerate(order)}
    for node, found in needs.items():
        for each in found:
            assert place[each] < place[node] or node in reachable(needs, each) or node == each


def test_a_chain_of_a_hundred_thousand() -> None:
    """Depth is no matter."""
    needs = {n: [n + 1] for n in range(100_000)}
    assert next(needed_first([0], needs)) == 100_000
    assert list(circles(needs)) == []
