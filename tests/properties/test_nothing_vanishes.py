"""Between two statements of a section nothing vanishes: every stretch is drawn, or it is a gap, or a finding names it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from fakes.descriptions import FRAME, HEAD, no_files
from merestone.casefile.pipeline import Pipeline, Result
from merestone.delimit.boundary_line import CompiledLeg, CompiledSection

POINTS = """point P0 at 10° N 20° E
point P1 at 11° N 21° E
point P2 at 12° N 20°30' E
point P3 at 13° N 22° E
point Q2 at 12° N 20°30' E
point U at mouth of «Rio»
table points T columns name, latitude, longitude
  T0 | 14° N | 20° E
  T1 | 15° N | 23° E
"""
PLACED = ("P0", "P1", "P2", "P3", "Q2", "T0", "T1")
ANY = (*PLACED, "U")
PLACE = {name: name for name in PLACED} | {"Q2": "P2"}

Stretch = tuple[str, str | None, str | None]
"""`drawn` or `gap`, and its two ends: a name, "" for a place without one, None for a place that is not known."""

points = st.sampled_from(ANY)
statements = st.one_of(
    st.tuples(st.sampled_from(("from", "then from", "leg", "road", "wrong")), points.map(lambda name: (name,))),
    st.tuples(st.just("through"), st.lists(points, min_size=2, max_size=3).map(tuple)),
    st.sampled_from((("open", ()), ("for", ()), ("lost", ()), ("table", ("T0", "T1")), ("row", ("P3",)))),
    st.sampled_from((("to", ("P0", "P1", "P2")), ("to", ("P2", "P3", "Q2")), ("rows", ("P1", "P3")))),
)
sections = st.lists(statements, min_size=1, max_size=7)


def words(statement: tuple[str, tuple[str, ...]]) -> str:
    """A statement of a section as it is written."""
    what, names = statement
    first = names[0] if names else ""
    return {
        "from": f"from {first}",
        "then from": f"then from {first}",
        "leg": f"leg geodesic to {first}",
        "road": f"leg along road «N 7» to {first}",
        "wrong": f"leg by whatever to {first}",
        "open": "leg along road «N 7» open",
        "for": "leg geodesic at azimuth 33° for 10 km",
        "lost": "from , P1",
        "through": f"legs geodesic through {', '.join(names)}",
        "table": "legs geodesic through T",
        "to": f"legs geodesic through {first} to {names[-1] if names else ''}",
        "row": "table legs columns kind, to\n    geodesic | P3",
        "rows": "table legs columns kind, to\n    geodesic | P1\n    geodesic | P3",
    }[what]


@dataclass
class Walk:
    """What a section must come to, statement by statement, worked out without the compiler.

    `stands`: where the line stands: a name, "" for a place without one, None where that is not known, `nowhere` before
    anything is said.
    """

    stands: str | None = "nowhere"
    stretches: list[Stretch] = field(default_factory=list)
    jumps: int = 0
    idle: int = 0
    waiting: str | None = None
    ended: str | None = "nowhere"

    def take(self, statement: tuple[str, tuple[str, ...]]) -> None:
        """One statement more."""
        what, names = statement
        if what in ("from", "then from"):
            self.idle += self.waiting is not None
            self.waiting = self.stands = names[0]
            return
        before = self.ended
        if what in ("through", "table", "to"):
            found = list(self._chain(names))
        elif what == "rows":
            found = [self._leg(names[0], drawn=True)]
            self.stands = names[0]
            found.append(self._leg(names[1], drawn=True))
        else:
            found = [self._single(what, names)]
        if self.waiting is not None and before not in ("nowhere", None, "U"):
            self.jumps += PLACE.get(before, before) != PLACE.get(self.waiting, self.waiting)
        self.waiting = None
        self.stretches += found
        self.stands = self.ended = found[-1][2]

    def _single(self, what: str, names: tuple[str, ...]) -> Stretch:
        if what in ("leg", "row"):
            return self._leg(names[0], drawn=True)
        if what in ("road", "wrong"):
            return self._leg(names[0], drawn=False)
        if what == "for" and self._placed():
            return ("drawn", self.stands, "")
        return ("gap", self._start(), None)

    def _leg(self, end: str, *, drawn: bool) -> Stretch:
        possible = drawn and self._placed() and end in PLACE and PLACE.get(self.stands or "") != PLACE[end]
        return ("drawn", self.stands, end) if possible else ("gap", self._start(), end)

    def _chain(self, names: tuple[str, ...]) -> Iterator[Stretch]:
        joined = self.stands != "nowhere" and PLACE.get(self.stands or "?", self.stands) != PLACE.get(
            names[0], names[0]
        )
        if "U" in names:
            yield ("gap", names[0] if self.stands == "nowhere" and names != ("T0", "T1") else self._start(), names[-1])
            return
        if joined and not self._placed():
            yield ("gap", self._start(), names[0])
            joined = False
        yield from (("drawn", one, other) for one, other in pairwise([self.stands, *names] if joined else names))

    def _placed(self) -> bool:
        return self.stands == "" or self.stands in PLACE

    def _start(self) -> str | None:
        return None if self.stands in ("nowhere", "") else self.stands


def stretches(section: CompiledSection) -> Iterator[Stretch]:
    """Every stretch of a compiled section in order."""
    for part in section.parts:
        if isinstance(part, CompiledLeg):
            yield from (("drawn", one, other) for one, other in pairwise(part.vertex_names))
        else:
            yield ("gap", part.start, part.end)


def compiled(said: list[tuple[str, tuple[str, ...]]]) -> Result:
    """The section of these statements, taken the whole way."""
    body = "".join(f"  {words(each)}\n" for each in said)
    return Pipeline(no_files).run(f"{HEAD}{FRAME}{POINTS}section S\n{body}")


@settings(max_examples=150)
@given(sections)
def test_what_is_drawn_and_what_is_reported_cover_every_pair(said: list[tuple[str, tuple[str, ...]]]) -> None:
    """The drawn pieces and the gaps are exactly the stretches that the words name, jumps are G502, idle starts R412."""
    result = compiled(said)
    walk = Walk()
    for each in said:
        walk.take(each)
    idle = walk.idle + (walk.waiting is not None)
    assert list(stretches(result.line.sections[0])) == walk.stretches
    assert sum(each.code == "G502" for each in result.findings) == walk.jumps
    assert sum(each.code == "R412" for each in result.findings) == idle


@settings(max_examples=60)
@given(st.lists(st.sampled_from(("P0", "P1", "P2", "P3", "T0", "T1")), min_size=2, max_size=5, unique=True))
def test_a_chain_is_its_legs_one_by_one(names: list[str]) -> None:
    """A chain from a start and the same legs written singly are one line, to the last unit."""
    start, *rest = names
    chain = compiled([("from", (start,)), ("through", tuple(rest))]) if len(rest) > 1 else None
    single = compiled([("from", (start,)), *(("leg", (name,)) for name in rest)])
    if chain is not None:
        (leg,) = chain.line.legs
        vertices = [
            single.line.legs[0].vertices[0].tolist(),
            *(each.vertices[-1].tolist() for each in single.line.legs),
        ]
        assert leg.vertices.tolist() == vertices
        assert abs(leg.length_m - single.line.length_m) < 1e-6 * len(rest)
