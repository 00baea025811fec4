"""The options of every command that reads articles from PATHS."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

import click

_Command = Callable[..., None]

MEGABYTE = 1_000_000
SECONDS, SECONDS_WITH_OCR = 60, 1800
"""That a file may take; to recognise a page of a newspaper takes up to a minute."""


def reading_options(command: _Command) -> _Command:
    """Give a command these options; it gets them as one argument, `options`."""

    @wraps(command)
    def with_options(
        *,
        include: tuple[str, ...],
        exclude: tuple[str, ...],
        columns: tuple[tuple[str, str], ...],
        max_bytes: int,
        timeout: float | None,
        ocr: bool,
        any_language: bool,
        **others: Any,
    ) -> None:
        from kg.ingest import ReadOptions

        options = ReadOptions(
            include=include,
            exclude=exclude,
            columns=columns,
            max_bytes=max_bytes,
            timeout=(SECONDS_WITH_OCR if ocr else SECONDS) if timeout is None else timeout,
            ocr=ocr,
            english_only=not any_language,
        )
        command(options=options, **others)

    for option in reversed(_OPTIONS):
        with_options = option(with_options)
    return with_options


def _columns(
    context: click.Context, parameter: click.Parameter, values: tuple[str, ...]
) -> tuple[tuple[str, str], ...]:
    from kg.ingest.records import COLUMNS

    pairs = []
    for value in values:
        field, equals, column = value.partition("=")
        if not equals or field not in COLUMNS or not column:
            raise click.BadParameter(f"give FIELD=COLUMN, where FIELD is one of {', '.join(COLUMNS)}")
        pairs.append((field, column))
    return tuple(pairs)


def _bytes(context: click.Context, parameter: click.Parameter, value: str) -> int:
    """Read "20MB", "500kB" or a plain number."""
    text = value.strip().lower().removesuffix("b")
    factor = {"k": 1000, "m": MEGABYTE, "g": 1000 * MEGABYTE}.get(text[-1:], 0)
    number = text[:-1] if factor else text
    if not number.isdigit() or not number.isascii() or int(number) == 0:
        raise click.BadParameter(f"{value!r} is no size such as 20MB")
    return int(number) * (factor or 1)


_OPTIONS = (
    click.option("--include", multiple=True, metavar="GLOB", help="Read only such files in folders."),
    click.option("--exclude", multiple=True, metavar="GLOB", help="Leave such files in folders out."),
    click.option(
        "--map",
        "columns",
        multiple=True,
        metavar="FIELD=COLUMN",
        callback=_columns,
        help="What a table calls title, text, published, byline, section or publisher.",
    ),
    click.option(
        "--max-bytes",
        default="20MB",
        show_default=True,
        metavar="SIZE",
        callback=_bytes,
        help="Skip larger files.",
    ),
    click.option(
        "--timeout",
        type=click.FloatRange(min=0),
        show_default=f"{SECONDS}, with --ocr {SECONDS_WITH_OCR}",
        metavar="SECONDS",
        help="Skip a file that takes longer; 0 for no limit.",
    ),
    click.option("--ocr", is_flag=True, help="Recognise the text of scanned PDFs, with ocrmypdf."),
    click.option("--any-language", is_flag=True, help="Keep articles that are not in English."),
)
