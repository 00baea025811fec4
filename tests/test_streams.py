"""Rows come back sorted, however many, and two sorted streams stay in step."""

from __future__ import annotations

from collections import defaultdict

from hypothesis import given
from hypothesis import strategies as st

from kg.streams import Beside, Sorter

KEYS = st.text("ab.\u00e9\U0001f680", max_size=2)


@given(rows=st.lists(st.tuples(KEYS, st.integers(0, 9))), copies=st.sampled_from([1, 300]))
def test_rows_are_taken_by_key_in_the_order_of_python(rows: list[tuple[str, int]], copies: int) -> None:
    sorter, expected = Sorter(["a", "b c"]), defaultdict(list)
    for key, value in rows * copies:
        sorter.put("b c", key, value)
        expected[key].append(value)
    taken = list(sorter.take("b c"))
    assert [(key, sorted(values)) for key, values in taken] == [
        (key, sorted(expected[key])) for key in sorted(expected)
    ]
    assert taken == list(sorter.take("b c"))
    assert not list(sorter.take("a"))


def test_what_is_put_at_once_and_what_is_put_after_taking_is_there() -> None:
    sorter = Sorter(["a"])
    sorter.put_all("a", [("y", 1), ("x", 2)])
    assert list(sorter.take("a")) == [("x", [2]), ("y", [1])]
    sorter.put("a", "x", 3)
    assert [key for key, _ in sorter.take("a")] == ["x", "y"]


@given(groups=st.dictionaries(KEYS, st.lists(st.integers())), keys=st.sets(KEYS))
def test_each_group_is_found_by_its_key_or_missed(groups: dict[str, list[int]], keys: set[str]) -> None:
    missed = []
    beside = Beside(sorted(groups.items()), lambda *group: missed.append(group))
    found = {key: beside.at(key) for key in sorted(keys)}
    beside.finish()
    assert found == {key: groups.get(key, ()) for key in keys}
    assert missed == sorted((key, items) for key, items in groups.items() if key not in keys)
