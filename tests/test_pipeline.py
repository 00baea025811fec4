"""The stages in order."""

import pytest

from kg import pipeline
from kg.errors import InputError
from kg.graph import to_turtle
from kg.model import Entity, Knowledge
from kg.vocab import Kind

STORY = "The Tide Institute in Bergen, Norway, leads the Kelp Ladder project, which began in 2023.\n"


def test_every_fact_of_the_sample_can_be_traced_to_its_sentence(sample):
    texts = {article.id: article.text for article in sample.knowledge.articles}
    assert sample.knowledge.facts
    for fact in sample.knowledge.facts:
        for evidence in fact.evidence:
            assert texts[evidence.article][evidence.start : evidence.end] == evidence.quote


def test_the_sample_conforms(sample):
    assert sample.report.conforms
    assert sample.report.problems == ()


def test_the_sample_joins_articles(sample):
    """It was put together so that newspapers speak of the same things."""
    joined = [entity.name for entity in sample.knowledge.entities if len(entity.articles) > 1]
    assert any("SESAME" in name or "Synchrotron" in name for name in joined)
    assert len({source for a in sample.knowledge.articles for source in [a.source]}) == 10


def test_outputs_are_those_of_the_build(sample, sample_out):
    pages = ["countries.html", "graph.html", "index.html", "timeline.html"]
    assert sorted(path.name for path in sample_out.iterdir()) == sorted([*pages, "graph.ttl"])
    assert (sample_out / "graph.ttl").read_bytes() == to_turtle(sample.knowledge)


def test_a_failure_while_drawing_leaves_the_last_good_outputs(sample, tmp_path, monkeypatch):
    pipeline.write_outputs(sample, tmp_path)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}

    def broken(graph):
        raise ZeroDivisionError

    monkeypatch.setattr(pipeline, "render_known", broken)
    with pytest.raises(ZeroDivisionError):
        pipeline.write_outputs(sample, tmp_path)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_the_order_of_paths_changes_nothing(tmp_path):
    paths = []
    for name, town in (("a", "Bergen"), ("b", "Tromso"), ("c", "Oslo")):
        paths.append(tmp_path / f"{name}.txt")
        paths[-1].write_text(STORY.replace("Bergen", town), encoding="utf-8")
    first, second = (pipeline.build(order) for order in (paths, paths[::-1]))
    assert first.knowledge.in_memory() == second.knowledge.in_memory()
    assert [*first.turtle.chunks()] == [*second.turtle.chunks()]


def test_progress_is_told_stage_by_stage(tmp_path):
    (tmp_path / "a.txt").write_text(STORY, encoding="utf-8")
    heard = []
    pipeline.build([tmp_path], on_progress=lambda *step: heard.append(step))
    assert list(dict.fromkeys(stage for stage, _, _ in heard)) == [
        "read",
        "extract",
        "resolve",
        "graph",
    ]
    assert ("extract", 1, 1) in heard


def test_a_graph_that_does_not_conform_is_explained(tmp_path, monkeypatch):
    (tmp_path / "a.txt").write_text(STORY, encoding="utf-8")
    nameless = Entity("project/x", Kind.PROJECT, "")
    wrong = Knowledge((), (nameless,), (), ())
    monkeypatch.setattr(pipeline.Workspace, "resolve", lambda *_, **__: (wrong, {}))
    report = pipeline.build([tmp_path], reader="rules").report
    assert not report.conforms
    assert {problem.focus for problem in report.problems} == {"project:x"}


def test_a_full_disk_while_the_graph_is_kept_is_an_input_error(tmp_path, monkeypatch):
    (tmp_path / "a.txt").write_text(STORY, encoding="utf-8")

    def full(self, data):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(pipeline.Spool, "write", full)
    with pytest.raises(InputError, match="No space left"):
        pipeline.build([tmp_path], reader="rules")


def test_nothing_to_read_is_an_input_error(tmp_path):
    with pytest.raises(InputError):
        pipeline.build([tmp_path])
    with pytest.raises(InputError):
        pipeline.build([])
