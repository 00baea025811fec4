"""Many machines: extraction on the workers of a Dask cluster.

One of several that could do it. Dask was taken because extraction is a plain map: it needs no shared file
system as Spark's staging does, its workers are ordinary Python processes with kgazette installed, and a
batch that was lost with its worker is given to another one without our doing.
"""

from __future__ import annotations

from collections import deque
from concurrent.futures import CancelledError
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any

from kg.engine.base import batches
from kg.engine.version import package_version
from kg.errors import EngineError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from kg.engine.base import Engine, Extractor
    from kg.model import Article

_TIMEOUT = 10
"""Seconds to wait for the scheduler."""
_AHEAD = 4
"""Batches under way for each thread of the cluster: none waits, and memory stays flat."""


def dask(scheduler: str) -> Engine:
    """An engine that runs on the cluster of a scheduler, e.g. "tcp://10.0.0.1:8786".

    The workers need the same kgazette and the same libraries. Needs the extra `kgazette[dask]`.
    """
    return partial(_extract, scheduler=scheduler)


@contextmanager
def connected(scheduler: str) -> Iterator[Any]:
    """A client of a cluster that runs this very kgazette; what goes wrong there is an EngineError."""
    try:
        # Not at the top: it is an extra, and takes a second to import.
        import distributed
    except ImportError as error:
        raise EngineError('--engine dask needs the extra: pip install "kgazette[dask]"') from error
    try:
        client = distributed.Client(scheduler, timeout=_TIMEOUT, set_as_default=False)
    except (OSError, ValueError, TypeError) as error:
        raise EngineError(f"{scheduler}: no Dask scheduler can be reached there") from error
    with client:
        _check_versions(client, scheduler)
        try:
            yield client
        except (CancelledError, OSError) as error:
            raise EngineError(f"{scheduler}: the scheduler was lost; what was extracted is kept") from error
        except distributed.KilledWorker as error:
            raise EngineError(
                f"{scheduler}: a batch was lost with each of several workers (out of memory?)"
            ) from error


def _extract(articles: Collection[Article], *, extractor: Extractor, scheduler: str) -> Iterator[list[bytes]]:
    if articles:
        with connected(scheduler) as client:
            yield from _in_order(client, extractor, batches(articles))


def _in_order(
    client: Any, extractor: Extractor, batches_: Iterator[tuple[Article, ...]]
) -> Iterator[list[bytes]]:
    """The results in the order of the batches, of which only so many are under way."""
    under_way: deque[Any] = deque()
    for batch in batches_:
        # pure=False: Dask would otherwise hash the batch to find out whether it has run it before.
        under_way.append(client.submit(extractor, batch, pure=False))
        if len(under_way) >= _AHEAD * max(1, sum(client.nthreads().values())):
            yield under_way.popleft().result()
    while under_way:
        yield under_way.popleft().result()


def _check_versions(client: Any, scheduler: str) -> None:
    """Another kgazette on a worker would find or join other things, and nobody would know."""
    if not client.nthreads():
        raise EngineError(f"{scheduler}: the cluster has no workers")
    here = package_version()
    others = sorted(address for address, version in client.run(_version_there).items() if version != here)
    if others:
        raise EngineError(f"{scheduler}: another version of kgazette on {', '.join(others)}")


def _version_there() -> str:
    return package_version()
