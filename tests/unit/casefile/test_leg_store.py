"""The store of drawn legs: what it changes (nothing but time), what its keys hold, and what may go wrong with it."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from fakes.descriptions import FRAME, HEAD, SQUARE, no_files, result_of, section
from merestone.casefile.exporting import content
from merestone.casefile.leg_store import SqliteStore
from merestone.casefile.outcome import DelimitOptions
from merestone.casefile.pipeline import Pipeline, Result
from merestone.delimit.drawn import Drawn, LegGeometry, Setting
from merestone.delimit.legs import LEG_GEOMETRY
from merestone.delimit.store import LegStore, MemoryStore, from_value
from merestone.publish.formats import FORMATS

WORDS = "reading of «the Tropic»: parallel 10°30'37\" N by «the parties»\nreading of straight lines: geodesic by «the parties»\n"
BODY = (
    WORDS
    + SQUARE
    + "point E at 10°40' N 21°40' E\n"
    + section(
        "leg 1 straight to B",
        "leg 2 geodesic to C",
        "leg 3 loxodrome to D",
        "leg 4 meridian southward until it meets parallel «the Tropic»",
        "leg 5 parallel eastward for 10 km",
        "leg 6 geodesic at azimuth 90° until it meets leg 2",
    )
)


@dataclass
class Counting:
    """A table of geometry that counts which legs are drawn. Trials do not count: while a leg is drawn, those that it rests on
    are drawn with each print moved, to see how far the print leaves its end open."""

    drawn: list[str] = field(default_factory=list)
    within: int = 0

    def table(self) -> Mapping[type, LegGeometry]:
        """Every kind, drawn as ever and counted."""

        def counted(draw: LegGeometry) -> LegGeometry:
            def drawing(node: Any, setting: Setting) -> Drawn:
                if not self.within:
                    self.drawn.append(setting.subject.split()[1])
                self.within += 1
                try:
                    return draw(node, setting)
                finally:
                    self.within -= 1

            return drawing

        return {kind: counted(draw) for kind, draw in LEG_GEOMETRY.items()}


def drawn_again(before: str, after: str, frames: tuple[str, str] = (FRAME, FRAME)) -> list[str]:
    """Which legs of the second text are drawn when the first was compiled with the same store."""
    store, count = MemoryStore(), Counting()
    Pipeline(no_files, store, geometry=count.table()).run(HEAD + frames[0] + before, checked=False)
    count.drawn.clear()
    Pipeline(no_files, store, geometry=count.table()).run(HEAD + frames[1] + after, checked=False)
    return sorted(count.drawn)


def changed(old: str, new: str) -> str:
    """The body with one thing changed."""
    assert old in BODY
    return BODY.replace(old, new)


def test_the_same_text_draws_nothing_again() -> None:
    """All kinds of this body are kept."""
    assert drawn_again(BODY, BODY) == []


@pytest.mark.parametrize(
    "after",
    [
        "\n\n# a remark\n" + BODY,
        BODY.replace("point E", "# a remark\npoint E"),
        BODY.replace("10°40'", "10°41'"),
        BODY + section("leg 1 geodesic to C", name="T"),
    ],
    ids=["lines before", "a comment", "a point that no leg runs to", "a new section"],
)
def test_what_a_leg_does_not_rest_on(after: str) -> None:
    """A comment, moved lines, another point: only what is new is drawn."""
    assert set(drawn_again(BODY, after)) <= {"1"}
    assert len(drawn_again(BODY, after)) == (1 if "section T" in after else 0)


@pytest.mark.parametrize(
    ("old", "new", "legs"),
    [
        ("point C at 11°00'00\" N 21°00'00\" E", "point C at 11°00'00.1\" N 21°00'00\" E", ["2", "3", "6"]),
        ("10°30'37\"", "10°30'38\"", ["4", "5", "6"]),
        ("lines: geodesic", "lines: loxodrome", ["1"]),
        ("leg 5 parallel eastward for 10 km", "leg 5 parallel eastward for 11 km", ["5", "6"]),
    ],
    ids=["a digit of a point", "the Tropic", "the reading", "a distance"],
)
def test_what_a_leg_rests_on(old: str, new: str, legs: list[str]) -> None:
    """A digit of a point, a reading, a leg referred to: at least the legs that rest on them are drawn again."""
    again = drawn_again(BODY, changed(old, new))
    assert set(legs) <= set(again)
    if "lines:" not in old:
        assert again == legs


def test_another_frame_draws_everything_again() -> None:
    """Even where the legs are computed in one frame: the points come to lie elsewhere in it."""
    body = "legs in WGS 84\n" + BODY
    assert drawn_again(body, body, ("frame NAD27\n".replace("NAD27", "ED50"), "frame WGS 84\n")) == list("123456")


def test_a_point_between_the_two_that_a_chain_names() -> None:
    """A leg that meets a chain `A to D` is drawn again when a point between A and D changes."""
    body = SQUARE + "point Z at 10°30' N 20°00' E\n"
    body += section("legs 1 geodesic through A to D", name="T")
    body += section("leg 1 geodesic at azimuth 80° until it meets leg 1 of T", start="Z", name="U")
    moved = body.replace("point C at 11°00'00\" N 21°00'00\" E", "point C at 11°00'00\" N 21°10'00\" E")
    assert drawn_again(body, moved) == ["1"]
    plain, kept = MemoryStore(), MemoryStore()
    result_of(body, store=kept)
    fresh, cached = result_of(moved, store=plain), result_of(moved, store=kept)
    assert fresh.line.legs[1].vertices.tolist() == cached.line.legs[1].vertices.tolist()


def test_a_leg_may_refer_to_another_of_its_own_section() -> None:
    """`leg 6 ... until it meets leg 2 of S` inside S depends on leg 2 alone and has a key."""
    body = BODY.replace("until it meets leg 2", "until it meets leg 2 of S")
    assert drawn_again(body, body) == []


def all_bytes(result: Result) -> dict[str, bytes]:
    """Every format of a result."""
    source = Path("test.boundary")
    return {
        kind.name: content(
            result,
            source,
            kind,
            DelimitOptions(crs="EPSG:32634" if kind.plane else None),
            source.with_suffix(kind.extension),
        )
        for kind in FORMATS
    }


def test_cached_and_fresh_outputs_are_identical(tmp_path: Path) -> None:
    """In every format, without a store, with an empty one, and with a full one."""
    body = BODY + section("leg 1 geodesic to C", "leg 2 straight on EPSG:32634 to D", name="T")
    without = all_bytes(result_of(body, checked=True))
    for _ in range(2):
        with SqliteStore(tmp_path / "legs.sqlite") as store:
            assert all_bytes(result_of(body, checked=True, store=store)) == without


# ---- what may go wrong ------------------------------------------------------------------------------------------


def compiled_with(path: Path) -> list[list[int]]:
    """The vertices of the body compiled with a store in this file."""
    with SqliteStore(path) as store:
        return [leg.vertices.tolist() for leg in result_of(BODY, store=store).line.legs]


def expected() -> list[list[int]]:
    """The vertices of the body compiled without a store."""
    return [leg.vertices.tolist() for leg in result_of(BODY).line.legs]


@pytest.mark.parametrize("damage", [b"", b"no database at all, but long enough to be looked at" * 50])
def test_a_file_that_is_no_database(tmp_path: Path, damage: bytes) -> None:
    """It is replaced, and serves again afterwards."""
    path = tmp_path / "legs.sqlite"
    path.write_bytes(damage)
    assert compiled_with(path) == expected()
    assert compiled_with(path) == expected()
    assert sqlite3.connect(path).execute("SELECT count(*) FROM legs").fetchone()[0] >= 6


def test_a_database_damaged_in_the_middle(tmp_path: Path) -> None:
    """Pages overwritten with rubbish are never taken for legs."""
    path = tmp_path / "legs.sqlite"
    compiled_with(path)
    data = bytearray(path.read_bytes())
    for place in range(2000, len(data), 97):
        data[place] ^= 0x5A
    path.write_bytes(bytes(data))
    assert compiled_with(path) == expected()


def test_a_table_of_another_layout(tmp_path: Path) -> None:
    """A file that an other program laid out is answered by computing afresh."""
    path = tmp_path / "legs.sqlite"
    database = sqlite3.connect(path)
    database.execute("CREATE TABLE legs (id INTEGER, what BLOB)")
    database.commit()
    database.close()
    assert compiled_with(path) == expected()


def test_values_that_were_changed(tmp_path: Path) -> None:
    """A value that is not, bit for bit, what was put is not taken: neither another leg's nor one digit off."""
    path = tmp_path / "legs.sqlite"
    compiled_with(path)
    database = sqlite3.connect(path)
    rows = database.execute("SELECT key, value FROM legs").fetchall()
    for (key, _), (_, other) in zip(rows, rows[1:] + rows[:1], strict=True):
        database.execute("UPDATE legs SET value = ? WHERE key = ?", (other, key))
    database.commit()
    database.close()
    assert compiled_with(path) == expected()


@pytest.mark.parametrize(
    "value",
    [
        "",
        "[]",
        "null",
        "{}",
        '{"layout": 2}',
        "[" * 100_000,
        '{"layout": 2, "line": {"kind": "Geodesic", "values": 3}}',
    ],
)
def test_rubbish_is_no_value(value: str) -> None:
    """It is answered with nothing, and never with an exception."""
    assert from_value(value, "key") is None


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    """Without a file everything is computed."""
    assert compiled_with(tmp_path / "nowhere" / "legs.sqlite") == expected()


def test_two_writers_at_once(tmp_path: Path) -> None:
    """Each computes what the other has not written yet, and both close in peace."""
    path = tmp_path / "legs.sqlite"
    with SqliteStore(path) as one, SqliteStore(path) as other:
        first: LegStore = one
        assert [leg.vertices.tolist() for leg in result_of(BODY, store=first).line.legs] == expected()
        assert [leg.vertices.tolist() for leg in result_of(BODY, store=other).line.legs] == expected()


def test_a_writer_that_holds_the_file(tmp_path: Path) -> None:
    """A store that cannot write because another holds the file closes without an error."""
    path = tmp_path / "legs.sqlite"
    compiled_with(path)
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    try:
        with SqliteStore(path) as store:
            store.put("key", "value")
    finally:
        holder.execute("ROLLBACK")
        holder.close()
    with SqliteStore(path) as store:
        assert store.get("key") is None


def test_another_decimal_sign_draws_anew() -> None:
    """The same words under another declared decimal sign are another length: nothing kept is taken for it."""
    body = SQUARE + section("leg 1 geodesic at azimuth 90° for 1,200 km")
    assert drawn_again("decimal sign point\n" + body, "decimal sign point\n" + body) == []
    assert drawn_again("decimal sign point\n" + body, "decimal sign comma\n" + body) == ["1"]
