"""What was read once is not read again, and nobody can tell from the result."""

from __future__ import annotations

import pytest

from kg.cache import Cache
from kg.ingest import DEFAULT, ReadOptions, files, kept, read
from kg.ingest.documents import Document, FileRead, Found, Skipped
from kg.ingest.sketches import sketch
from kg.model import Article, Origin, PartialDate
from kg.records import RecordError

ARTICLE = Article(
    *("a-1", "pages/a.txt", "Title \ud800", "Text.\n\nMore \x00 text."),
    *(PartialDate(2024, 5), "Ana Roth", None, "The Post"),
    origins=(Origin(0, 4, 2, 7), Origin(7, 9)),
    also_in=("b.txt", "c.txt"),
)
ITEMS = [
    Found(ARTICLE, sketch(ARTICLE.text)),
    Skipped("pages/a.txt", "an article not in English (de)"),
    FileRead("pages/a.txt"),
]


@pytest.fixture
def pages(tmp_path):
    folder = tmp_path / "pages"
    folder.mkdir()
    for name in ("a", "b"):
        text = f"The Tide Institute of Bergen leads the Kelp Ladder, says paper {name}. " * 3
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    (folder / "c.txt").write_text(" ", encoding="utf-8")
    return folder


def read_all(pages, cache):
    with cache:
        return shown(read([pages], cache=cache))


def shown(reading):
    return list(reading.articles), reading.skipped, reading.files


@pytest.fixture
def cache(tmp_path):
    return Cache(tmp_path / "kept", version="1", on_note=pytest.fail)


def test_items_come_back_as_they_were():
    assert kept.load(kept.dump(ITEMS)) == ITEMS


@pytest.mark.parametrize(
    "data", [b"", b"x", kept.dump([])[:-1], kept.dump(ITEMS)[4:], kept.dump([Found(ARTICLE, b"short")])]
)
def test_anything_else_is_no_record(data):
    with pytest.raises(RecordError):
        kept.load(data)


def test_only_files_that_changed_are_read(pages, cache, monkeypatch):
    first = read_all(pages, cache)
    assert first == shown(read([pages]))
    asked = []
    real = files.read_document
    monkeypatch.setattr(files, "read_document", lambda d, o: asked.append(d.source) or real(d, o))
    assert read_all(pages, cache) == first
    assert asked == ["pages/c.txt"]  # a file without an article is tried again
    (pages / "a.txt").rename(pages / "d.txt")
    second = read_all(pages, cache)
    assert asked == ["pages/c.txt", "pages/c.txt", "pages/d.txt"]
    assert second == shown(read([pages]))


def test_the_name_the_bytes_and_the_options_count():
    keys = {
        kept.content_key(Document(source, data, named), options)
        for source in ("a.txt", "a.md")
        for data in (b"x", b"y")
        for named in (True, False)
        for options in (DEFAULT, ReadOptions(english_only=False), ReadOptions(columns=(("title", "head"),)))
    }
    assert len(keys) == 24
    document = Document("a.txt", b"x")
    for same in (
        ReadOptions(include=("*.txt",), exclude=("b*",), merge_same=False),
        ReadOptions(timeout=int(DEFAULT.timeout), merge_same=False),
    ):
        assert kept.content_key(document, same) == kept.content_key(document, DEFAULT)


def test_a_damaged_record_is_read_anew(pages, tmp_path):
    notes = []
    folder = tmp_path / "kept"
    first = read_all(pages, Cache(folder, version="1"))
    with Cache(folder, version="1") as opened:
        (key,) = opened._connection.execute("SELECT key FROM result LIMIT 1").fetchone()
        opened.put([(key, b"no record")])
    assert read_all(pages, Cache(folder, version="1", on_note=notes.append)) == first
    assert ["damaged" in note for note in notes] == [True]
