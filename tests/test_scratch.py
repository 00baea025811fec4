"""A scratch database needs no memory and leaves nothing; a full disk is told in one line."""

import os
import resource
import signal
import sqlite3
import threading
import time

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


def test_ctrl_c_ends_a_long_statement_at_once():
    forever = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT max(x) FROM n"
    threading.Timer(0.1, os.kill, (os.getpid(), signal.SIGINT)).start()
    started = time.monotonic()
    with pytest.raises(KeyboardInterrupt), scratch_errors():
        open_scratch().execute(forever)
    assert time.monotonic() - started < 5


def test_any_other_trouble_with_it_is_a_bug():
    with pytest.raises(sqlite3.OperationalError, match="no such table: absent"), scratch_errors():
        open_scratch().execute("SELECT * FROM absent")


def test_sorts_more_than_it_keeps_in_memory():
    database = open_scratch("CREATE TABLE row (key TEXT, data BLOB)")
    database.execute("PRAGMA cache_size = -100")
    keys = [f"{number * 7919 % 20_000:05}" for number in range(20_000)]
    database.executemany("INSERT INTO row VALUES (?, ?)", ((key, bytes(100)) for key in keys))
    assert [key for (key,) in database.execute("SELECT key FROM row ORDER BY key")] == sorted(keys)
