"""Gold files: the form they must have."""

import json

import pytest

from kg.errors import InputError
from kg.gold import gold_paths, load_gold

TEXT = "The Tide Institute in Norway leads the Kelp Ladder, which began in 2023."
GOOD = {
    "doc": "X",
    "published": "2024-05",
    "entities": [
        {"id": "e1", "type": "Institution", "names": ["Tide Institute"]},
        {"id": "e2", "type": "Project", "names": ["Kelp Ladder"], "also_type": "Institution"},
        {"id": "e3", "type": "Country", "names": ["Norway"], "optional": True},
    ],
    "facts": [
        {"s": "e1", "p": "leads", "o": "e2", "quote": "leads the Kelp Ladder"},
        {"s": "e2", "p": "startedOn", "o": "2023", "quote": "began in 2023"},
    ],
}


def write(tmp_path, gold):
    path = tmp_path / "X.json"
    path.write_text(json.dumps(gold), encoding="utf-8")
    return path


def test_a_good_file_loads(tmp_path):
    gold = load_gold(write(tmp_path, GOOD), TEXT)
    assert gold.facts == {("e1", "leads", "e2"), ("e2", "startedOn", "2023")}
    assert gold.entities["e2"].kinds == {"Project", "Institution"}
    assert gold.entities["e3"].optional


def test_a_symmetric_fact_is_the_same_from_both_sides(tmp_path):
    fact = {"s": "e2", "p": "collaboratesWith", "o": "e1", "quote": "leads"}
    gold = load_gold(write(tmp_path, {**GOOD, "facts": [fact]}), TEXT)
    assert gold.facts == {("e1", "collaboratesWith", "e2")}


def fact(**changes):
    return {"facts": [{"s": "e1", "p": "leads", "o": "e2", "quote": "leads the Kelp Ladder"} | changes]}


def entity(**changes):
    return {
        "entities": [{"id": "e1", "type": "Institution", "names": ["Tide Institute"]} | changes],
        "facts": [],
    }


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"published": "yesterday"}, "published is no ISO date"),
        ({"published": "2024-13"}, "published is no ISO date"),
        ({"entities": GOOD["entities"] * 2}, "id twice: e1"),
        ({"entities": [{"id": "e1"}]}, "not in the form"),
        ({"entities": "e1"}, "not in the form"),
        (entity(type="Person"), "unknown type 'Person'"),
        (entity(names=["Wave Institute"]), "name not in the text: 'Wave Institute'"),
        (fact(p="likes"), "unknown predicate 'likes'"),
        (fact(s="e3"), "the subject must be Institution"),
        (fact(s="e9"), "the subject must be Institution"),
        (fact(o="e3"), "the object must be Project"),
        (fact(p="foundedOn", o="2023-02-30"), "the object must be an ISO date"),
        (fact(p="partOf", o="e1"), "a fact of a thing with itself"),
        (fact(quote="leads the way"), "quote not in the text"),
        (fact(quote=""), "quote not in the text"),
        ({"facts": fact()["facts"] * 2}, "fact twice: e1 leads e2"),
        ({"optional": fact()["facts"]}, "fact twice: e1 leads e2"),
    ],
)
def test_bad_gold_is_refused_with_its_first_problem(tmp_path, changes, problem):
    path = write(tmp_path, GOOD | changes)
    with pytest.raises(InputError) as caught:
        load_gold(path, TEXT)
    assert problem in str(caught.value)
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_file_that_is_no_json_is_refused(tmp_path):
    path = tmp_path / "X.json"
    path.write_bytes(b"\xff{")
    with pytest.raises(InputError, match="cannot be read as JSON"):
        load_gold(path, TEXT)


def test_gold_of_the_article_splitter_is_left_alone(tmp_path):
    for name in ("P02.json", "P01.json", "P01.articles.json", "P01.txt"):
        (tmp_path / name).touch()
    assert [path.name for path in gold_paths(tmp_path)] == ["P01.json", "P02.json"]


def test_a_folder_without_gold_is_refused(tmp_path):
    with pytest.raises(InputError, match="no gold files"):
        gold_paths(tmp_path)
