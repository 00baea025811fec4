"""The results of `tests/bench_build.py`: kept as JSON, shown as tables in docs/benchmarks.md."""

import json
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Any

DOCS = Path(__file__).parents[1] / "docs"
RESULTS = DOCS / "benchmarks.json"
PAGE = DOCS / "benchmarks.md"
BEGIN, END = "<!-- made by tests/bench_build.py -->\n", "<!-- end -->\n"


def record(parts: Iterable[dict[str, Any]]) -> None:
    """Put the parts in the place of those that measured the same, and write the tables."""
    known = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else {}
    known |= {f"{part['name']} {part['reader']} {part['articles']}": part for part in parts}
    known = dict(sorted(known.items(), key=_place))
    RESULTS.write_text(json.dumps(known, indent=1) + "\n", encoding="utf-8")
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    PAGE.write_text(f"{before}{BEGIN}{tables(known.values())}{END}{after}", encoding="utf-8")


def _place(item: tuple[str, dict[str, Any]]) -> tuple[Any, ...]:
    part = item[1]
    return part["name"] != "start", part["name"], part["reader"], part["articles"]


def tables(parts: Collection[dict[str, Any]]) -> str:
    rows = []
    for part in parts:
        for row in part["rows"]:
            one, other = row["cost"], row["other"]
            rows.append(
                [
                    part["reader"],
                    f"{part['articles']:,}",
                    row["what"],
                    row["beside"],
                    row["value"],
                    row["target"],
                ]
                + [f"{one[name]:,.2f} / {other[name]:,.2f}" for name in ("cpu", "wall")]
                + [f"{one['peak']:,.0f} / {other['peak']:,.0f}", str(part["runs"]), f"{part['load']:.1f}"]
            )
    times = _table(
        ["reader", "articles", "what", "beside", "it took", "target"]
        + ["CPU s", "wall s", "peak MB", "runs", "load"],
        rows,
        left=4,
    )
    rows = []
    for part in parts:
        if counts := part["counts"]:
            articles, cpu = part["articles"], part["rows"][0]["cost"]["cpu"]
            rows.append(
                [part["reader"], f"{articles:,}", f"{articles / cpu:,.1f}", f"{counts['words'] / cpu:,.0f}"]
                + [f"{counts['facts']:,}", f"{counts['triples'] / counts['facts']:.1f}"]
                + [f"{counts['Turtle bytes'] / counts['facts']:,.0f}"]
                + [f"{counts[name] / articles:,.0f}" for name in ("input bytes", "kept bytes", "page bytes")]
                + [f"{counts[name]:,}" for name in ("sent an article", "back an article")]
            )
    sizes = _table(
        ["reader", "articles", "articles/s", "words/s", "facts", "triples a fact", "Turtle a fact"]
        + ["read an article", "kept an article", "pages an article", "sent an article", "back an article"],
        rows,
        left=1,
    )
    return f"\n{times}\nSpeed by CPU second, sizes in bytes:\n\n{sizes}\n"


def _table(headers: list[str], rows: list[list[str]], *, left: int) -> str:
    rule = ["---" if place < left else "---:" for place in range(len(headers))]
    return "".join(f"| {' | '.join(row)} |\n" for row in (headers, rule, *rows))
