"""Bad files: each ends in one line that names it, within bounds, and never takes a good file with it."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import samples
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from kg.errors import InputError
from kg.ingest import ReadOptions, Skipped, as_record, read, read_file
from kg.ingest.deadline import deadline
from kg.ingest.documents import Document
from kg.ingest.formats import FORMATS, read_document
from kg.ingest.options import DEFAULT
from kg.ingest.text import decode
from kg.model import Article

if TYPE_CHECKING:
    from collections.abc import Callable

SMALL = ReadOptions(max_bytes=200_000, timeout=5)


def encrypted_pdf() -> bytes:
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen.canvas import Canvas

    out = BytesIO()
    canvas = Canvas(out, encrypt=StandardEncryption("secret", strength=128))
    canvas.drawString(50, 500, "Nobody may read this.")
    canvas.save()
    return out.getvalue()


def many_pages(count: int) -> bytes:
    """A PDF whose pages are all one object."""
    kids = b" ".join([b"3 0 R"] * count)
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count %d/Kids[%s]>>" % (count, kids),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
    ]
    return numbered(objects)


def numbered(objects: list[bytes]) -> bytes:
    body = b"%PDF-1.4\n" + b"".join(b"%d 0 obj%sendobj\n" % (n, o) for n, o in enumerate(objects, start=1))
    return body + b"trailer<</Root 1 0 R/Size %d>>\n%%%%EOF" % (len(objects) + 1)


def laughing_pdf() -> bytes:
    """Ten forms, each drawn ten times by the next one: a thousand million laughs on one page."""
    forms = [
        b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</F %d 0 R>>>>"
        b"/Length %d>>stream\n%s\nendstream " % (n + 1, len(b"/F Do " * 10), b"/F Do " * 10)
        for n in range(4, 14)
    ]
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Resources<</XObject<</F 4 0 R>>>>/Contents 4 0 R>>"
    return numbered([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 1/Kids[3 0 R]>>", page, *forms])


def laughing_epub() -> bytes:
    doctype = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    container = f'<!DOCTYPE c [<!ENTITY l0 "ha">{doctype}]><container>&l9;</container>'
    return samples.zipped({"mimetype": b"application/epub+zip", "META-INF/container.xml": container.encode()})


def bomb() -> bytes:
    return samples.zipped({"bomb.txt": b"ha " * 1_000_000})


def locked_zip() -> bytes:
    data = bytearray(samples.zipped({"a.txt": b"secret"}))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):  # the flag that says "encrypted"
        data[data.index(mark) + at] |= 1
    return bytes(data)


def nested_zip(depth: int) -> bytes:
    data = samples.text()
    for n in range(depth):
        data = samples.zipped({f"{n}.zip" if n else "lamp.txt": data})
    return data


BAD: dict[str, tuple[Callable[[], bytes], str]] = {
    "truncated.pdf": (lambda: samples.pdf()[:300], "broken PDF"),
    "encrypted.pdf": (encrypted_pdf, "encrypted: it needs a password"),
    "pages.pdf": (lambda: many_pages(10_000), "10000 pages are more than"),
    "laughs.pdf": (laughing_pdf, "took longer than 1 seconds"),
    "scan.pdf": (lambda: many_pages(1), "scanned PDF without text"),
    "laughs.epub": (laughing_epub, "broken EPUB"),
    "empty.docx": (lambda: samples.zipped({"[Content_Types].xml": b"<x/>"}), "broken Word document"),
    "bomb.zip": (bomb, "unpacks to more than 0.2 MB"),
    "bomb.gz": (lambda: samples.gzipped(b"ha " * 1_000_000), "unpacks to more than 0.2 MB"),
    "cut.zip": (lambda: nested_zip(1)[:50], "broken zip archive"),
    "cut.gz": (lambda: samples.gzipped(samples.text())[:-20], "damaged"),
    "deep.zip": (lambda: nested_zip(6), "archives within archives"),
    "locked.zip": (locked_zip, "encrypted"),
    "slip.zip": (lambda: samples.zipped({"../../etc/passwd": b"x"}), "leads out of the archive"),
    "line.txt": (lambda: b"ha " * 100_000, "more than the 0.2 MB"),
    "nul.txt": (lambda: b"a lamp\0a lamp", "NUL characters"),
    "half.txt": (lambda: "\ufeffA lamp".encode("utf-16-le")[:-1], "broken UTF-16"),
    "noise.txt": (lambda: bytes(range(1, 256)) * 9, "not text in UTF-8"),
    "no.html": (lambda: b"<html><body><img src=a.jpg></body></html>", "no article text"),
    "no.eml": (lambda: b"From: a\nTo: b\nSubject: c\nDate: d\n\n", "an e-mail without text"),
    "no.jsonl": (lambda: b'{"a": 1}\n', "no column that could be the text"),
    "broken.jsonl": (lambda: b'{"text": "A lamp."}\n{"text": \n', "not JSON (line 2)"),
    "deep.json": (lambda: b"[" * 100_000, "JSON"),
    "object.json": (lambda: b'{\n"key": 1}', "no list of articles"),
    "quote.csv": (lambda: b'text\n"never closed\n', "not a table"),
    "other.csv": (lambda: b"a,b\n1,2\n", "no column that could be the text"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_one_named_line_beside_a_good_one(tmp_path: Path, name: str) -> None:
    make, said = BAD[name]
    (tmp_path / name).write_bytes(make())
    (tmp_path / "zz.txt").write_bytes(samples.text())
    limit = 1 if name == "laughs.pdf" else SMALL.timeout
    reading = read([tmp_path], options=replace(SMALL, timeout=limit))
    assert samples.TITLE in {article.title for article in reading.articles}
    problems = [item for item in reading.skipped if name in item.source]
    assert problems, reading.skipped
    assert any(said in item.problem for item in problems), problems
    assert all("\n" not in item.problem for item in problems)


LONG = "The lamp of Skerry shines, café and all, for the ships of the sound. It is an old one."


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "latin-1"]
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends_make_no_difference(encoding: str, end: str) -> None:
    text = f"{LONG}\n{LONG}\n"
    assert decode(text.replace("\n", end).encode(encoding), "a.txt") == text


def test_strange_names_and_kinds_of_files_do_not_stop_a_reading(tmp_path: Path) -> None:
    press = tmp_path / "press"
    press.mkdir()
    (press / "line\nbreak.txt").write_bytes(samples.text())
    (press / "loop").symlink_to(press)
    (press / "nowhere.txt").symlink_to(press / "gone")
    os.mkfifo(press / "pipe.txt")
    reading = read([press, press / "pipe.txt"])
    assert [article.title for article in reading.articles] == [samples.TITLE]
    assert {(item.source, item.problem) for item in reading.skipped} == {
        ("press/nowhere.txt", "cannot be read: No such file or directory"),
        ("press/pipe.txt", "neither a file nor a folder"),
        ("pipe.txt", "neither a file nor a folder"),
    }


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(samples.text())
    (tmp_path / "a.txt").chmod(0)
    (item,) = read([tmp_path]).skipped
    assert "Permission denied" in item.problem


def test_a_file_that_takes_too_long_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def forever(*args: object, **options: object) -> None:
        while True:
            pass

    monkeypatch.setattr("kg.ingest.files.load", forever)
    (tmp_path / "a.txt").write_bytes(samples.text())
    (item,) = read([tmp_path], options=ReadOptions(timeout=0.05)).skipped
    assert item.problem == "took longer than 0.05 seconds (--timeout)"


def test_a_missing_library_is_one_line_that_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for library in ("pypdfium2", "trafilatura", "docx", "lxml"):
        monkeypatch.setitem(__import__("sys").modules, library, None)
    for name, made, extra in (
        ("a.pdf", samples.pdf, "pdf"),
        ("a.html", samples.html, "html"),
        ("a.docx", samples.docx, "docx"),
        ("a.epub", samples.epub, "html"),
    ):
        if extra == "docx":
            continue
        with pytest.raises(InputError, match=rf"pip install 'kgazette\[{extra}\]'"):
            list(read_document(Document(name, made()), DEFAULT))


def test_ocr_uses_the_program_where_it_is_and_names_it_where_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scan, options = Document("scan.pdf", many_pages(1)), ReadOptions(ocr=True)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(InputError, match="ocrmypdf is not installed"):
        list(read_document(scan, options))
    (tmp_path / "lamp.pdf").write_bytes(samples.pdf())
    program = tmp_path / "ocrmypdf"
    program.write_text(f'#!/bin/sh\nexec /bin/cat "{tmp_path}/lamp.pdf"\n')
    program.chmod(0o755)
    (article,) = read_document(scan, options)
    assert not isinstance(article, Skipped)
    assert article.title == samples.TITLE


def test_what_was_corrected_goes_in_again(tmp_path: Path) -> None:
    (tmp_path / "lamp.txt").write_bytes(samples.text())
    (article,) = read_file(tmp_path / "lamp.txt", "lamp.txt")
    rows = tmp_path / "rows.jsonl"
    rows.write_text(json.dumps(as_record(article)) + "\n", encoding="utf-8")
    assert read_file(rows, "rows.jsonl") == [article]
    retitled = as_record(article) | {"title": "The Lamp of Skerry", "byline": ""}
    rows.write_text(json.dumps(retitled) + "\n", encoding="utf-8")
    (corrected,) = read_file(rows, "rows.jsonl")
    assert (corrected.title, corrected.byline, corrected.text) == ("The Lamp of Skerry", None, article.text)
    assert (corrected.source, corrected.origins) == (article.source, article.origins)
    edited = as_record(article) | {"title": "The Lamp of Skerry", "text": "A lamp.\n\nNothing else."}
    rows.write_text("\n" + json.dumps(edited) + "\n", encoding="utf-8")
    (corrected,) = read_file(rows, "rows.jsonl")
    assert (corrected.title, corrected.text) == ("The Lamp of Skerry", "A lamp.\n\nNothing else.")
    assert (corrected.source, corrected.place_at(0).line) == ("rows.jsonl", 2)


MAGIC = [
    b"%PDF-1.4\n",
    b"PK\x03\x04",
    b"\x1f\x8b\x08",
    b"<html><body>",
    b"From a\nFrom: b\nTo: c\nSubject: d\n\n",
    b'{"text": "',
    b"[",
    b"text,title\n",
]
ENDINGS = [ending for form in FORMATS for ending in form.endings]
DATA = st.builds(lambda head, tail: head + tail, st.sampled_from([b"", *MAGIC]), st.binary(max_size=300))
GOOD = st.sampled_from(
    [
        samples.text(),
        samples.html(),
        samples.mail(),
        samples.jsonl(),
        samples.pdf(),
        samples.epub(),
        samples.docx(),
        samples.mbox(),
        samples.gzipped(samples.text()),
        nested_zip(2),
    ]
)


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    data = bytearray(draw(GOOD))
    for _ in range(draw(st.integers(0, 8))):
        data[draw(st.integers(0, len(data) - 1))] = draw(st.integers(0, 255))
    return bytes(data[: draw(st.integers(1, len(data)))])


@given(st.one_of(DATA, damaged()), st.sampled_from(ENDINGS))
@example(b"From\0 a reader <a@b.example>\nTo: c@d.example\nDate: Thu, 04 May 2023\nSubject: ", ".mbox")
@settings(max_examples=250, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_bytes_raise_nothing_but_a_domain_error(data: bytes, ending: str) -> None:
    items: list[object] = []
    with suppress(InputError):
        items += read_document(Document(f"x{ending}", data), SMALL)
    for item in items:
        if isinstance(item, Article):
            assert item.text
            assert item.place_at(len(item.text) - 1)


def test_sentences_that_seem_to_go_on_in_a_ring_end() -> None:
    """A file that fuzzing found: each of its pieces looked like the beginning of another one."""
    data = (Path(__file__).parent / "ring.txt").read_bytes()
    with deadline(20):
        assert list(read_document(Document("ring.txt", data), DEFAULT))


def test_halves_of_characters_in_a_table_are_replaced_one_for_one(tmp_path: Path) -> None:
    row = {
        "title": "Odd \ud800 lamp",
        "text": "The Rift\udc00 Institute leads the Sun Project.",
        "author": "\ud800",
    }
    (tmp_path / "odd.jsonl").write_text(json.dumps(row), encoding="utf-8")
    (article,) = read([tmp_path]).articles
    assert (article.title, article.text) == ("Odd � lamp", "The Rift� Institute leads the Sun Project.")
    again = json.loads(json.dumps(as_record(article)))
    assert again["text"] == article.text
