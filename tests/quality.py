"""Write docs/quality.md: how good what ships is, on the gold in tests/gold/dev.

    make quality                        # after new weights or rules; 2 minutes
    make quality PAGES="GOLD TEXTS"     # measures gold outside the repository, too

Figures and examples are made here, from one extraction of every document; what it would take to be rid of an
error is written by hand, below. What stands on real pages is kept until it is measured again.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import click

from kg.evaluate import (
    Document,
    Evaluation,
    calibration_error,
    extract_documents,
    in_bins,
    intervals,
    load_documents,
    score_extractions,
)
from kg.mistakes import Mistake, Why
from kg.score import Score

ROOT = Path(__file__).parents[1]
GOLD = ROOT / "tests" / "gold" / "dev"
REPORT = ROOT / "docs" / "quality.md"
CONFIDENCES = (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
EXAMPLES, LONGEST = 3, 200
"""How many examples of an error, and how many characters of a passage."""
REAL = re.compile(r"<!-- real pages -->\n.*?<!-- end of real pages -->\n", re.DOTALL)

INTRODUCTION = """\
# How good it is

Written by `make quality`. Each document of `tests/gold/dev` is built by itself, from its file through the
ingest to the graph, and scored as `kg eval` does: strict (subject, predicate and object are right), relaxed
(participation taken as one, dates as one) and entities (found under one of their names, with their kind). In
brackets the 95 % interval by bootstrap over the documents. None of them was trained on; how the networks were
made and chosen, and what pays, is told in [model.md](model.md).

## In all
"""
REAL_PAGES = """\
<!-- real pages -->
Real newspaper pages, which are not ours to publish, were measured the same way. The rules were made with
these pages in view, the networks were not.
"""
MIN_CONFIDENCE = """\
Strict figures under `--min-confidence`. The trained reader itself leaves out what is less sure than its
threshold (see [model.md](model.md)), so smaller values change little."""
ALL_ERRORS = """
An entity of the wrong kind or with other words is both missed and false. All errors by reason, with examples
from the gold documents:"""

Reason = tuple[str, bool, Why]
"""Missed or false, whether it is a fact, and why."""

REMEDIES: dict[Reason, str] = {
    ("missed", False, Why.NO_ENTITY): "Training texts with more sorts of names, above all projects of one or "
    "two plain words; a larger tagger.",
    (
        "missed",
        False,
        Why.OTHER_KIND,
    ): "Kinds decided for a name in the whole article, by what it does there, "
    "not by its words alone; gold that lists both kinds where annotators would differ.",
    (
        "missed",
        False,
        Why.OTHER_WORDS,
    ): "Where a name ends, learnt from more names with `of`, `and` and commas.",
    ("false", False, Why.NO_ENTITY): "More training texts with headings, adverts, titles of persons and "
    "descriptions in capitals; a larger tagger.",
    (
        "false",
        False,
        Why.OTHER_KIND,
    ): "As for missed entities of the wrong kind: each such error counts as both.",
    ("false", False, Why.OTHER_WORDS): "As for missed entities of other words.",
    ("missed", True, Why.NO_SIDE): "Nothing of its own: it goes with the missed entities.",
    (
        "missed",
        True,
        Why.OTHER_PREDICATE,
    ): "More examples of the pairs that are mixed up (leads, develops and "
    "participatesIn; startedOn, announcedOn and signedOn), with verbs that tell them apart.",
    ("missed", True, Why.OTHER_WAY_ROUND): "Too rare to work on.",
    (
        "missed",
        True,
        Why.OTHER_DATE,
    ): "Dates bound to the verb that they stand with, where a sentence has two.",
    (
        "missed",
        True,
        Why.ONE_PASSAGE,
    ): "More training texts: most of these are plain sentences of a form that "
    "the reader has not met, or scores just under the threshold.",
    ("missed", True, Why.SEVERAL_PASSAGES): "Reading over sentences: what `the facility`, `it` and `members "
    "include` stand for, found by a trained model of coreference instead of rules.",
    ("false", True, Why.NO_SIDE): "Nothing of its own: it goes with the false entities.",
    ("false", True, Why.OTHER_PREDICATE): "As for missed facts with another predicate; in part both could be "
    "defended.",
    ("false", True, Why.OTHER_WAY_ROUND): "Too rare to work on.",
    ("false", True, Why.OTHER_DATE): "As for missed facts with another date.",
    (
        "false",
        True,
        Why.OTHER_OBJECT,
    ): "Choosing among the candidates of a subject together, not pair by pair: "
    "an institute has one seat, a project few leaders.",
    (
        "false",
        True,
        Why.OTHER_SUBJECT,
    ): "Choosing together, not pair by pair, who of a sentence's institutions does what.",
    (
        "false",
        True,
        Why.NOT_STATED,
    ): "Training texts that name two things in one breath without a relation; in "
    "part gold that missed what the text does say.",
}


def report(documents: Sequence[Document], *, kept: str = "") -> str:
    """The whole text; `kept` is the part on real pages."""
    found = [tuple(extractions) for extractions in extract_documents(documents)]
    ruled = [tuple(extractions) for extractions in extract_documents(documents, reader="rules")]
    default, rules = scored(documents, found), scored(documents, ruled)
    return "\n".join(
        [
            INTRODUCTION,
            *_totals(_sets(default, "the trained reader beside the rules"), _sets(rules, "the rules alone")),
            "",
            kept or "<!-- real pages -->\n<!-- end of real pages -->\n",
            "## By kind and by predicate",
            "",
            "The trained reader beside the rules, all documents.",
            "",
            *_rows(default),
            "",
            "## How sure is sure",
            "",
            *_calibration(default),
            "",
            *_confidences(documents, found),
            "",
            "## What is wrong",
            "",
            *_mistakes(default),
        ]
    )


def scored(
    documents: Iterable[Document], found: Iterable[tuple], *, min_confidence: float = 0.0
) -> Evaluation:
    return Evaluation(
        tuple(
            score_extractions(document, extractions, min_confidence=min_confidence)
            for document, extractions in zip(documents, found, strict=True)
        )
    )


def real_pages(gold: Path, texts: Path) -> str:
    """The part on gold that is not in the repository: figures alone, no word of the pages."""
    documents = load_documents(gold, texts)
    sets = [
        (f"{len(documents)} real pages", name, scored(documents, extract_documents(documents, reader=reader)))
        for reader, name in (("trained", "the trained reader beside the rules"), ("rules", "the rules alone"))
    ]
    return "\n".join([REAL_PAGES, *_totals(sets), "<!-- end of real pages -->", ""])


def _sets(figures: Evaluation, reader: str) -> list[tuple[str, str, Evaluation]]:
    """Articles, whole pages (documents P..), and all."""
    pages = tuple(d for d in figures.documents if d.doc.startswith("P"))
    articles = tuple(d for d in figures.documents if not d.doc.startswith("P"))
    return [
        (f"{len(part)} {name}", reader, Evaluation(part))
        for name, part in (("articles", articles), ("whole pages", pages), ("documents", figures.documents))
        if part
    ]


def _totals(*sets: Iterable[tuple[str, str, Evaluation]]) -> Iterator[str]:
    yield from _table_head(("documents", "reader", "", "precision", "recall", "F1"))
    for name, reader, figures in (row for rows in sets for row in rows):
        of_all = [sum(d.types.values(), Score()) for d in figures.documents]
        for label, scores in (
            ("entities", of_all),
            ("relaxed", [d.relaxed for d in figures.documents]),
            ("strict", [d.strict for d in figures.documents]),
        ):
            total, around = sum(scores, Score()), intervals(scores)
            cells = (
                f"{_share(value)} [{_share(around[key][0])}, {_share(around[key][1])}]"
                for key, value in (("p", total.precision), ("r", total.recall), ("f1", total.f1))
            )
            yield _row((name, reader, label, *cells))


def _rows(figures: Evaluation) -> Iterator[str]:
    yield from _table_head(("", "precision", "recall", "F1", "hit", "false", "missed"))
    for name, score in (figures.types | figures.predicates).items():
        ratios = map(_share, (score.precision, score.recall, score.f1))
        yield _row((f"`{name}`", *ratios, str(score.hit), str(score.false), str(score.missed)))


def _calibration(figures: Evaluation) -> Iterator[str]:
    judged = [item for document in figures.documents for item in document.judged]
    yield "What the graph says of its own facts (`kg:belief`), and how many are right. Expected calibration"
    yield f"error {calibration_error(judged):.3f}, over {len(judged)} facts."
    yield ""
    yield from _table_head(("belief", "facts", "mean belief", "right"))
    bins = in_bins(judged)
    for number, part in enumerate(bins):
        if part:
            mean = sum(belief for belief, _ in part) / len(part)
            right = sum(is_right for _, is_right in part) / len(part)
            edges = f"{number / len(bins):.1f} to {(number + 1) / len(bins):.1f}"
            yield _row((edges, str(len(part)), _share(mean), _share(right)))


def _confidences(documents: Sequence[Document], found: Sequence[tuple]) -> Iterator[str]:
    sweep = {least: scored(documents, found, min_confidence=least).strict for least in CONFIDENCES}
    enough = next((least for least, score in sweep.items() if score.precision >= 0.8), None)
    yield MIN_CONFIDENCE
    if enough is not None:
        yield f"From {enough} on, four of five facts are right."
    yield ""
    yield from _table_head(("`--min-confidence`", "precision", "recall", "F1", "facts"))
    for least, score in sweep.items():
        ratios = map(_share, (score.precision, score.recall, score.f1))
        yield _row((f"{least}", *ratios, str(score.hit + score.false)))


def _mistakes(figures: Evaluation) -> Iterator[str]:
    every = [mistake for document in figures.documents for mistake in document.mistakes]
    counts = Counter(map(_reason, every))
    yield "The ten most frequent errors, and what it would take to be rid of them:"
    yield ""
    yield from _table_head(("", "what", "why", "count", "what it would take"))
    for rank, (reason, count) in enumerate(counts.most_common(10), start=1):
        side, is_fact, why = reason
        what = f"{side} {'fact' if is_fact else 'entity'}"
        yield _row((str(rank), what, why, str(count), REMEDIES[reason]))
    yield ALL_ERRORS
    for is_fact, side in ((False, "missed"), (False, "false"), (True, "missed"), (True, "false")):
        part = [m for m in every if (m.is_fact, m.side) == (is_fact, side)]
        yield ""
        yield f"### {side.capitalize()} {'facts' if is_fact else 'entities'}: {len(part)}"
        for why in Why:
            these = [mistake for mistake in part if mistake.why is why]
            if these:
                yield ""
                yield f"{why[:1].upper()}{why[1:]}: {len(these)}"
                yield ""
                yield from map(_example, examples(these))


def _reason(mistake: Mistake) -> Reason:
    return mistake.side, mistake.is_fact, mistake.why


def examples(mistakes: Sequence[Mistake]) -> list[Mistake]:
    """Some mistakes that lie well apart, those with a passage short enough to show if there are any."""
    shown = [mistake for mistake in mistakes if 0 < len(mistake.quote) <= LONGEST] or list(mistakes)
    places = sorted({index * len(shown) // EXAMPLES for index in range(EXAMPLES)})
    return [shown[place] for place in places]


def _example(mistake: Mistake) -> str:
    what = mistake.text if mistake.is_fact else f"{mistake.text} ({mistake.about})"
    passage = f": “{_plain(mistake.quote)}”" if 0 < len(mistake.quote) <= LONGEST else ""
    return f"- {mistake.doc}, {_plain(what)}{passage}"


def _plain(text: str) -> str:
    """Text that Markdown shows as it is."""
    return re.sub(r"([\\`*_\[\]<>|])", r"\\\1", " ".join(text.split()))


def _share(value: float) -> str:
    return f"{value:.3f}".removeprefix("0")


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _table_head(headers: Sequence[str]) -> list[str]:
    return [_row(headers), "|---" * len(headers) + "|"]


@click.command()
@click.option(
    "--pages", nargs=2, type=click.Path(path_type=Path), help="Gold outside the repository, its texts."
)
def main(pages: tuple[Path, Path] | None) -> None:
    """Write docs/quality.md."""
    old = REAL.search(REPORT.read_text(encoding="utf-8")) if REPORT.exists() else None
    kept = real_pages(*pages) if pages else old[0] if old else ""
    REPORT.write_text(report(load_documents(GOLD), kept=kept), encoding="utf-8")


if __name__ == "__main__":
    main()
