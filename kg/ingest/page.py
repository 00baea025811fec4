"""A whole page, or a file with one article, as Articles."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.clean import glue, mend_spacing
from kg.ingest.assemble import assemble
from kg.ingest.classify import classify, classify_single
from kg.ingest.dates import is_dateline, issue_date
from kg.ingest.ids import article_id
from kg.ingest.lines import Kind, read_lines
from kg.ingest.pieces import paragraphs
from kg.model import Article, Origin

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.ingest.lines import Lexicon, Line
    from kg.model import PartialDate

_MOST_LINES = 3000
_HALF = re.compile("[\ud800-\udfff]")


def split_page(
    text: str,
    *,
    source: str,
    first_line: int = 1,
    published: PartialDate | None = None,
    publisher: str | None = None,
) -> list[Article]:
    """Cut a page into its articles, in the order in which their text stands there.

    `first_line` is the number of the first line of `text` in the file; `published` and `publisher` overrule
    the masthead. A page without body text gives no article.
    """
    raw, lexicon = read_lines(text, first=first_line)
    lines = classify(raw)
    datelines = [line for line in lines if is_dateline(line.text)]
    # A line of running text may hold nothing but a date; it counts where no masthead has one.
    masthead = [line for line in datelines if line.kind is Kind.FURNITURE] or datelines
    published = published or issue_date(line.text for line in masthead)
    articles = []
    for story in (story for part in _parts(lines) for story in assemble(part)):
        body, origins = flow([p for chain in story.chains for p in chain.paragraphs], lexicon)
        heading = story.heading
        title = join_title(heading.lines, lexicon) if heading else _first_words(body)
        articles.append(
            make_article(
                source=source,
                title=title,
                text=body,
                origins=origins,
                published=published,
                publisher=publisher,
                byline=heading.byline if heading else None,
                section=heading.section if heading else None,
            )
        )
    return articles


def _parts(lines: list[Line]) -> Iterator[list[Line]]:
    """A file of many pages in parts: within a part every headline is held against every text."""
    for start in range(0, len(lines), _MOST_LINES):
        yield lines[start : start + _MOST_LINES]


def single_article(
    text: str,
    *,
    source: str,
    title: str,
    first_line: int = 1,
    published: PartialDate | None = None,
    publisher: str | None = None,
) -> list[Article]:
    """Read a file whose front matter gives the title: one article, or none where there is no text.

    What looks like a headline in it is a heading of the article; a repeated title and the byline below it
    are not text.
    """
    raw, lexicon = read_lines(text, first=first_line)
    lines = classify_single(raw, title)
    bylines = [line.text for line in lines if line.kind is Kind.BYLINE]
    dates = [line.text for line in lines if line.kind is Kind.FURNITURE and is_dateline(line.text)]
    body, origins = flow(paragraphs(lines), lexicon)
    if not body:
        return []
    article = make_article(
        source=source,
        title=title,
        text=body,
        origins=origins,
        published=published or issue_date(dates),
        publisher=publisher,
        byline=bylines[0] if bylines else None,
        section=None,
    )
    return [article]


def flow(paragraphs: Iterable[list[Line]], lexicon: Lexicon) -> tuple[str, tuple[Origin, ...]]:
    """Join lines to running text, paragraphs parted by a blank line; say where each line begins."""
    parts: list[str] = []
    origins: list[Origin] = []
    length = 0
    for paragraph in paragraphs:
        last = ""
        for line in paragraph:
            seam = "\n\n" if parts and not last else _seam(last, line.text, lexicon) if last else ""
            if seam == "" and last.endswith("-"):
                parts[-1], length = parts[-1][:-1], length - 1
            elif seam == "-":
                seam = ""
            origins += [
                Origin(length + len(seam) + offset, line.number, 0, at + 1) for offset, at in line.places()
            ]
            parts += [seam, line.text]
            length += len(seam) + len(line.text)
            last = line.text
    return "".join(parts), tuple(origins)


def _seam(upper: str, lower: str, lexicon: Lexicon) -> str:
    """What joins two lines: a space, the hyphen that is there ("-"), or nothing in its place ("")."""
    broken = re.search(r"([^\W_][\w'’.-]{0,60})-$", upper[-64:])
    following = re.match(r"[^\W_]+", lower)
    if not broken:
        return " "
    if not following:
        return " "
    if following.group() in {"and", "or", "to"} and not lower[len(following.group()) :].startswith("-"):
        return " "  # "two- / and three-year"
    return glue(broken.group(1), following.group(), lexicon.seen, lexicon.compounds)


def join_title(lines: list[Line], lexicon: Lexicon) -> str:
    title, _ = flow([lines], lexicon)
    return mend_spacing(title).strip(" *#")


def _first_words(text: str) -> str:
    """A stand-in for a missing title: the first sentence, or its beginning."""
    sentence = re.split(r"(?<=[.!?])\s", text, maxsplit=1)[0]
    return sentence if len(sentence) <= 80 else sentence[:80].rsplit(" ", 1)[0] + " …"


def make_article(
    *,
    source: str,
    title: str,
    text: str,
    origins: tuple[Origin, ...],
    published: PartialDate | None,
    publisher: str | None,
    byline: str | None,
    section: str | None,
) -> Article:
    # Escapes of JSON and odd headers of e-mails can smuggle in halves of characters, which no file can hold.
    title, text = _HALF.sub("\ufffd", title), _HALF.sub("\ufffd", text)
    return Article(
        id=article_id(title, published, text),
        source=source,
        title=title,
        text=text,
        published=published,
        byline=byline,
        section=section,
        publisher=publisher,
        origins=origins,
    )
