"""The reading order of printed pages, and what of them is text."""

from __future__ import annotations

from io import BytesIO

from kg.ingest import ReadOptions, Skipped
from kg.ingest.documents import Document
from kg.ingest.formats import read_document
from kg.ingest.layout import Run, blocks_in_order
from kg.ingest.options import DEFAULT
from kg.ingest.printed import PrintedPage, as_lines
from kg.model import Article


def run(text: str, left: float, top: float, *, size: float = 10, width: float = 80) -> Run:
    return Run(text, left, top, left + width, top + size, size)


def order(*runs: Run) -> list[str]:
    return [line.text for block in blocks_in_order(list(runs)) for line in block]


def test_columns_are_read_one_after_the_other() -> None:
    left = [run(f"l{n}", 0, 12 * n) for n in range(4)]
    right = [run(f"r{n}", 100, 12 * n) for n in range(4)]
    assert order(*right, *left) == ["l0", "l1", "l2", "l3", "r0", "r1", "r2", "r3"]


def test_a_headline_ends_the_row_of_stories_above_it_even_where_it_is_short() -> None:
    rows = [run(f"{name}{n}", x, y + 12 * n) for name, x, y in (("a", 0, 0), ("b", 100, 0)) for n in range(3)]
    rows += [run(f"{name}{n}", x, 90 + 12 * n) for name, x in (("c", 0), ("d", 100)) for n in range(3)]
    lines = " ".join(order(*rows, run("Head", 0, 60, size=20)))
    assert lines == "a0 a1 a2 b0 b1 b2 Head c0 c1 c2 d0 d1 d2"


def test_a_drop_cap_begins_its_word() -> None:
    runs = [
        run("T", 0, 0, size=30, width=15),
        run("he lamp", 17, 0),
        run("is lit", 17, 12),
        run("now.", 0, 36),
    ]
    assert order(*runs)[0] == "The lamp"


def test_words_of_one_line_are_joined_and_stretched_spaces_are_no_gutter() -> None:
    lines = [[run(word, x, 12 * n, width=30) for x, word in ((0, "a"), (38, "b"))] for n in range(2)]
    assert order(*lines[0], *lines[1]) == ["a b", "a b"]


def test_running_heads_page_numbers_and_captions_are_left_out() -> None:
    def page(n: int) -> PrintedPage:
        body = [run(f"line {n}.{i} of the text", 0, 200 + 12 * i) for i in range(9)]
        caption = [run("A small print of a lamp", 0, 400, size=7)]
        return PrintedPage(1000, [[run("THE FJORD POST", 0, 10)], body, caption, [run(str(n), 0, 980)]])

    texts = [line.text for line in as_lines([page(n) for n in range(1, 5)])]
    assert texts.count("THE FJORD POST") == 1
    assert not {"2", "3", "A small print of a lamp"} & set(texts)
    assert "line 4.8 of the text" in texts


def test_the_date_of_a_pdf_stands_in_for_a_missing_masthead_and_stories_go_on_over_pages() -> None:
    from reportlab.pdfgen.canvas import Canvas

    out = BytesIO()
    canvas = Canvas(out, invariant=1)  # made on 1 January 2000
    canvas.setFont("Times-Bold", 24)
    canvas.drawString(50, 700, "A New Lamp for Skerry")
    canvas.setFont("Times-Roman", 10)
    canvas.drawString(50, 660, "The Skerry Institute has lit a new lamp for the")
    canvas.showPage()
    canvas.setFont("Times-Roman", 10)
    canvas.drawString(50, 700, "ships of the sound, and it is an electric one.")
    canvas.save()
    (article,) = read_document(Document("a.pdf", out.getvalue()), DEFAULT)
    assert isinstance(article, Article)
    assert (
        article.text
        == "The Skerry Institute has lit a new lamp for the ships of the sound, and it is an electric one."
    )
    assert str(article.published) == "2000-01-01"
    place = article.place_at(article.text.index("ships"))
    assert place is not None
    assert (place.page, place.line, place.character) == (2, 1, 1)


def test_a_gzip_of_a_pdf_is_a_pdf() -> None:
    import samples

    found = list(read_document(Document("a.gz", samples.gzipped(samples.pdf())), ReadOptions()))
    assert [item.title for item in found if not isinstance(item, Skipped)] == [samples.TITLE]
