"""Every format by its content: the same story comes out of all of them, and leads back to its file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
import samples

from kg import pipeline
from kg.ingest import ReadOptions, Skipped, read, read_file
from kg.ingest.documents import Document
from kg.ingest.formats import recognise

if TYPE_CHECKING:
    from pathlib import Path

    from kg.model import Article

NAMES = ("lamp.txt", "lamp.html", "lamp.eml", "lamp.jsonl", "lamp.json", "lamp.docx", "lamp.epub", "lamp.pdf")
MADE = {name: samples.FILES[name] for name in NAMES}
PAGED = {"lamp.pdf", "lamp.epub"}
DATED = {"lamp.html", "lamp.eml", "lamp.jsonl", "lamp.json", "lamp.epub", "lamp.pdf"}


def plain(text: str) -> str:
    return " ".join(text.split())


def only(folder: Path, name: str, data: bytes, options: ReadOptions = ReadOptions()) -> Article:  # noqa: B008
    path = folder / name
    path.write_bytes(data)
    (article,) = read_file(path, name, options=options)
    return article


@pytest.mark.parametrize("name", MADE)
def test_the_story_comes_out_of_every_format(tmp_path: Path, name: str) -> None:
    article = only(tmp_path, name, MADE[name]())
    assert article.title == samples.TITLE
    assert plain(article.text) == plain(samples.TEXT)
    if name in DATED:
        assert str(article.published) == "2023-05-04"


@pytest.mark.parametrize("name", samples.FILES)
def test_every_format_gives_the_same_facts_with_the_place_of_their_sentences(
    tmp_path: Path, name: str
) -> None:
    (tmp_path / name).write_bytes(samples.FILES[name]())
    knowledge = pipeline.build([tmp_path], reader="rules").knowledge
    facts = {(fact.subject, str(fact.predicate), str(fact.object)): fact for fact in knowledge.facts}
    assert set(facts) == {
        ("institution/university-of-bergen", "leads", "project/northern-lights"),
        ("project/northern-lights", "startedOn", "2021"),
    }
    articles = {article.id: article for article in knowledge.articles}
    for fact in facts.values():
        (evidence,) = fact.evidence
        place = articles[evidence.article].place_at(evidence.start)
        assert evidence.quote.startswith("The lamp belongs")
        assert place
        assert place.line
        assert bool(place.page) == (name in PAGED)


def test_one_story_in_all_formats_counts_once(tmp_path: Path) -> None:
    for name, make in samples.FILES.items():
        (tmp_path / name).write_bytes(make())
    made = pipeline.build([tmp_path], reader="rules")
    (lamp,) = (article for article in made.knowledge.articles if article.title == samples.TITLE)
    assert len(lamp.also_in) == len(samples.FILES) - 1
    assert {len(fact.evidence) for fact in made.knowledge.facts} == {1}


@pytest.mark.parametrize("name", MADE)
@pytest.mark.parametrize("ending", [".txt", ".pdf", ".html"])
def test_a_wrong_ending_is_no_obstacle(tmp_path: Path, name: str, ending: str) -> None:
    if name == "lamp.json":
        pytest.skip("a list in JSON has no mark of its own: its ending tells")
    assert only(tmp_path, f"x{ending}", MADE[name]()).title == samples.TITLE


@pytest.mark.parametrize("name", ["lamp.txt", "lamp.html", "lamp.eml"])
def test_every_word_leads_back_to_its_line_and_character(tmp_path: Path, name: str) -> None:
    data = MADE[name]()
    article = only(tmp_path, name, data)
    lines = data.decode().split("\n")
    for match in re.finditer(r"\w+", article.text):
        place = article.place_at(match.start())
        assert place is not None
        assert lines[place.line - 1][place.character - 1 :].startswith(match.group())


def test_a_word_of_a_pdf_leads_back_to_its_page(tmp_path: Path) -> None:
    article = only(tmp_path, "lamp.pdf", samples.pdf())
    place = article.place_at(article.text.index("Iceland"))
    assert place is not None
    assert place.page == 1
    assert str(place).startswith("page 1, line ")


def test_metadata_of_a_web_page_is_read_and_its_menu_is_not(tmp_path: Path) -> None:
    article = only(tmp_path, "lamp.html", samples.html())
    assert (article.byline, article.publisher) == ("By Ida Nord", "The Fjord Post")
    assert "Home" not in article.text
    assert "rights" not in article.text
    assert "not this" not in article.text


def test_each_message_of_a_mailbox_is_an_article(tmp_path: Path) -> None:
    (tmp_path / "news.mbox").write_bytes(samples.mbox())
    articles = read_file(tmp_path / "news.mbox", "news.mbox")
    assert [article.title for article in articles] == [samples.TITLE, "Kelp from the Air"]
    assert all("Bergen" not in article.text.split("\n")[-1][-20:] for article in articles)  # no signature


def test_columns_are_known_by_their_usual_names_and_by_map(tmp_path: Path) -> None:
    article = only(tmp_path, "a.csv", samples.table())
    assert (article.title, str(article.published)) == (samples.TITLE, "2023-05-04")
    strange = samples.table().replace(b"Full text", b"Rumpf")
    options = ReadOptions(columns=(("text", "rumpf"),))
    assert only(tmp_path, "b.csv", strange, options).text == article.text


def test_archives_are_opened_and_their_members_named(tmp_path: Path) -> None:
    inner = samples.zipped({"may/lamp.html": samples.html(), "readme.xyz": b"?"})
    outer = samples.zipped(
        {"inner.zip": inner, "kelp.txt.gz": samples.gzipped(b"Kelp from the Air\n\nIt grows well.\n")}
    )
    (tmp_path / "all.zip").write_bytes(outer)
    reading = read([tmp_path / "all.zip"])
    assert [article.source for article in reading.articles] == [
        "all.zip/inner.zip/may/lamp.html",
        "all.zip/kelp.txt.gz/kelp.txt",
    ]
    assert [item.source for item in reading.skipped] == ["all.zip/inner.zip/*.xyz"]


def test_a_pdf_keeps_headlines_columns_and_stories_apart(tmp_path: Path) -> None:
    kelp = (
        (
            "Farmers on the Faroe Islands sow kelp from a drone, which flies over the bays at night. The "
            "first harvest is due in June, and two universities measure how much of it the sheep will eat."
        ),
        "The drone was built in Tórshavn. It carries twenty kilograms of spores and returns by itself.",
    )
    data = samples.pdf(
        ((samples.TITLE, samples.PARAGRAPHS), ("Kelp from the Air Feeds the Sheep of the Islands", kelp))
    )
    (tmp_path / "page.pdf").write_bytes(data)
    lamp, other = read_file(tmp_path / "page.pdf", "page.pdf")
    assert (lamp.title, other.title) == (samples.TITLE, "Kelp from the Air Feeds the Sheep of the Islands")
    assert plain(lamp.text) == plain(samples.TEXT)
    assert plain(other.text) == plain(" ".join(kelp))


def test_globs_choose_files_in_folders_and_archives(tmp_path: Path) -> None:
    for name in ("press/a.txt", "press/old/b.txt", "press/c.log"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(f"{name} is a file.\n\nIt has a text of its own, {name}.\n".encode())

    def sources(**globs: tuple[str, ...]) -> list[str]:
        return [
            article.source for article in read([tmp_path / "press"], options=ReadOptions(**globs)).articles
        ]

    assert sources() == ["press/a.txt", "press/old/b.txt"]
    assert sources(exclude=("old",)) == ["press/a.txt"]
    assert sources(include=("*.log", "a*")) == ["press/a.txt", "press/c.log"]
    assert sources(include=("old/*",)) == ["press/old/b.txt"]


def test_pictures_and_programs_in_a_folder_are_told_in_one_line(tmp_path: Path) -> None:
    for name in ("a.jpg", "b.jpg", "c.py"):
        (tmp_path / name).write_bytes(b"x = 1\n")
    (tmp_path / "lamp.txt").write_bytes(samples.text())
    reading = read([tmp_path])
    assert len(reading.articles) == 1
    told = {item.source.rpartition("/")[2]: item.problem for item in reading.skipped}
    assert told["*.jpg"].startswith("2 files: no kind of file")
    assert told["*.py"].startswith("1 file: ")


def test_the_table_asks_content_before_endings() -> None:
    assert recognise(Document("a.txt", samples.html())).name == "web page"
    assert recognise(Document("a.pdf", b"Just text.")).name == "text"
    assert recognise(Document("strange", samples.zipped({"a.txt": b"x"}))).name == "zip archive"


def test_skipped_members_do_not_stop_an_archive(tmp_path: Path) -> None:
    data = samples.zipped(
        {"../out.txt": b"x", "/root.txt": b"x", "lamp.txt": samples.text(), "bad.txt": b"\0\1\0"}
    )
    (tmp_path / "a.zip").write_bytes(data)
    reading = read([tmp_path / "a.zip"])
    assert [article.title for article in reading.articles] == [samples.TITLE]
    assert {item.problem for item in reading.skipped if isinstance(item, Skipped)} == {
        "its name leads out of the archive",
        "a binary file (it holds NUL characters)",
    }
