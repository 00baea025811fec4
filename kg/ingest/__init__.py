"""Newspaper files -> Articles."""

from kg.ingest.documents import Skipped
from kg.ingest.files import Reading, read, read_file
from kg.ingest.options import DEFAULT, ReadOptions
from kg.ingest.page import split_page
from kg.ingest.records import COLUMNS, as_record

__all__ = [
    "COLUMNS",
    "DEFAULT",
    "ReadOptions",
    "Reading",
    "Skipped",
    "as_record",
    "read",
    "read_file",
    "split_page",
]
