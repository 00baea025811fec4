"""Tables of articles: JSON Lines, a JSON list, CSV. One article a row, columns by their usual names.

What `kg articles --format jsonl` (or csv) writes goes in again as it is, with the corrections of a person.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from kg.errors import InputError
from kg.ingest.page import make_article, single_article
from kg.ingest.tabledates import any_date
from kg.ingest.text import decode
from kg.model import Origin

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kg.ingest.documents import Document
    from kg.ingest.options import ReadOptions
    from kg.model import Article

COLUMNS = {
    "title": ("title", "headline", "name", "subject"),
    "text": ("text", "body", "content", "articlebody", "maintext", "fulltext", "article", "story"),
    "published": (
        "published",
        "date",
        "datepublished",
        "publicationdate",
        "pubdate",
        "publishedat",
        "created",
        "timestamp",
    ),
    "byline": ("byline", "author", "authors", "creator", "writer"),
    "section": ("section", "category", "desk", "rubric"),
    "publisher": ("publisher", "newspaper", "outlet", "sitename", "site", "publication", "source"),
}
"""The fields of an article, and what tables call them (letters only, small), the best name first."""
_LARGEST_CELL = 10_000_000


def as_record(article: Article) -> dict[str, Any]:
    """An article as a row that `read_jsonl` takes back."""
    return {
        "id": article.id,
        "source": article.source,
        "title": article.title,
        "byline": article.byline,
        "section": article.section,
        "publisher": article.publisher,
        "published": str(article.published) if article.published else None,
        "text": article.text,
        "text_id": _text_id(article.text),
        "also_in": list(article.also_in),
        "origins": [[o.start, o.line, o.page, o.character] for o in article.origins],
    }


def _text_id(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def read_jsonl(document: Document, options: ReadOptions) -> Iterator[Article]:
    """One JSON object a line."""
    for number, line in enumerate(decode(document.data, document.source).split("\n"), start=1):
        if line.strip():
            yield from _read_record(_parse(line, document.source, number), document, number, options)


def read_json(document: Document, options: ReadOptions) -> Iterator[Article]:
    """A list of objects; or lines of them in a file with the wrong ending."""
    text = decode(document.data, document.source)
    if text.lstrip()[:1] != "[":
        raise InputError(document.source, "JSON, but no list of articles")
    rows = _parse(text, document.source, 1)
    for row in rows:
        # json tells no line of an object in a list: the one on which its title or text stands is near.
        yield from _read_record(row, document, _line_near(text, row), options)


def read_table(document: Document, options: ReadOptions) -> Iterator[Article]:
    """CSV with a header, parted by whatever the header is parted by."""
    text = decode(document.data, document.source)
    header = text.split("\n", 1)[0]
    delimiter = max(",;\t|", key=header.count)
    csv.field_size_limit(_LARGEST_CELL)
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 2
    try:
        for row in rows:
            yield from _read_record({k: v for k, v in row.items() if k}, document, line, options)
            line = rows.line_num + 1
    except csv.Error as error:
        raise InputError(document.source, f"not a table (line {line}: {error})") from error


def _parse(text: str, source: str, line: int) -> Any:
    try:
        return json.loads(text)
    except ValueError as error:
        raise InputError(source, f"not JSON (line {line})") from error
    except RecursionError as error:
        raise InputError(source, f"JSON that is nested too deeply (line {line})") from error


def _line_near(text: str, row: object) -> int:
    if isinstance(row, dict):
        for value in row.values():
            at = text.find(json.dumps(value, ensure_ascii=False)) if isinstance(value, str) else -1
            if at >= 0:
                return text.count("\n", 0, at) + 1
    return 1


def _read_record(row: object, document: Document, line: int, options: ReadOptions) -> Iterable[Article]:
    if not isinstance(row, dict):
        raise InputError(document.source, f"no article (line {line}: not a name and a value for each field)")
    if isinstance(row.get("origins"), (list, str)) and "id" in row:
        return [_own_article(row, document, line)]
    fields = _named_columns(row, options)
    text = fields.get("text")
    if text is None:
        known = ", ".join(sorted(str(name) for name in row))[:80]
        raise InputError(
            document.source, f"no column that could be the text (line {line}: {known}); see --map"
        )
    if not text.strip():
        return []
    articles = single_article(
        text.replace("\r\n", "\n").replace("\r", "\n"),
        source=document.source,
        title=fields.get("title") or _first_sentence(text),
        published=any_date(fields.get("published") or ""),
        publisher=fields.get("publisher"),
        first_line=line,
    )
    return [_completed(article, fields, line) for article in articles]


def _first_sentence(text: str) -> str:
    return " ".join(re.split(r"(?<=[.!?])\s", text.strip(), maxsplit=1)[0].split())[:80]


def _completed(article: Article, fields: Mapping[str, str], line: int) -> Article:
    """With what the table says beside title and text; every line of a cell stands on that of its row."""
    return make_article(
        source=article.source,
        title=article.title,
        text=article.text,
        origins=tuple(Origin(o.start, line, 0, o.character) for o in article.origins),
        published=article.published,
        publisher=article.publisher,
        byline=fields.get("byline") or article.byline,
        section=fields.get("section"),
    )


def _named_columns(row: Mapping[str, object], options: ReadOptions) -> dict[str, str]:
    """The fields of an article that the row has: by `--map` first, then by the usual names."""
    cells = {_letters(name): _as_text(value) for name, value in row.items()}
    mapped = dict(options.columns)
    found: dict[str, str] = {}
    for name, usual in COLUMNS.items():
        for column in (_letters(mapped[name]),) if name in mapped else usual:
            if cells.get(column):
                found[name] = cells[column]
                break
            if column in cells and name == "text":
                found[name] = ""
    return found


def _letters(name: str) -> str:
    return "".join(character for character in name.casefold() if character.isalnum())


def _as_text(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(_as_text(item) for item in value)
    if isinstance(value, dict):
        return _as_text(value.get("name"))
    return "" if value is None or isinstance(value, bool) else str(value)


def _own_article(row: Mapping[str, Any], document: Document, line: int) -> Article:
    """A row that `as_record` wrote. With its text untouched, it leads back to the first file; an edited
    text is taken as the person left it, and leads to its line in this file."""
    text = "\n\n".join(" ".join(part.split()) for part in re.split(r"\n\s*\n", _as_text(row.get("text"))))
    text, title = text.strip(), " ".join(_as_text(row.get("title")).split())
    if not text:
        raise InputError(document.source, f"an article without text (line {line})")
    article = make_article(
        source=document.source,
        title=title or _first_sentence(text),
        text=text,
        origins=(Origin(0, line),),
        published=any_date(_as_text(row.get("published"))),
        publisher=_as_text(row.get("publisher")) or None,
        byline=_as_text(row.get("byline")) or None,
        section=_as_text(row.get("section")) or None,
    )
    origins, source = _origins(row["origins"], len(text)), _as_text(row.get("source"))
    if _text_id(article.text) != row.get("text_id") or not origins or not source:
        return article
    also_in = tuple(sorted({str(name) for name in _listed(row.get("also_in"))} - {source}))
    return replace(article, source=source, origins=origins, also_in=also_in)


def _listed(value: object) -> list[Any]:
    """A list, or the JSON text of one, as a cell of a CSV holds it."""
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except (ValueError, RecursionError):
            return []
    return value if isinstance(value, list) else []


def _origins(value: object, length: int) -> tuple[Origin, ...]:
    """Empty where they do not fit a text of this length."""
    rows = _listed(value)
    whole = all(isinstance(row, list) and len(row) == 4 and all(type(n) is int for n in row) for row in rows)
    if not whole or not rows or rows[0][0] != 0 or rows[-1][0] >= length or rows != sorted(rows):
        return ()
    return tuple(Origin(*row) for row in rows)
