"""Time graph work side by side, rdflib's memory store and pyoxigraph: `make bench`.

    python tests/bench_graph.py [TRIPLES] [SECONDS]

Reading, writing and every question of `ontology/queries`, on a made-up graph of TRIPLES triples (default a
million) in which things are about as frequent as in the sample; and `kg query` on a file of a tenth of the
size. What counts is processor time, which other work on the machine hardly changes. A question that takes
rdflib more than SECONDS (default 8) is stopped there, and its ratio is then a least one (">"). The table goes
to docs/benchmarks/graph.md.
"""

import resource
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from time import process_time

from rdflib import Graph

from kg import console
from kg.graph import to_turtle
from kg.model import Article, Entity, Evidence, Fact, Knowledge, Merge, Origin, PartialDate
from kg.query import ask
from kg.questions import questions
from kg.store import Store, load_store, serialise_store
from kg.vocab import Kind, Predicate

TABLE = Path(__file__).parents[1] / "docs" / "benchmarks" / "graph.md"
TRIPLES_AN_ARTICLE = 427
"""About; in the sample as in what `make_knowledge` makes."""
LONG = 15
"""Writing may take rdflib so many times as long as a question; reading, as long as it takes."""
SENTENCE = "Institution {0} of the usual kind takes part in Project {0} of the usual length, with others. "
LEAST = 0.1
"""Seconds; what takes less is repeated until it took so long."""
VALUES = {
    "institution": "Institution 7",
    "project": "Project 7",
    "country": "Country 7",
    "other": "Country 8",
    "year": "2001",
    "since": "2019-06",
    "name": "Project 7",
    "article": "Article 7",
}


def make_knowledge(triples: int) -> Knowledge:
    """As many articles as make about so many triples: 19 facts each, some of which others state too."""
    count = max(10, triples // TRIPLES_AN_ARTICLE)
    sizes = {
        Kind.INSTITUTION: 5 * count,
        Kind.PROJECT: 3 * count,
        Kind.COUNTRY: min(150, count),
        Kind.PLACE: 2 * count,
    }
    articles, facts, merges = [], {}, []
    for number in range(count):
        text = SENTENCE.format(number) * 8
        published = PartialDate(2000 + number % 25, 1 + number % 12)
        articles.append(
            Article(
                f"a-{number}",
                f"pages/{number}.txt",
                f"Article {number}",
                text,
                published,
                origins=(Origin(0, 1),),
            )
        )
        for place, (subject, predicate, obj) in enumerate(_said(number, count)):
            key = (subject, predicate, str(obj))
            known = facts[key].evidence if key in facts else ()
            evidence = tuple(sorted({*known, *_evidence(number, place, text)}))
            facts[key] = Fact(subject, predicate, obj, evidence, max(item.confidence for item in evidence))
        for kind in ("institution", "project"):
            name = f"{kind.capitalize()} {number}"
            merges.append(Merge(f"{kind}/{number}", name, f"{name} Ltd", "same words", 0.9))
    entities = tuple(
        Entity(
            *(f"{kind.lower()}/{number}", kind, f"{kind} {number}"),
            aliases=(f"{kind} {number} Ltd",)
            if number < count and kind in (Kind.INSTITUTION, Kind.PROJECT)
            else (),
            articles=(f"a-{number % count}",),
        )
        for kind, size in sizes.items()
        for number in range(size)
    )
    return Knowledge(tuple(articles), entities, tuple(facts.values()), tuple(merges))


def _said(number: int, count: int) -> Iterator[tuple[str, Predicate, str | PartialDate]]:
    institutions = [f"institution/{5 * number + place}" for place in range(5)]
    projects = [f"project/{3 * number + place}" for place in range(3)]
    day = PartialDate(1990 + number % 35, 1 + number % 12, 1 + number % 28)
    for place, project in enumerate(projects):
        yield institutions[place], Predicate.LEADS, project
        yield institutions[3], Predicate.PARTICIPATES_IN, project
        yield project, Predicate.STARTED_ON, day
        yield project, Predicate.INVOLVES_COUNTRY, f"country/{(number + place) % min(150, count)}"
    for place, institution in enumerate(institutions[:4]):
        yield institution, Predicate.LOCATED_IN, f"country/{(number + place) % min(150, count)}"
    yield f"institution/{number // 2}", Predicate.FUNDS, projects[0]
    # The article before says this, too.
    yield f"institution/{5 * max(number - 1, 0)}", Predicate.LEADS, f"project/{3 * max(number - 1, 0)}"
    if number % 20 == 0:
        yield institutions[4], Predicate.FOUNDED_ON, PartialDate(1950)
        yield institutions[4], Predicate.FOUNDED_ON, PartialDate(1951)
        yield projects[0], Predicate.SIGNED_ON, PartialDate(2019, 1 + number % 12)
        yield projects[1], Predicate.COMPLETED_ON, PartialDate(2025)


def _evidence(number: int, place: int, text: str) -> Iterator[Evidence]:
    """One passage of the article; two facts in three are read by both extractors."""
    length = len(SENTENCE.format(number))
    start = place % 8 * length
    for extractor in ("reader", "rules")[: 1 + (place % 3 > 0)]:
        confidence = 0.35 + (number + place) % 13 / 20
        yield Evidence(
            f"a-{number}", start, start + length - 1, text[start : start + length - 1], extractor, confidence
        )


class TooSlowError(BaseException):
    """Passes through whatever catches every Exception."""


def seconds(work: Callable[[], object], limit: float) -> float:
    """How much processor time `work` takes, or infinity when that is more than `limit` seconds."""

    def stop(*_: object) -> None:
        raise TooSlowError

    signal.signal(signal.SIGPROF, stop)
    # Again and again, should one be swallowed somewhere.
    signal.setitimer(signal.ITIMER_PROF, limit, 0.5)
    started, times = process_time(), 0
    try:
        while not times or process_time() - started < LEAST:
            work()
            times += 1
        return (process_time() - started) / times
    except TooSlowError:
        return float("inf")
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def answer_in_a_process(path: Path) -> float:
    """Processor seconds of one `kg query`, from its start to its end."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [
        sys.executable,
        "-m",
        "kg",
        "query",
        str(path),
        "partners",
        "--institution",
        VALUES["institution"],
    ]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def works(source: Graph | Store) -> Iterator[tuple[str, Callable[[], object]]]:
    """All that is done with a graph that was read."""
    if isinstance(source, Graph):
        yield "serialise", lambda: source.serialize(format="turtle")
    else:
        yield "serialise", lambda: serialise_store(source)
    for name, question in questions().items():
        values = {item.name: VALUES[item.name] for item in question.parameters if item.required}
        yield name, lambda name=name, values=values: ask(source, name, values)


def time_all(path: Path, limit: float) -> Iterator[tuple[str, float, float]]:
    """Each work, with the seconds of rdflib (infinity where it was stopped) and those of pyoxigraph."""
    # One after the other, or the garbage collector looks through rdflib's graph in the time of both.
    fast = {"parse": seconds(lambda: load_store(path), limit)}
    for name, work in works(load_store(path)):
        fast[name] = seconds(work, limit)
    graph = Graph()
    started = process_time()
    graph.parse(path)  # to its end, since the questions need it
    yield "parse", process_time() - started, fast["parse"]
    for name, work in works(graph):
        yield name, seconds(work, limit * (LONG if name == "serialise" else 1)), fast[name]


def compare(path: Path, limit: float) -> tuple[list[tuple[str, ...]], float]:
    """A row for each work, and the median of how many times faster pyoxigraph is."""
    rows, ratios = [], []
    for name, slow, fast in time_all(path, limit):
        most = limit * (LONG if name == "serialise" else 1)
        mark = ">" if slow == float("inf") else ""
        slow = most if mark else slow
        ratios.append(slow / fast)
        rows.append((name, f"{mark}{slow:.2f}", f"{fast:.4f}", f"{mark}{ratios[-1]:.1f}"))
        print(*rows[-1], file=sys.stderr, flush=True)
    return rows, median(ratios)


def main(triples: int, limit: float) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "graph.ttl"
        path.write_bytes(to_turtle(make_knowledge(triples // 10)))
        small, question = len(load_store(path)), answer_in_a_process(path)
        path.write_bytes(to_turtle(make_knowledge(triples)))
        size = len(load_store(path))
        rows, middle = compare(path, limit)
    headers = ("work", "rdflib, s", "pyoxigraph, s", "times faster")
    said = f"""\
# Graph work, timed

Made by `python tests/bench_graph.py {triples} {limit:g}`: seconds of processor time on a graph of
{size:,} triples, rdflib's memory store beside pyoxigraph. What took rdflib more than {limit:g} seconds
({LONG * limit:g} to write) was stopped there, which `>` marks. The median is {middle:.0f} times.

`kg query` answers `partners` on a file of {small:,} triples in {question:.2f} seconds of processor time,
its start included.
"""
    table = [headers, ("---", "---:", "---:", "---:"), *rows]
    lines = [f"| {' | '.join(row)} |" for row in table]
    TABLE.parent.mkdir(exist_ok=True)
    TABLE.write_text(f"{said}\n" + "\n".join(lines) + "\n", encoding="utf-8")
    print(console.table(headers, rows, right=frozenset(headers[1:])), end="")
    print(f"median: {middle:.0f} times faster; kg query: {question:.2f} s", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000, float(sys.argv[2]) if len(sys.argv) > 2 else 8)
