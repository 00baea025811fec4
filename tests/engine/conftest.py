"""Articles enough for several batches, without a reader between."""

import pytest

from kg.model import Article, PartialDate


def story(number: int) -> str:
    sentences = [
        f"The Tide Institute {number} in Bergen, Norway, leads the Kelp Ladder {number}, begun in 2019.",
        "The University of Oslo and the Institute of Snow take part in it, the Norwegian government said.",
        "It is funded by the Kelp Foundation of Iceland, founded on 3 May 1998 in Reykjavik.",
    ]
    return " ".join(sentences)


@pytest.fixture
def articles() -> list[Article]:
    return [
        Article(f"a-{n}", f"{n}.txt", f"Story {n}", story(n), published=PartialDate(2024, 5, 1 + n % 28))
        for n in range(200)
    ]
