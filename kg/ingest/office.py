"""Word documents and EPUB books."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import unquote

from kg.errors import InputError
from kg.ingest.documents import Document
from kg.ingest.options import ARCHIVE_FACTOR
from kg.ingest.page import single_article, split_page
from kg.ingest.tabledates import any_date
from kg.ingest.webpage import read_html
from kg.model import PartialDate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.ingest.options import ReadOptions
    from kg.model import Article

_CONTAINER = "META-INF/container.xml"
_HEADINGS = ("Heading 1", "Heading 2", "Title")


def read_docx(document: Document, options: ReadOptions) -> Iterator[Article]:
    """A Word document. Its headings are headlines; a line is a paragraph, counted from 1."""
    try:
        import docx
    except ImportError as error:
        raise InputError(
            document.source, "Word documents need one more library: pip install 'kgazette[docx]'"
        ) from error
    _check_size(document, options)
    try:
        word = docx.Document(io.BytesIO(document.data))
        paragraphs = [(p.style.name if p.style else "", p.text) for p in word.paragraphs]
        created = word.core_properties.created
        title, author = word.core_properties.title, word.core_properties.author
    except Exception as error:  # the library raises whatever the damage leads to
        raise InputError(document.source, f"a broken Word document ({type(error).__name__})") from error
    published = PartialDate(created.year, created.month, created.day) if created else None
    heads = [text for style, text in paragraphs if style in _HEADINGS and text.strip()]
    lines = [
        f"# {' '.join(text.split())}" if style in _HEADINGS and text.strip() else " ".join(text.split())
        for style, text in paragraphs
    ]
    if len(heads) <= 1 and (heads or title):
        articles = single_article(
            _spaced(lines),
            source=document.source,
            title=" ".join((heads or [title])[0].split()),
            published=published,
        )
    else:
        articles = split_page(_spaced(lines), source=document.source, published=published)
    for article in articles:
        origins = tuple(replace(origin, line=(origin.line + 1) // 2) for origin in article.origins)
        byline = article.byline or (
            f"By {author}" if author and author != "python-docx" and len(articles) == 1 else None
        )
        yield replace(article, origins=origins, byline=byline)


def _spaced(lines: list[str]) -> str:
    return "\n\n".join(lines)


def read_epub(document: Document, options: ReadOptions) -> Iterator[Article]:
    """An EPUB book: one article a chapter, in the order of the book; a page is a chapter, counted from 1."""
    try:
        from lxml import etree
    except ImportError as error:
        raise InputError(
            document.source, "EPUB books need one more library: pip install 'kgazette[html]'"
        ) from error
    _check_size(document, options)
    # No entities and no network: a thousand million laughs stay untold.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        book = zipfile.ZipFile(io.BytesIO(document.data))
        container = etree.fromstring(book.read(_CONTAINER), parser)
        (package_path, *_) = container.xpath("//*[local-name()='rootfile']/@full-path")
        package = etree.fromstring(book.read(package_path), parser)
        date = (package.xpath("string(//*[local-name()='date'])") or "").strip()
        publisher = (package.xpath("string(//*[local-name()='publisher'])") or "").strip()
        hrefs = {item.get("id"): item.get("href", "") for item in package.xpath("//*[local-name()='item']")}
        order = [hrefs.get(ref, "") for ref in package.xpath("//*[local-name()='itemref']/@idref")]
        folder = posixpath.dirname(package_path)
        chapters = [
            book.read(posixpath.normpath(posixpath.join(folder, unquote(href)))) for href in order if href
        ]
    except (
        zipfile.BadZipFile,
        zlib.error,
        etree.XMLSyntaxError,
        KeyError,
        ValueError,
        OSError,
        RuntimeError,
    ) as error:
        raise InputError(document.source, "a broken EPUB book") from error
    for number, chapter in enumerate(chapters, start=1):
        found = read_html(
            Document(document.source, chapter), options, published=any_date(date), publisher=publisher or None
        )
        for article in found:
            yield replace(article, origins=tuple(replace(origin, page=number) for origin in article.origins))


def _check_size(document: Document, options: ReadOptions) -> None:
    """What it unpacks to, before anything is unpacked; raise InputError where that is too much."""
    try:
        with zipfile.ZipFile(io.BytesIO(document.data)) as archive:
            size = sum(info.file_size for info in archive.infolist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise InputError(document.source, "a broken zip archive") from error
    if size > options.max_bytes * ARCHIVE_FACTOR:
        raise InputError(document.source, f"unpacks to {size / 1e6:.0f} MB, too much")
