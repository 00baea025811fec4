"""Blocking: which of many names are worth comparing, in time that grows with their number.

Names are compared only when they share a key; a key that very many share (every "University of ...") is
sorted and each name compared with the next few. After the sorted-neighbourhood method of Hernandez and
Stolfo (1995), "The merge/purge problem for large databases". Names and keys wait on disk.
"""

from __future__ import annotations

import marshal
from collections import deque
from itertools import chain, combinations, groupby, islice
from operator import itemgetter
from typing import TYPE_CHECKING

from kg.resolve.forms import acronym_forms, as_misread, fold, has_acronym, is_short_form, words_of
from kg.scratch import open_scratch

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_WINDOW = 6
_LARGE = 30
_TABLES = """
    CREATE TABLE name (name TEXT, keys BLOB);
    CREATE TABLE keyed (key TEXT, name TEXT)
"""


def blocks_of(names: Iterable[str]) -> Iterator[Iterator[str]]:
    """The names that share a key, sorted, key by key; no name may come twice."""
    db = open_scratch(_TABLES)
    shared = _Shared()
    db.executemany("INSERT INTO name VALUES (?, ?)", _counted(names, shared))
    keyed = (
        (key, name)
        for name, keys in db.execute("SELECT name, keys FROM name")
        for key in shared.among(marshal.loads(keys))
    )
    db.executemany("INSERT INTO keyed VALUES (?, ?)", keyed)
    return blocks(db.execute("SELECT key, name FROM keyed ORDER BY key, name"))


def blocks(keyed: Iterable[tuple[str, str]]) -> Iterator[Iterator[str]]:
    """The names of each key, of pairs of a key and a name that come sorted."""
    return (map(itemgetter(1), block) for _, block in groupby(keyed, key=itemgetter(0)))


def pairs_within(block: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The pairs of names to compare of a block that comes sorted; of a large one, the neighbours."""
    members = iter(block)
    first = list(islice(members, _LARGE + 1))
    if len(first) <= _LARGE:
        yield from combinations(first, 2)
        return
    before: deque[str] = deque(maxlen=_WINDOW)
    for member in chain(first, members):
        for other in before:
            yield other, member
        before.append(member)


def _counted(names: Iterable[str], shared: _Shared) -> Iterator[tuple[str, bytes]]:
    for name in names:
        keys = keys_of(name)
        shared.count(keys)
        yield name, marshal.dumps(keys)


class _Shared:
    """Keys that several names may have. Nine of ten have only one, and need not be sorted.

    A Bloom filter with one hash, of one size however many there are: it may take a key for a shared one, but
    never the reverse. So it does not matter that hash() is another one in every process.
    """

    _SLOTS = 1 << 24

    def __init__(self) -> None:
        self._times = bytearray(self._SLOTS)

    def count(self, keys: Iterable[str]) -> None:
        times, last = self._times, self._SLOTS - 1
        for key in keys:
            slot = hash(key) & last
            if times[slot] < 2:
                times[slot] += 1

    def among(self, keys: Iterable[str]) -> list[str]:
        times, last = self._times, self._SLOTS - 1
        return [key for key in keys if times[hash(key) & last] > 1]


def keys_of(name: str) -> set[str]:
    """What another name must share with this one to be compared with it."""
    words = words_of(name)
    if not words:
        return set()
    keys = {"joined " + "".join(words)}
    if is_short_form(name):
        return keys
    keys.add("fold " + " ".join(sorted(map(fold, words))))
    keys.add("misread " + " ".join(map(as_misread, words)))
    if has_acronym(name):
        keys.add("acronym " + " ".join(sorted(words)))
    elif 3 < len(words) < 9:
        keys |= {f"acronym {form}" for form in acronym_forms(name)}
    if len(words) > 1:
        keys.add("words " + " ".join(words))
    for index, word in enumerate(words):
        rest = " ".join(words[:index] + words[index + 1 :])
        if not rest:
            continue
        # One word read wrong: its beginning or its end is still there.
        keys.add(f"start {rest} {word[:2]}")
        keys.add(f"end {rest} {word[-2:]}")
        if len(words) > 2:
            # One word left out: what remains is the whole of the other name.
            keys.add("words " + rest)
    if len(words) == 2 or len(words) == 1:
        keys.add("words " + words[0])
    if len(words) == 1 and len(name) >= 7:
        keys |= {f"start {words[0][:4]}", f"end {words[0][-4:]}"}
    return keys
