"""The table of formats: how each is recognised, by its content first, and what reads it."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.errors import InputError
from kg.ingest.archives import unpack_gzip, unpack_zip
from kg.ingest.documents import Skipped
from kg.ingest.mail import is_mail, read_mail, read_mbox
from kg.ingest.office import read_docx, read_epub
from kg.ingest.pdf import read_pdf
from kg.ingest.records import read_json, read_jsonl, read_table
from kg.ingest.text import read_text
from kg.ingest.webpage import read_html

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from kg.ingest.documents import Document
    from kg.ingest.options import ReadOptions
    from kg.model import Article

_DEEPEST = 3
"""Archives within archives that are opened."""
_HEAD = 4096


@dataclass(frozen=True, slots=True)
class Format:
    """One row of the table. Exactly one of `read` and `unpack` is set."""

    name: str
    endings: tuple[str, ...]
    recognises: Callable[[bytes], bool]
    """Asked with the beginning of the file."""
    read: Callable[[Document, ReadOptions], Iterable[Article]] | None = None
    unpack: Callable[[Document, ReadOptions], Iterable[Document | Skipped]] | None = None


def _never(head: bytes) -> bool:
    """For formats that have no mark of their own: their ending tells."""
    return False


def _is_pdf(head: bytes) -> bool:
    return b"%PDF-" in head[:1024]


def _is_gzip(head: bytes) -> bool:
    return head.startswith(b"\x1f\x8b")


def _is_zip(head: bytes) -> bool:
    return head.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def _is_epub(head: bytes) -> bool:
    return _is_zip(head) and (head[30:38] == b"mimetype" or b"META-INF/container.xml" in head)


def _is_docx(head: bytes) -> bool:
    return _is_zip(head) and (b"[Content_Types].xml" in head[:200] or b"word/" in head[:200])


def _is_html(head: bytes) -> bool:
    return bool(_HTML.match(_plain(head)))


_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}\?>\s*|<!--.{0,2000}?-->\s*)*<(?:!doctype html|html|head|body)\b", re.I | re.S
)


def _is_mbox(head: bytes) -> bool:
    first, _, rest = _plain(head).partition(b"\n")
    return first.startswith(b"From ") and is_mail(rest)


def _is_jsonl(head: bytes) -> bool:
    first = _plain(head).lstrip().split(b"\n", 1)[0].strip()
    if not first.startswith(b'{"'):
        return False
    if len(first) >= _HEAD - 8:  # a long record, cut off here
        return True
    try:
        return isinstance(json.loads(first), dict)
    except (ValueError, RecursionError):
        return False


def _plain(head: bytes) -> bytes:
    """The head as ASCII bytes, whatever its Unicode encoding."""
    return (
        head.removeprefix(b"\xef\xbb\xbf")
        .replace(b"\0", b"")
        .removeprefix(b"\xff\xfe")
        .replace(b"\r\n", b"\n")
    )


FORMATS = (
    Format("PDF", (".pdf",), _is_pdf, read=read_pdf),
    Format("EPUB", (".epub",), _is_epub, read=read_epub),
    Format("Word", (".docx",), _is_docx, read=read_docx),
    Format("zip archive", (".zip",), _is_zip, unpack=unpack_zip),
    Format("gzip archive", (".gz",), _is_gzip, unpack=unpack_gzip),
    Format("web page", (".html", ".htm", ".xhtml"), _is_html, read=read_html),
    Format("mailbox", (".mbox",), _is_mbox, read=read_mbox),
    Format("e-mail", (".eml",), is_mail, read=read_mail),
    Format("JSON Lines", (".jsonl", ".ndjson"), _is_jsonl, read=read_jsonl),
    Format("JSON", (".json",), _never, read=read_json),
    Format("table", (".csv", ".tsv"), _never, read=read_table),
    Format("text", (".txt", ".md", ".markdown", ".text", ""), _never, read=read_text),
)
ENDINGS = frozenset(ending for form in FORMATS for ending in form.endings)
_TEXT = FORMATS[-1]
_BY_ENDING = {ending: form for form in FORMATS for ending in form.endings}
_MARKED = tuple(form for form in FORMATS if form.recognises is not _never)
_BINARY = tuple(form for form in FORMATS[:5])


def recognise(document: Document) -> Format:
    """The format of a document; raise InputError for what holds no articles.

    The content decides where it has a mark; an ending decides between formats that have none, and a wrong
    ending of a format that has one is no obstacle.
    """
    head = document.data[:_HEAD]
    for form in _MARKED:
        if form.recognises(head):
            return form
    by_ending = _BY_ENDING.get(document.ending)
    if by_ending is None and not document.named:
        raise InputError(document.source, f"no kind of file that holds articles ({document.ending})")
    if by_ending is None or by_ending.recognises is not _never:
        return _TEXT  # named by the user, or text with the ending of another format
    return by_ending


def read_document(document: Document, options: ReadOptions, *, depth: int = 0) -> Iterator[Article | Skipped]:
    """The articles of a document, and what was skipped within it; raise InputError where it has none."""
    form = recognise(document)
    empty = True
    if form.read:
        for article in form.read(document, options):
            empty = False
            yield article
    elif form.unpack:
        if depth == _DEEPEST:
            raise InputError(document.source, f"archives within archives, more than {_DEEPEST} deep")
        for member in form.unpack(document, options):
            empty = False
            yield from _read_member(member, options, depth + 1)
    if empty:
        raise InputError(document.source, "no article text in this file")


def _read_member(member: Document | Skipped, options: ReadOptions, depth: int) -> Iterator[Article | Skipped]:
    if isinstance(member, Skipped):
        yield member
        return
    try:
        yield from read_document(member, options, depth=depth)
    except InputError as error:
        yield Skipped(error.source, error.problem)
