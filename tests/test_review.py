"""People look into a graph and decide."""

from dataclasses import replace

import pytest
from click.testing import CliRunner

from kg.cli.explain import explain
from kg.cli.merges import merges
from kg.cli.registry import registry
from kg.cli.review import review
from kg.curation import Curation, FactRef, Ref, read_curation
from kg.graph import build_graph
from kg.model import Article, Entity, Knowledge, Merge, Origin
from kg.review import doubtful_facts, find, read_known, unsure_merges
from kg.turtle import serialise
from kg.vocab import Kind, Predicate


def run(command, *args, typed=""):
    result = CliRunner().invoke(command, [str(arg) for arg in args], input=typed)
    assert not result.exception or isinstance(result.exception, SystemExit), result.exception
    return result


@pytest.fixture
def graph_file(knowledge, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "graph.ttl"
    path.write_bytes(serialise(build_graph(knowledge)))
    return path


@pytest.fixture
def unsure_file(tmp_path, monkeypatch):
    """Two institutes whose names differ by a letter, and two of one name in two articles."""
    monkeypatch.chdir(tmp_path)
    articles = tuple(Article(f"a{n}", f"{n}.txt", f"Story {n}", "x", origins=(Origin(0, 1),)) for n in (1, 2))
    kind = Kind.INSTITUTION
    entities = (
        Entity("institution/institute-of-optics-cn", kind, "Institute of Optics", articles=("a1",)),
        Entity("institution/institute-of-optics-cz", kind, "Institute of Optics", articles=("a2",)),
        Entity("institution/steinberg-institute", kind, "Steinberg Institute", articles=("a1",)),
        Entity("institution/sternberg-institute", kind, "Sternberg Institute", articles=("a2",)),
    )
    path = tmp_path / "graph.ttl"
    path.write_bytes(serialise(build_graph(Knowledge(articles, entities, (), ()))))
    return path


def test_unsure_pairs_are_asked_and_the_answers_written(unsure_file):
    result = run(review, unsure_file, typed="n\ny\n")
    assert result.exit_code == 0
    assert "2 pairs of entities" in result.output
    assert "one letter differs" in result.output
    written = read_curation(unsure_file.parent / "curation.yaml")
    assert written.different == (
        (Ref("Institute of Optics", article="a1"), Ref("Institute of Optics", article="a2")),
    )
    assert written.same == ((Ref("Steinberg Institute"), Ref("Sternberg Institute")),)
    assert "0 pairs of entities and 0 facts" in run(review, unsure_file).output


@pytest.mark.parametrize("typed", ["q\n", "s\ns\n", ""])
def test_who_skips_or_quits_writes_nothing(unsure_file, typed):
    assert run(review, unsure_file, typed=typed).exit_code == 0
    assert not (unsure_file.parent / "curation.yaml").exists()


def test_what_was_answered_before_quitting_stays(unsure_file):
    run(review, unsure_file, typed="n\nq\n")
    assert len(read_curation(unsure_file.parent / "curation.yaml").different) == 1


def test_a_listing_asks_nothing(unsure_file):
    assert "One and the same?" not in run(review, unsure_file, "--list").output


def test_facts_of_little_belief_are_confirmed_or_dropped(graph_file):
    result = run(review, graph_file, "--below", "0.8", typed="y\n")
    assert "founded in 1921" in result.output
    written = read_curation(graph_file.parent / "curation.yaml")
    assert [(fact.subject.name, fact.predicate, str(fact.object)) for fact in written.kept_facts] == [
        ("Lindholm University", "foundedOn", "1921")
    ]
    known = read_known(build_graph_of(graph_file))
    assert not doubtful_facts(known, written, below=0.8)


def build_graph_of(path):
    from kg.files import load_graph

    return load_graph(path)


def test_a_decision_about_another_fact_leaves_the_question_open(graph_file):
    known = read_known(build_graph_of(graph_file))
    other = FactRef(Ref("Atacama Fund"), Predicate.FUNDS, Ref("Condor Telescope"))
    assert len(doubtful_facts(known, Curation(dropped_facts=(other,)), below=0.8)) == 1


def test_decided_pairs_are_not_asked_again(unsure_file):
    known = read_known(build_graph_of(unsure_file))
    assert len(unsure_merges(known, Curation())) == 2
    decided = Curation(different=((Ref("Sternberg Institute"), Ref("Steinberg Institute")),))
    assert len(unsure_merges(known, decided)) == 1


def test_merges_are_listed_with_reasons(graph_file):
    output = run(merges, graph_file).output
    assert "Condor Telescope" in output
    assert "acronym in parentheses" in output
    assert "acronym in parentheses" not in run(merges, graph_file, "--below", "0.9").output


def test_explain_shows_names_links_facts_and_sentences(graph_file):
    output = run(explain, "Lindholm University", "--graph", graph_file).output
    assert "Institution, institution/lindholm-university" in output
    assert "https://ror.org/012345678" in output
    assert "Lindholm University foundedOn 1921" in output
    assert "founded in 1921, and the Atacama Fund signed" in output
    assert "on 3 May 2024.” (A telescope for the Andes; pages/05.txt, line 9, character 1)" in output
    assert "articles  A telescope for the Andes  (pages/05.txt)" in output


def test_explain_names_all_files_of_a_story(tmp_path, knowledge):
    first = replace(knowledge.articles[0], also_in=("b.txt", "c.txt"))
    path = tmp_path / "graph.ttl"
    path.write_bytes(serialise(build_graph(replace(knowledge, articles=(first, *knowledge.articles[1:])))))
    output = run(explain, "Lindholm University", "--graph", path).output
    assert "A telescope for the Andes  (pages/05.txt, b.txt, c.txt)" in output


def test_explain_finds_by_id_alias_and_part(graph_file):
    known = read_known(build_graph_of(graph_file))
    for text in ("project/condor-telescope", "CT", "condor TELESCOPE", "ondor"):
        assert [entity.name for entity in find(known, text)] == ["Condor Telescope"]
    assert find(known, "Nobody") == []


def test_text_of_articles_is_no_command_to_the_terminal(tmp_path):
    article = Article("a1", "1.txt", "T\x1b[31m", "x", origins=(Origin(0, 1),))
    name = "Evil\x1b[2J Institute"
    entity = Entity("institution/evil", Kind.INSTITUTION, name, articles=("a1",))
    merge = Merge("institution/evil", name, "E\x1b]0;x\x07", "r\x1b[1m", 0.5)
    path = tmp_path / "graph.ttl"
    path.write_bytes(serialise(build_graph(Knowledge((article,), (entity,), (), (merge,)))))
    for result in (run(explain, "institution/evil", "--graph", path), run(merges, path)):
        assert result.exit_code == 0
        assert "\x1b" not in result.output


def test_a_register_is_made_and_asked_on_the_command_line(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "list.csv").write_text("id,name,country\n1,Kelp Institute,NO\n")
    assert run(registry, "add", "csv", "list.csv").output == "1 organisations in registry.sqlite\n"
    assert "list:1" in run(registry, "find", "Kelp Institute, Bergen", "--country", "no").output
    assert run(registry, "find", "Moss Institute").output == "no match\n"
    assert "ror" in run(registry, "kinds").output
