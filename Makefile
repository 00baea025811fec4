# `make graph` and `make test` work from a fresh clone: they need Python 3.11 or newer, and a network for
# the first run. The virtual environment is made again only when pyproject.toml changes.

PYTHON ?= $(firstword $(foreach name,python3.11 python3.12 python3.13 python3,$(if $(shell command -v $(name)),$(name))))
VENV := .venv
BIN := $(VENV)/bin
RUNTIME := $(VENV)/.runtime
DEV := $(VENV)/.dev

.DEFAULT_GOAL := help
.PHONY: help graph test lint model eval quality bench docs ontology clean

help: ## Show this list.
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 16

graph: $(RUNTIME) ## Build the sample: out/graph.ttl to query, out/index.html to open.
	$(BIN)/kg build --sample -o out

test: $(DEV) ## Run all tests.
	$(BIN)/python -m pytest

lint: $(DEV) ## Check style, layout and types.
	$(BIN)/ruff check kg tests
	$(BIN)/ruff format --check kg tests
	$(BIN)/mypy

model: $(RUNTIME) ## Train the reader's weights anew from the gold articles (an hour of one CPU core).
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[train]'
	OMP_WAIT_POLICY=PASSIVE $(BIN)/kg train tests/gold/train kg/extract/weights

eval: $(RUNTIME) ## Measure the extractor on the gold files in tests/gold/dev.
	$(BIN)/kg eval tests/gold/dev

quality: $(RUNTIME) ## Write docs/quality.md anew: all figures, and what is wrong (2 minutes).
	$(BIN)/python tests/quality.py $(if $(PAGES),--pages $(PAGES))

bench: $(RUNTIME) ## Time builds, each beside something that says its worth, then graph work and resolution (20 minutes).
	$(BIN)/python tests/bench_build.py
	$(BIN)/python tests/bench_reader.py
	$(BIN)/python tests/bench_graph.py
	$(BIN)/python tests/bench_resolution.py 120000

docs: graph ## Write down anew what the examples in README.md print, and the answers that the tests expect.
	$(BIN)/python tests/readme.py
	$(BIN)/python tests/answers.py

ontology: $(DEV) ## Make docs/ontology.html and the diagram in README.md from ontology/kg.ttl.
	$(BIN)/python tests/ontology_docs.py

clean: ## Remove the virtual environment and everything else that can be made again, except out/.
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .hypothesis dist build
	find kg tests -name __pycache__ -type d -prune -exec rm -rf {} +

# One stamp a set of packages. The developer's set holds the other one, so its stamp does for both.
$(RUNTIME): pyproject.toml
	$(call need_python)
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(DEV): pyproject.toml
	$(call need_python)
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $(RUNTIME) $@

define need_python
	@test -n "$(PYTHON)" || { echo "No Python found: install Python 3.11 or newer, or give make PYTHON=..." >&2; exit 2; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "$$($(PYTHON) --version) is too old: kgazette needs Python 3.11 or newer (make PYTHON=...)" >&2; exit 2; }
endef
