.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip
UV := $(BIN)/uv pip install --quiet --no-cache --python $(BIN)/python
LOCKED := $(UV) --verify-hashes --constraint requirements.lock

# Modules are compiled once and kept, also where the machine asks Python not to (images of containers do): the page then opens in 5 s of processor, not 9.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help install tools setup run test packages models check compiled format lock bundle bench adapter train clauses covers fields together titles choice clean

help: ## what one can do
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /\1\t/' | expand -t 12

# Everything at the versions and hashes of requirements.lock (`make lock`). torch is fetched first, from where the machine's pip finds it: a build for processors
# alone, where there is one, spares 3 GB of what a graphics card would need.
$(BIN)/assistant: pyproject.toml requirements.lock
	$(PYTHON) -m venv $(VENV)
	$(PIP) install --quiet "$$(grep --only-matching '^uv==[0-9.]*' requirements.lock)"
	./packaging/wanted > $(VENV)/wanted
	$(PIP) download --quiet --no-deps --dest $(VENV)/torch torch==$(shell sed -n 's/^torch==\([0-9.]*\).*/\1/p' requirements.lock)
	$(LOCKED) --no-deps $(VENV)/torch/*.whl
	rm -r $(VENV)/torch
	$(LOCKED) --requirement $(VENV)/wanted
	$(UV) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.tools: $(BIN)/assistant
	./packaging/wanted modele dev > $(VENV)/wanted
	$(LOCKED) --requirement $(VENV)/wanted
	@touch $@

install: $(BIN)/assistant ## make .venv/ and install what it takes to use the assistant

tools: $(VENV)/.tools ## also what checks and tests it, and the engines of language models

setup: install ## fetch, check and convert the models
	$(BIN)/assistant setup

run: setup ## install, fetch the models, index corpus/, open the page
	$(BIN)/assistant index corpus
	$(BIN)/python app.py

test: ## the whole of it on this machine: system packages, models, lint, types, layers, all tests
	$(MAKE) --jobs=3 --output-sync packages models check compiled
	$(BIN)/python -m pytest

packages: ## the system packages that the tests need
	./.ci/system-packages

models: setup tools ## also the language model, which nothing but its tests and trials uses
	$(BIN)/assistant setup --model qwen2.5-coder-1.5b-instruct

check: tools ## format, lint, types, layers
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

lock: tools ## write requirements.lock again (UPGRADE=1: at the newest versions)
	./packaging/lock $(if $(UPGRADE),--upgrade)

# What tests import, compiled once: four processes that begin at once would each compile it, 20 s of processor each.
compiled: tools
	$(BIN)/python -m pytest --collect-only --quiet --quiet --numprocesses=0 > /dev/null

format: tools ## rewrite the code as `check` wants it
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: setup tools ## speeds, each as a ratio within one run
	$(BIN)/python -m bench

# The base model, an index of the rules made with it, then the adapter. Blocks of memory are kept and not given back to the system at each step: a step
# then takes 9 s instead of 15 (see docs/questions.md).
adapter: install ## learn the adapter of the embedding again from corpus/questions, within the hour (RULES=files of dated rules)
	@test -n "$(RULES)" || { echo "RULES=… : donnez les fichiers des règles (code, lois) à indexer pour l'apprentissage."; exit 2; }
	./packaging/wanted train > $(VENV)/wanted
	$(LOCKED) --requirement $(VENV)/wanted
	mkdir -p build/adapter
	echo 'embedding = "multilingual-e5-small"' > build/adapter/settings.toml
	$(BIN)/assistant --home build/adapter setup --model multilingual-e5-small
	$(BIN)/assistant --home build/adapter index $(RULES) corpus/droit
	MALLOC_MMAP_THRESHOLD_=4294967296 MALLOC_TRIM_THRESHOLD_=8589934592 $(BIN)/python -m training.adapter --home build/adapter --out build/adapter/adapter --keep

train: setup ## learn the reader of questions again from corpus/, within the hour (RULES=files of dated rules, for the sign of rules found)
	$(BIN)/assistant --home build/reader setup
	$(BIN)/assistant --home build/reader index $(RULES) corpus/droit
	MALLOC_MMAP_THRESHOLD_=4294967296 MALLOC_TRIM_THRESHOLD_=8589934592 OMP_WAIT_POLICY=PASSIVE $(BIN)/python -m training.reader --home build/reader

clauses: install ## learn the reader of clauses again from corpus/revue, within the hour
	$(BIN)/assistant --home build/reader setup
	MALLOC_MMAP_THRESHOLD_=4294967296 MALLOC_TRIM_THRESHOLD_=8589934592 OMP_WAIT_POLICY=PASSIVE $(BIN)/python -m training.clauses --home build/reader
	$(BIN)/python -m training.whether --home build/reader --keep-words

covers: tools ## learn the reader of covers again from corpus/synthese, within half an hour
	$(BIN)/assistant --home build/reader setup
	MALLOC_MMAP_THRESHOLD_=4294967296 MALLOC_TRIM_THRESHOLD_=8589934592 OMP_WAIT_POLICY=PASSIVE $(BIN)/python -m training.covers --home build/reader

fields: tools ## learn the reader of fields again from corpus/, within the hour
	$(BIN)/assistant --home build/reader setup
	MALLOC_MMAP_THRESHOLD_=4294967296 MALLOC_TRIM_THRESHOLD_=8589934592 OMP_WAIT_POLICY=PASSIVE $(BIN)/python -m training.fields --home build/reader

together: tools ## learn again what reads a question and a text together, from corpus/, within the hour
	$(BIN)/assistant --home build/reader setup
	MALLOC_MMAP_THRESHOLD_=4294967296 MALLOC_TRIM_THRESHOLD_=8589934592 OMP_WAIT_POLICY=PASSIVE $(BIN)/python -m training.together --home build/reader

titles: tools ## learn the reader of titles again from corpus/synthese, printed in many layouts, within half an hour
	$(BIN)/python -m training.titles

choice: tools ## fit again what chooses a sentence of one's own documents, within half an hour
	$(BIN)/assistant --home build/reader setup
	$(BIN)/python -m training.choice --home build/reader

bundle: setup tools ## build/bundle: everything in one folder, for a machine without any network
	./packaging/bundle

clean: ## remove what was built here
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache build *.egg-info
