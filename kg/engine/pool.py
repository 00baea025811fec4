"""All cores of one machine: worker processes that are fed in batches and load the extractor once."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from kg.engine.base import batches, one_process
from kg.errors import EngineError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from concurrent.futures import Future
    from multiprocessing.process import BaseProcess

    from kg.engine.base import Engine, Extractor
    from kg.model import Article

SHARES = {"rules": 256, "trained": 32}
"""Articles that a worker must have to pay for its start, by what reads them."""
_AHEAD = 3
"""Batches in the queue for each worker: none ever waits, and memory does not grow with the articles."""


def cores() -> int:
    """How many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def processes(workers: int, *, share: int | None = None) -> Engine:
    """An engine of at most `workers` processes, of fewer where there is less than a `share` for each.

    By default a share is what `SHARES` says. So many cores are used, too: fewer processes have more threads.
    """
    return partial(_extract, workers=workers, share=share)


def _extract(
    articles: Collection[Article], *, extractor: Extractor, workers: int, share: int | None
) -> Iterator[list[bytes]]:
    at_most, workers = workers, min(workers, len(articles) // (share or SHARES[extractor.reader]))
    extractor = replace(extractor, threads=at_most // max(1, workers))
    if workers < 2:
        yield from one_process(articles, extractor=extractor)
        return
    others = set(multiprocessing.active_children())
    # Spawned and not forked: the same on every system, and safe beside the threads of a host program.
    pool = ProcessPoolExecutor(
        workers, mp_context=multiprocessing.get_context("spawn"), initializer=_start_worker
    )
    try:
        yield from _in_order(pool, extractor, batches(articles), ahead=workers * _AHEAD)
    except BrokenProcessPool as error:
        raise EngineError(
            "a worker process died (out of memory?); what was extracted is kept: run again, fewer --workers"
        ) from error
    except BaseException:
        # Ctrl-C, or a full disk: nobody waits for batches under way.
        _kill(set(multiprocessing.active_children()) - others)
        raise
    finally:
        pool.shutdown(cancel_futures=True)


def _in_order(
    pool: ProcessPoolExecutor, extractor: Extractor, batches_: Iterator[tuple[Article, ...]], *, ahead: int
) -> Iterator[list[bytes]]:
    """The results in the order of the batches, of which at most `ahead` are under way."""
    under_way: deque[Future[list[bytes]]] = deque()
    for batch in batches_:
        under_way.append(pool.submit(extractor, batch))
        if len(under_way) >= ahead:
            yield under_way.popleft().result()
    while under_way:
        yield under_way.popleft().result()


def _kill(workers: Iterable[BaseProcess]) -> None:
    for worker in workers:
        worker.kill()


def _start_worker() -> None:
    """Leave Ctrl-C to the parent, and do not outlive it, however it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_follow_parent, daemon=True).start()


def _follow_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
