"""Very many names: blocks and comparisons on the workers of a Dask cluster.

In the manner of MapReduce (Dean and Ghemawat, 2004): some workers find the keys of their share of the names,
then each block of names that share a key is put together on one worker and compared there. Names go from
worker to worker, and only pairs that are alike come back.
"""

from __future__ import annotations

import zlib
from functools import partial
from itertools import chain
from operator import itemgetter
from typing import TYPE_CHECKING

from kg.engine.base import batches
from kg.engine.cluster import connected
from kg.resolve.alike import alike, compare_all, sorted_once
from kg.resolve.blocks import blocks, keys_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from kg.resolve.alike import Alike, Comparer

    Keyed = list[tuple[str, str]]
    """Keys of blocks, each with a name that has it."""

FEW = 200_000
"""Names that one process compares about as fast as they are sent round."""
_SHARE = 20_000
"""Names of which one worker finds the keys at once."""


def dask_comparer(scheduler: str) -> Comparer:
    """A comparer that runs on the cluster of a scheduler where there are more than a `FEW` names."""
    return partial(_compare, scheduler=scheduler)


def _compare(names: Collection[str], *, scheduler: str) -> Iterable[Alike]:
    return alike(names) if len(names) <= FEW else sorted_once(_found(names, scheduler))


def _found(names: Collection[str], scheduler: str) -> Iterator[Alike]:
    """The pairs that are alike, part by part."""
    with connected(scheduler) as client:
        parts = 4 * max(1, sum(client.nthreads().values()))
        shares = [client.submit(_keys_by_part, share, parts, pure=False) for share in batches(names, _SHARE)]
        found = []
        for part in range(parts):
            # Picked out where it was made, so that a worker is sent its part and no other.
            picked = [client.submit(itemgetter(part), share, pure=False) for share in shares]
            found.append(client.submit(_compare_part, picked, pure=False))
        del shares, picked
        while found:
            yield from found.pop().result()


def _keys_by_part(names: Sequence[str], parts: int) -> list[Keyed]:
    """The keys of names, dealt out to so many parts."""
    dealt: list[Keyed] = [[] for _ in range(parts)]
    for name in names:
        for key in keys_of(name):
            # Not by hash(), which is another one in every process.
            dealt[zlib.crc32(key.encode()) % parts].append((key, name))
    return dealt


def _compare_part(shares: Iterable[Keyed]) -> list[Alike]:
    """The pairs of all blocks of one part that are alike."""
    return list(compare_all(blocks(sorted(chain.from_iterable(shares)))))
