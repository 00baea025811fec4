"""A scratch database needs no memory and leaves nothing; a full disk is told in one line."""

import resource
import sqlite3

import pytest

from kg.errors import InputError
from kg.scratch import open_scratch, scratch_errors


def test_a_full_disk_is_an_error_of_the_temporary_folder():
    database = open_scratch("CREATE TABLE row (data BLOB)")
    database.execute("PRAGMA max_page_count = 10")
    with pytest.raises(InputError, match="temporary folder: cannot be written"), scratch_errors():
        database.executemany("INSERT INTO row VALUES (?)", [(bytes(4096),)] * 100)


def test_a_temporary_folder_where_no_file_can_be_opened_is_no_bug():
    database = open_scratch("CREATE TABLE row (data BLOB)")
    database.execute("PRAGMA cache_size = 10")
    limits = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, limits[1]))
    try:
        with pytest.raises(InputError, match="temporary folder: cannot be written"), scratch_errors():
            database.executemany("INSERT INTO row VALUES (?)", [(bytes(4096),)] * 100)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, limits)


def test_any_other_trouble_with_it_is_a_bug():
    with pytest.raises(sqlite3.OperationalError, match="no such table: absent"), scratch_errors():
        open_scratch().execute("SELECT * FROM absent")


def test_sorts_more_than_it_keeps_in_memory():
    database = open_scratch("CREATE TABLE row (key TEXT, data BLOB)")
    database.execute("PRAGMA cache_size = -100")
    keys = [f"{number * 7919 % 20_000:05}" for number in range(20_000)]
    database.executemany("INSERT INTO row VALUES (?, ?)", ((key, bytes(100)) for key in keys))
    assert [key for (key,) in database.execute("SELECT key FROM row ORDER BY key")] == sorted(keys)
