"""Page noise names nothing, and leaves what is named to be found."""

import random

from kg.train.noise import LINES, SLOTS, noisy

PLAIN = ["The pumps were switched off for the night after a long and quiet day."]
TITLE = "A telescope for Lindholm"
PARAGRAPHS = [f"The Lindholm Observatory counted {number} meteors in the first hour." for number in range(40)]
TEXT = "\n\n".join([TITLE, *PARAGRAPHS])
GOLD = {"entities": [{"id": "e1", "type": "Institution", "names": ["Lindholm Observatory"]}]}


def letters(text):
    return "".join(filter(str.isalnum, text)).casefold()


def test_every_paragraph_is_still_there_with_lines_between():
    text, gold = noisy(TEXT, GOLD, PLAIN, random.Random(1))
    assert len(text) > len(TEXT)
    kept = sum(letters(paragraph) in letters(text) for paragraph in PARAGRAPHS)
    assert 30 < kept <= 40
    assert GOLD["entities"][0]["names"] == ["Lindholm Observatory"]
    for name in gold["entities"][0]["names"]:
        assert letters(name) == "lindholmobservatory"


def test_a_name_in_capitals_or_in_pieces_is_a_form_of_the_name():
    forms = set()
    for seed in range(30):
        gold = {"entities": [{"id": "e1", "type": "Place", "names": ["Lindholm"]}]}
        text, changed = noisy(TEXT, gold, PLAIN, random.Random(seed))
        forms |= {name for name in changed["entities"][0]["names"] if name in text}
    assert "LINDHOLM" in forms
    assert any("-" in form for form in forms)


def test_the_same_seed_gives_the_same_noise():
    assert noisy(TEXT, GOLD, PLAIN, random.Random(7)) == noisy(TEXT, GOLD, PLAIN, random.Random(7))


def test_every_slot_has_something_to_fill_it():
    for line in LINES:
        assert line.format(number=1, **{slot: table[0] for slot, table in SLOTS.items()})
