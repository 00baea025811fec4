"""The command line, as a user meets it; `kg build` has a module of its own."""

import csv
import io
import json
import shlex
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import click
import pytest
from command import kg_process, run

import kg
from kg.cli import main
from kg.scratch import open_scratch

NAMES = "SELECT ?name { ?x a kg:Project ; rdfs:label ?name } ORDER BY ?name LIMIT 3"


def example(command):
    """The example that `kg COMMAND --help` gives, as arguments."""
    text = run(*([command] if command else []), "--help").output
    line = text.split("Example:\n")[1].strip().splitlines()[0].strip()
    assert line.startswith("kg ")
    return shlex.split(line)[1:]


@pytest.mark.parametrize("command", ["", *sorted(main.commands)])
def test_every_help_has_an_example_that_works(workplace, command, monkeypatch):
    monkeypatch.setattr("kg.publish.publish", lambda *_, **__: 1)  # tests/test_publish.py has a real store
    trained = SimpleNamespace(train=lambda *_, report, **__: report("trained"))
    monkeypatch.setitem(sys.modules, "kg.train.run", trained)  # an hour, and packages that tests do without
    args = example(command)
    assert args[0] == (command or "build")
    result = run(*args)
    assert result.exit_code == 0
    assert result.stdout.strip()


def test_version():
    assert run("--version").output == f"kg, version {kg.__version__}\n"


def test_the_module_runs_like_the_command():
    assert kg_process("--version").stdout.decode().strip() == f"kg, version {kg.__version__}"


# ---- articles


@pytest.mark.parametrize("args", [["articles", "pages"], ["build", "pages"]])
def test_a_full_temporary_folder_is_told_in_one_line_whenever_it_is_met(workplace, monkeypatch, args):
    """What waits there may still be on its way to the disk when it is read."""

    def meet_it(_):
        database = open_scratch("CREATE TABLE row (data BLOB)")
        database.execute("PRAGMA max_page_count = 2")
        database.execute("INSERT INTO row VALUES (zeroblob(100000))")

    monkeypatch.setattr("kg.ingest.shelf.from_bytes", meet_it)
    result = run(*args)
    assert result.exit_code == 2
    assert result.stderr == "Error: the temporary folder: cannot be written (database or disk is full)\n"


def test_articles_as_records(workplace):
    result = run("articles", "pages", "--format", "jsonl")
    records = [json.loads(line) for line in result.stdout.splitlines()]
    assert [record["doc"] for record in records] == ["dome-of-giant-telescope-closed"]
    assert records[0]["title"] == "Dome of giant Atacama telescope closed"
    assert records[0]["published"] == "2024-11-02"
    assert records[0].keys() >= {"doc", "id", "source", "title", "byline", "section", "published", "text"}


def test_articles_as_a_table(workplace):
    result = run("articles", "pages")
    assert result.stdout.split("\n")[0].split() == [
        "source",
        "published",
        "section",
        "title",
        "byline",
        "words",
    ]
    assert "Dome of giant Atacama telescope closed" in result.stdout


def test_titles_neither_mark_up_nor_control_the_terminal(tmp_path):
    path = tmp_path / "story.txt"
    path.write_text(
        '---\ntitle: "[red]x \\e[31m"\n---\n\nThe Tide Institute sits in Bergen.\n', encoding="utf-8"
    )
    output = run("articles", path).stdout
    assert "[red]x" in output
    assert "\x1b" not in output


def test_skipped_files_are_told_on_the_error_stream(workplace):
    (workplace / "pages" / "bad.txt").write_bytes(b"\xff\xfe\xff")
    result = run("articles", "pages", "--format", "jsonl")
    assert result.exit_code == 0
    assert "bad.txt" in result.stderr
    assert len(result.stdout.splitlines()) == 1


# ---- query and check


def test_query_formats_agree(workplace):
    table = run("query", "out/graph.ttl", NAMES).stdout
    rows = list(csv.reader(io.StringIO(run("query", "out/graph.ttl", NAMES, "--format", "csv").stdout)))
    bindings = json.loads(run("query", "out/graph.ttl", NAMES, "--format", "json").stdout)["results"][
        "bindings"
    ]
    names = [row["name"]["value"] for row in bindings]
    assert len(names) == 3
    assert rows == [["name"], *([name] for name in names)]
    assert [line.strip() for line in table.splitlines()[2:]] == names


def test_query_from_a_file_and_from_the_standard_input(workplace):
    Path("names.rq").write_text(NAMES, encoding="utf-8")
    expected = run("query", "out/graph.ttl", NAMES).stdout
    assert run("query", "out/graph.ttl", "-f", "names.rq").stdout == expected
    assert run("query", "out/graph.ttl", "-f", "-", stdin=NAMES).stdout == expected


@pytest.mark.parametrize(
    "args",
    [
        ["out/graph.ttl"],
        ["out/graph.ttl", NAMES, "-f", "x.rq"],
        ["out/graph.ttl", "-f", "missing.rq"],
        ["out/graph.ttl", "-f", "binary.rq"],
        ["out/graph.ttl", "SELECT WHERE"],
        ["missing.ttl", NAMES],
        ["pages/dome-of-giant-telescope-closed.txt", NAMES],
    ],
)
def test_query_errors_are_exit_2(workplace, args):
    Path("binary.rq").write_bytes(b"\xff\xfe")
    result = run("query", *args)
    assert result.exit_code == 2
    assert "Error: " in result.stderr
    assert "Traceback" not in result.stderr


def test_a_closed_pipe_is_no_error(sample_out):
    command = f'{sys.executable} -m kg query {sample_out}/graph.ttl "SELECT * {{ ?s ?p ?o }}" | head -n 1'
    result = subprocess.run(["bash", "-c", command], check=False, capture_output=True, text=True)
    assert len(result.stdout.splitlines()) == 1
    assert result.stderr == ""


def test_check(workplace):
    assert run("check", "out/graph.ttl").exit_code == 0
    with Path("out/graph.ttl").open("a", encoding="utf-8") as file:
        file.write('\n<https://w3id.org/kgazette/id/x> a kg:Institution ; kg:leads "nothing" .\n')
    broken = run("check", "out/graph.ttl")
    assert broken.exit_code == 1
    assert "does not conform" in broken.stderr
    assert "nothing" in broken.stdout
    assert run("check", "missing.ttl").exit_code == 2


# ---- train


def test_train_says_in_one_line_that_torch_is_missing(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "torch", None)
    monkeypatch.delitem(sys.modules, "kg.train.run", raising=False)
    result = run("train", "tests/gold/train", str(tmp_path))
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1
    assert 'pip install "kgazette[train]"' in result.stderr


# ---- eval


def test_eval_prints_figures_by_type_and_by_predicate(workplace):
    lines = run("eval", "tests/gold/dev").stdout.splitlines()
    rows = {line.split()[0]: line.split()[1:] for line in lines[2:]}
    assert {"Institution", "leads", "entities", "strict", "relaxed"} <= rows.keys()
    assert all(len(row) == 6 for row in rows.values())
    figures = json.loads(run("eval", "tests/gold/dev", "--json").stdout)
    assert f"{figures['strict']['f1']:.3f}" == rows["strict"][2]
    errors = run("eval", "tests/gold/dev", "--errors", "A03").stdout.splitlines()
    wrong = [figures[part][side] for part in ("entities", "strict") for side in ("missed", "false")]
    assert len(errors) == sum(wrong)


def test_eval_names_what_is_wrong(workplace):
    assert run("eval", "tests/gold/dev", "--errors", "Z99").exit_code == 2
    assert run("eval", "pages").exit_code == 2
    Path("tests/gold/dev/A03.json").write_text("{}")
    result = run("eval", "tests/gold/dev")
    assert result.exit_code == 2
    assert "A03.json" in result.stderr


def test_every_option_is_explained():
    for command in main.commands.values():
        for option in command.params:
            if isinstance(option, click.Option):
                assert option.help or isinstance(option.type, click.Choice)
