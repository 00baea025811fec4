"""Boxes moved apart until none overlaps another: each pair along the shorter way, by half of it each.

Nearness is found on a grid of cells as large as the largest box.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy.typing as npt

    Point = tuple[float, float]
    Box = tuple[float, float]
    """Width and height."""
    Coordinates = npt.NDArray[np.float64]
    Places = npt.NDArray[np.intp]

ROUNDS = 80
TOUCH = 0.5
"""Pixels that boxes may overlap."""
CROWD = 600
"""More boxes than this are all moved at once, which is many times faster and seldom comes to an end ..."""
PUSHES = 200_000
"""... so boxes times rounds are bounded: some shapes may touch, where no name could be read anyway."""
BLOCK = 1_000
"""Boxes whose neighbours are looked at together: few enough for the processor's cache."""


def push_apart(points: Sequence[Point], boxes: Sequence[Box]) -> list[Point]:
    """Centres near `points` for boxes of these sizes, which do not overlap where there are few."""
    return _one_by_one(points, boxes) if len(points) <= CROWD else _all_at_once(points, boxes)


def _one_by_one(points: Sequence[Point], boxes: Sequence[Box]) -> list[Point]:
    xs, ys = [point[0] for point in points], [point[1] for point in points]
    cell_width, cell_height = max(box[0] for box in boxes), max(box[1] for box in boxes)
    for _ in range(ROUNDS):
        moved = False
        for first, second in _near_pairs(xs, ys, cell_width, cell_height):
            dx, dy = xs[second] - xs[first], ys[second] - ys[first]
            over_x = (boxes[first][0] + boxes[second][0]) / 2 - abs(dx)
            over_y = (boxes[first][1] + boxes[second][1]) / 2 - abs(dy)
            if over_x <= TOUCH or over_y <= TOUCH:
                continue
            moved = True
            if over_x < over_y:
                shift = math.copysign(over_x / 2, dx)
                xs[first], xs[second] = xs[first] - shift, xs[second] + shift
            else:
                shift = math.copysign(over_y / 2, dy)
                ys[first], ys[second] = ys[first] - shift, ys[second] + shift
        if not moved:
            break
    return list(zip(xs, ys, strict=True))


def _near_pairs(xs: list[float], ys: list[float], width: float, height: float) -> list[tuple[int, int]]:
    cells: dict[tuple[int, int], list[int]] = {}
    for node, (x, y) in enumerate(zip(xs, ys, strict=True)):
        cells.setdefault((math.floor(x / width), math.floor(y / height)), []).append(node)
    pairs: list[tuple[int, int]] = []
    for (column, row), nodes in cells.items():
        pairs += [(node, other) for index, node in enumerate(nodes) for other in nodes[index + 1 :]]
        for right, down in ((0, 1), (1, -1), (1, 0), (1, 1)):
            others = cells.get((column + right, row + down), ())
            pairs += [(node, other) for node in nodes for other in others]
    return pairs


def _all_at_once(points: Sequence[Point], boxes: Sequence[Box]) -> list[Point]:
    xs, ys = np.array(points).T.copy()
    widths, heights = np.array(boxes).T.copy()
    count = len(points)
    for _ in range(min(ROUNDS, PUSHES // count)):
        shifts_x, shifts_y = np.zeros(count), np.zeros(count)
        moved = False
        for first, second in _near(xs / widths.max(), ys / heights.max()):
            dx, dy = xs[second] - xs[first], ys[second] - ys[first]
            over_x = (widths[first] + widths[second]) / 2 - np.abs(dx)
            over_y = (heights[first] + heights[second]) / 2 - np.abs(dy)
            overlaps = (over_x > TOUCH) & (over_y > TOUCH)
            moved |= bool(overlaps.any())
            is_shorter = over_x < over_y
            for shifts, over, apart, along in (
                (shifts_x, over_x, dx, overlaps & is_shorter),
                (shifts_y, over_y, dy, overlaps & ~is_shorter),
            ):
                shift = np.copysign(over[along] / 2, apart[along])
                shifts += np.bincount(second[along], shift, count)
                shifts -= np.bincount(first[along], shift, count)
        if not moved:
            break
        xs += shifts_x
        ys += shifts_y
    return list(zip(xs.tolist(), ys.tolist(), strict=True))


def _near(xs: Coordinates, ys: Coordinates) -> Iterator[tuple[Places, Places]]:
    """The pairs of boxes in one cell or in cells that touch, each once: their firsts and their seconds.

    Cells are numbered from left to right, then downwards: the three below one have numbers in a row.
    """
    columns, rows = np.floor(xs).astype(np.intp), np.floor(ys).astype(np.intp)
    across = int(np.ptp(columns)) + 3
    cells = rows * across + columns
    order = np.argsort(cells, kind="stable")
    cells, places = cells[order], np.arange(len(order))
    beside = places + 1, np.searchsorted(cells, cells + 1, "right")
    below = np.searchsorted(cells, cells + across - 1), np.searchsorted(cells, cells + across + 1, "right")
    for begin, end in (beside, below):
        for start in range(0, len(places), BLOCK):
            block = slice(start, start + BLOCK)
            counts = end[block] - begin[block]
            before = np.cumsum(counts) - counts
            second = np.arange(counts.sum()) - np.repeat(before - begin[block], counts)
            yield order[np.repeat(places[block], counts)], order[second]
