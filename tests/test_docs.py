"""What the documents say is so: commands exist, examples print what they show, figures are measured."""

import doctest
import re

import pytest
from readme import ROOT, blocks, examples, prepare

from kg.cli import main

README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCUMENTS = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")]
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
TARGETS = set(re.findall(r"^([a-z]+):", MAKEFILE, re.MULTILINE))
KG_EXAMPLES = [example for example in examples() if example.arguments]
QUICK = [example for example in KG_EXAMPLES if example.arguments[0] != "eval"]


@pytest.fixture
def workplace(tmp_path, monkeypatch, sample_out):
    prepare(tmp_path, sample_out)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("example", QUICK, ids=lambda example: example.command[:60])
def test_an_example_prints_what_the_readme_shows(workplace, example):
    printed = example.run()
    assert example.matches(printed), f"`make docs` writes it anew:\n{printed}"


def test_the_figures_are_the_measured_ones(measured):
    """Within 0.02, so that not every improvement is a change of the README too."""
    example = next(example for example in KG_EXAMPLES if example not in QUICK)
    rows = {line.split()[0]: float(line.split()[3]) for line in example.shown.split("\n")[2:]}
    for name, score in measured.as_dict().items():
        if name in ("entities", "strict", "relaxed"):
            assert rows[name] == pytest.approx(score["f1"], abs=0.02), name


def test_the_readme_has_examples():
    assert {"build", "query", "articles", "check", "eval"} <= {e.arguments[0] for e in KG_EXAMPLES}
    assert all(example.shown for example in KG_EXAMPLES)


def test_an_elision_stands_for_any_lines_and_nothing_else_does():
    example = next(examples())
    shown = type(example)("", "", "a\n...\nz.z")
    assert shown.matches("a\nb\nc\nz.z")
    assert not shown.matches("a\nb\nzzz")


@pytest.mark.parametrize("block", blocks("pycon"))
def test_the_library_does_what_the_readme_shows(workplace, block):
    test = doctest.DocTestParser().get_doctest(block, {}, "README", "README.md", 0)
    report = []
    runner = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE)
    runner.run(test, out=report.append)
    assert test.examples
    assert not runner.failures, "".join(report)


@pytest.mark.parametrize("block", blocks("turtle"))
def test_the_turtle_of_the_readme_stands_in_the_graph(sample_out, block):
    graph = (sample_out / "graph.ttl").read_text(encoding="utf-8")
    for subject in block.strip().split("\n\n"):
        assert subject in graph


def test_the_committed_page_and_graph_are_there():
    assert (ROOT / "out" / "graph.html").exists()
    assert (ROOT / "out" / "graph.ttl").exists()


@pytest.mark.parametrize("command", sorted(main.commands))
def test_every_command_is_in_the_readme(command):
    assert f"`kg {command}" in README


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_what_the_documents_name_exists(path):
    text = path.read_text(encoding="utf-8")
    for link in re.findall(r"\]\((?!https?:|#)([^)#]+)", text):
        assert (ROOT / link).exists(), link
    for target in re.findall(r"(?:`|^\$ )make ([a-z]+)", text, re.MULTILINE):
        assert target in TARGETS, target
    for command in re.findall(r"(?:`|^\$ )kg ([a-z]+)", text, re.MULTILINE):
        assert command in main.commands, command


def test_every_make_target_is_explained():
    explained = set(re.findall(r"^([a-z]+):.*## ", MAKEFILE, re.MULTILINE))
    phony = re.search(r"^\.PHONY: (.*)$", MAKEFILE, re.MULTILINE)
    assert phony
    assert explained == set(phony[1].split()) == TARGETS


def test_continuous_integration_runs_what_the_readme_says():
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert re.search(r"^make test$", script, re.MULTILINE)
    assert "$ make test" in README
