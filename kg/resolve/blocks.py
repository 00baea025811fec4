"""Blocking: which of many names are worth comparing, in time that grows with their number.

Names are compared only when they share a key; a key that very many share (every "University of ...") is
sorted and each name compared with the next few. After the sorted-neighbourhood method of Hernandez and
Stolfo (1995), "The merge/purge problem for large databases".
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from kg.resolve.forms import acronym_forms, as_misread, fold, has_acronym, is_short_form, words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_WINDOW = 6
_LARGE = 30


def candidate_pairs(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Pairs of different names that may be one, each once, sorted."""
    blocks: dict[str, list[str]] = defaultdict(list)
    for name in sorted(set(names)):
        for key in keys_of(name):
            blocks[key].append(name)
    return iter(sorted(pairs_within(blocks.values())))


def pairs_within(blocks: Iterable[Sequence[str]]) -> set[tuple[str, str]]:
    """The pairs to compare of names that share a key; each block is sorted and has no name twice."""
    pairs: set[tuple[str, str]] = set()
    for members in blocks:
        reach = len(members) if len(members) <= _LARGE else _WINDOW
        for index, name in enumerate(members):
            pairs.update((name, other) for other in members[index + 1 : index + 1 + reach])
    return pairs


def keys_of(name: str) -> set[str]:
    """What another name must share with this one to be compared with it."""
    words = words_of(name)
    if not words:
        return set()
    keys = {"joined " + "".join(words)}
    if is_short_form(name):
        return keys
    keys.add("fold " + " ".join(sorted(fold(word) for word in words)))
    keys.add("misread " + " ".join(as_misread(word) for word in words))
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
