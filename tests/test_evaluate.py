"""The figures of `kg eval`: they agree with an independent implementation and stay above their floors."""

import json
import runpy
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from kg.errors import InputError
from kg.evaluate import Evaluation, evaluate
from kg.files import load_graph
from kg.gold import gold_paths, load_gold
from kg.graph import build_graph, to_turtle
from kg.pipeline import build
from kg.score import Score, score_document
from kg.vocab import Predicate

TESTS = Path(__file__).parent
GOLD = TESTS / "gold" / "dev"
SCORING = TESTS / "gold" / "scoring"
SCORE_PY = TESTS.parents[1] / "shared" / "eval" / "score.py"
FLOORS = tomllib.loads((TESTS / "floors.toml").read_text(encoding="utf-8"))
needs_scorer = pytest.mark.skipif(
    not SCORE_PY.exists(), reason="the independent scorer is not beside this checkout"
)
SOME_DOCUMENTS = ["A03", "D12", "F21", "H15", "L30", "P03", "P12"]


def load(path):
    return load_gold(path, path.with_suffix(".txt").read_text(encoding="utf-8"))


def test_figures_on_hand_made_graphs_agree_with_an_independent_scorer():
    scores = (score_document(load(p), load_graph(p.with_suffix(".ttl"))) for p in gold_paths(SCORING))
    expected = json.loads((TESTS / "gold" / "expected_scoring.json").read_text(encoding="utf-8"))
    assert Evaluation(tuple(scores)).as_dict() == expected


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """Some gold documents with the graphs of their texts, DOC.ttl beside DOC.json."""
    folder = tmp_path_factory.mktemp("built")
    for name in SOME_DOCUMENTS:
        for ending in (".json", ".txt"):
            shutil.copy(GOLD / f"{name}{ending}", folder)
        (folder / f"{name}.ttl").write_bytes(to_turtle(build([GOLD / f"{name}.txt"]).knowledge))
    return folder


@needs_scorer
def test_figures_on_built_graphs_agree_with_an_independent_scorer(built):
    command = [sys.executable, SCORE_PY, built, built, "--json"]
    theirs = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    ours = evaluate(built).as_dict()
    # That scorer pairs dates in the order of a set, so its relaxed figures may differ by a fact from run
    # to run; the next test fixes the order.
    assert abs(ours["relaxed"]["hit"] - theirs["relaxed"]["hit"]) <= 3
    assert ours | {"relaxed": None} == theirs | {"relaxed": None}


@needs_scorer
def test_relaxed_figures_agree_with_an_independent_scorer(built):
    scorer = runpy.run_path(str(SCORE_PY))

    def exactness(fact):
        return scorer["relax"](fact)[2]

    for path in gold_paths(built):
        theirs = scorer["GoldDoc"](path)
        facts = scorer["predicted_facts"](theirs, path.with_suffix(".ttl"))[2]
        scored = {fact for fact in facts if fact not in theirs.optional}
        ordered = sorted(theirs.facts, key=exactness, reverse=True)
        counts = scorer["relaxed_hits"](ordered, scored, theirs.optional)
        assert score_document(load(path), load_graph(path.with_suffix(".ttl"))).relaxed == Score(*counts)


def test_the_figures_stay_above_their_floors(measured):
    floors = FLOORS["f1"]
    figures = {"entities": measured.entities, "strict": measured.strict, "relaxed": measured.relaxed}
    assert floors.keys() == figures.keys()
    below = {name: round(figures[name].f1, 3) for name in floors if figures[name].f1 < floors[name]}
    assert not below


def test_most_facts_are_right_and_no_predicate_is_forgotten(measured):
    assert measured.strict.precision >= FLOORS["precision"]["strict"]
    recalls = {predicate: measured.predicates[predicate].recall for predicate in Predicate}
    assert min(recalls.values()) >= FLOORS["recall"]["every_predicate"], recalls


def test_every_gold_document_is_measured(measured):
    assert [document.doc for document in measured.documents] == [p.stem for p in gold_paths(GOLD)]


def test_totals_are_the_sums_of_the_documents(measured):
    assert measured.strict.hit == sum(score.hit for score in measured.predicates.values())
    assert measured.entities.missed == sum(score.missed for score in measured.types.values())


def test_a_document_is_measured_by_itself(measured, tmp_path):
    for ending in (".json", ".txt"):
        shutil.copy(GOLD / f"P12{ending}", tmp_path)
    alone = evaluate(tmp_path).documents[0]
    assert alone == next(document for document in measured.documents if document.doc == "P12")


def test_texts_may_lie_elsewhere_and_progress_is_told(tmp_path):
    gold, texts, heard = tmp_path / "gold", tmp_path / "texts", []
    gold.mkdir()
    texts.mkdir()
    shutil.copy(SCORING / "X1.json", gold)
    shutil.copy(SCORING / "X1.txt", texts)
    assert len(evaluate(gold, texts=texts, on_progress=lambda *step: heard.append(step)).documents) == 1
    assert heard == [("evaluate", 1, 1)]


def test_a_missing_text_is_named(tmp_path):
    shutil.copy(SCORING / "X1.json", tmp_path)
    with pytest.raises(InputError, match=r"X1\.txt"):
        evaluate(tmp_path)


def test_the_score_is_that_of_the_published_graph(tmp_path):
    """A graph that went through Turtle scores as the one in memory."""
    made = build([GOLD / "A03.txt"])
    path = tmp_path / "A03.ttl"
    path.write_bytes(to_turtle(made.knowledge))
    gold = load(GOLD / "A03.json")
    assert score_document(gold, load_graph(path)) == score_document(gold, build_graph(made.knowledge))
