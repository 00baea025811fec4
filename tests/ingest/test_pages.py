"""Pages of a newspaper cut into articles: small ones by hand, whole ones against gold, any text at all."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from page_scores import cluster_f1, title_share, word_f1

from kg.clean import normalize
from kg.ingest import split_page
from kg.ingest.turns import columns_in_turn

if TYPE_CHECKING:
    from kg.model import Article

PAGES = Path(__file__).parent.parent / "pages"

HEAD = "THE FJORD POST\n\nVol. 3, No. 7\n\n4 May 2023\n\n"
LAMP = "The Skerry Institute has lit a new lamp. It shines for thirty kilometres over the sound."
KELP = "Farmers on the Faroe Islands sow kelp from a drone. The first harvest is due in June."


def split(text: str) -> list[Article]:
    return split_page(text, source="page.txt")


def titles(text: str) -> list[str]:
    return [article.title for article in split(text)]


def test_titles_bylines_sections_and_the_date_are_found() -> None:
    lamp, kelp = split(
        f"{HEAD}SEA\n\nA New Lamp for Skerry\n\nBy Ida NORD\n\n{LAMP}\n\nFOOD\n\nKelp from the Air\n\n{KELP}"
    )
    assert (lamp.title, lamp.byline, lamp.section) == ("A New Lamp for Skerry", "By Ida NORD", "SEA")
    assert (kelp.title, kelp.byline, kelp.section) == ("Kelp from the Air", None, "FOOD")
    assert (lamp.text, kelp.text) == (LAMP, KELP)
    assert str(lamp.published) == str(kelp.published) == "2023-05-04"


def test_titles_below_their_text_are_found_by_the_words_they_share() -> None:
    articles = split(f"{LAMP}\n\nKelp from the Air\n\nA New Lamp for Skerry\n\n{HEAD}{KELP}\n")
    assert {article.title: article.text for article in articles} == {
        "A New Lamp for Skerry": LAMP,
        "Kelp from the Air": KELP,
    }


@pytest.mark.parametrize(
    "furniture",
    [
        "WECHAT ACCOUNT",
        "E-PAPER",
        "PAGE 3 | INSIGHTS",
        "PAGE 3 | WHO OWNS THE ICE?",
        "Edited by Nils BERG",
        "All rights reserved",
        "Follow us on WhatsApp",
        "Source: Xinhua",
        "www.fjordpost.example",
        "New Graphic\n\n40 lamps on the coast",
        "The lamp at night. (PHOTO: SKERRY)",
        "**The lamp at night. (PHOTO: SKERRY)**",
        "Read also: Ten years of lamps",
    ],
)
def test_furniture_captions_and_number_boxes_are_in_no_article(furniture: str) -> None:
    for text in (f"{LAMP}\n\n{furniture}", f"{furniture}\n\nA New Lamp for Skerry\n\n{LAMP}"):
        (article,) = split(text)
        assert article.text == LAMP


def test_parts_of_a_story_are_joined_by_their_jump_lines() -> None:
    page = (
        f"A New Lamp for Skerry\n\n{LAMP}\n\nSee page 3\n\nKelp from the Air\n\n{KELP}\n\nSee page 3\n\n"
        "PAGE 3\n\nKelp...\n\nFrom page 1\n\nDrones sink in storms.\n\n"
        "A New Lamp ... From page 1\n\nThe old one is in a museum."
    )
    lamp, kelp = split(page)
    assert lamp.text == f"{LAMP}\n\nThe old one is in a museum."
    assert kelp.text == f"{KELP}\n\nDrones sink in storms."


def test_wrapped_lines_become_paragraphs_and_lead_back_to_their_lines() -> None:
    (article,) = split(
        "A New Lamp for Skerry\n"
        "By Ida NORD\n"
        "The Skerry Institute, an organi-\n"
        "zation of Norway, lit a new lamp\n"
        "on Monday.\n"
        "It shines for thirty kilometres.\n"
    )
    assert article.text == (
        "The Skerry Institute, an organization of Norway, lit a new lamp on Monday.\n\n"
        "It shines for thirty kilometres."
    )
    where = {
        word: article.place_at(article.text.index(word)).line
        for word in ("Skerry", "zation", "Monday", "thirty")
    }
    assert where == {"Skerry": 3, "zation": 4, "Monday": 5, "thirty": 6}


def test_two_columns_cut_in_mid_sentence_are_put_together() -> None:
    page = (
        "A New Lamp for Skerry\n\nKelp from the Air\n\n"
        "The Skerry Institute of the northern coast\nhas lit a new lamp for the\n\n"
        "Farmers on the Faroe Islands have begun to\nsow their kelp from a\n\n"
        "ships that pass the sound, and the lamp\nis electric.\n\n"
        "drone, and the first harvest of the kelp\nis due in June.\n"
    )
    texts = {article.title: article.text for article in split(page)}
    assert texts == {
        "A New Lamp for Skerry": "The Skerry Institute of the northern coast has lit a new lamp for the "
        "ships that pass the sound, and the lamp is electric.",
        "Kelp from the Air": "Farmers on the Faroe Islands have begun to sow their kelp from a drone, and "
        "the first harvest of the kelp is due in June.",
    }


def test_first_lines_that_were_moved_away_come_home() -> None:
    page = (
        "the age of sail, and a keeper lived beside it until 1962.\n\n"
        "the coast, which counts the birds that fly into the glass.\n\n"
        "The first lamp on the rock of Skerry was lit in\n\n"
        "The new one belongs to an institute of\n\n"
        "A Lamp and Its Birds\n"
    )
    (article,) = split(page)
    assert "was lit in the age of sail" in article.text
    assert "an institute of the coast" in article.text


def test_a_page_without_headlines_is_one_article_named_by_its_beginning() -> None:
    (article,) = split(LAMP)
    assert article.title == "The Skerry Institute has lit a new lamp."


def test_a_page_without_text_has_no_article() -> None:
    assert split(HEAD) == []


def test_markup_in_a_text_stays_text() -> None:
    (article,) = split(
        'A "Lamp" <b>for</b> Skerry\n\nThey wrote <script>alert("x")</script> & left. It is 5 > 4.'
    )
    assert article.text == 'They wrote <script>alert("x")</script> & left. It is 5 > 4.'


# --- whole pages -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("page", "least_words", "least_cluster", "least_titles"),
    [("P03", 0.99, 0.99, 1.0), ("P08", 0.99, 0.99, 1.0), ("P10", 0.98, 0.8, 1.0), ("P13", 0.99, 0.99, 1.0)],
)
def test_whole_pages_keep_their_floors(
    page: str, least_words: float, least_cluster: float, least_titles: float
) -> None:
    gold = json.loads((PAGES / f"{page}.articles.json").read_text(encoding="utf-8"))
    articles = split((PAGES / f"{page}.txt").read_text(encoding="utf-8"))
    wanted, got = [item["text"] for item in gold["articles"]], [article.text for article in articles]
    titles = [item["title"] for item in gold["articles"]], [article.title for article in articles]
    assert word_f1(wanted, got) >= least_words
    assert cluster_f1(wanted, got) >= least_cluster
    assert title_share(*titles) >= least_titles
    assert {str(article.published) for article in articles} == {gold["published"]}


# --- any text ----------------------------------------------------------------------------------------

LINES = st.sampled_from(
    [
        "",
        "The Big Lamp of Skerry",
        "By Ida NORD",
        "From page 1",
        "See page 2",
        "Lamp ... From page 1",
        "PAGE 2 | INSIGHTS",
        "WEEKLY REVIEW",
        "New Graphic",
        "12 lamps",
        "4 May 2023",
        "The lamp was lit on Mon-",
        "day, and it shines for the",
        "ships of Norway. It is a lamp",
        "**with Help from the North**",
        "(PHOTO: X)",
        "and the keeper said,",
        "that is all.",
        "# Small Lamp",
    ]
)
PAGE = st.one_of(st.text(), st.lists(LINES, max_size=40).map("\n".join))


@given(PAGE)
@settings(max_examples=200, deadline=None)
def test_any_text_is_split_without_an_error_and_without_an_invented_letter(text: str) -> None:
    source = Counter(character for character in normalize(text) if character.isalnum())
    articles = split(text)
    used = Counter(character for article in articles for character in article.text if character.isalnum())
    assert not used - source


@given(PAGE)
@settings(max_examples=200, deadline=None)
def test_every_article_has_text_a_title_and_origins_in_order(text: str) -> None:
    count = normalize(text).count("\n") + 1
    for article in split(text):
        assert article.text.strip() == article.text != ""
        assert article.title
        assert "\n" not in article.text.replace("\n\n", "")
        starts = [origin.start for origin in article.origins]
        assert starts == sorted(starts)
        assert starts[0] == 0
        assert starts[-1] < len(article.text)
        assert all(1 <= origin.line <= count for origin in article.origins)


@given(PAGE)
@settings(max_examples=50, deadline=None)
def test_the_same_text_gives_the_same_articles(text: str) -> None:
    assert split(text) == split(text)


# --- texts out of their order ------------------------------------------------------------------------

SHIP = (
    "The ship of the Azores Institute of the Sea left Horta on Tuesday with nine divers on board. They look "
    "for the wreck of a galleon that sank in 1591, and for the corals that have grown on its cannons since."
)
MOTH = (
    "A moth that feeds on plastic has been found in a warehouse in Windhoek. The University of Namibia keeps "
    "forty of them in a jar, and the moths have eaten two shopping bags and the label of the jar so far."
)


def test_whole_texts_in_a_row_find_the_headlines_that_stand_elsewhere() -> None:
    titles_first = "A Moth That Eats Shopping Bags\nDivers Sail for a Galleon\nA New Lamp for Skerry\n"
    articles = split(f"{HEAD}{titles_first}\n{SHIP}\n\n{LAMP}\n\n{MOTH}\n")
    assert {article.title: article.text for article in articles} == {
        "A Moth That Eats Shopping Bags": MOTH,
        "Divers Sail for a Galleon": SHIP,
        "A New Lamp for Skerry": LAMP,
    }


def test_a_list_of_bylines_goes_with_a_list_of_headlines() -> None:
    heads = "Divers Sail for a Galleon\nA Moth That Eats Shopping Bags\nKelp from the Air\n\n"
    bylines = "By Rui FARIA\nBy Ida NORD\nBy Li NA\n\n"
    articles = split(f"{HEAD}{heads}{bylines}IN BRIEF\nA New Lamp for Skerry\n\n{SHIP}\n\n{MOTH}\n\n{KELP}\n")
    bylines_of = {article.title: article.byline for article in articles}
    assert (
        bylines_of.items()
        >= {
            "Divers Sail for a Galleon": "By Rui FARIA",
            "A Moth That Eats Shopping Bags": "By Ida NORD",
        }.items()
    )


def test_blocks_of_columns_that_take_turns_are_put_together() -> None:
    ship = (
        "The ship left Horta with nine divers, who look for the",
        "galleon, its cannons and the corals that the",
    )
    ship = (*ship, "divers of the ship saw on those", "cannons of the galleon, which sank in 1591.")
    moth = ("A moth that eats plastic was found in a", "warehouse of Windhoek, and forty moths live in a")
    moth = (*moth, "jar, where the moths eat plastic and even the", "label of the jar.")
    turns = [block for turn in zip(ship, moth, strict=True) for block in turn]
    columns = columns_in_turn([(block, block, block) for block in turns])
    assert columns == [[0, 2, 4, 6], [1, 3, 5, 7]]


def test_paragraphs_in_their_order_take_no_turns() -> None:
    assert columns_in_turn([(text, text, text) for text in (SHIP, MOTH, LAMP, KELP)]) is None


def test_a_name_of_a_section_of_its_own_is_no_headline() -> None:
    (lamp,) = split(f"{HEAD}Hi! Tech\n\nA New Lamp for Skerry\n\nBy Ida NORD\n\n{LAMP}\n")
    assert (lamp.section, lamp.title) == ("Hi! Tech", "A New Lamp for Skerry")


def test_running_heads_part_no_sentence() -> None:
    texts = (LAMP, KELP, "Divers of the Azores look for the galleon that sank in 1591.")
    pages = []
    for n, text in enumerate(texts):
        upper, lower = " ".join(text.split()[:6]), " ".join(text.split()[6:])
        pages.append(f"{upper}\n\nJUNE 2024 {n}\n\nCOMMON WATERS\n\n{lower}")
    (article,) = split("A New Lamp for Skerry\n\n" + "\n\n".join(pages))
    assert article.text == "\n\n".join(texts)


def test_short_lines_above_a_paragraph_are_no_text() -> None:
    first = (
        "The institute of the northern coast has lit\na new lamp over the sound at Skerry, and it\nshines."
    )
    second = "Keepers of the old lamp came to look at it\nby boat from all the islands of the north."
    (article,) = split(f"A New Lamp for Skerry\n\nBy Ida NORD\n\n{first}\nThe old one\n{second}\n")
    assert "The old one" not in article.text


@pytest.mark.parametrize(
    "line",
    ["NAIROBI, Sept. 12 (Rift Newswire) -", "Dubai, United Arab Emirates, 2 February", "In 1961, the Soviet"],
)
def test_the_beginning_of_a_text_is_no_headline(line: str) -> None:
    assert titles(
        f"A New Lamp for Skerry\n\nBy Ida NORD\n\n{line}\n\nInstitute, which is old, lit it.\n"
    ) == ["A New Lamp for Skerry"]


def test_the_date_is_that_of_the_masthead_and_not_one_in_the_text() -> None:
    text = "The Skerry Institute lit its lamp on the rock on\nDecember 11, 2017\nand has kept it since."
    (article,) = split(f"{HEAD}A New Lamp for Skerry\n\nBy Ida NORD\n\n{text}\n")
    assert str(article.published) == "2023-05-04"
