"""PDFs with a text layer, by PDFium. Where the words stand tells their order, their size the headlines."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import InputError
from kg.ingest.layout import Run, blocks_in_order
from kg.ingest.ocr import recognise_text
from kg.ingest.printed import PrintedPage, as_lines
from kg.ingest.sections import printed_articles
from kg.ingest.tabledates import any_date

if TYPE_CHECKING:
    from kg.ingest.documents import Document
    from kg.ingest.options import ReadOptions
    from kg.model import Article, PartialDate

_UNREADABLE = 0.3
_WORKER = Path(__file__).with_name("pdf_worker.py")


def read_pdf(document: Document, options: ReadOptions) -> list[Article]:
    """The articles of all pages together, so that a story may go on on a later page."""
    pages, date = _load(document, options)
    if not any(page.blocks for page in pages):
        if not options.ocr:
            raise InputError(document.source, "a scanned PDF without text (--ocr recognises it)")
        pages, date = _load(replace(document, data=recognise_text(document)), options)
    return printed_articles(as_lines(pages), source=document.source, made_on=date)


def _load(document: Document, options: ReadOptions) -> tuple[list[PrintedPage], PartialDate | None]:
    if importlib.util.find_spec("pypdfium2") is None:
        raise InputError(document.source, "PDFs need one more library: pip install 'kgazette[pdf]'")
    answer = _ask_worker(document, options)
    if "problem" in answer:
        raise InputError(document.source, answer["problem"])
    pages = []
    for number, page in enumerate(answer["pages"], start=1):
        runs = [Run(*run) for run in page["runs"]]
        _check_letters(runs, number, document.source)
        pages.append(PrintedPage(page["height"], blocks_in_order(runs)))
    return pages, _creation_date(answer["date"])


def _ask_worker(document: Document, options: ReadOptions) -> dict[str, Any]:
    """PDFium runs in a process of its own: nothing else can end a page that draws itself for ever, and a
    crash of it ends no build."""
    try:
        # -P: the modules beside the worker must not stand in for those of its libraries.
        done = subprocess.run(
            [sys.executable, "-P", str(_WORKER)],
            input=document.data,
            capture_output=True,
            check=True,
            timeout=options.timeout or None,
        )
        answer: dict[str, Any] = json.loads(done.stdout)
    except subprocess.TimeoutExpired as error:
        problem = f"took longer than {options.timeout:g} seconds (--timeout)"
        raise InputError(document.source, problem) from error
    except (subprocess.CalledProcessError, ValueError) as error:
        raise InputError(document.source, "a broken PDF (its reader gave up)") from error
    return answer


def _check_letters(runs: list[Run], number: int, source: str) -> None:
    letters = "".join(run.text for run in runs)
    unknown = sum(not character.isprintable() or character == "\ufffd" for character in letters)
    if unknown > _UNREADABLE * len(letters):
        raise InputError(source, f"its letters cannot be told (page {number}: fonts that do not name them)")


def _creation_date(text: str) -> PartialDate | None:
    """From "D:20240503120000Z"."""
    digits = text.removeprefix("D:")[:8]
    full = len(digits) == 8 and digits.isdigit()
    return any_date(f"{digits[:4]}-{digits[4:6]}-{digits[6:]}") if full else None
