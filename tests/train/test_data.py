"""Gold documents as training examples."""

import json

import pytest

from kg.extract.reader_model import shipped_model
from kg.extract.reader_pairs import PREDICATES
from kg.train.data import read_corpus, tags, with_noise

TEXT = """---
title: A wave telescope for the harbour
published: 2024-05-17
---

A wave telescope for the harbour

The Institute of Optics, Lindholm Academy, opened the Harbour Wave Telescope in Norway in March 2019. Rain
fell on the guests, who had come by ship.
The telescope will run until 2030, they said. Porto University may join.
"""
GOLD = {
    "doc": "B02",
    "published": "2024-05-17",
    "entities": [
        {"id": "e1", "type": "Institution", "names": ["Institute of Optics"]},
        {"id": "e2", "type": "Institution", "names": ["Lindholm Academy"]},
        {"id": "e3", "type": "Project", "names": ["Harbour Wave Telescope"]},
        {"id": "e4", "type": "Country", "names": ["Norway"]},
        {"id": "e5", "type": "Institution", "names": ["Porto University"]},
    ],
    "facts": [
        {"s": "e1", "p": "partOf", "o": "e2", "quote": "Institute of Optics, Lindholm Academy"},
        {"s": "e3", "p": "locatedIn", "o": "e4", "quote": "Harbour Wave Telescope in Norway"},
        {
            "s": "e3",
            "p": "startedOn",
            "o": "2019-03",
            "quote": "opened the Harbour Wave Telescope in Norway in March 2019",
        },
        {"s": "e3", "p": "completedOn", "o": "2030", "quote": "The telescope will run until 2030"},
    ],
    "optional": [{"s": "e5", "p": "participatesIn", "o": "e3", "quote": "Porto University may join"}],
}


@pytest.fixture(scope="module")
def document(tmp_path_factory):
    folder = tmp_path_factory.mktemp("corpus")
    (folder / "B02.txt").write_text(TEXT, encoding="utf-8")
    (folder / "B02.json").write_text(json.dumps(GOLD), encoding="utf-8")
    (found,) = read_corpus(folder, shipped_model().tokenizer)
    return found


def labels(document, found):
    def quote(index):
        return document.text.quote(document.spans[index].first, document.spans[index].last)

    return {(quote(i), str(PREDICATES[p]), quote(j)) for i, j, p in found}


def test_every_fact_is_found_where_its_quote_states_it(document):
    assert document.missed == 0
    assert labels(document, document.positive) == {
        ("Institute of Optics", "partOf", "Lindholm Academy"),
        ("Harbour Wave Telescope", "locatedIn", "Norway"),
        ("Harbour Wave Telescope", "startedOn", "March 2019"),
        ("The telescope", "completedOn", "2030"),
    }


def test_what_the_quote_does_not_show_is_neither_right_nor_wrong(document):
    unknown = labels(document, document.unknown)
    assert ("Harbour Wave Telescope", "completedOn", "2030") in unknown
    assert ("Porto University", "participatesIn", "Harbour Wave Telescope") in unknown
    assert not document.unknown & document.positive


def test_names_are_tagged_and_descriptions_are_not(document):
    text, gold = document.text, tags(document)
    tagged = [text.quote(word, word) for word in range(len(gold)) if gold[word].any()]
    assert (
        " ".join(tagged)
        == "Institute of Optics Lindholm Academy Harbour Wave Telescope Norway Porto University"
    )


@pytest.mark.parametrize(
    ("name", "part"), [("A03", "dev"), ("P24", "dev"), ("A10", "tune"), ("A02", "train")]
)
def test_the_split_is_by_number(document, name, part):
    document.name = name
    assert document.part == part


def test_copies_with_noise_keep_the_gold_spans(document):
    original, copy = with_noise([document], shipped_model().tokenizer, copies=1, seed=1)
    assert original is document
    assert len(copy.text.text) > len(document.text.text)
    assert {span.group for span in document.spans} <= {span.group for span in copy.spans}
    assert len(copy.positive) >= len(document.positive) - copy.missed
