"""Scanned PDFs, by the program ocrmypdf where it is installed."""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import TYPE_CHECKING

from kg.errors import InputError

if TYPE_CHECKING:
    from kg.ingest.documents import Document

_PROGRAM = "ocrmypdf"
_SECONDS = 1800


def recognise_text(document: Document) -> bytes:
    """The same PDF with a text layer; raise InputError where the program is missing or fails."""
    program = shutil.which(_PROGRAM)
    if program is None:
        raise InputError(document.source, f"a scanned PDF without text, and {_PROGRAM} is not installed")
    try:
        done = subprocess.run(
            [program, "--force-ocr", "--quiet", "-l", "eng", f"--tesseract-timeout={_SECONDS}", "-", "-"],
            input=document.data,
            capture_output=True,
            check=True,
            timeout=_SECONDS,
            # Tesseract's threads wait for one another more than they work.
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise InputError(document.source, f"{_PROGRAM} could not recognise its text") from error
    return done.stdout
