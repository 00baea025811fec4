"""The documents say what is so: commands exist, examples print what they show, figures are the measured ones.

In a ```console block a line "$ COMMAND" is run, "> " continues it, and what follows is what it prints; a line
"..." stands for any lines. A ```pycon block is a doctest. Both run in a folder with the sample's out/.
"""

import doctest
import re
import shlex
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.cli import main

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCUMENTS = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")]
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
TARGETS = set(re.findall(r"^([a-z]+):", MAKEFILE, re.MULTILINE))


def blocks(language):
    return re.findall(rf"^```{language}\n(.*?)^```", README, re.MULTILINE | re.DOTALL)


def examples():
    """(command, what it prints) for every command of every console block."""
    for block in blocks("console"):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, *rest = part.rstrip("\n").split("\n")
            while rest and rest[0].startswith("> "):
                command += "\n" + rest.pop(0)[2:]
            yield command, "\n".join(rest)


EXAMPLES = list(examples())
KG_EXAMPLES = [(command, shown) for command, shown in EXAMPLES if command.startswith("kg ")]


def pattern(shown):
    lines = [".*(?:\n.*)*?" if line == "..." else re.escape(line) for line in shown.split("\n")]
    return "\n".join(lines)


@pytest.fixture
def workplace(tmp_path, monkeypatch, sample_out):
    shutil.copytree(sample_out, tmp_path / "out")
    shutil.copytree(ROOT / "kg" / "sample", tmp_path / "pages")
    (tmp_path / "tests" / "gold").mkdir(parents=True)
    (tmp_path / "tests" / "gold" / "dev").symlink_to(ROOT / "tests" / "gold" / "dev")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(("command", "shown"), KG_EXAMPLES, ids=[command[:60] for command, _ in KG_EXAMPLES])
def test_an_example_prints_what_the_readme_shows(workplace, command, shown):
    if command.startswith("kg eval"):
        pytest.skip("slow; test_the_figures_are_the_measured_ones looks at what it prints")
    result = CliRunner().invoke(main, shlex.split(command)[1:])
    assert result.exit_code == 0, result.output
    printed = "\n".join(line.rstrip() for line in result.stdout.rstrip("\n").split("\n"))
    assert re.fullmatch(pattern(shown), printed), printed


def test_the_readme_has_examples():
    commands = {command.split()[1] for command, _ in KG_EXAMPLES}
    assert {"build", "query", "articles", "check", "eval"} <= commands
    assert all(shown for _, shown in KG_EXAMPLES)


@pytest.mark.parametrize("block", blocks("pycon"))
def test_the_library_does_what_the_readme_shows(workplace, block):
    test = doctest.DocTestParser().get_doctest(block, {}, "README", "README.md", 0)
    report = []
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)
    runner.run(test, out=report.append)
    assert test.examples
    assert not runner.failures, "".join(report)


def test_what_make_graph_prints_is_shown():
    build = next(shown for command, shown in EXAMPLES if command == "kg build --sample -o out")
    make = next(shown for command, shown in EXAMPLES if command == "make graph")
    assert build.split("\n")[:8] == [line for line in make.split("\n") if not line.startswith(".venv")][:8]


def test_the_figures_are_the_measured_ones(measured):
    """Within 0.02, so that not every improvement is a change of the README too."""
    shown = next(shown for command, shown in EXAMPLES if command == "kg eval tests/gold/dev")
    rows = {line.split()[0]: float(line.split()[3]) for line in shown.split("\n")[2:] if line != "..."}
    figures = {"entities": measured.entities, "strict": measured.strict, "relaxed": measured.relaxed}
    assert figures.keys() <= rows.keys()
    for name, score in figures.items():
        assert rows[name] == pytest.approx(score.f1, abs=0.02), name


@pytest.mark.parametrize("command", sorted(main.commands))
def test_every_command_is_in_the_readme(command):
    assert f"`kg {command}" in README


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_what_the_documents_name_exists(path):
    text = path.read_text(encoding="utf-8")
    for link in re.findall(r"\]\((?!https?:|#)([^)#]+)", text):
        assert (ROOT / link).exists(), link
    for target in re.findall(r"(?:`|^\$ )make ([a-z]+)", text, re.MULTILINE):
        assert target in TARGETS, target
    for command in re.findall(r"(?:`|^\$ )kg ([a-z]+)", text, re.MULTILINE):
        assert command in main.commands, command


def test_every_make_target_is_explained():
    explained = set(re.findall(r"^([a-z]+):.*## ", MAKEFILE, re.MULTILINE))
    phony = re.search(r"^\.PHONY: (.*)$", MAKEFILE, re.MULTILINE)
    assert phony
    assert explained == set(phony[1].split()) == TARGETS


def test_continuous_integration_runs_what_the_readme_says():
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert re.search(r"^make test$", script, re.MULTILINE)
    assert "$ make test" in README
