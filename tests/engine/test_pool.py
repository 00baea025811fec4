"""Several processes give what one gives, and end when they are told to."""

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kg.engine import Extractor, cores, extract_all, one_process, open_cache, processes
from kg.engine.base import BATCH, batches
from kg.errors import EngineError

RULES = Extractor("rules")


def test_batches_hold_all_in_order():
    assert list(batches(range(7), 3)) == [(0, 1, 2), (3, 4, 5), (6,)]
    assert list(batches([], 3)) == []


def test_the_same_bytes_in_the_same_order(articles):
    assert len(articles) > 3 * BATCH
    before = set(multiprocessing.active_children())
    assert list(processes(2, share=1)(articles, extractor=RULES)) == list(
        one_process(articles, extractor=RULES)
    )
    assert set(multiprocessing.active_children()) == before


def test_too_few_articles_are_not_worth_a_process(articles, monkeypatch):
    monkeypatch.setattr("kg.engine.pool.ProcessPoolExecutor", pytest.fail)
    assert sum(map(len, processes(8)(articles, extractor=RULES))) == 200
    assert list(processes(8)([], extractor=RULES)) == []
    assert sum(map(len, processes(1, share=1)(articles, extractor=RULES))) == 200


def test_a_worker_pays_for_its_start_sooner_where_reading_takes_longer(articles, monkeypatch):

    def start(*_, **__):
        raise ZeroDivisionError

    monkeypatch.setattr("kg.engine.pool.ProcessPoolExecutor", start)
    with pytest.raises(ZeroDivisionError):
        list(processes(2)(articles, extractor=Extractor("trained")))


def test_cores_that_want_no_process_go_to_the_reader(articles, monkeypatch):
    threads = []

    def listening(articles, *, extractor):
        threads.append(extractor.threads)
        return iter(())

    monkeypatch.setattr("kg.engine.pool.one_process", listening)
    for workers in (1, 4):
        list(processes(workers)(articles, extractor=RULES))
    assert threads == [1, 4]


def test_there_is_a_core():
    assert cores() >= 1


def test_a_worker_that_dies_is_one_line_and_loses_nothing_that_was_kept(articles, tmp_path):
    before = set(multiprocessing.active_children())

    def kill_one(done):
        if done == BATCH:
            (set(multiprocessing.active_children()) - before).pop().kill()

    with (
        pytest.raises(EngineError, match="a worker process died") as caught,
        open_cache(tmp_path, on_note=pytest.fail) as cache,
    ):
        extract_all(
            articles * 5, extractor=RULES, engine=processes(2, share=1), cache=cache, on_done=kill_one
        )
    assert "\n" not in str(caught.value)
    assert done_before(tmp_path, articles) >= BATCH


def done_before(folder, articles):
    """How many of the articles a workspace knows."""
    heard = []
    with open_cache(folder, on_note=pytest.fail) as cache:
        extract_all(articles, extractor=RULES, cache=cache, on_done=heard.append)
    return heard[0]


PROGRAM = """
import sys
from pathlib import Path
from kg.engine import Extractor, extract_all, open_cache, processes
from kg.model import Article
from conftest import story

def tell(done):
    print(done, flush=True)

if __name__ == "__main__":
    articles = [Article(f"a-{n}", "a.txt", f"Story {n}", story(n)) for n in range(20_000)]
    with open_cache(Path(sys.argv[1]), on_note=print) as cache:
        engine = processes(2, share=1)
        extract_all(articles, extractor=Extractor("rules"), engine=engine, cache=cache, on_done=tell)
"""


def hear_ctrl_c():
    """A background job ignores Ctrl-C, and so would what it starts."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.fixture
def at_work(tmp_path):
    """A process with two workers and much to do, some of it done."""
    (tmp_path / "program.py").write_text(PROGRAM)
    process = subprocess.Popen(
        [sys.executable, tmp_path / "program.py", tmp_path / "w"],
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(Path(__file__).parent), *sys.path])},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=hear_ctrl_c,
    )
    for line in process.stdout:
        if int(line) >= 2 * BATCH:
            break
    yield process
    process.kill()
    process.communicate()


def group_ends(group, within):
    """Is every process of the group gone before so many seconds are over?"""
    ended = time.monotonic() + within
    while time.monotonic() < ended:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.05)
    return False


@pytest.mark.skipif(os.name != "posix", reason="groups of processes as POSIX has them")
def test_ctrl_c_ends_within_a_second_and_keeps_what_was_done(at_work, tmp_path, articles):
    started = time.monotonic()
    os.killpg(at_work.pid, signal.SIGINT)  # a terminal sends it to all
    _, errors = at_work.communicate()
    assert time.monotonic() - started < 1
    assert at_work.returncode != 0
    assert errors.count("KeyboardInterrupt") == 1  # the parent's; no worker shows one of its own
    assert group_ends(at_work.pid, within=5)
    with open_cache(tmp_path / "w", on_note=pytest.fail) as cache:
        (count,) = cache._connection.execute("SELECT count(*) FROM result").fetchone()
    assert count >= 2 * BATCH


@pytest.mark.skipif(os.name != "posix", reason="groups of processes as POSIX has them")
def test_workers_do_not_outlive_a_parent_that_is_killed(at_work):
    at_work.kill()
    at_work.communicate()
    assert group_ends(at_work.pid, within=5)
