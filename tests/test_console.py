"""What reaches the terminal."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.console import WIDE, _wrapped, plain, plain_lines, score_table, table
from kg.score import Score


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Tide Institute", "Tide Institute"),
        ("\x1b[31mred", "\\x1b[31mred"),
        ("two\nlines", "two\\nlines"),
        ("\x9b31m", "\\x9b31m"),
        ("abc\u202egpj.exe", "abc\\u202egpj.exe"),
        ("[red]x[/red]", "[red]x[/red]"),
        ("Universität 中国 🚀", "Universität 中国 🚀"),
    ],
)
def test_control_characters_are_shown_and_not_obeyed(text, shown):
    assert plain(text) == shown


@given(st.text())
def test_nothing_printed_controls_the_terminal(text):
    for shown in (plain(text), *plain_lines(text).split("\n")):
        assert not any(unicodedata.category(c) == "Cc" for c in shown)


@given(st.lists(st.lists(st.text(max_size=20), min_size=2, max_size=2), max_size=5))
def test_a_table_shows_every_cell_on_one_line(rows):
    lines = table(("a", "b"), rows).splitlines()
    assert len(lines) == 2 + len(rows)


def test_markup_in_a_cell_is_text():
    assert "[red]x[/red] [link=file:///etc/passwd]y" in table(
        ("[b]t",), [["[red]x[/red] [link=file:///etc/passwd]y"]]
    )


def test_a_narrow_terminal_gets_a_narrow_table():
    lines = table(("title",), [["a long title of many words"]], width=12).splitlines()
    assert max(map(len, lines)) <= 12


@pytest.mark.parametrize("right", [frozenset(), frozenset({"n"})])
def test_a_table_that_fits_is_padded_as_rich_does_it(right):
    cells = [["name", "n"], ["Universität 中国 🚀", "7"], ["e\u0301", "1234"], ["", "x" * 30]]
    shown = table(cells[0], cells[1:], right=right)
    assert shown == _wrapped(cells, width=WIDE, right=right)
    assert table(cells[0], cells[1:], right=right, width=len(shown.split("\n")[1])) == shown


def test_score_table():
    assert score_table([("strict", Score(hit=1, false=1, missed=3))]).splitlines()[-1].split() == [
        *("strict", "0.500", "0.250", "0.333"),
        *("1", "1", "3"),
    ]


def test_a_narrow_table_wraps_long_words_and_loses_nothing():
    shown = table(("name",), [["two-giants-one-purse.txt"]], width=10)
    assert "".join(shown.split("\n")[2:]) == "two-giants-one-purse.txt"
