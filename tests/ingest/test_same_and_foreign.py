"""Articles that are there twice, and articles in other languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import samples

from kg.ingest import ReadOptions, read
from kg.ingest.language import foreign_language

if TYPE_CHECKING:
    from pathlib import Path

OTHER = (
    "Farmers on the Faroe Islands sow kelp from a drone that flies over the bays at night. The first harvest "
    "of the kelp is due in June, and two universities will measure how much of it the sheep are going to eat."
)
FOREIGN = {
    "de": "Das Institut von Skerry hat eine neue Lampe in Betrieb genommen. Sie leuchtet dreissig Kilometer "
    "weit über den Sund und gehört zum Projekt Nordlicht, das im Jahr 2021 begonnen hat.",
    "fr": "L'institut de Skerry a allumé une nouvelle lampe lundi. Elle brille sur trente kilomètres "
    "au-dessus du détroit et appartient à un projet que dirige une université de la côte.",
    "es": "El instituto de Skerry encendió el lunes una nueva lámpara que brilla treinta kilómetros sobre "
    "el estrecho y pertenece a un proyecto que dirige la universidad de la costa.",
}


def write(folder: Path, **texts: str) -> Path:
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


def test_a_reprint_with_small_changes_is_one_article_with_two_sources(tmp_path: Path) -> None:
    reprint = samples.TEXT.replace("in equal parts", "half and half").replace("has lit", "lit")
    write(tmp_path, a=f"Lamp Lit at Skerry\n\n{reprint}", b=f"{samples.TITLE}\n\n{samples.TEXT}", c=OTHER)
    lamp, other = read([tmp_path]).articles
    assert lamp.title == samples.TITLE  # the longer one
    assert (lamp.source[-5:], [source[-5:] for source in lamp.also_in]) == ("b.txt", ["a.txt"])
    assert other.also_in == ()


def test_an_update_that_grew_holds_the_story_before_it(tmp_path: Path) -> None:
    write(tmp_path, a=samples.TEXT, b=f"{samples.TEXT}\n\n{OTHER}")
    (article,) = read([tmp_path]).articles
    assert "kelp" in article.text
    assert len(article.also_in) == 1


def test_two_stories_about_one_thing_stay_two(tmp_path: Path) -> None:
    later = (
        "The new lamp of the Skerry Institute went dark on Friday, a month after it had been lit. Engineers "
        "of the University of Bergen found a mouse in it, and the Northern Lights project will pay a cat."
    )
    write(tmp_path, a=samples.TEXT, b=later)
    assert len(read([tmp_path]).articles) == 2


def test_short_notes_are_the_same_only_word_for_word(tmp_path: Path) -> None:
    write(
        tmp_path,
        a="The lamp is lit on Monday.",
        b="The lamp is lit on Friday.",
        c="The lamp is lit on Monday.",
    )
    assert [len(article.also_in) for article in read([tmp_path]).articles] == [1, 0]


def test_nothing_is_merged_where_the_caller_wants_every_file_as_it_is(tmp_path: Path) -> None:
    write(tmp_path, a=samples.TEXT, b=samples.TEXT)
    articles = read([tmp_path], options=ReadOptions(merge_same=False)).articles
    assert [article.also_in for article in articles] == [(), ()]


@pytest.mark.parametrize("language", FOREIGN)
def test_an_article_in_another_language_is_skipped_with_a_count(tmp_path: Path, language: str) -> None:
    write(tmp_path, a=FOREIGN[language], b=samples.TEXT)
    reading = read([tmp_path])
    assert [article.text for article in reading.articles] == [samples.TEXT]
    assert [item.problem for item in reading.skipped] == [f"an article not in English ({language})"]
    assert len(read([tmp_path], options=ReadOptions(english_only=False)).articles) == 2


@pytest.mark.parametrize(
    "text",
    [
        samples.TEXT,
        "Lamp Lit",
        (
            "CERN, ESA, JAXA, NASA, Max Planck Institute, CNRS, Fraunhofer Gesellschaft, Instituto Nacional "
            "de Pesquisas Espaciais, Universidad de Chile, Beijing 2024"
        ),
        "Skerry Institute lit lamp Monday. Norwegian Coastal Administration paid. Old lamp now museum piece.",
        "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30",
        "",
    ],
)
def test_english_and_what_is_no_prose_stay(text: str) -> None:
    assert foreign_language(text) is None
