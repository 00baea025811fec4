"""The stages in order: files in, a checked graph and a page out."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib import resources
from typing import TYPE_CHECKING, Protocol

from kg.engine import Extractor, extract_all, one_process
from kg.errors import InputError
from kg.extract import DEFAULT_READER
from kg.files import Spool, write_together
from kg.graph import GraphWriter, build_graph
from kg.ingest import DEFAULT, read
from kg.resolve import alike
from kg.shapes import Conformance
from kg.turtle import write_block
from kg.validate import CONFORMS, validate
from kg.views import render_known
from kg.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from kg.cache import Cache
    from kg.engine import Engine
    from kg.files import Data
    from kg.ingest import Reading, ReadOptions
    from kg.model import KnowledgeView
    from kg.resolve import Comparer
    from kg.validate import Report

GRAPH_NAME = "graph.ttl"


class Progress(Protocol):
    """Hears how far a build has come."""

    def __call__(self, stage: str, done: int, total: int | None) -> None:
        """`stage` has done `done` steps of `total`; None when nobody can know yet how many there are."""


@dataclass(frozen=True, slots=True)
class Build:
    """Everything that one build made."""

    reading: Reading
    """The articles, and the files that were skipped with the reason."""
    knowledge: KnowledgeView
    turtle: Spool
    """The graph, as it is written."""
    report: Report
    """Whether the graph conforms to its shapes."""
    kept: Mapping[Path, bytes] = field(default_factory=dict)
    """What the next build should know: files beside the articles, written with the outputs."""


def _silent(stage: str, done: int, total: int | None) -> None:
    """The progress that nobody hears."""


@contextmanager
def sample_paths() -> Iterator[list[Path]]:
    """The folder of sample articles that ships with the package."""
    with resources.as_file(resources.files("kg") / "sample") as folder:
        yield [folder]


def read_articles(
    paths: Iterable[Path],
    *,
    options: ReadOptions = DEFAULT,
    cache: Cache | None = None,
    on_progress: Progress = _silent,
) -> Reading:
    """Read files and folders into articles; files that cannot be read are listed in the result.

    Raises InputError when nothing at all could be read.
    """
    seen = 0

    def count(_: str) -> None:
        nonlocal seen
        seen += 1
        on_progress("read", seen, None)

    reading = read(paths, options=options, cache=cache, on_file=count)
    if not reading.articles:
        raise _nothing_read(reading)
    return reading


def _nothing_read(reading: Reading) -> InputError:
    if not reading.skipped:
        return InputError("nothing to read", "no file among the paths given")
    first, *others = reading.skipped
    more = f" (and {len(others)} more)" if others else ""
    return InputError(first.source, first.problem + more)


def build(
    paths: Iterable[Path],
    *,
    reading: Reading | None = None,
    options: ReadOptions = DEFAULT,
    reader: str = DEFAULT_READER,
    min_confidence: float = 0.0,
    engine: Engine = one_process,
    comparer: Comparer = alike,
    cache: Cache | None = None,
    workspace: Workspace | None = None,
    on_progress: Progress = _silent,
) -> Build:
    """Read, extract, resolve, write the graph in Turtle and check it.

    `workspace` has what people decided, the ids to keep and a register; by default what stands beside the
    articles. `reading` is what `read_articles` gave for the paths, if somebody wanted to see it first.
    `reader` is that of `kg.extract.extract`; facts of less belief than `min_confidence` (0 to 1) are left
    out. `engine` says where extraction runs, `comparer` where names are compared; what the open `cache`
    holds is not read or extracted again. None of the three changes what is built.

    Raises InputError when nothing could be read. A graph that does not conform is no error here: see
    `Build.report`.
    """
    paths = list(paths)
    if reading is None:
        reading = read_articles(paths, options=options, cache=cache, on_progress=on_progress)
    total = len(reading.articles)

    def extracted(done: int) -> None:
        on_progress("extract", done, total)

    extractions = extract_all(
        reading.articles,
        extractor=Extractor(reader),
        engine=engine,
        cache=cache,
        on_done=extracted,
    )
    with _no_search_for_rings():
        on_progress("resolve", 0, 1)
        knowledge, kept = (workspace or Workspace.beside(paths)).resolve(
            extractions, min_confidence=min_confidence, comparer=comparer
        )
        on_progress("graph", 0, 1)
        turtle, conforms = _write_graph(knowledge)
    # Only the SHACL engine can say what is wrong, or that a doubt was none.
    report = CONFORMS if conforms else validate(build_graph(knowledge))
    on_progress("graph", 1, 1)
    return Build(reading=reading, knowledge=knowledge, turtle=turtle, report=report, kept=kept)


@contextmanager
def _no_search_for_rings() -> Iterator[None]:
    """Without Python's collector, which looks in vain through millions of objects: a third of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _write_graph(knowledge: KnowledgeView) -> tuple[Spool, bool]:
    """The graph in Turtle, and whether it conforms for sure."""
    writer, spool = GraphWriter(knowledge), Spool()
    check = Conformance()
    try:
        for group in writer.groups():
            check.add(group)
            for node in group:
                spool.write(write_block(node.name, node.properties).encode())
    except OSError as error:
        raise InputError("the graph", f"cannot be kept in the temporary folder ({error.strerror})") from error
    spool.begin_with(writer.header().encode())
    return spool, check.holds()


def write_outputs(build: Build, out_dir: Path, *, on_progress: Progress = _silent) -> Sequence[Path]:
    """Write `graph.ttl` and the pages into `out_dir`, made if need be; return their paths.

    All are made before any is written, so that a failure leaves the last good ones.
    """
    on_progress("write", 0, 1)
    with _no_search_for_rings():
        outputs: dict[str, Data] = {GRAPH_NAME: build.turtle, **render_known(build.knowledge)}
    try:
        out_dir.mkdir(parents=True, exist_ok=True)
        write_together({**{out_dir / name: data for name, data in outputs.items()}, **build.kept})
    except OSError as error:
        raise InputError(str(out_dir), f"cannot be written ({error.strerror})") from error
    on_progress("write", 1, 1)
    return [out_dir / name for name in outputs]
