"""The results of `tests/bench_build.py`: kept as JSON, shown as tables in docs/benchmarks.md."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

DOCS = Path(__file__).parents[1] / "docs"
RESULTS = DOCS / "benchmarks.json"
PAGE = DOCS / "benchmarks.md"

Part = dict[str, Any]
"""As in `bench_build`, read from JSON."""

END = "<!-- end -->"


def record(parts: Iterable[Part]) -> None:
    """Put the parts in the place of those that measured the same, and write the tables."""
    known = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else {}
    known |= {f"{part['name']} {part['reader']} {part['articles']}": part for part in parts}
    known = dict(sorted(known.items(), key=_place))
    RESULTS.write_text(json.dumps(known, indent=1) + "\n", encoding="utf-8")
    page = PAGE.read_text(encoding="utf-8")
    for table in (times, sizes, memory, profile):
        begin = f"<!-- {table.__name__}, made by tests/bench_build.py -->"
        before, _, rest = page.partition(begin)
        _, _, after = rest.partition(END)
        page = f"{before}{begin}\n\n{table(known.values())}\n{END}{after}"
    PAGE.write_text(page, encoding="utf-8")


def _place(item: tuple[str, Part]) -> tuple[Any, ...]:
    part = item[1]
    return part["name"] != "start", part["name"], part["reader"], part["articles"]


def times(parts: Iterable[Part]) -> str:
    headers = ["reader", "articles", "what", "beside", "it took", "target"]
    headers += ["CPU s", "wall s", "peak MB", "runs", "load"]
    rows = []
    for part in parts:
        for row in part["rows"]:
            one, other = row["cost"], row["other"]
            rows.append(
                [part["reader"], f"{part['articles']:,}"]
                + [row[name] for name in ("what", "beside", "value", "target")]
                + [f"{one[name]:,.2f} / {other[name]:,.2f}" for name in ("cpu", "wall")]
                + [f"{one['peak']:,.0f} / {other['peak']:,.0f}", str(part["runs"]), f"{part['load']:.1f}"]
            )
    return _table(headers, rows, left=4)


def sizes(parts: Iterable[Part]) -> str:
    headers = ["reader", "articles", "articles/s", "words/s", "facts", "triples a fact", "Turtle a fact"]
    headers += [
        "read an article",
        "kept an article",
        "pages an article",
        "sent an article",
        "back an article",
    ]
    rows = []
    for part in parts:
        if part["name"] == "build":
            articles, cpu, counts = part["articles"], part["build"]["cpu"], part["counts"]
            rows.append(
                [part["reader"], f"{articles:,}", f"{articles / cpu:,.1f}", f"{counts['words'] / cpu:,.0f}"]
                + [f"{counts['facts']:,}", f"{counts['triples'] / counts['facts']:.1f}"]
                + [f"{counts['Turtle bytes'] / counts['facts']:,.0f}"]
                + [f"{counts[name] / articles:,.0f}" for name in ("input bytes", "kept bytes", "page bytes")]
                + [f"{counts[name]:,}" for name in ("sent an article", "back an article")]
            )
    return _table(headers, rows, left=1)


def memory(parts: Iterable[Part]) -> str:
    """The curve of each size, and what an article adds to the peak, over the size before it."""
    rows = []
    stages: list[str] = []
    last: Part | None = None
    for part in parts:
        if part["name"] == "memory":
            found, articles = part["found"], part["articles"]
            stages = list(found["after"])
            grown = ""
            if last and last["reader"] == part["reader"]:
                more = found["peak"] - last["found"]["peak"]
                grown = f"{more * 1024 / (articles - last['articles']):,.2f}"
            rows.append(
                [part["reader"], f"{articles:,}", str(part["workers"])]
                + [f"{found['after'][stage]:,.0f}" for stage in stages]
                + [grown, f"{found['worker']:,.0f}", f"{found['cpu'] / articles * 1000:,.1f}"]
                + [f"{found['wall']:,.0f}"]
            )
            last = part
    headers = ["reader", "articles", "workers", *(f"after {stage}" for stage in stages)]
    headers += ["kB more an article", "largest worker", "CPU ms an article", "wall s"]
    return _table(headers, rows, left=1)


def profile(parts: Iterable[Part]) -> str:
    """For each build that was profiled, its stages and its most expensive functions."""
    return "\n".join(_profile(part) for part in parts if part["name"] == "profile")


def _profile(part: Part) -> str:
    cpu, stages, top = (part["found"][name] for name in ("cpu", "stages", "top"))
    shares = ", ".join(f"{stage} {seconds / sum(stages.values()):.0%}" for stage, seconds in stages.items())
    rows = [
        [f"`{name}`".replace("|", "\\|"), f"{calls:,}", f"{own:,.1f}", f"{own / cpu:.1%}"]
        for name, calls, own in top
    ]
    table = _table(["function", "calls", "own CPU s", "share"], rows, left=1)
    return f"{part['articles']:,} articles, reader {part['reader']}; by stage: {shares}.\n\n{table}"


def _table(headers: list[str], rows: list[list[str]], *, left: int) -> str:
    rule = ["---" if place < left else "---:" for place in range(len(headers))]
    return "".join(f"| {' | '.join(row)} |\n" for row in (headers, rule, *rows))
