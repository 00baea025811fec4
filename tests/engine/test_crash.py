"""Killed at any moment, a build leaves good outputs and a workspace that the next one goes on from."""

import os
import random
import resource
import signal
import time

import pytest
from click.testing import CliRunner
from conftest import story

from kg import pipeline
from kg.cli import main
from kg.engine import one_process, open_cache
from kg.ingest import Reading
from kg.model import Article

KILLS = int(os.environ.get("KGAZETTE_KILLS", "8"))

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="forks, to be killed without a long start")


def articles_of(day):
    return tuple(Article(f"{day}-{n}", f"{day}.txt", "A story", f"{day}: {story(n)}") for n in range(24))


def build(day, out, monkeypatch, *, engine=one_process):
    """`kg build`, but for reading, which writes nothing. Returns what it tells of what is wrong."""
    monkeypatch.setattr(pipeline, "read", lambda *_, **__: Reading(articles_of(day), (), 1))
    monkeypatch.setattr("kg.engine.processes", lambda _: engine)
    arguments = ["build", str(out.parent / "nothing.txt"), "-o", str(out), "--reader", "rules"]
    result = CliRunner().invoke(main, arguments)
    return result.output if result.exit_code else ""


def outputs(out):
    return {path.name: path.read_bytes() for path in out.iterdir() if path.suffix in (".ttl", ".html")}


@pytest.fixture
def small_batches(monkeypatch):
    """Many moments in which something is being written."""
    monkeypatch.setattr("kg.engine.base.batches.__defaults__", (4,))


def killed_after(seconds, work):
    """Do the work in a process of its own and kill that after so long; was it still at work?"""
    child = os.fork()
    if child == 0:
        try:
            work()
        finally:
            os._exit(0)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def test_kills_at_many_moments(tmp_path, monkeypatch, small_batches):
    good = {}
    for day in ("Monday", "Tuesday"):
        started = time.monotonic()
        build(day, tmp_path / day, monkeypatch)
        takes = time.monotonic() - started
        good[day] = outputs(tmp_path / day)
    assert good["Monday"] != good["Tuesday"]

    out = tmp_path / "out"
    moments = random.Random(8)
    killed, builds, last = 0, 0, "Monday"
    build(last, out, monkeypatch)
    while killed < KILLS:
        builds += 1
        last, other = sorted(good, key=last.__eq__)
        if killed_after(moments.uniform(0, takes), lambda day=last: build(day, out, monkeypatch)):
            killed += 1
        else:
            takes *= 0.95  # it was done: a build takes less than it did
        # Each file is a whole one, of before or of after.
        for name, data in outputs(out).items():
            assert data in (good[last][name], good[other][name])
        assert outputs(out).keys() == good[last].keys()
    print(f"{killed} of {builds} builds killed at work")
    build(last, out, monkeypatch)
    assert outputs(out) == good[last]
    assert sorted(path.name for path in out.iterdir()) == [".kg", *sorted(good[last])]


def test_the_next_build_goes_on_where_the_killed_one_stopped(tmp_path, monkeypatch, small_batches):
    given = []

    def dying(articles, *, extractor):
        for number, batch in enumerate(one_process(articles, extractor=extractor)):
            if number == 4:
                os.kill(os.getpid(), signal.SIGKILL)
            yield batch

    def counting(articles, *, extractor):
        given.append(len(articles))
        return one_process(articles, extractor=extractor)

    child = os.fork()
    if child == 0:
        build("Monday", tmp_path, monkeypatch, engine=dying)
    os.waitpid(child, 0)
    assert outputs(tmp_path) == {}
    build("Monday", tmp_path, monkeypatch, engine=counting)
    assert given == [24 - 4 * 4]


def test_killed_between_any_two_steps_of_writing(tmp_path, monkeypatch):
    """Not by the clock: at every call that a file is opened, synced or renamed by."""
    day = "Monday"
    build(day, tmp_path, monkeypatch)
    with open_cache(tmp_path / ".kg", on_note=pytest.fail) as cache:
        made = pipeline.build([], reader="rules", cache=cache)
    good = outputs(tmp_path)
    for call in ("mkstemp", "fdopen", "fsync", "chmod", "replace"):
        for number in (1, 2):
            child = os.fork()
            if child == 0:
                _die_at(call, number)
                pipeline.write_outputs(made, tmp_path)
                os._exit(0)
            _, status = os.waitpid(child, 0)
            assert os.WIFSIGNALED(status), call
            assert outputs(tmp_path) == good


def _die_at(call, number):
    """Be killed when a function of this name is called for the so-manyeth time."""
    import tempfile
    from pathlib import Path

    owner = {"mkstemp": tempfile, "chmod": Path, "replace": Path}.get(call, os)
    real, calls = getattr(owner, call), []

    def dying(*args, **options):
        calls.append(call)
        if len(calls) == number:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*args, **options)

    setattr(owner, call, dying)


def test_a_full_disk_is_one_line_and_leaves_the_last_good_outputs(tmp_path, monkeypatch):
    """A limit on the size of files is met like the end of the disk: in the middle of a write."""
    build("Monday", tmp_path, monkeypatch)
    good = outputs(tmp_path)
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))
            os.write(write, build("Tuesday", tmp_path, monkeypatch).encode())
        finally:
            os._exit(0)
    os.waitpid(child, 0)
    os.close(write)
    message = os.read(read, 10_000).decode()
    os.close(read)
    assert "cannot be written" in message
    assert message.count("\n") == 1
    assert outputs(tmp_path) == good
    assert build("Tuesday", tmp_path, monkeypatch) == ""
