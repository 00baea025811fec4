"""Findings go into bytes and come back equal, and nothing else is taken for findings."""

import dataclasses
import json
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import records
from kg.extract import extract
from kg.ingest import read
from kg.model import Article, Extraction, PartialDate
from kg.pipeline import sample_paths

ARTICLE = Article(
    id="a-1", source="a.txt", title="A", text="The Tide Institute leads it.", published=PartialDate(2024, 5)
)


@pytest.fixture(scope="module")
def extractions():
    with sample_paths() as folders:
        return list(extract(read(folders).articles))


def test_what_was_found_comes_back_equal(extractions):
    assert any(isinstance(claim.object, PartialDate) for item in extractions for claim in item.claims)
    for extraction in extractions:
        assert records.load(extraction.article, records.dump(extraction)) == extraction


def test_a_mention_that_only_a_claim_has_comes_back_too(extractions):
    whole = max(extractions, key=lambda extraction: len(extraction.claims))
    bare = Extraction(whole.article, (), whole.claims)
    assert records.load(whole.article, records.dump(bare)) == bare


def test_the_article_of_today_is_in_what_comes_back(extractions):
    """An article may have moved since: another file, another line."""
    old = extractions[0]
    moved = dataclasses.replace(old.article, source="elsewhere.txt", origins=())
    back = records.load(moved, records.dump(old))
    assert back.article is moved
    assert (back.mentions, back.claims) == (old.mentions, old.claims)


def test_where_an_article_stood_says_nothing_about_what_it_tells(extractions):
    """Because of this a file may be renamed and is not read anew."""
    for old in extractions:
        moved = dataclasses.replace(old.article, source="x.txt", origins=(), also_in=("y.txt",), digest="z")
        assert records.content_key(moved) == records.content_key(old.article)
        (new,) = extract([moved])
        assert (new.mentions, new.claims) == (old.mentions, old.claims)


@pytest.mark.parametrize(
    "change",
    [
        {"id": "a-2"},
        {"title": "B"},
        {"text": "The Tide Institute led it."},
        {"published": PartialDate(2024)},
        {"published": None},
        {"byline": "By A"},
        {"section": "S"},
        {"publisher": "P"},
    ],
)
def test_the_key_changes_with_the_content(change):
    assert records.content_key(dataclasses.replace(ARTICLE, **change)) != records.content_key(ARTICLE)


def packed(value):
    return zlib.compress(json.dumps(value).encode())


MENTION = [[4], [18], ["Institution"], ["rules/names"], [""], [""]]


@pytest.mark.parametrize(
    "record",
    [
        None,
        [],
        {},
        [0, [[1]], []],
        [0, [[4], [18], ["Person"], ["rules/names"], [""], [""]], []],
        [0, [[4, 5], [18], ["Institution"], ["rules/names"], [""], [""]], []],
        ["x", [], []],
        [1, MENTION, [[0], ["leads"], [7], [0], [28], ["rules/relations"], [0.9]]],
        [1, MENTION, [[0], ["eats"], [0], [0], [28], ["rules/relations"], [0.9]]],
        [1, MENTION, [[0], ["foundedOn"], ["then"], [0], [28], ["r"], [0.9]]],
        [1, MENTION, [[0], [["leads"]], [0], [0], [28], ["r"], [0.9]]],
    ],
)
def test_what_is_no_record_is_said_so(record):
    with pytest.raises(records.RecordError):
        records.load(ARTICLE, packed(record))


@given(data=st.binary(max_size=200))
def test_no_bytes_make_it_fail_otherwise(data):
    with pytest.raises(records.RecordError):
        records.load(ARTICLE, data)


@given(position=st.integers(min_value=0), mask=st.integers(1, 255))
def test_one_wrong_byte_is_seen(position, mask):
    (extraction,) = extract([ARTICLE])
    data = bytearray(records.dump(extraction))
    data[position % len(data)] ^= mask
    try:
        back = records.load(ARTICLE, bytes(data))
    except records.RecordError:
        return
    assert back == extraction  # a bit of the header that no content hangs on
