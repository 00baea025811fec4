"""What the command line shows: plain text that is safe for a terminal, tables, progress bars."""

from __future__ import annotations

import io
import re
from collections import Counter
from typing import TYPE_CHECKING, Literal

from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from kg.vocab import Kind, Predicate

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from types import TracebackType
    from typing import Self

    from rich.progress import TaskID

    from kg.pipeline import Build
    from kg.score import DocumentScore, Score

_GAP = "   "
"""Between columns."""
WIDE = 10_000
"""Columns of an output that is no terminal: nothing is wrapped, so that `grep` and `cut` see whole rows."""

# Control characters can rewrite a terminal's title, colours and lines; direction marks can make a name
# read as another. The text of articles is data, so both are shown as escapes.
UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]")


def plain(text: str) -> str:
    r"""One line that is safe to print: control characters and direction marks as escapes (`\x1b`)."""
    return UNSAFE.sub(_escape, text)


def _escape(match: re.Match[str]) -> str:
    return match[0].encode("unicode_escape").decode("ascii")


def plain_lines(text: str) -> str:
    """The same for text of several lines, which stay lines."""
    return "\n".join(plain(line) for line in text.replace("\r\n", "\n").split("\n"))


def table(
    headers: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    width: int = WIDE,
    right: frozenset[str] = frozenset(),
) -> str:
    """A table as text, at most `width` columns wide; the columns named in `right` are aligned right."""
    cells = [[plain(cell) for cell in row] for row in (headers, *rows)]
    widths = [max(map(cell_len, column)) for column in zip(*cells, strict=True)]
    if sum(widths) + len(_GAP) * (len(widths) - 1) > width:
        return _wrapped(cells, width=width, right=right)
    # What rich would print, many times faster.
    justified = ["right" if header in right else "left" for header in headers]
    lines = [_GAP.join(map(_justified, row, widths, justified)).rstrip() + "\n" for row in cells]
    rule = "─" * (sum(widths) + len(_GAP) * (len(widths) - 1))
    return "".join([lines[0], f"{rule}\n", *lines[1:]])


def _justified(cell: str, width: int, side: str) -> str:
    space = " " * (width - cell_len(cell))
    return f"{space}{cell}" if side == "right" else f"{cell}{space}"


def _wrapped(cells: Sequence[Sequence[str]], *, width: int, right: frozenset[str]) -> str:
    grid = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, header_style="")
    for header in cells[0]:
        # Text and not str: rich reads "[red]" in a str as markup.
        justify: Literal["left", "right"] = "right" if header in right else "left"
        grid.add_column(Text(header), justify=justify, overflow="fold")
    for row in cells[1:]:
        grid.add_row(*map(Text, row))
    out = io.StringIO()
    Console(file=out, width=width, color_system=None).print(grid)
    return "\n".join(line.rstrip() for line in out.getvalue().rstrip("\n").split("\n")) + "\n"


def summary(build: Build) -> str:
    """What a build read, found and left out."""
    kinds = Counter(entity.kind for entity in build.knowledge.entities)
    predicates = Counter(fact.predicate for fact in build.knowledge.facts)
    lines = [
        _count("Files", build.reading.files),
        _count("Articles", len(build.reading.articles)),
        _count("Entities", len(build.knowledge.entities)),
        *(_count(f"  {kind}", kinds[kind]) for kind in Kind if kinds[kind]),
        _count("Facts", len(build.knowledge.facts)),
        *(
            _count(f"  {predicate}", predicates[predicate])
            for predicate in Predicate
            if predicates[predicate]
        ),
    ]
    return "\n".join([*lines, *_skipped(build)]) + "\n"


def short_summary(build: Build) -> str:
    """The same for those who see it often."""
    known = build.knowledge
    counts = {"Articles": known.articles, "entities": known.entities, "facts": known.facts}
    line = ", ".join(f"{label} {len(items)}" for label, items in counts.items())
    return "\n".join([line, *_skipped(build)]) + "\n"


def _skipped(build: Build) -> Iterator[str]:
    if build.reading.skipped:
        yield _count("Skipped", len(build.reading.skipped))
        yield from (plain(f"  {item.source}: {item.problem}") for item in build.reading.skipped)


def _count(label: str, number: int) -> str:
    return f"{label:<20}{number:>6}"


def score_table(rows: Iterable[tuple[str, Score]]) -> str:
    """Precision, recall, F1 and the counts behind them, a line a row."""
    headers = ("", "P", "R", "F1", "hit", "false", "missed")
    cells = (
        (
            name,
            *(f"{ratio:.3f}" for ratio in (score.precision, score.recall, score.f1)),
            *(str(count) for count in (score.hit, score.false, score.missed)),
        )
        for name, score in rows
    )
    return table(headers, cells, right=frozenset(headers[1:]))


def errors_of(document: DocumentScore) -> str:
    """What was missed and what is false, entities first, a line each with the reason."""
    lines = [
        f"{mistake.side:<6}  {mistake.text if mistake.is_fact else f'{mistake.about} {mistake.text}'}"
        f"  ({mistake.why})"
        for mistake in document.mistakes
    ]
    return "".join(plain(line) + "\n" for line in lines)


class Bars:
    """One progress bar a stage, on a terminal; silent anywhere else. A `kg.pipeline.Progress`."""

    def __init__(self) -> None:
        console = Console(stderr=True)
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=console,
            transient=True,
            disable=not console.is_terminal,
        )
        self._tasks: dict[str, TaskID] = {}

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._progress.stop()

    def __call__(self, stage: str, done: int, total: int | None) -> None:
        if stage not in self._tasks:
            self._tasks[stage] = self._progress.add_task(stage, total=total)
        self._progress.update(self._tasks[stage], completed=done, total=total)


def score_rows(types: dict[Kind, Score], predicates: dict[Predicate, Score]) -> Iterator[tuple[str, Score]]:
    """The rows by type, then by predicate."""
    yield from ((str(kind), score) for kind, score in types.items())
    yield from ((str(predicate), score) for predicate, score in predicates.items())
