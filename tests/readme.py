"""The examples of the README: find them, run them, and write down anew what they print.

    make docs      # after a change that moves what the examples print

In a ```console block a line "$ COMMAND" is a command, "> " continues it, and what follows is what it
prints; a line "..." stands for any lines. Blocks of ```turtle are those of the sample's graph.
`tests/test_docs.py` checks what this writes.
"""

import os
import re
import shlex
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from click.testing import CliRunner

from kg.cli import main

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
MADE_BY_MAKE = {"make graph": "kg build --sample -o out"}
ELISION = "..."


@dataclass(frozen=True)
class Example:
    command: str
    head: str
    """The command as the README writes it, with its prompts."""
    shown: str
    """What it prints, without the last line break."""

    @property
    def arguments(self) -> list[str] | None:
        """The arguments of `kg`; None for a command of another program."""
        words = shlex.split(MADE_BY_MAKE.get(self.command, self.command))
        return words[1:] if words[0] == "kg" else None

    def run(self) -> str:
        """What the command prints now, without spaces at the ends of lines."""
        result = CliRunner().invoke(main, self.arguments)
        assert result.exit_code == 0, result.output
        printed = "\n".join(line.rstrip() for line in result.stdout.rstrip("\n").split("\n"))
        return (
            f".venv/bin/{MADE_BY_MAKE[self.command]}\n{printed}" if self.command in MADE_BY_MAKE else printed
        )

    def matches(self, printed: str) -> bool:
        lines = (".*(?:\n.*)*?" if line == ELISION else re.escape(line) for line in self.shown.split("\n"))
        return re.fullmatch("\n".join(lines), printed) is not None


def blocks(language: str) -> list[str]:
    text = README.read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


def examples() -> Iterator[Example]:
    for block in blocks("console"):
        for part in re.split(r"^(?=\$ )", block, flags=re.MULTILINE)[1:]:
            head, *shown = part.rstrip("\n").split("\n")
            while shown and shown[0].startswith("> "):
                head += "\n" + shown.pop(0)
            command = "\n".join(line[2:] for line in head.split("\n"))
            yield Example(command, head, "\n".join(shown))


def prepare(folder: Path, sample_out: Path) -> None:
    """Lay out what the examples speak of: out/ of the sample, its texts in pages/, the gold files."""
    # As in a fresh clone, which has the outputs but does not know what they were made of.
    shutil.copytree(sample_out, folder / "out", ignore=shutil.ignore_patterns(".kg"))
    shutil.copytree(ROOT / "kg" / "sample", folder / "pages")
    (folder / "tests" / "gold").mkdir(parents=True)
    (folder / "tests" / "gold" / "dev").symlink_to(ROOT / "tests" / "gold" / "dev")


def from_graph(turtle: str, graph: str) -> str:
    """A block of Turtle with each subject as the graph has it now."""
    subjects = []
    for shown in turtle.strip("\n").split("\n\n"):
        name = shown.split("\n")[0]
        found = re.search(rf"^{re.escape(name)}\n(?:    .*\n)*\.$", graph, re.MULTILINE)
        subjects.append(found[0] if found else shown)
    return "\n\n".join(subjects) + "\n"


def update() -> None:
    text = README.read_text(encoding="utf-8")
    with TemporaryDirectory() as name:
        folder = Path(name)
        CliRunner().invoke(main, ["build", "--sample", "-o", str(folder / "sample")], catch_exceptions=False)
        prepare(folder, folder / "sample")
        graph = (folder / "out" / "graph.ttl").read_text(encoding="utf-8")
        for block in blocks("turtle"):
            text = text.replace(block, from_graph(block, graph))
        os.chdir(folder)
        for example in examples():
            if example.arguments is None or ELISION in example.shown.split("\n"):
                continue
            old = f"{example.head}\n{example.shown}\n".replace("\n\n", "\n")
            text = text.replace(old, f"{example.head}\n{example.run()}\n")
        os.chdir(ROOT)
    README.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    update()
