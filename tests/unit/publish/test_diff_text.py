"""The difference of two descriptions as rows of text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from merestone.compare.texts.displacement import Displacement
from merestone.compare.texts.leg_shifts import Land, LegShift, Shift
from merestone.publish.diff_text import Piece, Tone, folded_pieces, plain_text
from merestone.publish.shift_words import leg_sentence
from merestone.publish.text import width


@given(st.lists(st.tuples(st.text("ab ", max_size=9), st.sampled_from(Tone)), max_size=12), st.integers(40, 80))
def test_folded_pieces_lose_no_word(pieces: list[tuple[str, Tone]], columns: int) -> None:
    """Folding keeps every letter in order, and no row is wider than asked for."""
    rows = list(folded_pieces([Piece(*each) for each in pieces], columns, "  "))
    joined = "".join(text for text, _ in pieces)
    assert "".join(plain_text(rows).split()) == "".join(joined.split())
    assert all(width("".join(piece.text for piece in row).rstrip()) <= columns for row in rows)


def test_the_sentence_of_a_leg() -> None:
    """A leg is told by how far, which way, over what length, and how much land goes to whom."""
    moved = Displacement(
        12.0, (44.0, 40.0), (44.0001, 40.0), 90.0, 6.0, (3400.0, 3399.0), 20_000.0, 400.0, turned=False
    )
    shift = Shift(moved, (Land(20_000.0, "AZE", "ARM"), Land(400.0, "ARM", "AZE")), (3400.0, 3400.0))
    leg = LegShift(("Main", "7"), ("Main", "7"), ("geodesic", "geodesic"), shift, ())
    said = "leg 7 of Main moved up to 12.0 m east over 3.40 km, 0.020 km² to ARM from AZE, 400 m² to AZE from ARM"
    assert leg_sentence(leg, 0.001) == said


def test_land_that_nobody_is_named_for_changes_sides() -> None:
    """Where the descriptions name no sides, land changes sides and goes to nobody."""
    moved = Displacement(12.0, (44.0, 40.0), (44.0001, 40.0), 0.0, 6.0, (3400.0, 3399.0), 20_000.0, 0.0, turned=True)
    shift = Shift(moved, (Land(20_000.0, None, None),), (3400.0, 3400.0))
    leg = LegShift(("Main", "7"), ("North", "8"), ("geodesic", "loxodrome"), shift, ())
    assert leg_sentence(leg, 0.001) == (
        "leg 8 of North (was leg 7 of Main) moved up to 12.0 m north over 3.40 km, 0.020 km² change sides; "
        "geodesic became loxodrome; runs in the opposite direction"
    )
