"""Time builds, each beside something that says what the time is worth: `make bench`.

    python tests/bench_build.py                                     what ends within ten minutes
    python tests/bench_build.py build --reader rules 1000 10000     archives of these sizes
    python tests/bench_build.py memory --reader rules --workers 2 1000 10000 100000
    python tests/bench_build.py workers --reader trained 1000
    python tests/bench_build.py profile --reader rules 10000

Processor seconds (user and system, of all processes) are given beside wall seconds, because the first say the
same on a busy machine. Everything is a command of its own, started cold. The results are put into
docs/benchmarks.json, in the place of those of the same part, reader and sizes, and from there into the
tables of docs/benchmarks.md.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from archive import count_words, write_archive
from bench_page import record

TOP = Path(__file__).parents[1]
INSIDE = Path(__file__).with_name("bench_inside.py")
CHANGED = 100
"""One article in so many is changed between two builds."""
BARE_AT_MOST = 1_000
"""Articles: what spaCy alone takes for one does not depend on how many there are."""
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
    workers: int = 1
    build: Cost | None = None
    """From nothing."""
    rows: list[Row] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    found: dict[str, Any] = field(default_factory=dict)
    """What has a table of its own."""

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


@contextmanager
def on_one_core() -> Iterator[None]:
    """What is started in here has one core, however many threads it has."""
    all_cores = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(all_cores)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, all_cores)


def inside(what: str, *arguments: object) -> dict[str, Any]:
    """What a function of `bench_inside` finds, in a process of its own."""
    command = [sys.executable, str(INSIDE), what, *map(str, arguments)]
    found: dict[str, Any] = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)
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
    build_one = partial(clean_build, folder / "one", folder / "out", part.reader, workers=1)
    build_one()
    bare, shown, libraries, built = side_by_side(
        part.runs,
        lambda: python("-c", "pass"),
        lambda: kg("--help"),
        lambda: python("-c", LIBRARIES),
        build_one,
    )
    more = f"{(shown.cpu - bare.cpu) * 1000:.0f} ms more"
    part.add("kg --help", shown, "an empty Python program", bare, more, "150 ms more")
    ratio = f"{built.cpu / libraries.cpu:.2f}×"
    part.add("a build of one article", built, "its libraries, imported", libraries, ratio)


def builds(part: Part, folder: Path, smaller: Part | None) -> None:
    """An archive built, built again, and built with some of it changed; its growth over a smaller one."""
    archive, out = folder / "archive", folder / "out"
    write_archive(archive, part.articles)
    full = clean_build(archive, out, part.reader, workers=part.workers)
    part.build = full
    _count(part, archive, out)
    if part.articles <= BARE_AT_MOST:
        alone = _cost_of(inside("bare", archive, part.reader))
        own = f"{full.cpu / alone.cpu:.2f}×: own share {1 - alone.cpu / full.cpu:.0%}"
        part.add("a build", full, "the same spaCy pipeline, bare", alone, own, "own share 20 %")
    if smaller and (less := smaller.build):
        growth = f"{full.cpu / less.cpu * smaller.articles / part.articles:.2f}× an article"
        part.add("a build", full, f"a build of {smaller.articles:,}", less, growth, "1.15× an article")
    rebuilds(part, archive, out, full)
    written = inside("turtle", out / "graph.ttl")
    dump = _cost_of(written, "dump")
    for where in ("memory", "disk"):
        ours = _cost_of(written, where)
        ratio = f"{ours.cpu / dump.cpu:.2f}×"
        part.add(f"Turtle written from {where}", ours, "pyoxigraph's dump", dump, ratio, "3×")
    part.counts |= {name: int(written[name]) for name in ("facts", "triples")}


def rebuilds(part: Part, archive: Path, out: Path, full: Cost) -> None:
    for changed, step, target in (
        ("nothing", 0, ""),
        ("three", -(-part.articles // 3), ""),
        (f"1 in {CHANGED}", CHANGED, "5 %"),
    ):
        if step:
            write_archive(archive, part.articles, first=step * 10**8, step=step)
        again = build(archive, out, part.reader, workers=part.workers)
        part.add(f"{changed} changed", again, "a build", full, f"{again.cpu / full.cpu:.1%}", target)


def workers(part: Part, folder: Path) -> None:
    """Two workers against one on one core: the only figure that needs two quiet cores, and the wall clock."""
    write_archive(folder / "archive", part.articles)
    clean = partial(clean_build, folder / "archive", folder / "out", part.reader)
    one, two = side_by_side(
        part.runs,
        on_one_core()(partial(clean, workers=1)),
        partial(clean, workers=2),
    )
    times = f"{one.wall / two.wall:.2f}× as fast"
    part.add("two workers", two, "one worker on one core", one, times, "1.7× as fast")


def memory(part: Part, folder: Path) -> None:
    """The peak after each stage of a build."""
    write_archive(folder / "archive", part.articles)
    part.found = inside("memory", folder / "archive", folder / "out", part.reader, part.workers)
    print(f"{part.articles} articles, megabytes after each stage: {part.found['after']}", flush=True)


def profile(part: Part, folder: Path) -> None:
    """Where the time of a build goes."""
    write_archive(folder / "archive", part.articles)
    part.found = inside("profile", folder / "archive", folder / "out", part.reader)


def build(archive: Path, out: Path, reader: str, *, workers: int) -> Cost:
    return kg("build", str(archive), "-o", str(out), "--reader", reader, "--workers", str(workers))


def clean_build(archive: Path, out: Path, reader: str, *, workers: int) -> Cost:
    shutil.rmtree(out, ignore_errors=True)
    return build(archive, out, reader, workers=workers)


def _cost_of(found: dict[str, float], name: str = "cpu") -> Cost:
    wall = "wall" if name == "cpu" else f"{name} wall"
    return Cost(found[name], found[wall], found["peak"])


def _count(part: Part, archive: Path, out: Path) -> None:
    """Words that go in; bytes of what goes in, what is kept and what comes out."""
    part.counts["words"] = count_words(archive)
    part.counts["input bytes"] = sum(path.stat().st_size for path in archive.rglob("*.txt"))
    part.counts["kept bytes"] = sum(path.stat().st_size for path in (out / ".kg").iterdir())
    part.counts["Turtle bytes"] = (out / "graph.ttl").stat().st_size
    part.counts["page bytes"] = sum(path.stat().st_size for path in out.glob("*.html"))
    travelled = inside("network", archive, part.reader)
    part.counts |= {name: int(travelled[name]) for name in ("sent an article", "back an article")}


PLAN = (
    ("start", "trained", [1]),
    ("build", "rules", [250, 1000]),
    ("build", "trained", [250]),
    ("memory", "rules", [250, 1000]),
    ("profile", "rules", [250]),
    ("workers", "trained", [600]),
)
RUNS = {"start": 5}
PARTS = {"start": start_up, "workers": workers, "memory": memory, "profile": profile}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("part", nargs="?", choices=["build", *PARTS])
    parser.add_argument("--reader", choices=["rules", "trained"], default="trained")
    parser.add_argument("--workers", type=int, default=1, help="of the builds that are timed or weighed")
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
            load = os.getloadavg()[0]
            part = Part(name, reader, articles, commit, RUNS.get(name, 1), load, options.workers)
            with TemporaryDirectory() as folder:
                if name == "build":
                    builds(part, Path(folder), parts[0] if parts else None)
                else:
                    PARTS[name](part, Path(folder))
            parts.append(part)
            record(map(asdict, parts))


if __name__ == "__main__":
    main()
