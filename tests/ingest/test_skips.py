"""What was skipped is told in full, unless it is too much of one kind."""

from __future__ import annotations

from kg.ingest.documents import Skipped
from kg.ingest.skips import Skips


def summed_up(*items: Skipped) -> list[tuple[str, str]]:
    skips = Skips()
    for item in items:
        skips.add(item)
    return [(item.source, item.problem) for item in skips.summed_up()]


def test_every_file_with_a_problem_of_its_own_is_named_in_order():
    items = [Skipped(f"press/{n}.txt", "the file is empty") for n in (2, 1)]
    assert summed_up(*items, Skipped("a.pdf", "a broken PDF")) == [
        ("a.pdf", "a broken PDF"),
        ("press/1.txt", "the file is empty"),
        ("press/2.txt", "the file is empty"),
    ]


def test_files_of_no_known_kind_are_counted_by_folder_and_ending():
    strange = "no kind of file that holds articles (.jpg)"
    items = [Skipped(source, strange) for source in ("press/a.jpg", "press/b.JPG", "press/may/c.jpg")]
    assert summed_up(*items) == [
        ("press/*.jpg", f"2 files: {strange}"),
        ("press/may/*.jpg", f"1 file: {strange}"),
    ]


def test_of_very_many_with_one_problem_a_thousand_are_named_and_the_rest_counted():
    problem = "an article not in English (de)"
    told = summed_up(*(Skipped(f"press/{n:05}.txt", problem) for n in range(3500)))
    assert told[0] == ("press/*", f"2500 more: {problem}")
    assert told[1:] == [(f"press/{n:05}.txt", problem) for n in range(1000)]
