"""Blocks and pairs on disk are those that one would make in memory."""

from collections import defaultdict
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.resolve.alike import alike
from kg.resolve.blocks import blocks_of, keys_of, pairs_within
from kg.resolve.compare import UNSURE, compare

WORDS = ["University", "of", "Institute", "Tides", "Tide", "Lindholm", "Lindhol", "Modern", "Modem", "II"]
WORDS += ["IIT", "National", "Bergen", "Brgen", "Technology", "and", "Kelp", "project"]
NAMES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=5).map(" ".join) | st.text(max_size=12)
ARCHIVES = st.lists(NAMES, unique=True, max_size=60)


def in_memory(names):
    """The same, plainly: all keys in a dictionary, each pair of a block that may be one in a set."""
    blocks = defaultdict(list)
    for name in sorted(names):
        for key in keys_of(name):
            blocks[key].append(name)
    pairs = set()
    for members in blocks.values():
        reach = len(members) if len(members) <= 30 else 6
        pairs.update(
            (members[i], members[j]) for i, j in combinations(range(len(members)), 2) if j - i <= reach
        )
    return pairs


@settings(deadline=None)
@given(ARCHIVES)
def test_names_that_are_alike_are_those_of_blocks_in_memory_each_pair_once_and_sorted(names):
    judged = [(left, right, compare(left, right)) for left, right in sorted(in_memory(names))]
    assert list(alike(names)) == [found for found in judged if found[2].score >= UNSURE]


def test_in_a_large_block_only_neighbours_are_compared():
    names = [f"{chr(97 + n // 26)}{chr(97 + n % 26)}lund University" for n in range(200)]
    pairs = {pair for block in blocks_of(reversed(names)) for pair in pairs_within(block)}
    assert pairs == in_memory(names)
    assert 200 < len(pairs) < 200 * 20


def test_names_are_walked_through_once():
    assert list(alike(iter(["Deep Seek", "DeepSeek", "Kelp Ladder"]))) == list(
        alike(["DeepSeek", "Deep Seek"])
    )


def test_a_block_that_nobody_shares_is_not_made():
    assert list(blocks_of(["Kelp Ladder", "Soil Forum"])) == []
