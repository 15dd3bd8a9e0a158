"""Compiled: is there a way to run along two chains at once and never be further apart than a limit?

H. Alt and M. Godau, Computing the Fréchet distance between two polygonal curves, Int. J. Computational Geometry &
Applications 5 (1995) 75-91. Over the share run of the first chain (columns, one for each of its pieces) and of the second
(cells of a column, one for each of its pieces) the pairs of places within the limit are the free space; in each cell
it is convex. A way exists if the far corner can be reached from the near one through free space without going back, and
what can be reached of a cell's far borders follows from what can be reached of its near ones (lemma 3).

Only cells that can be reached are visited: from one column to the next goes a list of the borders between them that
can be reached, so that memory is that of one column and time that of the reachable cells.
"""

from __future__ import annotations

import numpy as np

from merestone.geodesy.arrays import Floats, Integers
from merestone.geodesy.compiled import compiled
from merestone.geodesy.curved_edge import chord2, chord2_at, foot_at, passes_at

Frontier = tuple[Integers, Floats, bool]
"""The border before a column: cells (k,) that can be reached there, ascending; from where to where in each, (k, 2);
whether the second chain's start answers to the border itself."""

Record = tuple[Integers, Integers, Floats]
"""Cells visited, column by column: where each column begins (columns + 1,), cells (k,), and (k, 4): what can be
reached of the border with the column before, from, to, and of the border with the cell before, from, to."""


@compiled
def free_part(
    vertices: Floats,
    bulges: Floats,
    piece: int,
    places: Floats,
    place: int,
    limit2: float,
    start2: float,
    end2: float,
) -> tuple[float, float]:
    """Give from where to where (shares) a piece lies within the limit of a place; from above to where there is none.

    `start2`, `end2`: the squared chords from the place to both ends of the piece.
    """
    if start2 <= limit2:
        if end2 <= limit2:
            return 0.0, 1.0
        return 0.0, passes_at(vertices, bulges, piece, places, place, limit2, 0.0, 1.0)
    if end2 <= limit2:
        return passes_at(vertices, bulges, piece, places, place, limit2, 1.0, 0.0), 1.0
    foot = foot_at(vertices, bulges, piece, places, place)
    if foot <= 0.0 or foot >= 1.0 or chord2_at(vertices, bulges, piece, foot, places, place) > limit2:
        return 1.0, 0.0
    low = passes_at(vertices, bulges, piece, places, place, limit2, foot, 0.0)
    return low, passes_at(vertices, bulges, piece, places, place, limit2, foot, 1.0)


@compiled
def first_border(first: Floats, second: Floats, second_bulges: Floats, limit2: float) -> Frontier:
    """Give the border before the first column: how far the second chain can be run while the first one waits."""
    count = 0
    while count < len(second_bulges) and chord2(second, count, first, 0) <= limit2:
        count += 1
    parts = np.zeros((count, 2))
    for piece in range(count):
        start2, end2 = chord2(second, piece, first, 0), chord2(second, piece + 1, first, 0)
        parts[piece, 1] = free_part(second, second_bulges, piece, first, 0, limit2, start2, end2)[1]
    return np.arange(count), parts, count > 0


@compiled
def swept(  # noqa: C901, PLR0915 (one published algorithm, whole)
    first: Floats,
    first_bulges: Floats,
    second: Floats,
    second_bulges: Floats,
    limit2: float,
    columns: tuple[int, int],
    frontier: Frontier,
    room: int,
) -> tuple[Frontier, int, Record]:
    """Give the border after some columns from the border before them, how many cells were visited, and their record.

    The border is empty and shut where nothing can be reached. As many cells are recorded as there is room for: none
    for a room of 0.
    """
    start_open = frontier[2]
    count, rows = len(frontier[0]), len(second_bulges)
    # Room for every cell of a column: what is not reached is not touched, and so takes no memory.
    cells, parts = np.empty(rows, np.int64), np.empty((rows, 2))
    cells[:count], parts[:count] = frontier[0], frontier[1]
    next_cells, next_parts = np.empty(rows, np.int64), np.empty((rows, 2))
    begins = np.zeros(columns[1] - columns[0] + 1, np.int64)
    seen_cells, seen = np.empty(room, np.int64), np.empty((room, 4))
    visited = 0
    for column in range(columns[0], columns[1]):
        begins[column - columns[0]] = visited
        below_low, below_high = 1.0, 0.0
        if start_open:
            start2, end2 = chord2(first, column, second, 0), chord2(first, column + 1, second, 0)
            low, high = free_part(first, first_bulges, column, second, 0, limit2, start2, end2)
            if low == 0.0:
                below_low, below_high = low, high
            start_open = below_low == 0.0 and below_high == 1.0
        taken, given, cell = 0, 0, 0
        known, near2 = -1, 0.0
        while cell < rows:
            before_low, before_high = 1.0, 0.0
            if taken < count and cells[taken] == cell:
                before_low, before_high = parts[taken, 0], parts[taken, 1]
                taken += 1
            from_before, from_below = before_low <= before_high, below_low <= below_high
            if not (from_before or from_below):
                if taken == count:
                    break
                cell = cells[taken]
                continue
            if visited < room:
                seen_cells[visited] = cell
                seen[visited, 0], seen[visited, 1] = before_low, before_high
                seen[visited, 2], seen[visited, 3] = below_low, below_high
            visited += 1
            # The squared chords of three corners: of the fourth nothing is asked.
            if known != cell:
                near2 = chord2(first, column + 1, second, cell)
            far2, known = chord2(first, column + 1, second, cell + 1), cell + 1
            low, high = free_part(second, second_bulges, cell, first, column + 1, limit2, near2, far2)
            near2 = far2
            if not from_below:
                low = max(low, before_low)
            if low <= high:
                next_cells[given], next_parts[given, 0], next_parts[given, 1] = cell, low, high
                given += 1
            cell += 1
            if cell < rows:
                start2 = chord2(first, column, second, cell)
                low, high = free_part(first, first_bulges, column, second, cell, limit2, start2, far2)
                if not from_before:
                    low = max(low, below_low)
                below_low, below_high = low, high
        cells, next_cells = next_cells, cells
        parts, next_parts = next_parts, parts
        count = given
        if count == 0 and not start_open:
            break
    begins[-1] = visited
    reached = (cells[:count].copy(), parts[:count].copy(), start_open)
    return reached, visited, (begins, seen_cells, seen)


@compiled
def traced(
    first: Floats,
    first_bulges: Floats,
    second: Floats,
    second_bulges: Floats,
    columns: tuple[int, int],
    record: Record,
    leaving: tuple[int, int, float, float],
) -> tuple[Floats, tuple[int, int, float, float]]:
    """Give a way back from a place on the far border of a cell to the border before the columns, and where it ends.

    The place: column, cell, shares of both pieces. The way, (k, 2), holds where it passes from cell to cell, last
    first: of the two borders by which a cell can be entered, it takes the one where the chains come nearer to one
    another, at the foot or as near to it as can be reached.
    """
    begins, cells, parts = record
    column, cell, s, t = leaving
    # A way passes no more borders than there are columns and, going down, cells.
    way, count = np.empty((columns[1] - columns[0] + cell + 1, 2)), 0
    while column >= columns[0]:
        begin, end = begins[column - columns[0]], begins[column - columns[0] + 1]
        at = begin + np.searchsorted(cells[begin:end], cell)
        before_low, before_high = parts[at, 0], min(parts[at, 1], t)
        below_low, below_high = parts[at, 2], min(parts[at, 3], s)
        before2, below2 = np.inf, np.inf
        if before_low <= before_high:
            t = min(before_high, max(before_low, foot_at(second, second_bulges, cell, first, column)))
            before2 = chord2_at(second, second_bulges, cell, t, first, column)
        if below_low <= below_high:
            s = min(below_high, max(below_low, foot_at(first, first_bulges, column, second, cell)))
            below2 = chord2_at(first, first_bulges, column, s, second, cell)
        if before2 <= below2:
            way[count, 0], way[count, 1] = column, cell + t
            column, s = column - 1, 1.0
        else:
            way[count, 0], way[count, 1] = column + s, cell
            if cell == 0:
                count += 1
                break
            cell, t = cell - 1, 1.0
        count += 1
    return way[:count].copy(), (column, cell, s, t)
