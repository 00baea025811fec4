"""What `tests/bench_build.py` measures inside a process of its own: `python tests/bench_inside.py WHAT ...`.

Each function prints, as JSON, what it returns, with the peak memory of the process (megabytes).
"""

import cProfile
import json
import pickle
import pstats
import resource
import sys
from collections.abc import Callable
from contextlib import redirect_stdout
from io import StringIO
from itertools import islice, pairwise
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

TOP_LINES = 10
REPEATS = 3
"""Of what takes a second; the median counts."""


def bare(archive: str, reader: str) -> dict[str, float]:
    """The spaCy pipeline of a reader and nothing else; what reading the articles took is taken off."""
    from kg.extract.pipeline import load, make_doc
    from kg.ingest import read

    started, wall = process_time(), perf_counter()
    articles = read([Path(archive)]).articles
    reading, reading_wall = process_time() - started, perf_counter() - wall
    nlp = load(reader)
    for article in articles:
        nlp(make_doc(nlp, article))
    return {"cpu": process_time() - reading, "wall": perf_counter() - wall - reading_wall}


def turtle(path: str) -> dict[str, float]:
    """The graph of a file written as Turtle by us, from memory and from disk, and by pyoxigraph's store."""
    import pyoxigraph

    from kg.graph import to_turtle
    from kg.ledger import Ledger
    from kg.reading import read_knowledge
    from kg.store import load_store

    knowledge, ledger = read_knowledge(load_store(path)), Ledger()
    ledger.add_articles(knowledge.articles)
    ledger.add_entities(knowledge.entities)
    ledger.add_facts(knowledge.facts)
    ledger.add_merges(knowledge.merges)
    ledger.add_redirects(knowledge.redirects)
    store = pyoxigraph.Store()
    store.bulk_load(path=path, format=pyoxigraph.RdfFormat.TURTLE)
    found = {"triples": float(len(store)), "facts": float(len(knowledge.facts))}
    default = pyoxigraph.DefaultGraph()
    for name, work in (
        ("memory", lambda: to_turtle(knowledge)),
        ("disk", lambda: to_turtle(ledger)),
        ("dump", lambda: store.dump(format=pyoxigraph.RdfFormat.TURTLE, from_graph=default)),
    ):
        times = []
        for _ in range(REPEATS):
            started, wall = process_time(), perf_counter()
            work()
            times.append((process_time() - started, perf_counter() - wall))
        found[name], found[f"{name} wall"] = sorted(times)[REPEATS // 2]
    return found


def network(archive: str, reader: str, at_most: int = 64) -> dict[str, float]:
    """Bytes that go to a worker of a cluster and come back, for the first articles."""
    from kg.engine.base import Extractor, batches
    from kg.ingest import read

    extractor = Extractor(reader)
    articles = tuple(islice(read([Path(archive)]).articles, at_most))
    sent = back = 0
    for batch in batches(articles):
        sent += len(pickle.dumps(batch))
        back += len(pickle.dumps(extractor(batch)))
    return {"sent an article": sent // len(articles), "back an article": back // len(articles)}


class Stages:
    """Stands in for the progress bars of a build: what `measure` says at the end of each stage."""

    def __init__(self, measure: Callable[[], float]) -> None:
        self._measure = measure
        self._stage = ""
        self.at_end: dict[str, float] = {}

    def __call__(self, stage: str, done: int, total: int | None) -> None:
        if stage != self._stage:
            self._end()
            self._stage = stage

    def __enter__(self) -> "Stages":
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    def _end(self) -> None:
        if self._stage:
            self.at_end[self._stage] = self._measure()


def memory(archive: str, out: str, reader: str, workers: str) -> dict[str, Any]:
    """A build: its peak after each stage, that of its largest worker, and what it cost."""
    started = perf_counter()
    stages = Stages(_peak)
    _build(stages, archive, out, reader, workers)
    wall = perf_counter() - started
    both = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return {
        "after": stages.at_end,
        "worker": both[1].ru_maxrss / 1024,
        "cpu": sum(usage.ru_utime + usage.ru_stime for usage in both),
        "wall": wall,
    }


def profile(archive: str, out: str, reader: str) -> dict[str, Any]:
    """A build under the profiler: CPU seconds of each stage, and the functions with the most of their own."""
    stages = Stages(process_time)
    profiler = cProfile.Profile(timer=process_time)
    profiler.runcall(_build, stages, archive, out, reader, "1")
    stats: dict[tuple[str, int, str], tuple[int, int, float, float, Any]] = pstats.Stats(profiler).stats  # type: ignore[attr-defined]
    lines = sorted(((own, calls, key) for key, (_, calls, own, _, _) in stats.items()), reverse=True)
    ends = [0.0, *stages.at_end.values()]
    return {
        "stages": {
            stage: end - begin for stage, (begin, end) in zip(stages.at_end, pairwise(ends), strict=True)
        },
        "cpu": sum(own for own, _, _ in lines),
        "top": [[_name(key), calls, own] for own, calls, key in lines[:TOP_LINES]],
    }


def _build(stages: Stages, archive: str, out: str, reader: str, workers: str) -> None:
    """`kg build` as it is on the command line, in this process."""
    from kg import console
    from kg.cli import main

    console.Bars = lambda: stages  # type: ignore[assignment, misc]
    arguments = ["build", archive, "-o", out, "--reader", reader, "--workers", workers]
    # The standard output is for the JSON.
    with redirect_stdout(StringIO()):
        main(arguments, standalone_mode=False)


def _name(key: tuple[str, int, str]) -> str:
    """ "kg/turtle.py: write_block"; what is written in C has no file."""
    file, _, function = key
    if file == "~":
        return function.strip("<>{}")
    _, found, rest = file.rpartition("/kg/")
    return f"{'kg/' + rest if found else Path(file).name}: {function}"


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


FUNCTIONS = {function.__name__: function for function in (bare, turtle, network, memory, profile)}

if __name__ == "__main__":
    result = FUNCTIONS[sys.argv[1]](*sys.argv[2:])
    print(json.dumps(result | {"peak": _peak()}))
