"""Printed newspapers as PDFs: with a text layer, and as scans."""

from __future__ import annotations

import io
import shutil
from typing import TYPE_CHECKING

import pytest
import samples
from clippings import load_stories
from newsprint import Press
from page_scores import cluster_f1, stray_share, title_share, word_f1
from printing import newspaper

from kg.errors import InputError
from kg.ingest.documents import Document
from kg.ingest.formats import read_document
from kg.ingest.options import DEFAULT, ReadOptions

if TYPE_CHECKING:
    from kg.model import Article


def read(data: bytes, options: ReadOptions = DEFAULT) -> list[Article]:
    return list(read_document(Document("paper.pdf", data), options))


@pytest.mark.parametrize("seed", range(3))
def test_a_newspaper_with_a_text_layer_is_read_almost_without_loss(seed: int) -> None:
    press = Press(f"pdf-{seed}", *load_stories())
    stories = [*press.stories, *press.briefs]
    articles = read(newspaper(press.stories, press.briefs))
    gold, mine = [story.text for story in stories], [article.text for article in articles]
    titles = [story.title for story in stories], [article.title for article in articles]
    assert title_share(*titles) == 1
    assert word_f1(gold, mine) >= 0.98
    assert cluster_f1(gold, mine) >= 0.97
    assert stray_share(gold, mine) <= 0.02
    assert {str(article.published) for article in articles} == {"2024-06-07"}
    assert articles[0].section == str(press.stories[0].section).upper()


def scan(data: bytes) -> bytes:
    """The first page as a picture in a PDF."""
    import pypdfium2

    out = io.BytesIO()
    page = pypdfium2.PdfDocument(data)[0]
    page.render(scale=200 / 72, grayscale=True).to_pil().save(out, "PDF", resolution=200)
    return out.getvalue()


def test_a_scan_says_what_it_needs() -> None:
    with pytest.raises(InputError, match="a scanned PDF without text"):
        read(scan(samples.pdf()))


@pytest.mark.skipif(shutil.which("ocrmypdf") is None, reason="ocrmypdf is not installed")
def test_a_scan_is_recognised() -> None:
    (article,) = read(scan(samples.pdf()), ReadOptions(ocr=True))
    assert article.title == samples.TITLE
    assert word_f1([samples.TEXT], [article.text]) > 0.95
