"""A cluster of two worker processes gives what one process gives, also when one of them dies."""

import os
import signal
import threading
import time

import pytest
from click.testing import CliRunner

from kg.cli import main
from kg.engine import Extractor, extract_all, one_process, open_cache
from kg.engine.base import BATCH
from kg.engine.cluster import dask
from kg.engine.comparing import dask_comparer
from kg.errors import EngineError
from kg.resolve.alike import alike

distributed = pytest.importorskip("distributed")
config = pytest.importorskip("dask.config")
RULES = Extractor("rules")


@pytest.fixture(scope="module")
def cluster():
    # A worker that is gone is given up sooner than the 30 seconds that suit a network.
    with (
        config.set({"distributed.comm.timeouts.connect": "2s"}),
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, host="127.0.0.1"
        ) as made,
    ):
        yield made


def test_a_worker_that_is_killed_midway_changes_nothing(cluster, articles, tmp_path):
    killed = []

    def kill_one(done):
        if done == 2 * BATCH:
            with distributed.Client(cluster.scheduler_address, set_as_default=False) as client:
                killed.append(min(client.run(os.getpid).values()))
            os.kill(killed[0], signal.SIGKILL)

    with open_cache(tmp_path, on_note=pytest.fail) as cache:
        extractions = extract_all(
            articles,
            extractor=RULES,
            engine=dask(cluster.scheduler_address),
            cache=cache,
            on_done=kill_one,
        )
        found = list(extractions)
    assert killed
    assert found == list(extract_all(articles, extractor=RULES, engine=one_process, on_done=killed.append))


def test_the_same_bytes_in_the_same_order(cluster, articles):
    made = dask(cluster.scheduler_address)(articles, extractor=RULES)
    assert list(made) == list(one_process(articles, extractor=RULES))


def made_up_names(count):
    """Alike and unlike, in blocks of all sizes."""
    places = [
        f"{first}{last}" for first in ("Ka", "Mo", "Te", "Vi") for last in ("lund", "rava", "sk", "tomo")
    ]
    forms = [
        "University of {}",
        "Universty of {}",
        "{} Institute of Optics",
        "Univ. of {}",
        "{} Soil Laboratory",
    ]
    return [forms[n % 5].format(places[n // 5 % 16] + "abcdefgh"[n // 80 % 8]) for n in range(count)]


@pytest.mark.parametrize("count", [0, 1, 640])
def test_names_are_compared_as_in_one_process(cluster, count, monkeypatch):
    monkeypatch.setattr("kg.engine.comparing.FEW", -1)
    monkeypatch.setattr("kg.engine.comparing._SHARE", 100)
    names = made_up_names(count)
    found = list(dask_comparer(cluster.scheduler_address)(names))
    assert found == list(alike(names))
    assert bool(found) == (count > 1)


def kill_a_worker_at(task, address, killed):
    """Wait until a worker is at work on a task of this name, and kill it."""
    with distributed.Client(address, set_as_default=False) as client:
        pids = client.run(os.getpid)
        ends = time.monotonic() + 20
        while not killed and time.monotonic() < ends:
            at_work = [worker for worker, tasks in client.processing().items() if task in str(tasks)]
            for worker in at_work[:1]:
                os.kill(pids[worker], signal.SIGKILL)
                killed.append(worker)


@pytest.mark.parametrize("task", ["_keys_by_part", "_compare_part"])
def test_a_worker_that_is_killed_while_names_are_compared_changes_nothing(cluster, task, monkeypatch):
    monkeypatch.setattr("kg.engine.comparing.FEW", -1)
    monkeypatch.setattr("kg.engine.comparing._SHARE", 100)
    names = [f"{name} of {place}" for place in ("Bergen", "Tromso", "Oslo") for name in made_up_names(640)]
    killed = []
    killer = threading.Thread(target=kill_a_worker_at, args=(task, cluster.scheduler_address, killed))
    killer.start()
    found = list(dask_comparer(cluster.scheduler_address)(names))
    killer.join()
    assert killed
    assert found == list(alike(names))


def test_a_build_on_a_cluster_gives_the_files_of_a_build_at_home(cluster, articles, tmp_path, monkeypatch):
    monkeypatch.setattr("kg.engine.comparing.FEW", -1)
    for number, article in enumerate(articles[:40]):
        (tmp_path / f"{number}.txt").write_text(
            article.text.replace("Kelp", "Kelpp" if number % 2 else "Kelp")
        )
    options = ["--engine", "dask", "--scheduler", cluster.scheduler_address]
    for name, more in (("home", []), ("away", options)):
        command = ["build", str(tmp_path), "--reader", "rules", "--include", "*.txt"]
        assert CliRunner().invoke(main, [*command, "-o", str(tmp_path / name), *more]).exit_code == 0
    for path in (tmp_path / "home").glob("*.[th]*"):
        assert (tmp_path / "away" / path.name).read_bytes() == path.read_bytes()


def test_few_names_are_compared_at_home():
    names = made_up_names(640)
    assert list(dask_comparer("tcp://127.0.0.1:1")(names)) == list(alike(names))


def test_workers_of_another_version_are_refused(cluster, articles, monkeypatch):
    monkeypatch.setattr("kg.engine.cluster.package_version", lambda: "another")
    with pytest.raises(EngineError, match="another version of kgazette on"):
        list(dask(cluster.scheduler_address)(articles, extractor=RULES))


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "nonsense://x", "tcp://"])
def test_no_scheduler_is_one_line(articles, address, monkeypatch):
    monkeypatch.setattr("kg.engine.cluster._TIMEOUT", 1)
    with pytest.raises(EngineError, match="no Dask scheduler") as caught:
        list(dask(address)(articles, extractor=RULES))
    assert "\n" not in str(caught.value)
