"""What the form of a name tells."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.names import (
    classify,
    content_words,
    head_word,
    heads,
    initials,
    normalise,
    read_table,
    read_words,
    slug,
)
from kg.vocab import Kind


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("The Institute of Tides", "institute of tides"),
        ("Universidade de São Paulo", "Universidade de Sao Paulo"),
        ("Science & Technology", "science and technology"),
        ("Halden's Institute", "Halden’s  Institute"),
        ("Sino-Danish Center", "Sino Danish Center"),
        ("  A  Tide. ", "tide"),
    ],
)
def test_spellings_of_one_name_have_one_normal_form(left: str, right: str) -> None:
    assert normalise(left) == normalise(right)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Chang'e-5", "Chang'e-6"),
        ("Tide I", "Tide II"),
        ("Halden University", "Halden College"),
        ("A", "The B"),
    ],
)
def test_different_names_have_different_normal_forms(left: str, right: str) -> None:
    assert normalise(left) != normalise(right)


@given(st.text(max_size=40))
def test_a_normal_form_is_plain_lower_case_words(name: str) -> None:
    form = normalise(name)
    assert form == " ".join(form.split())
    assert not re.search(r"[A-Z.,;:'’&_()-]", form)


@given(st.text(alphabet=st.characters(codec="ascii"), max_size=40))
def test_accents_change_no_normal_form(name: str) -> None:
    assert normalise(f"{name}\N{COMBINING ACUTE ACCENT}") == normalise(name)


@given(st.text(max_size=120), st.integers(1, 80))
def test_a_slug_is_safe_in_an_iri_and_not_too_long(name: str, limit: int) -> None:
    key = slug(name, limit=limit)
    assert re.fullmatch(r"(?:[a-z0-9]+(?:-[a-z0-9]+)*)?", key)
    assert len(key) <= limit


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Universidade de São Paulo", "universidade-de-sao-paulo"),
        ("King's College", "kings-college"),
        ("中国科学院", ""),
        ("", ""),
    ],
)
def test_slugs(name: str, key: str) -> None:
    assert slug(name) == key


def test_a_slug_is_cut_between_words() -> None:
    assert slug("institute of tidal physics", limit=15) == "institute-of"
    assert slug("institute of tidal physics", limit=12) == "institute-of"
    assert slug("x" * 20, limit=15) == "x" * 15


def test_content_words_and_initials_leave_small_words_out() -> None:
    assert content_words("The Institute of High-Energy Physics") == ("institute", "high", "energy", "physics")
    assert initials("Institute of High-Energy Physics") == "IHEP"
    assert initials("") == ""


@pytest.mark.parametrize(
    ("name", "head"),
    [
        ("Institute of Tides", "Institute"),
        ("China Academy of Space Technology", "Academy"),
        ("Lumira Telescope", "Telescope"),
        ("Corvina Programme Phase II", "Programme"),
        ("Tidal Forum 2024", "Forum"),
        ("Halden University (HU)", "University"),
        ("Institute of Tides, Bergen", "Institute"),
        ("2024", "2024"),
        ("", ""),
    ],
)
def test_the_head_word_says_what_is_named(name: str, head: str) -> None:
    assert head_word(name) == head


@pytest.mark.parametrize(
    ("name", "kind", "subtype"),
    [
        ("Halden University", Kind.INSTITUTION, "University"),
        ("HALDEN UNIVERSITY", Kind.INSTITUTION, "University"),
        ("Norwegian Academy of Space Telescopes", Kind.INSTITUTION, "Academy"),
        ("Tidalix Ltd.", Kind.INSTITUTION, "Company"),
        ("Halden University Bergen", Kind.INSTITUTION, "University"),
        ("Lumira Telescope", Kind.PROJECT, "Facility"),
        ("Tenth Council of Seas", Kind.PROJECT, "Event"),
        ("First People's Hospital", Kind.INSTITUTION, "Hospital"),
    ],
)
def test_the_class_of_a_name(name: str, kind: Kind, subtype: str) -> None:
    told = classify(name)
    assert told is not None
    assert (told.kind, told.subtype) == (kind, subtype)


@pytest.mark.parametrize("name", ["", "Hmeljko", "Anna Berg", "2024"])
def test_a_name_that_tells_nothing(name: str) -> None:
    assert classify(name) is None


@given(st.text(max_size=60))
def test_any_name_can_be_classified(name: str) -> None:
    told = classify(name)
    assert told is None or told.kind in (Kind.INSTITUTION, Kind.PROJECT)
    assert head_word(name) == head_word(name).strip()


@pytest.mark.parametrize("table", ["heads.tsv", "known.tsv", "nouns.tsv"])
def test_tables_have_each_name_once_and_every_column(table: str) -> None:
    rows = read_table(table)
    column = "name" if table == "known.tsv" else "word"
    assert len({row[column] for row in rows}) == len(rows) > 100
    for row in rows:
        assert Kind(row["kind"]) in (Kind.INSTITUTION, Kind.PROJECT)
        assert None not in row
        assert row["subtype"] is not None


@pytest.mark.parametrize("words", ["openers.txt", "topics.txt", "generic.txt"])
def test_lists_of_words_are_in_lower_case(words: str) -> None:
    assert all(word == word.lower() for word in read_words(words))


def test_head_words_are_single_words() -> None:
    assert not [word for word in heads() if " " in word]
