"""A process of its own that takes the words out of one PDF: what a hostile file can crash, fill or keep busy.

Reads the PDF from its standard input and writes JSON: `{"date": TEXT, "pages": [{"height": POINTS,
"runs": [[text, left, top, right, bottom, size], ...]}, ...]}`, or `{"problem": TEXT}`. It is run as a file,
so it imports nothing of kg.
"""

from __future__ import annotations

import ctypes
import json
import math
import sys
from typing import TYPE_CHECKING, Any

import pypdfium2

if TYPE_CHECKING:
    from collections.abc import Iterator

_MOST_PAGES = 1000
_MOST_CHARACTERS = 200_000
"""A broadsheet page has some 30 000."""
_MOST_MEMORY = 4 * 1024**3
_HYPHEN = 2
"""PDFium marks a hyphen at the end of a line with this code."""

_UPRIGHT = 0.9
"""The cosine of the angle up to which a line counts as level: a scanned page may be a little askew."""

_Run = tuple[str, float, float, float, float, float]


class _RefusedError(Exception):
    pass


def main() -> None:
    _limit_memory()
    try:
        answer = _read(sys.stdin.buffer.read())
    except _RefusedError as refused:
        answer = {"problem": str(refused)}
    json.dump(answer, sys.stdout)


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # no Unix
        return
    resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))


def _read(data: bytes) -> dict[str, Any]:
    try:
        pdf = pypdfium2.PdfDocument(data)
        count = len(pdf)
        if count > _MOST_PAGES:
            raise _RefusedError(f"{count} pages are more than the {_MOST_PAGES} a PDF may have")
        pages = [_page(pdf, number) for number in range(count)]
        return {"date": pdf.get_metadata_value("CreationDate"), "pages": pages}
    except pypdfium2.PdfiumError as error:
        locked = "password" in str(error).lower()
        raise _RefusedError("encrypted: it needs a password" if locked else "a broken PDF") from error


def _page(pdf: Any, number: int) -> dict[str, Any]:
    page = pdf[number]
    textpage = page.get_textpage()
    height = page.get_height()
    count = textpage.count_chars()
    if count > _MOST_CHARACTERS:
        raise _RefusedError(f"page {number + 1} holds {count} characters: no page of a newspaper")
    runs = list(_runs(textpage, count, height))
    textpage.close()
    page.close()
    return {"height": height, "runs": runs}


def _runs(textpage: Any, count: int, height: float) -> Iterator[_Run]:
    """The characters of a page, put together while they stand side by side on one line in one size."""
    raw = pypdfium2.raw
    box = raw.FS_RECTF()
    pointer = ctypes.byref(box)
    text: list[str] = []
    left = right = top = bottom = size = 0.0
    for i in range(count):
        character = _character(raw.FPDFText_GetUnicode(textpage, i))
        if character in "\r\n":
            if text:
                yield "".join(text), left, height - top, right, height - bottom, size
            text = []
            continue
        if character == " ":
            if text:
                text.append(" ")
            continue
        if not raw.FPDFText_GetLooseCharBox(textpage, i, pointer) or _is_turned(textpage, i):
            continue
        here = box.top - box.bottom
        same_line = text and abs(box.bottom - bottom) < 0.25 * size and abs(here - size) < 0.15 * size
        if not same_line or not -0.5 * size < box.left - right < 1.2 * size:
            if text:
                yield "".join(text), left, height - top, right, height - bottom, size
            text, left, top, bottom, size = [], box.left, box.top, box.bottom, here
        text.append(character)
        right = box.right
    if text:
        yield "".join(text), left, height - top, right, height - bottom, size


def _is_turned(textpage: Any, i: int) -> bool:
    """Does the character stand on its side? What runs up a page is no part of a story."""
    return math.cos(pypdfium2.raw.FPDFText_GetCharAngle(textpage, i)) < _UPRIGHT


def _character(code: int) -> str:
    if code == _HYPHEN:
        return "-"
    return chr(code) if 0 < code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF else "\ufffd"


if __name__ == "__main__":
    main()
