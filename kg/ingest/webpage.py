"""Web pages: the article without menus, by trafilatura, and where in the file its words stand."""

from __future__ import annotations

import re
from bisect import bisect_left
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from kg.clean import normalize
from kg.errors import InputError
from kg.ingest.page import make_article
from kg.ingest.tabledates import any_date
from kg.ingest.text import decode
from kg.model import Origin

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.ingest.documents import Document
    from kg.ingest.options import ReadOptions
    from kg.model import Article, PartialDate

_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([\w-]{2,30})", re.IGNORECASE)
_AHEAD = 4000
"""Words that menus may put between two words of an article."""


def read_html(
    document: Document,
    options: ReadOptions,
    *,
    title: str = "",
    published: PartialDate | None = None,
    publisher: str | None = None,
) -> Iterator[Article]:
    """The one article of a web page. What is given (by an e-mail) is stronger than what it says."""
    try:
        from trafilatura import bare_extraction
    except ImportError as error:
        raise InputError(
            document.source, "web pages need one more library: pip install 'kgazette[html]'"
        ) from error
    html = _decode(document)
    # The file is named nowhere: no link of it is followed, and nothing is asked of a network.
    found = bare_extraction(html, include_comments=False, include_tables=False, with_metadata=True)
    if found is None:
        return
    page = found if isinstance(found, dict) else found.as_dict()
    text = "\n\n".join(
        " ".join(normalize(line).split()) for line in (page.get("text") or "").split("\n") if line.strip()
    )
    title = title or " ".join((page.get("title") or "").split())
    text = _without_title(text, title)
    if not text:
        return
    author = page.get("author")
    yield make_article(
        source=document.source,
        title=title or text[:80].rsplit(" ", 1)[0],
        text=text,
        origins=_origins(text, html),
        published=published or any_date(page.get("date") or ""),
        publisher=publisher or page.get("sitename"),
        byline=f"By {author}" if author else None,
        section=None,
    )


def _decode(document: Document) -> str:
    declared = _CHARSET.search(document.data[:4096])
    if declared:
        try:
            text = document.data.decode(declared[1].decode("ascii"))
        except (LookupError, UnicodeDecodeError):
            text = decode(document.data, document.source)
        return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    return decode(document.data, document.source)


def _without_title(text: str, title: str) -> str:
    first, _, rest = text.partition("\n\n")
    return rest if title and first.casefold() == title.casefold() else text


class _Words(HTMLParser):
    """Collects every word of the page with its line and character, both from 1."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.words: list[tuple[str, int, int]] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._hidden += tag in ("script", "style", "head")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("script", "style", "head"):
            self._hidden = max(self._hidden - 1, 0)

    def handle_data(self, data: str) -> None:
        if self._hidden:
            return
        line, column = self.getpos()
        for row, text in enumerate(data.split("\n")):
            start = column if row == 0 else 0
            self.words += [
                (m.group(), line + row, start + m.start() + 1) for m in re.finditer(r"[^\W_]+", text)
            ]


def _origins(text: str, html: str) -> tuple[Origin, ...]:
    """Where the words of the article stand in the file: found one after the other, never out of order."""
    reader = _Words()
    try:
        reader.feed(html)
    except (ValueError, AssertionError):  # markup that the standard library gives up on
        return (Origin(0, 1),)
    where: dict[str, list[int]] = {}
    for n, (word, _, _) in enumerate(reader.words):
        where.setdefault(word, []).append(n)
    wanted = list(re.finditer(r"[^\W_]+", text))
    origins: list[Origin] = []
    at = 0
    for n, match in enumerate(wanted):
        step = _next_place(reader.words, where, wanted, n, at)
        if step is None:
            continue
        at = step + 1
        _, line, character = reader.words[step]
        start = match.start() if origins else 0
        last = origins[-1] if origins else None
        if last is None or line != last.line or character - match.start() != last.character - last.start:
            origins.append(Origin(start, line, 0, character))
    return tuple(origins) or (Origin(0, 1),)


def _next_place(
    words: list[tuple[str, int, int]],
    where: dict[str, list[int]],
    wanted: list[re.Match[str]],
    n: int,
    at: int,
) -> int | None:
    """The next word of the page that is the wanted one and, further away, has the wanted ones after it."""
    word = wanted[n].group()
    if at < len(words) and words[at][0] == word:
        return at
    follows = [match.group() for match in wanted[n + 1 : n + 3]]
    places = where.get(word, [])
    for place in places[bisect_left(places, at) :]:
        if place > at + _AHEAD:
            return None
        if [entry[0] for entry in words[place + 1 : place + 1 + len(follows)]] == follows:
            return place
    return None
