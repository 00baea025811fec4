"""Time a build, stage by stage: `make bench`, or `python tests/bench.py [COPIES] [PATH...]`.

COPIES (default 3) is how often the articles are built; the first build also loads the extractor, so it
stands apart. Wall-clock seconds; the words are those of the articles as read.
"""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from kg import console, pipeline


class Stopwatch:
    """A progress listener that notes when each stage is first and last heard of."""

    def __init__(self) -> None:
        self.starts: dict[str, float] = {}

    def __call__(self, stage: str, done: int, total: int | None) -> None:
        self.starts.setdefault(stage, perf_counter())

    def seconds(self, started: float, ended: float) -> dict[str, float]:
        """Seconds by stage; a stage lasts until the next one starts, and reading starts with the build."""
        times = [started, *list(self.starts.values())[1:], ended]
        return {stage: times[i + 1] - times[i] for i, stage in enumerate(self.starts)}


def time_build(paths: list[Path]) -> tuple[dict[str, float], int]:
    watch = Stopwatch()
    started = perf_counter()
    made = pipeline.build(paths, on_progress=watch)
    with TemporaryDirectory() as folder:
        pipeline.write_outputs(made, Path(folder), on_progress=watch)
    seconds = watch.seconds(started, perf_counter())
    return seconds, sum(len(article.text.split()) for article in made.knowledge.articles)


def main(copies: int, paths: list[Path]) -> None:
    with pipeline.sample_paths() as folders:
        runs = [time_build(paths or folders) for _ in range(copies)]
    rows = []
    for number, (seconds, words) in enumerate(runs, start=1):
        total = sum(seconds.values())
        shares = (f"{value:.2f}" for value in seconds.values())
        rows.append((str(number), str(words), *shares, f"{total:.2f}", f"{words / total:.0f}"))
    headers = ("build", "words", *runs[0][0], "seconds", "words/s")
    print(console.table(headers, rows, right=frozenset(headers)), end="")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3, [Path(name) for name in sys.argv[2:]])
