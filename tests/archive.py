"""A made-up newspaper archive of any size: `python tests/archive.py ARTICLES FOLDER`.

An article is sentences of our gold articles, drawn anew. Half of the capitalised words that stand in names
are other words in each article, so an archive that grows names more things, as real ones do, and still all
of it speaks of some. The same number gives the same article every time.
"""

import random
import re
import sys
from functools import cache
from pathlib import Path

GOLD = Path(__file__).parent / "gold" / "train"
SENTENCES = 20
"""In an article: about 450 words."""
A_FOLDER = 1000
"""Articles that stand in one folder."""
SYLLABLES = ["ba", "ko", "ri", "ten", "mal", "vor", "ne", "lin", "sa", "du", "per", "gol", "fi", "mar", "tos"]
# Followed by another capital: a part of a longer name, and seldom a country or the beginning of a sentence.
IN_NAMES = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{4,}(?= [A-Z])")


@cache
def sentences() -> list[str]:
    found = []
    for path in sorted(GOLD.glob("*.txt")):
        body = path.read_text(encoding="utf-8").split("---", 2)[-1]
        for paragraph in body.split("\n\n"):
            prose = " ".join(re.sub(r"-\n(?=[a-z])", "", paragraph).split())
            found += [part for part in re.split(r"(?<=[a-z]\.) (?=[A-Z])", prose) if 40 < len(part) < 400]
    return found


def article(number: int) -> str:
    chance = random.Random(number)
    others: dict[str, str] = {}

    def rename(match: re.Match[str]) -> str:
        word = match[0]
        if word not in others:
            made = "".join(chance.choice(SYLLABLES) for _ in range(3)).title()
            others[word] = made if chance.random() < 0.5 else word
        return others[word]

    drawn = chance.sample(sentences(), SENTENCES)
    body = "\n\n".join(" ".join(drawn[start : start + 4]) for start in range(0, SENTENCES, 4))
    title = f"Item {number}: {chance.choice(SYLLABLES)}{chance.choice(SYLLABLES)} opens"
    day = f"20{chance.randint(10, 24)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
    return f"---\ntitle: {title}\npublished: {day}\n---\n\n{IN_NAMES.sub(rename, body)}\n"


def write_archive(folder: Path, articles: int, *, first: int = 0, step: int = 1) -> None:
    """Write so many articles; with a `step`, only each so-manyeth of them, from others on (see `first`)."""
    for place in range(0, articles, step):
        path = folder / f"{place // A_FOLDER:03}" / f"{place:06}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(article(first + place), encoding="utf-8")


def count_words(folder: Path) -> int:
    """The words of an archive's articles."""
    return sum(
        len(path.read_text(encoding="utf-8").split("---", 2)[2].split()) for path in folder.rglob("*.txt")
    )


if __name__ == "__main__":
    write_archive(Path(sys.argv[2]), int(sys.argv[1]))
