"""`kg query` with the questions that come with kgazette, and `kg export`."""

from __future__ import annotations

import csv
import io

import pytest
from command import run
from rdflib import Graph

from kg.export import FORMATS
from kg.graph import build_graph, serialise
from kg.questions import questions


@pytest.fixture
def graph(knowledge, tmp_path):
    path = tmp_path / "graph.ttl"
    path.write_bytes(serialise(build_graph(knowledge)))
    return path


def test_the_questions_are_listed_with_their_options() -> None:
    lines = run("query", "--list").stdout.splitlines()[2:]
    assert [line.split()[0] for line in lines] == list(questions())
    assert "--country … --other …" in next(line for line in lines if line.startswith("shared-projects"))
    assert "[--below …]" in next(line for line in lines if line.startswith("low-belief"))


def test_a_question_is_answered_with_the_values_of_its_options(graph) -> None:
    result = run("query", graph, "timeline", "--project", "ct", "--format", "csv")
    (row,) = csv.DictReader(io.StringIO(result.stdout))
    assert (row["date"], row["event"].rpartition("#")[2]) == ("2024-05-03", "signedOn")


def test_a_construct_is_written_as_turtle(graph) -> None:
    result = run("query", graph, "about", "--name", "CT", "--format", "ttl")
    assert "kg:leads project:condor-telescope ;" in result.stdout
    assert len(Graph().parse(data=result.stdout, format="turtle"))


@pytest.mark.parametrize(
    ("args", "problem"),
    [
        (["timeline"], "timeline needs project"),
        (["timeline", "--project", "x", "--year", "2019"], "timeline has no parameter 'year'"),
        (["timeline", "--project", "Condr Telescope"], "did you mean 'Condor Telescope'?"),
        (["nonsense"], "no question is called 'nonsense'"),
        (["funding", "--format", "ttl"], "only the graph of a CONSTRUCT"),
        (["SELECT ?x { ?x a kg:Project }", "--year", "2019"], "--year is for the questions"),
        (["SELECT ?x { ?x a }"], "line 1, column"),
        ([], "give a graph, and a question"),
    ],
)
def test_what_is_wrong_with_a_question_is_said(graph, args, problem) -> None:
    result = run("query", graph, *args)
    assert result.exit_code == 2
    assert problem in result.stderr


def test_the_formats_are_listed() -> None:
    lines = run("export", "--list").stdout.splitlines()[2:]
    assert [line.split()[0] for line in lines] == list(FORMATS)


@pytest.mark.parametrize("form", [name for name, form in FORMATS.items() if not form.is_folder])
def test_a_format_of_one_file_goes_to_the_file_or_the_standard_output(graph, tmp_path, form) -> None:
    out = tmp_path / "new" / f"graph.{form}"
    assert run("export", graph, "--format", form, "-o", out).stdout == f"Wrote {out}\n"
    assert out.read_bytes()
    assert run("export", graph, "--format", form).stdout.encode() == out.read_bytes()


@pytest.mark.parametrize("form", [name for name, form in FORMATS.items() if form.is_folder])
def test_a_format_of_several_files_makes_a_folder(graph, tmp_path, form) -> None:
    out = tmp_path / "tables"
    run("export", graph, "--format", form, "-o", out)
    assert sum(path.suffix == ".csv" for path in out.iterdir()) >= 2


@pytest.mark.parametrize(
    ("args", "problem"),
    [
        (["--format", "xls"], "no format is called 'xls'; there are ttl, nt,"),
        (["--format", "csv"], "give a folder with -o"),
        ([], "give a graph and a --format"),
        (["--format", "nt", "-o", "/dev/null/x"], "cannot be written"),
    ],
)
def test_what_is_wrong_with_an_export_is_said(graph, args, problem) -> None:
    result = run("export", graph, *args)
    assert result.exit_code == 2
    assert problem in result.stderr
