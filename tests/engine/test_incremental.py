"""A build that builds on the last one gives what a build from nothing gives."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from tempfile import mkdtemp

import pytest
from click.testing import CliRunner
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from kg import engine, pipeline
from kg.cache import NAME, Cache
from kg.cli import main
from kg.cli.build import KEPT
from kg.engine import Extractor, one_process, open_cache
from kg.files import Spool
from kg.model import Article
from kg.validate import Problem, Report
from kg.workspace import IDENTITIES_NAME

NAMES = st.sampled_from(["a.txt", "b.md", "c.txt", "sub/d.txt"])
INSTITUTES = st.sampled_from(["Tide Institute", "Institute of Snow", "University of Oslo", "Kelp Foundation"])
PROJECTS = st.sampled_from(["Kelp Ladder project", "Condor Telescope", "Open Brain Atlas"])
STORIES = st.builds(
    "The {} in Bergen, Norway, leads the {}, which began in {}.\n".format,
    INSTITUTES,
    PROJECTS,
    st.integers(2019, 2022),
)
DECISIONS = st.lists(
    st.sampled_from(
        [
            "- rename: Tide Institute\n  to: Institute of Tides\n",
            "- same: [Tide Institute, Institute of Snow]\n",
            "- drop entity: Kelp Ladder project\n",
            "- retype: Open Brain Atlas\n  kind: Institution\n",
        ]
    ),
    unique=True,
).map("".join)


class Counting:
    """The plain engine, which notes how many articles it was given."""

    def __init__(self):
        self.extracted = 0

    def __call__(self, articles, *, extractor):
        self.extracted += len(articles)
        return one_process(articles, extractor=extractor)


def build_with(folder, cache, counting):
    return pipeline.build([folder], reader="rules", engine=counting, cache=cache)


def build(folder, kept=None, notes=None):
    """The bytes of the graph, and how many articles were extracted for it."""
    counting = Counting()
    if kept is None:
        made = build_with(folder, None, counting)
    else:
        with open_cache(kept, on_note=[].append if notes is None else notes.append) as cache:
            made = build_with(folder, cache, counting)
    return b"".join(made.turtle.chunks()), counting.extracted


def command(pages, out, confidence="0"):
    """`kg build`, with what it tells; a line that begins with "Note" tells of the cache."""
    arguments = ["build", str(pages), "-o", str(out), "--reader", "rules", "--min-confidence", confidence]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 0, result.output
    return result.stdout


def outputs(out):
    return {path.name: path.read_bytes() for path in out.iterdir() if path.is_file()}


class Newsroom(RuleBasedStateMachine):
    """Files come, change, move and go; people decide, and edit outputs; the cache is kept, lost or damaged.

    After each of it, a build gives what a build from nothing gives, and tells the same.
    """

    def __init__(self):
        super().__init__()
        self.top = Path(mkdtemp())
        self.pages, self.out, self.clean = self.top / "pages", self.top / "out", self.top / "clean"
        (self.pages / "sub").mkdir(parents=True)
        self.files = {}
        self.confidence = "0"

    def teardown(self):
        shutil.rmtree(self.top)

    def write(self, name, text):
        self.files[name] = text
        (self.pages / name).write_text(text, encoding="utf-8")

    @rule(name=NAMES, text=STORIES)
    def add_or_change(self, name, text):
        self.write(name, text)

    @precondition(lambda self: self.files)
    @rule(data=st.data())
    def delete(self, data):
        name = data.draw(st.sampled_from(sorted(self.files)))
        del self.files[name]
        (self.pages / name).unlink()

    @precondition(lambda self: self.files)
    @rule(data=st.data(), new=NAMES)
    def rename(self, data, new):
        name = data.draw(st.sampled_from(sorted(self.files)))
        (self.pages / name).rename(self.pages / new)
        self.files[new] = self.files.pop(name)

    @precondition(lambda self: self.files)
    @rule(data=st.data(), new=NAMES)
    def reprint(self, data, new):
        self.write(new, self.files[data.draw(st.sampled_from(sorted(self.files)))])

    @rule(decisions=DECISIONS)
    def decide(self, decisions):
        (self.pages / "curation.yaml").write_text(decisions, encoding="utf-8")

    @rule()
    def publish_ids(self):
        """From here on, ids stay: a build reads what the one before it wrote down."""
        (self.pages / IDENTITIES_NAME).touch()

    @rule(confidence=st.sampled_from(["0", "0.6", "0.99"]))
    def ask_for_another_confidence(self, confidence):
        self.confidence = confidence

    @rule(name=st.sampled_from(["graph.ttl", "index.html", "timeline.html"]), gone=st.booleans())
    def tamper_with_an_output(self, name, gone):
        path = self.out / name
        if path.exists() and gone:
            path.unlink()
        elif path.exists():
            path.write_bytes(path.read_bytes() + b"\n")

    @rule(at=st.integers(0, 30_000), noise=st.binary(min_size=1, max_size=50))
    def damage(self, at, noise):
        file = self.out / KEPT / NAME
        if file.exists():
            data = bytearray(file.read_bytes())
            data[at : at + len(noise)] = noise
            file.write_bytes(data)

    @rule()
    def lose_the_cache(self):
        shutil.rmtree(self.out / KEPT, ignore_errors=True)

    @invariant()
    def a_build_equals_a_clean_one(self):
        if not self.files:
            return
        lock = self.pages / IDENTITIES_NAME
        before = lock.read_bytes() if lock.exists() else None
        shutil.rmtree(self.clean, ignore_errors=True)
        told, after = command(self.pages, self.clean, self.confidence), None
        if before is not None:
            after = lock.read_bytes()
            lock.write_bytes(before)
        again = command(self.pages, self.out, self.confidence)
        assert outputs(self.out) == outputs(self.clean)
        assert (lock.read_bytes() if lock.exists() else None) == after
        assert told.split("Wrote")[0] == again.split("Wrote")[0].split("Nothing")[0]


TestNewsroom = Newsroom.TestCase
TestNewsroom.settings = settings(max_examples=8, stateful_step_count=8, deadline=None)


@pytest.fixture
def pages(tmp_path):
    folder = tmp_path / "pages"
    folder.mkdir()
    for number in range(6):
        story = (
            f"The Tide Institute in Bergen, Norway, leads the Kelp Ladder project, begun in {2010 + number}."
        )
        (folder / f"{number}.txt").write_text(story, encoding="utf-8")
    return folder


def test_only_what_changed_is_extracted(pages, tmp_path):
    assert build(pages, tmp_path / "w")[1] == 6
    assert build(pages, tmp_path / "w")[1] == 0
    (pages / "3.txt").write_text(
        "The Institute of Snow in Oslo leads the Condor Telescope.", encoding="utf-8"
    )
    (pages / "4.txt").unlink()
    graph, extracted = build(pages, tmp_path / "w")
    assert extracted == 1
    assert graph == build(pages)[0]


def test_another_extractor_extracts_everything_and_says_so(pages, tmp_path, monkeypatch):
    build(pages, tmp_path / "w")
    monkeypatch.setattr(engine.incremental, "extractor_version", lambda: "next year's")
    notes = []
    assert build(pages, tmp_path / "w", notes)[1] == 6
    assert ["another version" in note for note in notes] == [True]


def test_what_did_not_change_is_neither_written_nor_drawn(pages, tmp_path, monkeypatch):
    first = command(pages, tmp_path / "out")
    assert "Wrote" in first
    made = outputs(tmp_path / "out")
    (tmp_path / "out" / ".graph.ttl-x.part").touch()  # left by one that was killed
    monkeypatch.setattr(pipeline, "build", pytest.fail)
    again = command(pages, tmp_path / "out")
    assert again.splitlines()[-1] == f"Nothing changed: {tmp_path / 'out'} is as the last build left it"
    assert again.splitlines()[:-1] == first.split("Wrote")[0].splitlines()
    assert outputs(tmp_path / "out") == made


def test_a_graph_that_does_not_conform_is_told_each_time(pages, tmp_path, monkeypatch):
    command(pages, tmp_path / "out")
    (pages / "7.txt").write_text("The Institute of Snow leads the Condor Telescope.", encoding="utf-8")
    problems = Report(conforms=False, problems=(Problem("kg:x", "Give it a name."),))
    monkeypatch.setattr(pipeline, "validate", lambda _: problems)
    monkeypatch.setattr(pipeline, "_write_graph", lambda _: (Spool(), False))
    arguments = ["build", str(pages), "-o", str(tmp_path / "out"), "--reader", "rules"]
    for _ in range(2):
        assert CliRunner().invoke(main, arguments).exit_code == 1


def test_results_of_what_is_gone_go_at_last(pages, tmp_path):
    command(pages, tmp_path / "out")
    kept = []
    for path in [pages / f"{number}.txt" for number in (1, 2, 3, 4)]:
        path.unlink()
        command(pages, tmp_path / "out")
        with closing(sqlite3.connect(tmp_path / "out" / KEPT / NAME)) as connection:
            kept += connection.execute("SELECT count(*) FROM result").fetchone()
    assert kept[0] > kept[-1]


def test_a_record_that_is_none_makes_the_cache_suspect(pages, tmp_path):
    build(pages, tmp_path / "w")
    version = engine.incremental.extractor_version()
    with Cache(tmp_path / "w", version=version) as cache:
        (key,) = cache._connection.execute("SELECT key FROM result LIMIT 1 OFFSET 3").fetchone()
        cache.put([(key, b"not a record")])
    notes = []
    graph, extracted = build(pages, tmp_path / "w", notes)
    assert extracted == 6
    assert graph == build(pages)[0]
    assert ["damaged" in note for note in notes] == [True]
    assert build(pages, tmp_path / "w")[1] == 0


def test_a_build_that_fails_midway_keeps_what_it_had(pages, tmp_path, monkeypatch):
    monkeypatch.setattr(engine.base.batches, "__defaults__", (2,))

    def broken(articles, *, extractor):
        for number, batch in enumerate(one_process(articles, extractor=extractor)):
            if number == 2:
                raise ZeroDivisionError
            yield batch

    with (
        pytest.raises(ZeroDivisionError),
        open_cache(tmp_path / "w", on_note=pytest.fail) as cache,
    ):
        pipeline.build([pages], reader="rules", engine=broken, cache=cache)
    assert build(pages, tmp_path / "w")[1] == 2


def test_a_record_is_kept_for_its_settings():
    article = Article("a-1", "a.txt", "A", "The Tide Institute leads it.")
    settings_ = [Extractor("rules"), Extractor("trained")]
    assert len({extractor.key(article) for extractor in settings_}) == 2
