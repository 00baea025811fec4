"""Coverage-guided fuzzing of the readers: any bytes may only give articles or an error that names the file.

    pip install atheris
    python tests/fuzz_readers.py FOLDER [-max_total_time=600] [-rss_limit_mb=4000] ...

FOLDER keeps what reached new code, from run to run; it begins with a file of every format. A crash leaves its
input in the working directory. The options are those of libFuzzer. PDFs are not fuzzed here: they are read in
a process of their own, where no coverage is seen and no crash does harm.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["kg"]):
    from kg.errors import InputError
    from kg.ingest.deadline import deadline
    from kg.ingest.documents import Document, Skipped
    from kg.ingest.formats import read_document
    from kg.ingest.options import ReadOptions

sys.path.insert(0, str(Path(__file__).parent / "ingest"))
import samples

ENDINGS = (
    "",
    ".txt",
    ".md",
    ".html",
    ".csv",
    ".json",
    ".jsonl",
    ".eml",
    ".mbox",
    ".zip",
    ".gz",
    ".epub",
    ".docx",
)
OPTIONS = ReadOptions(max_bytes=200_000)
LONGEST = 20
"""Seconds."""


def read(data: bytes) -> None:
    if not data or b"%PDF" in data[:2000]:
        return
    name = f"x{ENDINGS[data[0] % len(ENDINGS)]}"
    with suppress(InputError), deadline(LONGEST):
        for item in read_document(Document(name, data[1:]), OPTIONS):
            assert isinstance(item, Skipped) or item.text == item.text.strip() != ""
            assert isinstance(item, Skipped) or item.place_at(len(item.text) - 1)


def fill(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    made = (
        samples.text,
        samples.html,
        samples.mail,
        samples.mbox,
        samples.jsonl,
        samples.json_list,
        samples.table,
    )
    files = [make() for make in made] + [
        samples.epub(),
        samples.docx(),
        samples.zipped({"a.txt": samples.text()}),
    ]
    pages = sorted((Path(__file__).parent / "pages").glob("*.txt"))
    files += [samples.gzipped(samples.text()), *(page.read_bytes()[:4000] for page in pages)]
    for n, data in enumerate(files):
        (folder / f"sample-{n}").write_bytes(b"\0" + data)


if __name__ == "__main__":
    fill(Path(sys.argv[1]))
    atheris.Setup([*sys.argv, "-timeout=60"], read)
    atheris.Fuzz()
