"""Files and folders: what is read, what is skipped, and what the user is told."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

import pytest

from kg.errors import InputError
from kg.ingest import read, read_file
from kg.model import Article

if TYPE_CHECKING:
    from pathlib import Path

STORY = """---
title: A Lamp for the Lighthouse
published: 2022-10
source: The Coastal Herald
---
A Lamp for the Lighthouse

By Ida NORD

The Skerry Institute lit a new lamp on Monday. It can be
seen from thir-
ty kilometres.

Advertisement

It was paid for by Norway.
[Print] [Send]
"""


def write(folder: Path, name: str, content: str | bytes = STORY) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def problem(path: Path) -> str:
    with pytest.raises(InputError) as caught:
        read_file(path, path.name)
    message = str(caught.value)
    assert message.startswith(f"{path.name}: ")
    assert "\n" not in message
    return message


def test_a_file_whose_front_matter_has_a_title_is_one_clean_article(tmp_path: Path) -> None:
    (article,) = read_file(write(tmp_path, "a.txt"), "a.txt")
    assert article.title == "A Lamp for the Lighthouse"
    assert article.byline == "By Ida NORD"
    assert str(article.published) == "2022-10"
    assert article.publisher == "The Coastal Herald"
    assert article.text == (
        "The Skerry Institute lit a new lamp on Monday. It can be seen from thirty kilometres.\n\n"
        "It was paid for by Norway."
    )


def test_offsets_lead_back_to_the_lines_of_the_file(tmp_path: Path) -> None:
    (article,) = read_file(write(tmp_path, "a.txt"), "a.txt")
    lines = STORY.split("\n")
    for word in ("Skerry", "seen", "ty kilometres", "paid"):
        line = article.place_at(article.text.index(word)).line
        assert line is not None
        assert word in lines[line - 1]


def test_the_same_content_has_the_same_readable_id(tmp_path: Path) -> None:
    (first,) = read_file(write(tmp_path, "a.txt"), "a.txt")
    (second,) = read_file(write(tmp_path, "b.md"), "b.md")
    (other,) = read_file(write(tmp_path, "c.txt", STORY.replace("Monday", "Friday")), "c.txt")
    assert first.id == second.id
    assert first.id.startswith("a-lamp-for-the-lighthouse-")
    assert other.id != first.id


def test_sources_are_named_from_the_folder_and_never_absolute(tmp_path: Path) -> None:
    write(tmp_path, "press/may/a.txt")
    single = write(tmp_path, "b.md", "The horn of Skerry sounds in every fog, and no ship has been lost.")
    reading = read([single, tmp_path / "press"])
    assert [article.source for article in reading.articles] == ["b.md", "press/may/a.txt"]
    assert reading.files == 2


def test_the_order_of_the_paths_makes_no_difference(tmp_path: Path) -> None:
    paths = [write(tmp_path, name, STORY.replace("Lamp", name)) for name in ("c.txt", "a.txt", "b.txt")]
    paths += [tmp_path, tmp_path / "missing.txt", tmp_path / "a.txt"]
    one, other = read(paths), read(reversed(paths))
    assert list(one.articles) == list(other.articles)
    assert (one.skipped, one.files) == (other.skipped, other.files)


def test_a_file_named_twice_is_read_once(tmp_path: Path) -> None:
    path = write(tmp_path, "a.txt")
    reading = read([path, tmp_path, path])
    assert (reading.files, len(reading.articles), reading.skipped) == (1, 1, ())


def test_an_article_in_two_files_is_kept_once_and_said_so(tmp_path: Path) -> None:
    write(tmp_path, "a.txt")
    write(tmp_path, "b.txt")
    reading = read([tmp_path])
    (article,) = reading.articles
    assert (article.source, article.also_in) == (f"{tmp_path.name}/a.txt", (f"{tmp_path.name}/b.txt",))
    assert reading.skipped == ()


def test_a_link_that_leads_back_to_its_folder_does_no_harm(tmp_path: Path) -> None:
    write(tmp_path, "press/a.txt")
    (tmp_path / "press" / "loop").symlink_to(tmp_path / "press")
    assert len(read([tmp_path / "press"]).articles) == 1


def test_the_caller_hears_of_each_file_before_it_is_read(tmp_path: Path) -> None:
    write(tmp_path, "a.txt")
    write(tmp_path, "b.txt", b"\x00")
    heard: list[str] = []
    read([tmp_path], on_file=heard.append)
    assert [name.rpartition("/")[2] for name in heard] == ["a.txt", "b.txt"]


def test_no_more_than_one_file_is_in_memory(tmp_path: Path) -> None:
    for number in range(20):
        write(tmp_path, f"{number:02}.txt")
    alive: list[int] = []

    def count(_: str) -> None:
        alive.append(sum(isinstance(thing, Article) for thing in gc.get_objects()))

    assert read([tmp_path], on_file=count).files == 20
    assert max(alive) - min(alive) <= 1


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf  \n ", "empty"),
        (b"abc\n\xff\xfe\xfa", "not text in UTF-8, UTF-16 or Latin-1 (line 2)"),
        (b"abc\x00def", "binary"),
        ("---\ntitle: [never closed\n---\ntext", "not YAML"),
        ("---\n- a\n- list\n---\ntext", "not a list of names"),
        ("---\ntitle: {a: b}\n---\ntext", "'title' is not a text"),
        ("---\ntitle: A\npublished: 2025-02-30\n---\ntext", "'2025-02-30' does not exist"),
        ("---\ntitle: A\npublished: soon\n---\ntext", "'soon'"),
        ("---\ntitle: A\n---\n", "no article text"),
        (b" " * 20_000_001, "20 MB"),
    ],
)
def test_a_bad_file_gets_one_line_that_names_it(tmp_path: Path, content: str | bytes, said: str) -> None:
    assert said in problem(write(tmp_path, "bad.txt", content))


def test_a_missing_file_an_empty_folder_and_a_strange_suffix_are_told_apart(tmp_path: Path) -> None:
    (tmp_path / "void").mkdir()
    pdf = write(tmp_path, "a.pdf", b"%PDF-")
    reading = read([tmp_path / "gone.txt", tmp_path / "void", pdf])
    assert (len(reading.articles), reading.files) == (0, 0)
    problems = {item.source: item.problem for item in reading.skipped}
    assert problems["gone.txt"] == "no such file or folder"
    assert problems["void"] == "no file to read in this folder"
    assert problems["a.pdf"] == "a broken PDF"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_byte_order_marks_and_windows_lines_are_no_obstacle(tmp_path: Path, encoding: str) -> None:
    plain = read_file(write(tmp_path, "a.txt"), "a.txt")
    marked = read_file(write(tmp_path, "b.txt", STORY.replace("\n", "\r\n").encode(encoding)), "a.txt")
    assert marked == plain


def test_a_colon_in_a_plain_title_is_taken_as_it_is_written(tmp_path: Path) -> None:
    (article,) = read_file(
        write(tmp_path, "a.txt", "---\ntitle: Air in Salt: Caverns\n---\nIt works.\n"), "a.txt"
    )
    assert article.title == "Air in Salt: Caverns"


def test_a_file_without_any_date_is_read(tmp_path: Path) -> None:
    (article,) = read_file(write(tmp_path, "a.txt", "---\ntitle: A\n---\nIt works well.\n"), "a.txt")
    assert article.published is None


def test_a_line_of_a_megabyte_is_read_in_seconds(tmp_path: Path) -> None:
    (article,) = read_file(write(tmp_path, "a.txt", "The ship sailed on. " * 50_000), "a.txt")
    assert len(article.text) > 900_000


def test_a_first_sentence_that_holds_a_short_title_is_text(tmp_path: Path) -> None:
    text = "The Lamp is the oldest light of Skerry, and nobody knows who lit it.\n\nIt is out now.\n"
    (article,) = read_file(
        write(tmp_path, "a.txt", f"---\ntitle: The Lamp\n---\nThe Lamp\n\n{text}"), "a.txt"
    )
    assert article.text == text.strip()
