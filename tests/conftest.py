"""What several test modules share: one build of the sample, made when the first test asks for it."""

from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def sample():
    """The build of the packaged sample."""
    from kg import pipeline

    with pipeline.sample_paths() as folders:
        return pipeline.build(folders, base=folders[0].parent)


@pytest.fixture(scope="session")
def sample_out(sample, tmp_path_factory) -> Path:
    """A folder with the sample's outputs; tests read it and leave it as it is."""
    from kg import pipeline

    out = tmp_path_factory.mktemp("sample") / "out"
    pipeline.write_outputs(sample, out)
    return out
