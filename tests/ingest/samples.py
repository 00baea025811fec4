"""One story in every format, made here, so that the tests hold no binary files.

    python tests/ingest/samples.py FOLDER

writes all of them to a folder, to build from.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import sys
import zipfile
from email.message import EmailMessage
from pathlib import Path
from textwrap import wrap

TITLE = "A New Lamp for Skerry"
PARAGRAPHS = (
    (
        "The Skerry Institute has lit a new lamp with the Norwegian Coastal Administration. It shines "
        "for thirty kilometres over the sound, and the keepers of the old one have come to see it."
    ),
    (
        "The lamp belongs to the Northern Lights project, which began in 2021 and is led by the "
        "University of Bergen. It was paid for by Norway and by Iceland in equal parts."
    ),
)
TEXT = "\n\n".join(PARAGRAPHS)
WRAPPED = "\n\n".join("\n".join(wrap(paragraph, 70)) for paragraph in PARAGRAPHS)


def text() -> bytes:
    return f"{TITLE}\n\nBy Ida NORD\n\n{TEXT}\n".encode()


def html() -> bytes:
    body = "\n".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    return f"""<!DOCTYPE html>
<html><head><title>{TITLE} | The Fjord Post</title>
<meta property="og:title" content="{TITLE}">
<meta property="og:site_name" content="The Fjord Post">
<meta name="author" content="Ida Nord">
<meta property="article:published_time" content="2023-05-04T08:00:00Z">
<script>var lamp = "<p>not this</p>";</script></head>
<body><nav><ul><li><a href="/">Home</a></li><li><a href="/sea">Sea</a></li></ul></nav>
<main><article><h1>{TITLE}</h1>
{body}
</article></main>
<footer>All rights reserved. Subscribe to our newsletter.</footer></body></html>
""".encode()


def mail(body: str = WRAPPED, subject: str = f"Fwd: {TITLE}") -> bytes:
    message = EmailMessage()
    message["From"] = "The Fjord Post <news@fjordpost.example>"
    message["To"] = "reader@example.org"
    message["Date"] = "Thu, 04 May 2023 08:00:00 +0200"
    message["Subject"] = subject
    message.set_content(body + "\n-- \nThe Fjord Post, Bergen\n")
    return message.as_bytes()


def mbox() -> bytes:
    other = (
        "Farmers on the Faroe Islands sow kelp from a drone. The first harvest of the kelp is due in June."
    )
    parts = [mail(), mail(other, "Kelp from the Air")]
    return b"".join(
        b"From news@fjordpost.example Thu May  4 08:00:00 2023\n" + part + b"\n" for part in parts
    )


def jsonl() -> bytes:
    return (
        json.dumps({"headline": TITLE, "body": TEXT, "date": "2023-05-04", "author": "Ida Nord"}) + "\n"
    ).encode()


def json_list() -> bytes:
    return json.dumps([{"headline": TITLE, "body": TEXT, "date": "2023-05-04"}], indent=1).encode()


def table() -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([["Headline", "Full text", "Date"], [TITLE, TEXT, "4 May 2023"]])
    return out.getvalue().encode()


def zipped(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name, (2023, 5, 4, 8, 0, 0)), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def gzipped(data: bytes) -> bytes:
    return gzip.compress(data, mtime=0)


def docx() -> bytes:
    import docx as library

    document = library.Document()
    document.add_heading(TITLE, 1)
    for paragraph in PARAGRAPHS:
        document.add_paragraph(paragraph)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def epub() -> bytes:
    container = '<container><rootfiles><rootfile full-path="OEBPS/book.opf"/></rootfiles></container>'
    package = (
        '<package xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata><dc:date>2023-05-04</dc:date></metadata>'
        '<manifest><item id="c1" href="one.xhtml"/></manifest><spine><itemref idref="c1"/></spine></package>'
    )
    return zipped(
        {
            "mimetype": b"application/epub+zip",
            "META-INF/container.xml": container.encode(),
            "OEBPS/book.opf": package.encode(),
            "OEBPS/one.xhtml": html(),
        }
    )


def pdf(
    stories: tuple[tuple[str, tuple[str, ...]], ...] = ((TITLE, PARAGRAPHS),), *, columns: int = 3
) -> bytes:
    """A newspaper page: a masthead, and below it the stories, each with its headline over columns of text."""
    from reportlab.lib.pagesizes import A3
    from reportlab.lib.utils import simpleSplit
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A3, invariant=1)
    width, height = A3
    canvas.setFont("Times-Bold", 40)
    canvas.drawString(50, height - 80, "THE FJORD POST")
    canvas.setFont("Times-Roman", 9)
    canvas.drawString(50, height - 100, "Thursday 4 May 2023")
    top = height - 150
    step = (width - 100) / columns
    for title, paragraphs in stories:
        canvas.setFont("Times-Bold", 24)
        for line in simpleSplit(title, "Times-Bold", 24, width - 100):
            canvas.drawString(50, top, line)
            top -= 28
        lines = [
            ("  " if n == 0 else "") + line
            for paragraph in paragraphs
            for n, line in enumerate(simpleSplit(paragraph, "Times-Roman", 9, step - 22))
        ]
        rows = -(-len(lines) // columns)
        canvas.setFont("Times-Roman", 9)
        for n, line in enumerate(lines):
            canvas.drawString(50 + n // rows * step, top - n % rows * 11, line)
        top -= rows * 11 + 30
    canvas.showPage()
    canvas.save()
    return out.getvalue()


FILES = {
    "lamp.txt": text,
    "lamp.pdf": pdf,
    "lamp.html": html,
    "lamp.eml": mail,
    "lamp.mbox": mbox,
    "lamp.jsonl": jsonl,
    "lamp.json": json_list,
    "lamp.csv": table,
    "lamp.docx": docx,
    "lamp.epub": epub,
    "lamp.zip": lambda: zipped({"may/lamp.txt": text()}),
    "lamp.txt.gz": lambda: gzipped(text()),
}


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for name, make in FILES.items():
        (folder / name).write_bytes(make())
