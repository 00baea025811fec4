"""PDFs with a text layer, by PDFium. Where the words stand tells their order, their size the headlines."""

from __future__ import annotations

import ctypes
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from kg.errors import InputError
from kg.ingest.layout import Run, blocks_in_order
from kg.ingest.ocr import recognise_text
from kg.ingest.page import split_page
from kg.ingest.printed import PrintedPage, as_lines
from kg.ingest.tabledates import any_date

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.ingest.documents import Document
    from kg.ingest.options import ReadOptions
    from kg.model import Article, PartialDate

_MOST_PAGES = 1000
_MOST_CHARACTERS = 200_000
"""A broadsheet page has some 30 000."""
_UNREADABLE = 0.3


def read_pdf(document: Document, options: ReadOptions) -> list[Article]:
    """The articles of all pages together, so that a story may go on on a later page."""
    pages, date = _load(document)
    if not any(page.blocks for page in pages):
        if not options.ocr:
            raise InputError(document.source, "a scanned PDF without text (--ocr recognises it)")
        pages, date = _load(replace(document, data=recognise_text(document)))
    lines = as_lines(pages)
    text = "\n".join(line.text for line in lines)
    articles = split_page(text, source=document.source)
    if date and articles and not any(article.published for article in articles):
        articles = split_page(text, source=document.source, published=date)
    return [
        replace(
            article,
            origins=tuple(
                # The mark of a headline is none of the page's.
                replace(origin, page=lines[origin.line - 1].page, line=lines[origin.line - 1].line)
                for origin in article.origins
            ),
        )
        for article in articles
    ]


def _load(document: Document) -> tuple[list[PrintedPage], PartialDate | None]:
    try:
        import pypdfium2
    except ImportError as error:
        raise InputError(
            document.source, "PDFs need one more library: pip install 'kgazette[pdf]'"
        ) from error
    try:
        pdf = pypdfium2.PdfDocument(document.data)
    except pypdfium2.PdfiumError as error:
        locked = "password" in str(error).lower()
        raise InputError(
            document.source, "encrypted: it needs a password" if locked else "a broken PDF"
        ) from error
    try:
        if len(pdf) > _MOST_PAGES:
            raise InputError(
                document.source, f"{len(pdf)} pages are more than the {_MOST_PAGES} a PDF may have"
            )
        pages = [_page(pypdfium2, pdf, number, document.source) for number in range(len(pdf))]
        date = _creation_date(pdf.get_metadata_value("CreationDate"))
    except pypdfium2.PdfiumError as error:
        raise InputError(document.source, f"a broken PDF ({error})") from error
    finally:
        pdf.close()
    return pages, date


def _creation_date(text: str) -> PartialDate | None:
    """From "D:20240503120000Z"."""
    digits = text.removeprefix("D:")[:8]
    return (
        any_date(f"{digits[:4]}-{digits[4:6]}-{digits[6:]}")
        if len(digits) == 8 and digits.isdigit()
        else None
    )


def _page(library: Any, pdf: Any, number: int, source: str) -> PrintedPage:
    page = pdf[number]
    try:
        textpage = page.get_textpage()
        try:
            height = page.get_height()
            runs = list(_runs(library.raw, textpage, height, source, number + 1))
        finally:
            textpage.close()
    finally:
        page.close()
    letters = "".join(run.text for run in runs)
    unknown = sum(
        not (character.isprintable() or character.isspace()) or character == "\ufffd" for character in letters
    )
    if letters and unknown > _UNREADABLE * len(letters):
        raise InputError(
            source, f"its letters cannot be told (page {number + 1}: fonts that do not name them)"
        )
    return PrintedPage(height, blocks_in_order(runs))


def _runs(raw: Any, textpage: Any, height: float, source: str, page: int) -> Iterator[Run]:
    """The characters of a page, put together while they stand side by side on one line in one size."""
    count = textpage.count_chars()
    if count > _MOST_CHARACTERS:
        raise InputError(source, f"page {page} holds {count} characters: no page of a newspaper")
    box = raw.FS_RECTF()
    pointer = ctypes.byref(box)
    text: list[str] = []
    left = right = top = bottom = size = 0.0
    for i in range(count):
        character = _character(raw.FPDFText_GetUnicode(textpage, i))
        if character in "\r\n":
            if text:
                yield Run("".join(text), left, height - top, right, height - bottom, size)
            text = []
            continue
        if not raw.FPDFText_GetLooseCharBox(textpage, i, pointer):
            continue
        if character == " ":
            if text:
                text.append(" ")
            continue
        here = box.top - box.bottom
        same_line = text and abs(box.bottom - bottom) < 0.25 * size and abs(here - size) < 0.15 * size
        if not same_line or not -0.5 * size < box.left - right < 1.2 * size:
            if text:
                yield Run("".join(text), left, height - top, right, height - bottom, size)
            text, left, top, bottom, size = [], box.left, box.top, box.bottom, here
        text.append(character)
        right = box.right
    if text:
        yield Run("".join(text), left, height - top, right, height - bottom, size)


def _character(code: int) -> str:
    # PDFium marks a hyphen at the end of a line as U+0002, and halves of a pair it leaves as they are.
    if code == 2:
        return "-"
    return chr(code) if code and not 0xD800 <= code <= 0xDFFF and code <= 0x10FFFF else "\ufffd"
