"""The blocks of printed pages as text for the page splitter: headlines marked, running heads left out."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from dataclasses import dataclass, replace
from statistics import median
from typing import TYPE_CHECKING

from kg.ingest.cues import CREDIT, ends_sentence
from kg.ingest.dates import is_dateline
from kg.ingest.layout import HEADLINE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.ingest.layout import Block, Run

_SMALL = 0.88
"""Captions and small print are set in no more than this."""
_LONGEST_CAPTION = 8
_SAME_SIZE = 0.2
"""How much the lines of one headline may differ in size: those of a scan do."""
_EDGE = 0.09
"""The part of a page, at its upper and lower edge, where running heads stand."""


@dataclass(frozen=True, slots=True)
class PrintedPage:
    height: float
    blocks: list[Block]


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A line of text with the page and the line of that page (from 1) that it begins on; an empty one parts
    paragraphs."""

    text: str
    page: int = 0
    line: int = 0


def as_lines(pages: Sequence[PrintedPage]) -> list[PrintedLine]:
    """The text of the pages, in reading order, with "# " before a headline."""
    body = _body_size(pages)
    running = _running_heads(pages)
    made: list[PrintedLine] = []
    for number, page in enumerate(pages, start=1):
        count = 0
        for block in page.blocks:
            kept = [
                run for run in block if number == 1 or _shape(run) not in running or not _at_edge(run, page)
            ]
            kept = [
                run
                for run in kept
                if not (_at_edge(run, page) and re.fullmatch(r"\W*\d{1,4}\W*", run.text.strip()))
            ]
            if kept and not _is_small_print(kept, body):
                if (
                    made
                    and made[-1].text
                    and (
                        ends_sentence(made[-1].text)
                        or made[-1].text.startswith("#")
                        or kept[0].size > HEADLINE * body
                    )
                ):
                    made.append(PrintedLine(""))
                _append_block(made, kept, body, number, count)
            count += len(block)
        made.append(PrintedLine(""))
    return made


def _body_size(pages: Sequence[PrintedPage]) -> float:
    """The size in which most of the letters are set."""
    letters: Counter[float] = Counter()
    for page in pages:
        for block in page.blocks:
            for run in block:
                letters[round(run.size * 2) / 2] += len(run.text)
    return max(letters, key=lambda size: (letters[size], -size), default=10.0)


def _shape(run: Run) -> str:
    return re.sub(r"\d+", "0", run.text.strip().casefold())


def _at_edge(run: Run, page: PrintedPage) -> bool:
    return run.bottom < _EDGE * page.height or run.top > (1 - _EDGE) * page.height


def _running_heads(pages: Sequence[PrintedPage]) -> frozenset[str]:
    """What stands at the edge of three pages or more, and of every third at least."""
    counts = Counter(
        shape
        for page in pages
        for shape in {_shape(run) for block in page.blocks for run in block if _at_edge(run, page)}
    )
    return frozenset(shape for shape, count in counts.items() if count >= max(3, len(pages) / 3))


def _is_small_print(block: Block, body: float) -> bool:
    """A caption: some lines in smaller type than the text. A credit or a date in it is for the splitter."""
    small = all(run.size <= _SMALL * body for run in block) and len(block) <= _LONGEST_CAPTION
    text = " ".join(run.text for run in block)
    return (
        small
        and not any(is_dateline(run.text) for run in block)
        and not re.match(r"(?i)\W*(?:by|see|from|continued)\b", text)
        and not CREDIT.search(text)
    )


def _append_block(made: list[PrintedLine], block: Block, body: float, page: int, before: int) -> None:
    leading = median([b.top - a.top for a, b in itertools.pairwise(block)] or [1.3 * body])
    edge = min(run.left for run in block)
    above: Run | None = None
    for number, run in enumerate(block, start=before + 1):
        head = run.size >= HEADLINE * body
        text = " ".join(run.text.split())
        if (
            above
            and head
            and above.size >= HEADLINE * body
            and abs(above.size - run.size) < _SAME_SIZE * run.size
        ):
            # One headline on several lines, which only its lines of print part.
            made[-1] = replace(made[-1], text=f"{made[-1].text} {text}")
        else:
            apart = above is not None and (
                run.top - above.top > 1.45 * max(leading, body) or abs(run.size - above.size) > 0.12 * body
            )
            indented = above is not None and run.left - edge > 0.7 * body and above.left - edge < 0.5 * body
            if apart or (indented and above and ends_sentence(above.text)):
                made.append(PrintedLine(""))
            made.append(PrintedLine(f"# {text}" if head else text, page, number))
        above = run
