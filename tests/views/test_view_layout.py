"""Where the nodes stand."""

import itertools
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.views.apart import CROWD, push_apart
from kg.views.layout import CORE, place


def overlaps(centres, boxes):
    pairs = itertools.combinations(zip(centres, boxes, strict=True), 2)
    return [
        (one, other)
        for (one, (width, height)), (other, (other_width, other_height)) in pairs
        # Half a pixel is left to each of pushing and rounding, on both sides.
        if abs(one[0] - other[0]) < (width + other_width) / 2 - 2
        and abs(one[1] - other[1]) < (height + other_height) / 2 - 2
    ]


@st.composite
def drawings(draw):
    count = draw(st.integers(1, 25))
    sizes = st.tuples(st.floats(20, 150), st.floats(20, 60))
    boxes = draw(st.lists(sizes, min_size=count, max_size=count))
    nodes = st.integers(0, count - 1)
    links = draw(st.lists(st.tuples(nodes, nodes), max_size=40))
    return boxes, sorted({(min(link), max(link)) for link in links if link[0] != link[1]})


@given(drawings())
@settings(max_examples=60, deadline=None)
def test_no_label_covers_another(drawing):
    boxes, links = drawing
    assert not overlaps(place(boxes, links), boxes)


@given(drawings())
@settings(max_examples=20, deadline=None)
def test_the_same_graph_is_drawn_the_same(drawing):
    assert place(*drawing) == place(*drawing)


def test_a_hub_stands_among_its_neighbours():
    boxes = [(80.0, 40.0)] * 13
    centres = place(boxes, [(0, leaf) for leaf in range(1, 13)])
    xs, ys = zip(*centres[1:], strict=True)
    assert min(xs) < centres[0][0] < max(xs)
    assert min(ys) < centres[0][1] < max(ys)


def test_nodes_without_links_stand_below_the_others():
    centres = place([(80.0, 40.0)] * 6, [(1, 2), (2, 4)])
    joined, alone = [centres[node] for node in (1, 2, 4)], [centres[node] for node in (0, 3, 5)]
    assert max(y for _, y in joined) < min(y for _, y in alone)


def test_many_small_parts_are_about_as_wide_as_a_screen():
    boxes = [(80.0, 40.0)] * 120
    centres = place(boxes, [(node, node + 1) for node in range(0, 120, 2)])
    width = max(x for x, _ in centres) - min(x for x, _ in centres)
    height = max(y for _, y in centres) - min(y for _, y in centres)
    assert 1 < width / height < 3


def test_nothing_is_placed_nowhere():
    assert place([], []) == []


def test_beyond_the_core_a_leaf_stands_nearer_its_hub_than_another():
    count = 2 * CORE
    links = [(0, 1), *((node % 2, node) for node in range(2, count))]
    centres = place([(10.0, 10.0)] * count, links)
    far = [
        math.dist(centres[node], centres[node % 2]) > math.dist(centres[node], centres[1 - node % 2])
        for node in range(2, count)
    ]
    assert sum(far) / count < 0.1


def test_a_large_part_has_no_two_nodes_on_one_spot():
    count = CORE + 300
    centres = place([(10.0, 10.0)] * count, [(node // 3, node) for node in range(1, count)])
    assert len(set(centres)) == count


@given(st.integers(0, 1000), st.floats(-70, 70), st.floats(-40, 40))
@settings(max_examples=40, deadline=None)
def test_in_a_crowd_each_comes_away_from_who_is_too_near(start, right, down):
    """Pairs in all places of the grid on which their nearness is found."""
    boxes = [(50.0, 20.0), (90.0, 40.0)] * CROWD
    firsts = [(start + 307.0 * n, 211.0 * (n % 9)) for n in range(CROWD)]
    points = [point for x, y in firsts for point in ((x, y), (x + right, y + down))]
    moved = push_apart(points, boxes)
    assert not any(overlaps(moved[n : n + 2], boxes[n : n + 2]) for n in range(0, len(moved), 2))
    middles = [tuple(map(sum, zip(*moved[n : n + 2], strict=True))) for n in range(0, len(moved), 2)]
    assert middles == [(pytest.approx(2 * x + right), pytest.approx(2 * y + down)) for x, y in firsts]


def test_in_a_crowd_most_overlaps_go():
    count = 2 * CROWD
    boxes = [(20.0, 20.0)] * count
    # A spiral of Vogel's, with room for a fifth of the boxes.
    reach = [4.0 * math.sqrt(n) for n in range(count)]
    points = [(r * math.cos(2.4 * n), r * math.sin(2.4 * n)) for n, r in enumerate(reach)]
    assert len(overlaps(push_apart(points, boxes), boxes)) < len(overlaps(points, boxes)) / 3
