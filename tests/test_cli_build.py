"""`kg build`, as a user meets it."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from command import kg_process, run
from rdflib import RDF, Graph, Namespace

import kg
from kg import console, pipeline
from kg.graph import build_graph
from kg.vocab import ONTOLOGY, Kind, Predicate

SAMPLE = Path(kg.__file__).parent / "sample"
STORY = "The Tide Institute in Bergen, Norway, leads the Kelp Ladder project, which began in 2023.\n"


def test_build_writes_a_graph_and_a_page_and_sums_up(tmp_path, sample):
    (tmp_path / "a.txt").write_text(STORY, encoding="utf-8")
    result = run("build", tmp_path / "a.txt", "-o", tmp_path / "made" / "out")
    assert result.exit_code == 0
    words = [line.split() for line in result.stdout.splitlines()]
    assert ["Files", "1"] in words
    assert ["Articles", "1"] in words
    assert ["Country", "1"] in words
    out = tmp_path / "made" / "out"
    assert [line[1:] for line in words if line[0] == "Wrote"] == [
        [str(out / "graph.ttl")],
        *([str(out / f"{page}.html")] for page in ("index", "graph", "countries", "timeline")),
    ]
    assert len(Graph().parse(out / "graph.ttl"))
    assert result.stderr == ""  # no progress bars outside a terminal


def test_the_summary_counts_what_the_graph_holds(sample):
    words = dict(line.split() for line in console.summary(sample).splitlines())
    ontology, graph = Namespace(ONTOLOGY), build_graph(sample.knowledge)
    for kind in Kind:
        assert words[kind] == str(len(list(graph.subjects(RDF.type, ontology[kind]))))
    for predicate in (Predicate.LEADS, Predicate.LOCATED_IN, Predicate.STARTED_ON):
        assert words[predicate] == str(len(list(graph.subject_objects(ontology[predicate]))))
    assert words["Files"] == "10"


def test_the_sample_is_named_the_same_wherever_it_is_installed(sample):
    assert {Path(article.source).parent.as_posix() for article in sample.knowledge.articles} == {"sample"}


@pytest.mark.parametrize("args", [[], ["--sample", "pages"]])
def test_build_wants_paths_or_the_sample(workplace, args):
    result = run("build", *args)
    assert result.exit_code == 2
    assert "PATHS" in result.stderr


BAD_FILES = {
    "not-utf-8.txt": b"\x81\x8d\xff\xfa " * 20,
    "empty.txt": b"",
    "blank.md": b" \n\n\t\n",
    "binary.txt": bytes(range(256)) * 8,
    "front-matter.txt": b"---\ntitle: [unclosed\n---\n\n" + STORY.encode(),
    "no-such-day.txt": b"---\ntitle: A day\npublished: 2023-02-30\n---\n\n" + STORY.encode(),
}


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_bad_file_alone_is_one_line_and_exit_2(tmp_path, name):
    (tmp_path / name).write_bytes(BAD_FILES[name])
    result = run("build", tmp_path / name, "-o", tmp_path / "out")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1
    assert name in result.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_bad_file_is_skipped_and_listed_beside_a_good_one(tmp_path, name):
    (tmp_path / name).write_bytes(BAD_FILES[name])
    (tmp_path / "story.txt").write_text(STORY, encoding="utf-8")
    result = run("build", tmp_path, "-o", tmp_path / "out")
    assert result.exit_code == 0
    words = [line.split() for line in result.stdout.splitlines()]
    assert ["Files", "1"] in words
    assert ["Articles", "1"] in words
    assert ["Skipped", "1"] in words
    assert f"{name}: " in result.stdout
    assert (tmp_path / "out" / "graph.ttl").exists()


def test_all_bad_is_exit_2(tmp_path):
    for name, data in BAD_FILES.items():
        (tmp_path / name).write_bytes(data)
    result = run("build", tmp_path, "-o", tmp_path / "out")
    assert result.exit_code == 2
    assert f"and {len(BAD_FILES) - 1} more" in result.stderr


@pytest.mark.parametrize("command", ["build", "articles"])
def test_a_missing_path_and_an_empty_folder_are_exit_2(tmp_path, monkeypatch, command):
    monkeypatch.chdir(tmp_path)
    Path("empty").mkdir()
    for path in ("missing.txt", "empty"):
        result = run(command, path)
        assert result.exit_code == 2
        assert result.stderr.count("\n") == 1
    assert "missing.txt" in run(command, "missing.txt").stderr


def test_a_graph_that_does_not_conform_is_not_written(workplace, monkeypatch):
    from kg.validate import Problem, Report

    problem = Problem(focus="id:x", message="no label\x1b[31m", path="rdfs:label", value="")
    monkeypatch.setattr(pipeline, "CONFORMS", Report(conforms=False, problems=(problem,)))
    before = Path("out/graph.ttl").read_bytes()
    result = run("build", "pages", "-o", "out")
    assert result.exit_code == 1
    assert "does not conform" in result.stderr
    assert "no label\\x1b[31m" in result.stdout
    assert Path("out/graph.ttl").read_bytes() == before


def test_an_output_folder_that_is_a_file_is_exit_2(workplace):
    Path("taken").write_text("x")
    result = run("build", "pages", "-o", "taken")
    assert result.exit_code == 2
    assert "taken" in result.stderr


def test_a_bug_keeps_its_traceback(workplace, monkeypatch):
    def broken():
        raise ZeroDivisionError

    monkeypatch.setattr(pipeline, "Conformance", broken)
    with pytest.raises(ZeroDivisionError):
        run("build", "pages")


def test_same_input_same_bytes_whatever_the_order_and_the_hash_seed(tmp_path):
    files = sorted(SAMPLE.glob("*.txt"))[:4]
    made = []
    for seed, order in (("1", files), ("2", files[::-1])):
        out = tmp_path / seed
        result = kg_process("build", *order, "-o", out, env={**os.environ, "PYTHONHASHSEED": seed})
        assert result.returncode == 0, result.stderr
        made.append([(out / name).read_bytes() for name in ("graph.ttl", "graph.html", "index.html")])
    assert made[0] == made[1]


HOSTILE = [
    "<script>alert(1)</script>",
    "</script><img src=x onerror=alert(1)>",
    '"; DROP <b>\\" \\u003c',
    "evil\u202etxt.exe",
    "🚀 & <u>Co</u> > 'x'",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_comes_through_as_text(tmp_path, text):
    path = tmp_path / "story.txt"
    head = json.dumps({"title": text, "published": "2024-05-01"}, ensure_ascii=False)
    more = f"It works with the {text} Institute in Oslo, Norway.\n"
    path.write_text(f"---\n{head}\n---\n\n{STORY}\n{more}", encoding="utf-8")
    assert run("build", path, "-o", tmp_path / "out").exit_code == 0
    page = (tmp_path / "out" / "graph.html").read_text(encoding="utf-8")
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    everything = "SELECT ?o { ?s ?p ?o }"
    result = run("query", tmp_path / "out" / "graph.ttl", everything, "--format", "json")
    values = [row["o"]["value"] for row in json.loads(result.stdout)["results"]["bindings"]]
    assert text in values  # the title
    assert "\u202e" not in run("query", tmp_path / "out" / "graph.ttl", everything).stdout


def test_a_second_build_gives_the_same_bytes_and_a_cache_elsewhere_too(workplace):
    assert run("build", "pages", "-o", "one").exit_code == 0
    first = [Path("one", name).read_bytes() for name in ("graph.ttl", "graph.html")]
    again = run("build", "pages", "-o", "one")
    assert again.stderr == ""
    assert run("build", "pages", "-o", "two", "--cache", "work").exit_code == 0
    assert not Path("two", ".kg").exists()
    assert Path("work", "results.db").exists()
    for out in ("one", "two"):
        assert [Path(out, name).read_bytes() for name in ("graph.ttl", "graph.html")] == first


def test_what_became_of_the_cache_is_told_on_the_error_stream(workplace):
    run("build", "pages", "-o", "one")
    Path("one", ".kg", "results.db").write_bytes(b"damaged" * 1000)
    result = run("build", "pages", "-o", "one")
    assert result.exit_code == 0
    assert result.stderr.startswith("Note: ")
    assert result.stderr.count("\n") == 1
    assert Path("one", ".kg", "results.damaged").exists()


def test_two_builds_with_one_cache_exclude_each_other(workplace):
    from kg.engine import open_cache

    run("build", "pages", "-o", "one")
    before = Path("one", "graph.ttl").stat().st_mtime_ns
    with open_cache(Path("one", ".kg"), on_note=pytest.fail):
        result = run("build", "pages", "-o", "one")
    assert result.exit_code == 2
    assert "another build" in result.stderr
    assert result.stderr.count("\n") == 1
    assert Path("one", "graph.ttl").stat().st_mtime_ns == before


def hear_ctrl_c() -> None:
    """A background job ignores Ctrl-C, and so would what it starts."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def test_watch_builds_again_after_a_change_and_after_an_error(workplace):
    command = [
        sys.executable,
        "-m",
        "kg",
        "build",
        "pages",
        "-o",
        "out",
        "--watch",
        "--reader",
        "rules",
        "--identities",
        "pages/identities.lock",
    ]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, preexec_fn=hear_ctrl_c
    ) as process:
        try:
            assert "Watching" in process.stderr.readline()
            (workplace / "pages" / "story.txt").write_text(STORY, encoding="utf-8")
            counts = (line.split()[1] for line in process.stdout if line.startswith("Articles"))
            assert next(counts) == "1"
            assert next(counts) == "2,"
            assert process.stderr.readline() == "Changed: story.txt\n"
            for file in (workplace / "pages").glob("*.txt"):
                file.unlink()
            assert process.stderr.readline().startswith("Changed: ")
            assert process.stderr.readline().startswith("Error: ")
            (workplace / "pages" / "story.txt").write_text(STORY, encoding="utf-8")
            assert next(counts) == "1,"
            process.send_signal(signal.SIGINT)
            assert process.wait(timeout=5) == 130
            assert "Traceback" not in process.stderr.read()
        finally:
            process.kill()


@pytest.mark.parametrize(
    "more",
    [["--sample", "--watch"], ["pages", "--engine", "dask"], ["pages", "--scheduler", "tcp://x:1"]],
)
def test_options_that_do_not_go_together(workplace, more):
    assert run("build", *more).exit_code == 2
