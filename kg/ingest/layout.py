"""The reading order of a printed page from where its words stand: the recursive X-Y cut.

A region is cut along the white gutters between its columns; where something spans them, such as a headline,
along white bands first, above headlines and then the widest (Nagy, Seth and Viswanathan, 1992). Coordinates
are in points, from the upper left corner of the page.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_GUTTER = 0.6
"""The least white between two columns, in sizes of the type; a space is about 0.3, stretched ones 0.5."""
_BAND = 0.8
"""The least white above a headline, more than between two lines or paragraphs."""
HEADLINE = 1.25
"""How much larger than the text of stories the type of a headline is at least."""
_WIDE = 1.8
"""White within one line of print that no justified text has."""
_DROP_CAP = 1.8
_DEEPEST = 60


@dataclass(frozen=True, slots=True)
class Run:
    """Words on one line of print, in one size."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


Block = list[Run]
"""Lines of one column, from top to bottom."""


def blocks_in_order(runs: Sequence[Run]) -> list[Block]:
    """The lines of a page as blocks, in the order in which they are read."""
    runs = _attach_drop_caps([run for run in runs if run.text.strip()])
    return [block for block in _cut(runs, 0) if block]


def _attach_drop_caps(runs: list[Run]) -> list[Run]:
    """A letter as high as some lines begins the word beside its top."""
    if not runs:
        return []
    usual = median(run.size for run in runs)
    kept = list(runs)
    for cap in [run for run in runs if len(run.text.strip()) == 1 and run.text.strip().isalpha()]:
        if cap.size < _DROP_CAP * usual:
            continue
        beside = [
            run
            for run in kept
            if run is not cap
            and 0 <= run.left - cap.right + usual / 2 < 2 * usual
            and cap.top - usual < run.middle < cap.bottom
        ]
        if beside:
            first = min(beside, key=_top)
            word = replace(first, text=cap.text.strip() + first.text.lstrip(), left=cap.left)
            kept = [word if run is first else run for run in kept if run is not cap]
    return kept


def _top(run: Run) -> float:
    return run.top


def _left(run: Run) -> float:
    return run.left


def _cut(runs: list[Run], depth: int) -> Iterator[Block]:
    if not runs:
        return
    lines = _lines(runs)
    size = median(run.size for run in runs)
    # In two lines the spaces of one may stand over those of the other by chance.
    least = (_GUTTER if len(lines) > 2 else _WIDE) * size
    gutters = _gutters(runs, least)
    if depth > _DEEPEST or (all(len(line) == 1 for line in lines) and not _has_columns(runs, size)):
        yield from _by_column(lines)
        return
    parts = _split(runs, _bands_above_headlines(runs, size), horizontal=True)
    if len(parts) < 2:
        parts = _split(runs, gutters, horizontal=False)
    if len(parts) < 2:
        parts = _split(runs, _widest_band(runs), horizontal=True)
    if len(parts) < 2:
        yield from _by_column(lines)
        return
    for part in parts:
        yield from _cut(part, depth + 1)


def _has_columns(runs: list[Run], size: float) -> bool:
    """Do columns stand side by side, perhaps under one headline? Their gutters may be no wider than spaces
    of stretched lines."""
    text = [run for run in runs if run.size <= HEADLINE * size]
    return len(_lines(text)) > 2 and bool(_gutters(text, _GUTTER * size))


def _lines(runs: list[Run]) -> list[list[Run]]:
    """Runs on one line of print, joined unless a wide gap parts them."""
    rows: list[list[Run]] = []
    for run in sorted(runs, key=_top):
        for row in rows[-8:]:
            if abs(row[0].middle - run.middle) < 0.4 * min(row[0].size, run.size):
                row.append(run)
                break
        else:
            rows.append([run])
    return [_joined(sorted(row, key=_left)) for row in rows]


def _joined(row: list[Run]) -> list[Run]:
    joined = [row[0]]
    for run in row[1:]:
        last = joined[-1]
        if run.left - last.right > _WIDE * max(run.size, last.size):
            joined.append(run)
            continue
        tight = (
            run.left - last.right < 0.12 * last.size or last.text.endswith(" ") or run.text.startswith(" ")
        )
        joined[-1] = replace(
            last,
            text=last.text + ("" if tight else " ") + run.text,
            right=max(run.right, last.right),
            top=min(run.top, last.top),
            bottom=max(run.bottom, last.bottom),
            size=max(run.size, last.size),
        )
    return joined


def _gutters(runs: list[Run], least: float) -> list[float]:
    """The middles of all white gaps from top to bottom that part columns: `least` points wide or more."""
    spans = sorted((run.left, run.right) for run in runs)
    cuts, reach = [], spans[0][1]
    for left, right in spans[1:]:
        if left - reach > least:
            cuts.append((left + reach) / 2)
        reach = max(reach, right)
    return cuts


def _bands_above_headlines(runs: list[Run], size: float) -> list[float]:
    """The middles of white bands from side to side below which a headline begins: a row of stories ends
    there, whatever gutters go through it, because a headline rarely fills its line."""
    cuts = []
    ordered = sorted(runs, key=_top)
    reach = ordered[0].bottom
    for run in ordered[1:]:
        if run.top - reach > _BAND * size and _has_headline(ordered, run.top, size):
            cuts.append((run.top + reach) / 2)
        reach = max(reach, run.bottom)
    return cuts


def _has_headline(runs: list[Run], top: float, size: float) -> bool:
    row = [run for run in runs if 0 <= run.top - top < size]
    return max(run.size for run in row) > HEADLINE * size


def _widest_band(runs: list[Run]) -> list[float]:
    """The middle of the widest white band from side to side, or nothing where there is none."""
    spans = sorted((run.top, run.bottom) for run in runs)
    best, at, reach = 0.0, [], spans[0][1]
    for top, bottom in spans[1:]:
        if top - reach > best:
            best, at = top - reach, [(top + reach) / 2]
        reach = max(reach, bottom)
    return at


def _split(runs: list[Run], cuts: list[float], *, horizontal: bool) -> list[list[Run]]:
    parts: list[list[Run]] = [[] for _ in range(len(cuts) + 1)]
    for run in runs:
        middle = run.middle if horizontal else (run.left + run.right) / 2
        parts[sum(cut < middle for cut in cuts)].append(run)
    return [part for part in parts if part]


def _by_column(lines: list[list[Run]]) -> Iterator[Block]:
    """Lines that no straight cut parts, by their left edges."""
    columns: list[Block] = []
    for line in lines:
        for run in line:
            for column in columns:
                if min(run.right, column[-1].right) - max(run.left, column[-1].left) > 0:
                    column.append(run)
                    break
            else:
                columns.append([run])
    yield from sorted(columns, key=_block_left)


def _block_left(block: Block) -> float:
    return min(run.left for run in block)
