"""Where sentences end, and how a sentence becomes a row of items."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading import read

from kg.extract.dates import find_dates
from kg.extract.layers import outermost
from kg.extract.pipeline import load, make_doc
from kg.extract.sentences import make_sentence
from kg.model import Article, PartialDate
from kg.vocab import Kind

if TYPE_CHECKING:
    from kg.extract.sentences import Sentence


def split(text: str) -> list[str]:
    nlp = load()
    doc = nlp.get_pipe("kg_sentences")(make_doc(nlp, Article("a", "a.txt", "", text)))
    return [sent.text.strip() for sent in doc.sents if sent.text.strip()]


@pytest.mark.parametrize(
    "sentences",
    [
        ["It rose.", "It fell."],
        ["Did it rise?", "It did!", "Good."],
        ["Dr. A. Berg and Prof. Lund met.", "They left."],
        ["The U.S. fleet paid 3.5 million.", "It left."],
        ["“It rose.”", "She left."],
        ['"It rose," she said.', '"It fell."'],
        ["It rose (by 3.5 m.) again.", "It fell."],
        ["It is No. 5.", "Vol. 6 follows."],
        ["It rose e.g. here."],
    ],
)
def test_sentences_end_where_a_reader_ends_them(sentences: list[str]) -> None:
    assert split(" ".join(sentences)) == sentences


def test_a_paragraph_ends_a_sentence() -> None:
    assert split("A heading\n\nIt rose and\n\nfell.") == ["A heading", "It rose and", "fell."]


@given(st.text(alphabet="aA.?!\"”)' \n1é", max_size=40))
def test_sentences_cover_every_word_once(text: str) -> None:
    assert "".join("".join(split(text)).split()) == "".join(text.split())


def sentence(text: str) -> Sentence:
    found = read(text)
    dates = find_dates(text, PartialDate(2025, 6, 14))
    return make_sentence(text, 0, len(text), outermost(found.mentions), dates)


def labels(made: Sentence, indices: list[int]) -> list[str]:
    return [made.label(index) for index in indices]


def test_words_mentions_and_dates_are_items() -> None:
    made = sentence("In May 2024 Halden University's clinic opened in Bergen.")
    assert [item.text for item in made.items] == [
        *("In", "May 2024", "Halden University", "'s", "clinic", "opened", "in", "Bergen", ".")
    ]
    assert made.dates() == [1]
    assert made.indices(Kind.INSTITUTION, Kind.PLACE) == [2, 7]
    assert [made.word_at(index) for index in (0, 1, 2, 99, -1)] == ["in", "", "", "", ""]
    assert made.phrase(3, 6) == "'s clinic opened"


def test_a_name_and_its_short_form_in_brackets_are_one_item() -> None:
    made = sentence("Halden University (HU) met.")
    assert [item.text for item in made.items] == ["Halden University", "met", "."]
    assert made.phrase(0, 1) == "Halden University (HU)"


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        ("Halden University and Pellworm University met", [["Halden University", "Pellworm University"]]),
        (
            "Halden University in Bergen, Norway, and Pellworm University met",
            [["Halden University", "Pellworm University"]],
        ),
        (
            "Halden University, CERN, as well as Pellworm University met",
            [["Halden University", "CERN", "Pellworm University"]],
        ),
        (
            "Halden University opened and Pellworm University closed",
            [["Halden University"], ["Pellworm University"]],
        ),
        (
            "Halden University, which joined Pellworm University",
            [["Halden University"], ["Pellworm University"]],
        ),
        (
            "Halden University, Bergen; Pellworm University, Kiel",
            [["Halden University"], ["Pellworm University"]],
        ),
    ],
)
def test_coordinated_names_are_a_group(text: str, groups: list[list[str]]) -> None:
    made = sentence(text)
    assert [labels(made, group) for group in made.groups(Kind.INSTITUTION)] == groups


def test_countries_of_a_list_are_one_group() -> None:
    made = sentence("Kenya, Norway, Peru and Spain met.")
    assert [labels(made, group) for group in made.groups(Kind.COUNTRY)] == [
        ["Kenya", "Norway", "Peru", "Spain"]
    ]


def test_a_date_inside_a_name_is_no_item() -> None:
    made = sentence("The 2024 Tidal Energy Forum 2025 began in 2025.")
    assert [made.items[index].start for index in made.dates()] == [4, 42]
