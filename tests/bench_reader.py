"""Time the trained reader: `make bench`, or `python tests/bench_reader.py [PROCESSES] [PATH...]`.

Each of PROCESSES (default 1, then 2) reads all the articles (default: the sample) by itself, on one thread,
as the workers of a build do. Processor seconds, which other programs on the machine disturb least; the words
are those of the articles as read. "Python" is what the reader does beside running its two networks, as a
share of its time; the rules run before it and are counted by themselves.
"""

import resource
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from importlib.resources import files
from multiprocessing import get_context
from pathlib import Path

from kg import console, pipeline
from kg.extract.layers import layers
from kg.extract.pipeline import load, make_doc
from kg.extract.reader import Reader
from kg.extract.reader_model import Model
from kg.extract.reader_rules import Findings
from kg.ingest import read


class Timed:
    """An onnxruntime session that counts its processor seconds."""

    def __init__(self, session):
        self.session, self.seconds = session, 0.0

    def run(self, *args):
        started = time.thread_time()
        try:
            return self.session.run(*args)
        finally:
            self.seconds += time.thread_time() - started


def time_reader(paths: list[Path]) -> dict[str, float]:
    """Processor seconds by what they were spent on, with the words read and the peak memory in MB."""
    articles = read(paths).articles
    rules = load("rules")
    docs = [rules(make_doc(rules, article)) for article in articles]  # loads the gazetteers, too
    started = time.process_time()
    for article in articles:
        rules(make_doc(rules, article))
    by_rules = time.process_time() - started
    started = time.process_time()
    model = Model(files("kg").joinpath("extract", "weights"), threads=1)
    loaded = time.process_time() - started
    reader = Reader(model)
    networks = [Timed(model._tagger), Timed(model._relations)]
    model._tagger, model._relations = networks
    started = time.process_time()
    for article, doc in zip(articles, docs, strict=True):
        found = layers(doc)
        reader.read_article(article, found=Findings(found.countries, found.places, found.dates))
    return {
        "words": sum(len(article.text.split()) for article in articles),
        "load": loaded,
        "rules": by_rules,
        "reader": time.process_time() - started,
        "tagger": networks[0].seconds,
        "relations": networks[1].seconds,
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def main(counts: list[int], paths: list[Path]) -> None:
    rows = []
    with pipeline.sample_paths() as folders:
        for count in counts:
            with ProcessPoolExecutor(count, mp_context=get_context("spawn")) as pool:
                for seconds in pool.map(time_reader, [paths or folders] * count):
                    python = seconds["reader"] - seconds["tagger"] - seconds["relations"]
                    times = (f"{seconds[part]:.2f}" for part in ("load", "rules", "tagger", "relations"))
                    share = f"{python / seconds['reader']:.0%}"
                    speed = f"{seconds['words'] / seconds['reader']:.0f}"
                    words, memory = (f"{seconds[part]:.0f}" for part in ("words", "memory"))
                    rows.append((str(count), words, *times, f"{python:.2f}", share, speed, memory))
    headers = (
        "processes",
        "words",
        "load",
        "rules",
        "tagger",
        "relations",
        "Python",
        "share",
        "words/s",
        "MB",
    )
    print(console.table(headers, rows, right=frozenset(headers)), end="")


if __name__ == "__main__":
    main([int(sys.argv[1])] if len(sys.argv) > 1 else [1, 2], [Path(name) for name in sys.argv[2:]])
