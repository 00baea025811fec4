"""E-mails and mailboxes: the subject is the title, the body the text."""

from __future__ import annotations

import re
from dataclasses import replace
from email import message_from_bytes, policy
from email.errors import MessageError
from email.utils import parsedate_to_datetime
from itertools import zip_longest
from typing import TYPE_CHECKING

from kg.errors import InputError
from kg.ingest.documents import Document
from kg.ingest.page import single_article, split_page
from kg.ingest.tabledates import any_date
from kg.ingest.text import decode
from kg.ingest.webpage import read_html
from kg.model import PartialDate

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import EmailMessage, MIMEPart

    from kg.ingest.options import ReadOptions
    from kg.model import Article

_HEADER = re.compile(rb"(?:([A-Za-z][A-Za-z-]{1,40}):[ \t\r].*|[ \t].*)")
_MAIL_HEADERS = {
    b"from",
    b"to",
    b"subject",
    b"date",
    b"sent",
    b"message-id",
    b"received",
    b"mime-version",
    b"return-path",
}
_REPLY = re.compile(r"(?i)^(?:\s*(?:re|fwd?|aw|wg)\s*:)+\s*")
_QUOTED = re.compile(r"^(?:> ?)+", re.MULTILINE)
_SIGNATURE = re.compile(r"^-- $", re.MULTILINE)
_SEPARATOR = re.compile(rb"^From .*$", re.MULTILINE)


def is_mail(head: bytes) -> bool:
    """Does it begin with the headers of an e-mail, three or more of those that every e-mail has?"""
    found = set()
    for line in head.removeprefix(b"\xef\xbb\xbf").splitlines():
        match = _HEADER.fullmatch(line)
        if not match:
            break
        if match[1]:
            found.add(match[1].lower())
    return len(found & _MAIL_HEADERS) >= 3 and bool(found & {b"from", b"subject"})


def read_mbox(document: Document, options: ReadOptions) -> Iterator[Article]:
    """Each message of a mailbox, which "From " lines part."""
    starts = [
        match
        for match in _SEPARATOR.finditer(document.data)
        if is_mail(document.data[match.end() + 1 : match.end() + 4000].lstrip(b"\n"))
    ]
    for start, following in zip_longest(starts, starts[1:]):
        end = following.start() if following else len(document.data)
        body = document.data[start.end() : end].lstrip(b"\r\n").replace(b"\n>From ", b"\nFrom ")
        first_line = document.data.count(b"\n", 0, start.start()) + 2
        yield from _read_message(Document(document.source, body), options, first_line)


def read_mail(document: Document, options: ReadOptions) -> Iterator[Article]:
    """The message of an .eml file, or of a text file that begins with the headers of one."""
    yield from _read_message(document, options, 1)


def _read_message(document: Document, options: ReadOptions, first_line: int) -> Iterator[Article]:
    data = document.data.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n")
    try:
        message = message_from_bytes(data, policy=policy.default)
        subject, sender = _header(message, "subject"), _header(message, "from")
        published = _sent(_header(message, "date") or _header(message, "sent"))
        part = message.get_body(preferencelist=("plain", "html"))
        payload = part.get_payload(decode=True) if part else None
    except (MessageError, ValueError, LookupError, TypeError, AttributeError, IndexError, KeyError) as error:
        raise InputError(document.source, "an e-mail that breaks the rules for e-mails") from error
    if not isinstance(payload, bytes) or not payload.strip():
        raise InputError(document.source, "an e-mail without text")
    title = " ".join(_REPLY.sub("", subject).split())
    publisher = sender.partition("<")[0].strip(" \"'") or None
    assert part is not None
    if part.get_content_type() == "text/html":
        yield from read_html(
            Document(document.source, payload), options, title=title, published=published, publisher=publisher
        )
        return
    text = _charset_decode(payload, part.get_content_charset(), document.source)
    first_line += _line_of_body(data, text)
    starts = _line_starts(part, text)
    text = _QUOTED.sub("", _SIGNATURE.split(text, maxsplit=1)[0])
    source = document.source
    if title:
        articles = single_article(text, source=source, title=title, published=published, publisher=publisher)
    else:
        articles = split_page(text, source=source, published=published, publisher=publisher)
    for article in articles:
        origins = (replace(origin, line=first_line + starts[origin.line - 1]) for origin in article.origins)
        yield replace(article, origins=tuple(origins))


def _line_starts(part: MIMEPart, text: str) -> list[int]:
    """For each line of the text, how many lines of the file stand between it and the first one."""
    if part.get("content-transfer-encoding", "").strip().lower() == "quoted-printable":
        # A "=" at the end of a line says that the line of the text goes on.
        raw = str(part.get_payload()).replace("\r\n", "\n").split("\n")
        starts = [n for n in range(len(raw)) if n == 0 or not raw[n - 1].rstrip().endswith("=")]
        if len(starts) >= text.count("\n") + 1:
            return starts
    return list(range(text.count("\n") + 1))


def _header(message: EmailMessage, name: str) -> str:
    return str(message.get(name, ""))


def _charset_decode(payload: bytes, charset: str | None, source: str) -> str:
    if charset:
        try:
            return payload.decode(charset).replace("\r\n", "\n").replace("\r", "\n")
        except (LookupError, UnicodeDecodeError, ValueError):
            pass  # a wrong or unknown name of an encoding: look at the bytes themselves
    return decode(payload, source)


def _sent(text: str) -> PartialDate | None:
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return any_date(text)
    return PartialDate(moment.year, moment.month, moment.day)


def _line_of_body(data: bytes, text: str) -> int:
    """How many lines of the message stand above the first line of its text; a body in base64 is one place."""
    first = next((line for line in text.split("\n") if line.strip()), "")[:60].encode("utf-8", "replace")
    headers = max(data.find(b"\n\n"), 0)
    at = data.find(first, headers) if first else -1
    lines_before = text[: len(text) - len(text.lstrip())].count("\n")
    return data.count(b"\n", 0, at if at >= 0 else headers + 2) - lines_before
