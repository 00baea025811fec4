"""The text functions, by tables of what goes in and what comes out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.clean import glue, known, mend_spacing, normalize, strip_markup, unglue


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("a\r\nb\rc", "a\nb\nc"),
        ("ten\u00a0kilometers", "ten kilometers"),
        ("co\u00adoperation", "cooperation"),
        ("spall\u00ad\nation", "spall-\nation"),
        ("ﬁrst eﬃcient ﬂight", "first efficient flight"),
        ("above 1，200 gigawatts", "above 1,200 gigawatts"),
        ("non\u2011stop", "non-stop"),
        ("中国，你好", "中国，你好"),
        ("", ""),
    ],
)
def test_normalize_leaves_one_kind_of_each_character(raw: str, clean: str) -> None:
    assert normalize(raw) == clean


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("**Juncao** is a *giant* grass", "Juncao is a giant grass"),
        ("***See page 2***", "See page 2"),
        ("<u>By LI Na</u>", "By LI Na"),
        ("H<sub>2</sub>O", "H2O"),
        ("![chart](x.png)", ""),
        ("[the lab](https://lab.example) won", "the lab won"),
        ("2 * 3 * 4", "2 * 3 * 4"),
        ("snake_case_name", "snake_case_name"),
        ("<script>alert(1)</script> & <b>bold</b>", "<script>alert(1)</script> & bold"),
        ("5 < 6 > 4", "5 < 6 > 4"),
    ],
)
def test_markup_goes_and_all_other_text_stays(raw: str, clean: str) -> None:
    assert strip_markup(raw) == clean


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("sci- tech ties", "sci-tech ties"),
        ("a sea- level rise", "a sea-level rise"),
        ("BRII - 196 and X - rays", "BRII-196 and X-rays"),
        ("By Huda AL - MUTAIRI", "By Huda AL-MUTAIRI"),
        ("Chang'e- 6 landed", "Chang'e-6 landed"),
        ("the 2021- 2025 plan", "the 2021-2025 plan"),
        ("in Novem- ber", "in November"),
        ("the 1024 -km railway", "the 1024-km railway"),
        ("two- and three-year terms", "two- and three-year terms"),
        ("the lake - a salt one - froze", "the lake - a salt one - froze"),
        ("OSLO - Two ships left", "OSLO - Two ships left"),
        ("Oslo - Bergen - Tromso", "Oslo - Bergen - Tromso"),
        ("at -38 degrees", "at -38 degrees"),
        ("the end .", "the end."),
    ],
)
def test_spacing_is_mended_only_where_a_word_was_broken(raw: str, clean: str) -> None:
    assert mend_spacing(raw) == clean


def test_a_hyphenated_word_elsewhere_in_the_file_settles_a_doubtful_gap() -> None:
    assert mend_spacing("Fuzhou - Xiamen line") == "Fuzhou - Xiamen line"
    assert mend_spacing("Fuzhou - Xiamen line", {"fuzhou-xiamen"}) == "Fuzhou-Xiamen line"


@pytest.mark.parametrize(
    ("left", "right", "between"),
    [
        ("spall", "ation", ""),
        ("China", "ASEAN", "-"),
        ("COVID", "19", "-"),
        ("NEP", "TUNE", ""),
        ("Interna", "tional", ""),
        ("two", "year", "-"),
        ("mem", "branes", ""),
    ],
)
def test_the_dictionary_and_rules_join_broken_words(left: str, right: str, between: str) -> None:
    assert glue(left, right) == between


def test_the_file_itself_is_asked_before_the_dictionary() -> None:
    assert glue("Spik", "ingBrain", {"spikingbrain"}) == ""
    assert glue("re", "cover", {"recover"}, {"re-cover"}) == ""
    assert glue("re", "cover", (), {"re-cover"}) == "-"


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("and fortyengineers applauded", "and forty engineers applauded"),
        ("they havemeanwhile agreed", "they have meanwhile agreed"),
        ("a shelterbelt of gigawatts", "a shelterbelt of gigawatts"),
        ("the Withoutice company", "the Withoutice company"),
        ("nological progress", "nological progress"),
        ("see example@willmake.org", "see example@willmake.org"),
    ],
)
def test_glued_words_part_only_beyond_doubt(raw: str, clean: str) -> None:
    assert unglue(raw) == clean


def test_a_word_that_the_file_repeats_is_left_whole() -> None:
    assert unglue("and fortyengineers came", {"fortyengineers"}) == "and fortyengineers came"


@given(st.text())
def test_no_function_adds_or_loses_a_line(text: str) -> None:
    assert normalize(text).count("\n") == text.replace("\r\n", "\n").replace("\r", "\n").count("\n")
    line = text.replace("\n", " ").replace("\r", " ")
    assert "\n" not in unglue(mend_spacing(strip_markup(normalize(line))))


@given(st.text())
def test_normalizing_twice_changes_nothing_more(text: str) -> None:
    assert normalize(normalize(text)) == normalize(text)


@pytest.mark.parametrize(
    "word",
    ["centre", "harbours", "organisation", "analysed", "programme", "modelling", "aluminium", "defence"],
)
def test_either_spelling_is_known(word: str) -> None:
    assert known(word)


@pytest.mark.parametrize("word", ["iour", "centr", "zatre"])
def test_half_a_word_is_not_known(word: str) -> None:
    assert not known(word)
