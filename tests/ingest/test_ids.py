"""Ids of articles: the same for the same, others for all else."""

from kg.ingest import read
from kg.ingest.ids import article_id, tell_apart
from kg.ingest.shelf import Shelf
from kg.model import Article, Origin


def lamp(number, source="a.txt"):
    text = f"The Kelp Institute of Norway opened its lamp number {number}."
    return Article(article_id(text, None, text), source, text, text, origins=(Origin(0, 1),))


def ids(*articles):
    shelf = Shelf()
    for article in articles:
        shelf.append(article)
    tell_apart(shelf)
    return [article.id for article in shelf]


# Found by trying: the hashes of what they say begin with the same eight digits.
ONE, OTHER = lamp(55280), lamp(63635)


def test_articles_whose_short_hashes_are_equal_get_longer_ones():
    assert ONE.id == OTHER.id
    left, right, plain = ids(ONE, OTHER, lamp(1))
    assert plain == lamp(1).id
    assert left != right
    assert left.startswith(ONE.id)
    assert right.startswith(ONE.id)
    assert len(left) == len(right) == len(ONE.id) + 8
    assert ids(OTHER, ONE) == [right, left]


def test_copies_of_one_article_have_one_id():
    assert ids(ONE, lamp(55280, "b.txt")) == [ONE.id, ONE.id]
    left, copy, right = ids(ONE, lamp(55280, "b.txt"), OTHER)
    assert left == copy != right


def test_no_two_articles_of_a_folder_have_one_id(tmp_path):
    for number in (55280, 63635):
        (tmp_path / f"{number}.txt").write_text(lamp(number).text, encoding="utf-8")
    one, other = read([tmp_path]).articles
    assert one.id != other.id
    assert {one.id[:-8], other.id[:-8]} == {ONE.id}
