"""Time builds, each beside something that says what the time is worth: `make bench`.

    python tests/bench_build.py                                     what ends within ten minutes
    python tests/bench_build.py build --reader rules 1000 10000     archives of these sizes
    python tests/bench_build.py workers --reader trained 1000

Processor seconds (user and system, of all processes) are given beside wall seconds, because the first say the
same on a busy machine. Everything is a command of its own, started cold. The results are put into
docs/benchmarks.json, in the place of those of the same part, reader and sizes, and from there into the
tables of docs/benchmarks.md.
"""

import argparse
import json
import os
import pickle
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

from archive import write_archive
from bench_page import record

TOP = Path(__file__).parents[1]
CHANGED = 100
"""One article in so many is changed between two builds."""
LIBRARIES = "import numpy, onnxruntime, pyoxigraph, spacy; spacy.blank('en')"


@dataclass(frozen=True)
class Cost:
    cpu: float
    """Seconds, of the process and of those that it started."""
    wall: float
    peak: float
    """Megabytes, of the largest process."""


@dataclass(frozen=True)
class Row:
    """What was measured, what was run beside it, and how many times as much the first costs."""

    what: str
    cost: Cost
    beside: str
    other: Cost
    value: str
    """The ratio, or the difference, in words."""
    target: str


@dataclass
class Part:
    """The rows of one call, with what was counted on the way."""

    name: str
    reader: str
    articles: int
    commit: str
    runs: int
    """How often each was run; the median counts."""
    load: float
    """Processes that wanted a core when the part began (the load average of a minute)."""
    rows: list[Row] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)

    def add(self, what: str, cost: Cost, beside: str, other: Cost, value: str, target: str = "") -> None:
        self.rows.append(Row(what, cost, beside, other, value, target))
        print(
            f"{self.articles} articles: {what} {cost.cpu:.2f} s, {beside} {other.cpu:.2f} s: {value}",
            flush=True,
        )


def cost(*command: str) -> Cost:
    started = perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    wall = perf_counter() - started
    return Cost(usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss / 1024)


def python(*arguments: str) -> Cost:
    return cost(sys.executable, *arguments)


def kg(*arguments: str) -> Cost:
    return python("-m", "kg", *arguments)


def inside(what: str, *arguments: object) -> dict[str, float]:
    """What one of the functions of `INSIDE` finds, in a process of its own."""
    command = [sys.executable, __file__, what, *map(str, arguments)]
    found: dict[str, float] = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    return found


def side_by_side(runs: int, *works: Callable[[], Cost]) -> list[Cost]:
    """The median cost of each, run in turn, so that what else the machine does meets all alike."""
    rounds = [[work() for work in works] for _ in range(runs)]
    return [
        Cost(*(median(getattr(each, name) for each in costs) for name in ("cpu", "wall", "peak")))
        for costs in zip(*rounds, strict=True)
    ]


# --- parts


def start_up(part: Part, folder: Path) -> None:
    write_archive(folder / "one", 1)
    clean_build(folder / "one", folder / "out", part.reader)
    bare, shown, libraries, built = side_by_side(
        part.runs,
        lambda: python("-c", "pass"),
        lambda: kg("--help"),
        lambda: python("-c", LIBRARIES),
        lambda: clean_build(folder / "one", folder / "out", part.reader),
    )
    more = f"{(shown.cpu - bare.cpu) * 1000:.0f} ms more"
    part.add("kg --help", shown, "an empty Python program", bare, more, "150 ms more")
    ratio = f"{built.cpu / libraries.cpu:.2f}×"
    part.add("a build of one article", built, "its libraries, imported", libraries, ratio)


def builds(part: Part, folder: Path, smaller: Part | None) -> None:
    """An archive built, built again, and built with a part changed; its growth over a smaller one."""
    archive, out = folder / "archive", folder / "out"
    write_archive(archive, part.articles)
    alone = inside("bare", archive, part.reader)
    part.counts["words"] = int(alone["words"])
    pipeline = Cost(alone["cpu"], alone["wall"], alone["peak"])
    full = clean_build(archive, out, part.reader)
    own = f"{full.cpu / pipeline.cpu:.2f}×: own share {1 - pipeline.cpu / full.cpu:.0%}"
    part.add("a build", full, "the same spaCy pipeline, bare", pipeline, own, "own share 20 %")
    _count(part, archive, out)
    if smaller:
        less = smaller.rows[0].cost
        growth = f"{full.cpu / less.cpu * smaller.articles / part.articles:.2f}× an article"
        part.add("a build", full, f"a build of {smaller.articles}", less, growth, "1.15× an article")
    again = build(archive, out, part.reader)
    part.add("nothing changed", again, "a build", full, f"{again.cpu / full.cpu:.1%}")
    write_archive(archive, part.articles, first=10**9, step=CHANGED)
    changed = build(archive, out, part.reader)
    part.add(f"1 in {CHANGED} changed", changed, "a build", full, f"{changed.cpu / full.cpu:.1%}", "5 %")
    written = inside("turtle", out / "graph.ttl")
    ours, dump = (Cost(written[name], written[f"{name} wall"], written["peak"]) for name in ("ours", "dump"))
    part.add("Turtle written", ours, "pyoxigraph's dump", dump, f"{ours.cpu / dump.cpu:.2f}×", "3×")
    part.counts |= {name: int(written[name]) for name in ("facts", "triples")}


def workers(part: Part, folder: Path) -> None:
    """Two workers against one: the only figure that needs two quiet cores, and the wall clock."""
    write_archive(folder / "archive", part.articles)
    one, two = side_by_side(
        part.runs,
        lambda: clean_build(folder / "archive", folder / "out", part.reader),
        lambda: clean_build(folder / "archive", folder / "out", part.reader, workers=2),
    )
    part.add("two workers", two, "one worker", one, f"{one.wall / two.wall:.2f}× as fast", "1.7× as fast")


def build(archive: Path, out: Path, reader: str, *, workers: int = 1) -> Cost:
    return kg("build", str(archive), "-o", str(out), "--reader", reader, "--workers", str(workers))


def clean_build(archive: Path, out: Path, reader: str, *, workers: int = 1) -> Cost:
    shutil.rmtree(out, ignore_errors=True)
    return build(archive, out, reader, workers=workers)


def _count(part: Part, archive: Path, out: Path) -> None:
    """Bytes of what goes in, what is kept and what comes out."""
    part.counts["input bytes"] = sum(path.stat().st_size for path in archive.rglob("*.txt"))
    part.counts["kept bytes"] = sum(path.stat().st_size for path in (out / ".kg").iterdir())
    part.counts["Turtle bytes"] = (out / "graph.ttl").stat().st_size
    part.counts["page bytes"] = sum(path.stat().st_size for path in out.glob("*.html"))
    travelled = inside("network", archive, part.reader)
    part.counts |= {name: int(travelled[name]) for name in ("sent an article", "back an article")}


# --- what runs in a process of its own


def bare(archive: str, reader: str) -> dict[str, float]:
    """The spaCy pipeline of a reader and nothing else; what reading the articles took is taken off."""
    from kg.extract.pipeline import load, make_doc
    from kg.ingest import read

    started, wall = process_time(), perf_counter()
    articles = tuple(read([Path(archive)]).articles)
    reading, reading_wall = process_time() - started, perf_counter() - wall
    nlp = load(reader)
    for article in articles:
        nlp(make_doc(nlp, article))
    words = sum(len(article.text.split()) for article in articles)
    return {"cpu": process_time() - reading, "wall": perf_counter() - wall - reading_wall, "words": words}


def turtle(path: str) -> dict[str, float]:
    """The graph of a file written as Turtle by us, from knowledge, and by pyoxigraph, from its store."""
    import pyoxigraph

    from kg.graph import to_turtle
    from kg.reading import read_knowledge
    from kg.store import load_store

    knowledge = read_knowledge(load_store(path))
    store = pyoxigraph.Store()
    store.bulk_load(path=path, format=pyoxigraph.RdfFormat.TURTLE)
    found = {"triples": float(len(store)), "facts": float(len(knowledge.facts))}
    default = pyoxigraph.DefaultGraph()
    for name, work in (
        ("ours", lambda: to_turtle(knowledge)),
        ("dump", lambda: store.dump(format=pyoxigraph.RdfFormat.TURTLE, from_graph=default)),
    ):
        times = []
        for _ in range(3):
            started, wall = process_time(), perf_counter()
            work()
            times.append((process_time() - started, perf_counter() - wall))
        found[name], found[f"{name} wall"] = sorted(times)[1]
    return found


def network(archive: str, reader: str, at_most: int = 64) -> dict[str, float]:
    """Bytes that go to a worker of a cluster and come back, for the first articles."""
    from kg.engine.base import Extractor, batches
    from kg.ingest import read

    extractor = Extractor(reader)
    articles = tuple(read([Path(archive)]).articles)[:at_most]
    sent = back = 0
    for batch in batches(articles):
        sent += len(pickle.dumps(batch))
        back += len(pickle.dumps(extractor(batch)))
    return {"sent an article": sent // len(articles), "back an article": back // len(articles)}


INSIDE = {"bare": bare, "turtle": turtle, "network": network}


PLAN = (
    ("start", "trained", [1]),
    ("build", "rules", [250, 1000]),
    ("build", "trained", [250]),
    ("workers", "trained", [600]),
)
RUNS = {"start": 5}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("part", nargs="?", choices=["start", "build", "workers"])
    parser.add_argument("--reader", choices=["rules", "trained"], default="trained")
    parser.add_argument("articles", nargs="*", type=int)
    options = parser.parse_intermixed_args()
    plan = [(options.part, options.reader, options.articles or [1])] if options.part else PLAN
    # As in an installation: modules are compiled once, and not anew in each run.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    kg("--help")
    head = ["git", "rev-parse", "--short", "HEAD"]
    commit = subprocess.run(head, cwd=TOP, check=True, capture_output=True, text=True).stdout.strip()
    for name, reader, sizes in plan:
        parts: list[Part] = []
        for articles in sizes:
            part = Part(name, reader, articles, commit, RUNS.get(name, 1), os.getloadavg()[0])
            with TemporaryDirectory() as folder:
                if name == "build":
                    builds(part, Path(folder), parts[0] if parts else None)
                else:
                    {"start": start_up, "workers": workers}[name](part, Path(folder))
            parts.append(part)
            record(map(asdict, parts))


if __name__ == "__main__":
    if sys.argv[1:2] and sys.argv[1] in INSIDE:
        found = INSIDE[sys.argv[1]](*sys.argv[2:])
        print(json.dumps(found | {"peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))
    else:
        main()
