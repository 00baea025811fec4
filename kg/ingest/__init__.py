"""Newspaper files -> Articles."""

from kg.ingest.files import Reading, Skipped, read, read_file
from kg.ingest.page import split_page

__all__ = ["Reading", "Skipped", "read", "read_file", "split_page"]
