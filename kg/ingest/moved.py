"""First and last lines of paragraphs that some extraction of PDFs moved behind the text, brought home.

A beam search over all ways to put them between the lines that stayed: at each place the last line of one
paragraph, the first line of the next, or both.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from itertools import pairwise
from operator import attrgetter
from typing import TYPE_CHECKING

from kg.clean import FUNCTION_WORDS
from kg.ingest import cues
from kg.ingest.junctions import Junction, junction, wants_more
from kg.ingest.lines import Kind, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.ingest.lines import Line

_FEWEST_FIRST = 3
"""First lines of paragraphs behind a text, before any is taken for moved."""
_MOST = 80
"""Lines of a text, moved or not."""
_LONGEST = 160
"""Letters of a line."""
_BEAM = 30
_GRADES = {Junction.BROKEN: -3.0, Junction.OPEN: 0.0, Junction.LIKELY: 0.6, Junction.SURE: 1.0}
_WHOLE_WORD = 0.8
_CLAUSE = 0.4
_NEIGHBOURS = 0.4
"""What it is worth that two moved lines come home in the order in which they stand."""
_MISSING = -0.5
_LEFT_OVER = -3.0


def bring_home(lines: list[Line]) -> list[Line]:
    """The same lines, those that were moved in their places."""
    i = 0
    while i < len(lines):
        found = _find(lines, i)
        if found is None:
            i += 1
            continue
        main, loose, end = found
        placed = _place([lines[j] for j in main], [lines[j] for j in loose])
        taken = {*main, *loose}
        others = [lines[j] for j in range(main[0], end) if j not in taken]
        lines[main[0] : end] = placed + others
        i = end
    return lines


def _find(lines: Sequence[Line], start: int) -> tuple[list[int], list[int], int] | None:
    """The lines of a text that begins at `start` and those moved behind it, and where these end."""
    if not _begins_text(lines, start):
        return None
    run = [start]
    passed = False
    for j in range(start + 1, min(start + _MOST, len(lines))):
        line = lines[j]
        if _is_heading(lines, j) and line.kind is Kind.BODY:
            if passed:
                break
            passed = True
        elif line.kind is Kind.BODY and len(line.text) <= _LONGEST:
            if passed and not (_is_first(line) or _is_last(line)):
                return None
            run.append(j)
        elif line.kind not in (Kind.JUMP_TO, Kind.BYLINE):
            break
    at = len(run)
    while at > 0 and (_is_first(lines[run[at - 1]]) or _is_last(lines[run[at - 1]])):
        at -= 1
    main, loose = run[:at], run[at:]
    firsts = sum(_is_first(lines[j]) for j in loose)
    broken = sum(junction(lines[a].text, lines[b].text) is Junction.BROKEN for a, b in pairwise(run))
    if len(main) < 2 or firsts < _FEWEST_FIRST or 2 * broken < firsts:
        return None
    return main, loose, loose[-1] + 1


def _begins_text(lines: Sequence[Line], i: int) -> bool:
    before = i == 0 or lines[i - 1].kind is not Kind.BODY or _is_heading(lines, i - 1)
    return lines[i].kind is Kind.BODY and before and not _is_heading(lines, i)


def _is_heading(lines: Sequence[Line], i: int) -> bool:
    line = lines[i]
    apart = line.gap and (i + 1 == len(lines) or lines[i + 1].gap or lines[i + 1].kind is Kind.BYLINE)
    return line.level > 0 or (apart and cues.is_title_case(line.text) and not cues.is_of_text(line.text))


def _is_first(line: Line) -> bool:
    title = cues.is_title_case(line.text) and not cues.is_of_text(line.text) and len(words(line.text)) > 3
    return line.text[:1].isupper() and wants_more(line.text) and not title


def _is_last(line: Line) -> bool:
    return not wants_more(line.text)


@dataclass(frozen=True, slots=True)
class _State:
    score: float
    order: tuple[int, ...]
    """The moved lines in their places: their indices, -1 for the next line of the text."""
    used: frozenset[int] = frozenset()
    last: int = -2
    first: int = -2


def _place(main: list[Line], loose: list[Line]) -> list[Line]:
    firsts = [n for n, line in enumerate(loose) if _is_first(line)]
    lasts = [n for n, line in enumerate(loose) if n not in firsts]
    beam = [_State(0.0, ())]
    for i in range(len(main) + 1):
        above, below = main[i - 1] if i else None, main[i] if i < len(main) else None
        grown = [step for state in beam for step in _steps(state, above, below, loose, firsts, lasts)]
        beam = _pruned(grown)
    ended = max(beam, key=_Ended(len(loose)))
    placed: list[Line] = []
    stayed = iter(main)
    for n in ended.order:
        line = loose[n] if n >= 0 else next(stayed)
        ends = bool(placed) and not wants_more(placed[-1].text)
        placed.append(replace(line, gap=n in firsts or (ends and line.gap)))
    return placed + [line for n, line in enumerate(loose) if n not in ended.used]


def _pruned(states: list[_State]) -> list[_State]:
    """The best states for each number of lines brought home: a state is not the better for bringing them home
    early."""
    seen: set[tuple[frozenset[int], int, int]] = set()
    counts: Counter[int] = Counter()
    kept = []
    for state in sorted(states, key=attrgetter("score"), reverse=True):
        same = (state.used, state.last, state.first)
        if same not in seen and counts[len(state.used)] < _BEAM:
            seen.add(same)
            counts[len(state.used)] += 1
            kept.append(state)
    return kept


@dataclass(frozen=True, slots=True)
class _Ended:
    """A key for max(): the score of a state, less for moved lines that found no place."""

    count: int

    def __call__(self, state: _State) -> float:
        return state.score + _LEFT_OVER * (self.count - len(state.used))


def _steps(
    state: _State,
    above: Line | None,
    below: Line | None,
    loose: list[Line],
    firsts: list[int],
    lasts: list[int],
) -> Iterator[_State]:
    """All ways to go on from the line `above` to the line `below`."""
    stay = () if below is None else (-1,)
    natural = _grade(above, below) if above and below else 0.0
    yield replace(state, score=state.score + natural, order=state.order + stay)
    endings: list[tuple[float, int | None]] = []
    if above is not None and wants_more(above.text):
        endings = [(_grade(above, loose[n]), n) for n in lasts if n not in state.used]
        endings.append((_MISSING, None))
    else:
        endings = [(0.0, None)]
    beginnings: list[tuple[float, int | None]] = [(_MISSING, None)]
    if below is not None:
        beginnings += [(_grade(loose[n], below), n) for n in firsts if n not in state.used]
    else:
        beginnings = [(0.0, None)]
    for ending, last in endings:
        for beginning, first in beginnings:
            moved = tuple(n for n in (last, first) if n is not None)
            if moved and ending > _GRADES[Junction.BROKEN] and beginning > _GRADES[Junction.BROKEN]:
                yield _State(
                    state.score
                    + ending
                    + beginning
                    + _NEIGHBOURS * (last is not None and _follows(state.last, last, lasts))
                    + _NEIGHBOURS * (first is not None and _follows(state.first, first, firsts)),
                    state.order + moved + stay,
                    state.used | set(moved),
                    state.last if last is None else last,
                    state.first if first is None else first,
                )


def _follows(before: int, n: int, among: list[int]) -> bool:
    return before in among and among.index(before) + 1 == among.index(n)


def _grade(above: Line, below: Line) -> float:
    grade = junction(above.text, below.text)
    hyphen = above.text.endswith("-") and grade is Junction.SURE
    tail, head = above.text.rsplit(" ", 1)[-1].lower(), below.text.split(" ", 1)[0].lower()
    # "of the / adopting" is no English; "in Kunming, / adopting" is.
    participle = head.endswith(("ing", "ed"))
    clause = participle and tail.endswith(",")
    return (
        _GRADES[grade] + _WHOLE_WORD * hyphen + _CLAUSE * (clause - (participle and tail in FUNCTION_WORDS))
    )
