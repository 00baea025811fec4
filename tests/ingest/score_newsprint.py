"""How well made pages are cut into articles, by the kind of their mess.

    python tests/ingest/score_newsprint.py [FIRST_SEED [COUNT [FOLDER]]]

scores COUNT pages of each kind, and writes them to FOLDER with their truth (`KIND-0.txt`,
`KIND-0.articles.json`). Seeds below 100 were used to develop the splitter.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from statistics import fmean
from typing import TYPE_CHECKING

from clippings import load_stories
from newsprint import KINDS, make_page
from page_scores import cluster_f1, stray_share, title_share, word_f1

from kg.ingest import split_page

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsprint import Page


def score(pages: Sequence[Page]) -> dict[str, float]:
    """The means over pages of the figures in page_scores, and the share of right dates."""
    rows = []
    for page in pages:
        articles = split_page(page.text, source="page.txt")
        gold, mine = [story.text for story in page.stories], [article.text for article in articles]
        titles = [story.title for story in page.stories], [article.title for article in articles]
        dates = {str(article.published) for article in articles}
        rows.append(
            {
                "words": word_f1(gold, mine),
                "cluster": cluster_f1(gold, mine),
                "titles": title_share(*titles),
                "stray": stray_share(gold, mine),
                "dates": float(dates == {page.published}),
            }
        )
    return {name: fmean(row[name] for row in rows) for name in rows[0]}


def main(first: int = 100, count: int = 6, folder: Path | None = None) -> None:
    long, briefs = load_stories()
    print(f"{'kind':<10}  words  clust.  titles  stray  dates")
    for kind in KINDS:
        pages = [make_page(kind, seed, long, briefs) for seed in range(first, first + count)]
        print(f"{kind:<10}", *(f" {value:.3f}" for value in score(pages).values()))
        for seed, page in zip(range(first, first + count), pages, strict=True):
            if folder:
                _write(folder / f"{kind}-{seed}", page)


def _write(path: Path, page: Page) -> None:
    articles = [{"title": story.title, "text": story.text} for story in page.stories]
    truth = {"published": page.published, "articles": articles}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.with_suffix(".txt").write_text(page.text, encoding="utf-8")
    path.with_suffix(".articles.json").write_text(json.dumps(truth), encoding="utf-8")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:3]), *map(Path, sys.argv[3:4]))
