"""Time graph work side by side, rdflib's memory store and pyoxigraph: `make bench`.

    python tests/bench_graph.py [TRIPLES] [SECONDS]

Reading, writing and every question of `ontology/queries`, on a made-up graph of TRIPLES triples (default a
million) of the shape that `kg build` gives. Each is done once; what takes rdflib more than SECONDS (default
60) is stopped there, and its ratio is then a least one (">").
"""

import signal
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter

from rdflib import Graph

from kg import console
from kg.graph import build_graph
from kg.model import Article, Entity, Evidence, Fact, Knowledge, Origin, PartialDate
from kg.query import ask
from kg.questions import questions
from kg.store import Store, load_store, serialise_store, store_of
from kg.vocab import Kind, Predicate

TRIPLES_AN_ARTICLE = 96
"""About, in what `make_graph` makes."""
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


def make_graph(triples: int) -> Store:
    """A graph of about so many triples: as many articles as that takes, with facts that overlap."""
    count = triples // TRIPLES_AN_ARTICLE
    kinds = {Kind.INSTITUTION: count * 2, Kind.PROJECT: count, Kind.COUNTRY: min(count, 150)}
    entities = {
        f"{kind.lower()}/{number}": Entity(f"{kind.lower()}/{number}", kind, f"{kind} {number}")
        for kind, size in kinds.items()
        for number in range(size)
    }
    articles, facts = [], {}
    for number in range(count):
        text = f"Institution {number} leads Project {number}. " * 4
        key = f"2020-article-{number}"
        published = PartialDate(2000 + number % 25, 1 + number % 12)
        articles.append(
            Article(key, f"pages/{number}.txt", f"Article {number}", text, published, origins=(Origin(0, 1),))
        )
        for fact in _claims(number, count, key, text):
            known = facts.setdefault((fact.subject, fact.predicate, str(fact.object)), fact)
            if known is not fact:
                evidence = tuple(sorted({*known.evidence, *fact.evidence}))
                facts[fact.subject, fact.predicate, str(fact.object)] = Fact(
                    fact.subject, fact.predicate, fact.object, evidence, 0.9
                )
    knowledge = Knowledge(tuple(articles), tuple(entities.values()), tuple(facts.values()), ())
    return store_of(build_graph(knowledge))


def _claims(number: int, count: int, article: str, text: str) -> list[Fact]:
    project, institution = f"project/{number}", f"institution/{number}"
    country = f"country/{number % min(count, 150)}"
    date = PartialDate(1990 + number % 35, 1 + number % 12, 1 + number % 28)
    said = [
        (institution, Predicate.LEADS, project),
        (f"institution/{number + count}", Predicate.PARTICIPATES_IN, project),
        (f"institution/{number // 2}", Predicate.FUNDS, project),
        (institution, Predicate.LOCATED_IN, country),
        (project, Predicate.INVOLVES_COUNTRY, country),
        (project, Predicate.STARTED_ON, date),
    ]
    evidence = (Evidence(article, 0, 40, text[:40], "rules/relations", 0.6),)
    return [Fact(subject, predicate, obj, evidence, 0.6) for subject, predicate, obj in said]


class TooSlowError(BaseException):
    """Passes through whatever catches every Exception."""


def seconds(work: Callable[[], object], limit: int) -> float:
    """How long `work` takes, or infinity when it takes more than `limit` seconds."""

    def stop(*_: object) -> None:
        raise TooSlowError

    signal.signal(signal.SIGALRM, stop)
    signal.alarm(limit)
    started = perf_counter()
    try:
        work()
    except TooSlowError:
        return float("inf")
    finally:
        signal.alarm(0)
    return perf_counter() - started


def main(triples: int, limit: int) -> None:
    store = make_graph(triples)
    rows, ratios = [], []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "graph.ttl"
        path.write_bytes(serialise_store(store))
        graph = Graph()
        works: list[tuple[str, Callable[[], object], Callable[[], object]]] = [
            ("parse", lambda: graph.parse(path), lambda: load_store(path)),
            ("serialise", lambda: graph.serialize(format="turtle"), lambda: serialise_store(store)),
        ]
        for name, question in questions().items():
            values = {p.name: VALUES[p.name] for p in question.parameters if p.required}
            works.append(
                (name, lambda n=name, v=values: ask(graph, n, v), lambda n=name, v=values: ask(store, n, v))
            )
        for name, old, new in works:
            most = 10 * limit if name in ("parse", "serialise") else limit
            slow, fast = seconds(old, most), seconds(new, limit)
            mark = ">" if slow > most else ""
            ratios.append(min(slow, most) / fast)
            rows.append((name, f"{mark}{min(slow, most):.2f}", f"{fast:.3f}", f"{mark}{ratios[-1]:.1f}"))
            print(*rows[-1], file=sys.stderr, flush=True)
    print(f"{len(store)} triples")
    headers = ("work", "rdflib s", "pyoxigraph s", "times faster")
    print(console.table(headers, rows, right=frozenset(headers[1:])), end="")
    print(f"median: {median(ratios):.0f} times faster", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000, int(sys.argv[2]) if len(sys.argv) > 2 else 60)
