"""Articles are extracted where they stand: walked through, in their order, with nothing held."""

import tracemalloc
import zlib
from collections.abc import Collection
from dataclasses import replace

import pytest

from kg.cache import ASIDE
from kg.engine import Extractor, extract_all, open_cache

RULES = Extractor("rules")


def ignore(_):
    """Nobody counts."""


class OnDisk(Collection):
    """Articles that can be walked through and counted, and no more."""

    def __init__(self, articles):
        self.articles = articles
        self.walks = 0

    def __iter__(self):
        self.walks += 1
        return iter(self.articles)

    def __len__(self):
        return len(self.articles)

    def __contains__(self, article):
        raise NotImplementedError


@pytest.mark.parametrize("known", [0, 1, 20, 40])
def test_articles_are_walked_through_and_never_held(articles, tmp_path, known):
    articles = articles[:40]
    expected = list(extract_all(articles, extractor=RULES, on_done=ignore))
    assert list(extract_all(OnDisk(articles), extractor=RULES, on_done=ignore)) == expected
    with open_cache(tmp_path, on_note=pytest.fail) as cache:
        extract_all(articles[40 - known :], extractor=RULES, cache=cache, on_done=ignore)
        heard = []
        on_disk = OnDisk(articles)
        found = extract_all(on_disk, extractor=RULES, cache=cache, on_done=heard.append)
        assert list(found) == expected
    assert (heard[0], heard[-1]) == (known, 40)
    assert on_disk.walks <= 3


def test_a_record_that_is_damaged_after_the_first_look_is_made_again(articles, tmp_path):
    """Some articles have been given by then, and none may come twice."""
    articles = articles[:40]
    expected = list(extract_all(articles, extractor=RULES, on_done=ignore))
    with open_cache(tmp_path, on_note=ignore) as cache:
        found = extract_all(articles, extractor=RULES, cache=cache, on_done=ignore)
        cache.put([(RULES.key(articles[27]), zlib.compress(b"no record"))])
        assert list(found) == expected
    assert (tmp_path / ASIDE).exists()


def test_what_waits_for_resolution_waits_on_the_disk(articles, tmp_path):
    """A record takes about a kilobyte; an article may take a fifth of that in memory."""
    many = [replace(article, id=f"{n}-{article.id}") for n in range(10) for article in articles]
    made = RULES([articles[0]])

    def instant(articles, *, extractor):
        yield from (made for _ in articles)

    for count in (1000, 2000):
        tracemalloc.start()
        with open_cache(tmp_path / str(count), on_note=pytest.fail) as cache:
            found = extract_all(many[:count], extractor=RULES, engine=instant, cache=cache, on_done=ignore)
            assert sum(1 for _ in found) == count
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        if count == 1000:
            before = peak
    assert (peak - before) / 1000 < 200
