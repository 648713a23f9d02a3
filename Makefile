.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: help install setup run test check format bench clean

help: ## what one can do
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /\1\t/' | expand -t 12

$(BIN)/assistant: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade "pip>=25.1"
	$(BIN)/python -m pip install --quiet --editable . --group dev
	@touch $@

install: $(BIN)/assistant ## make .venv/ and install everything in it

setup: install ## fetch, check and convert the models
	$(BIN)/assistant setup

run: setup ## install, fetch the models, index corpus/, open the page
	$(BIN)/assistant index corpus
	$(BIN)/python app.py

test: ## the whole of it on this machine: system packages, models, lint, types, layers, all tests
	./.ci/system-packages
	$(MAKE) setup
	$(MAKE) check
	$(BIN)/python -m pytest

check: install ## format, lint, types, layers
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: install ## rewrite the code as `check` wants it
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: setup ## speeds, each as a ratio within one run
	$(BIN)/python -m bench

clean: ## remove what was built here
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache build *.egg-info
