# The same few commands for people and for CI. `make demo` and `make test` need Python 3.11+ only.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DEMO := demo-data
SUPERSET := .venv-superset

.PHONY: install demo test test-superset check lint bench docs lock clean help
.DEFAULT_GOAL := help

help: ## show this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

install: $(VENV)/.installed ## set up .venv with demarche and what it needs

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "demarche needs Python 3.11 or newer; say which with PYTHON=...")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: requirements.lock pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.tested: requirements-test.lock $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-test.lock
	@touch $@

demo: $(VENV)/.installed ## run the pipeline over the sample articles and show what it found
	@$(BIN)/python -m flows.demo $(DEMO)

test: lint ## lint, types, import contracts and all tests
	$(BIN)/python -m pytest -n auto --maxprocesses 4 --dist worksteal

$(SUPERSET)/.installed: deploy/superset/requirements.lock
	$(PYTHON) -m venv --clear $(SUPERSET)
	$(SUPERSET)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r deploy/superset/requirements.lock
	@touch $@

test-superset: $(VENV)/.tested $(SUPERSET)/.installed ## the dashboard of deploy/superset/ in a real Superset, with Python 3.11
	$(BIN)/python -m pytest tests/superset -m superset

lint: $(VENV)/.tested ## lint, types and import contracts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/.tested ## measure speed and safety; see benchmarks/README.md
	$(BIN)/python -m benchmarks

docs: $(VENV)/.installed ## write the generated parts of docs/
	$(BIN)/python -m flows.docs

lock: ## resolve the pinned requirements anew (needs uv)
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --custom-compile-command "make lock" --extra build pyproject.toml -o requirements.lock
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --custom-compile-command "make lock" --extra build --extra test pyproject.toml -o requirements-test.lock
	cd deploy/superset && uv pip compile --quiet --universal --python-version 3.11 --exclude-newer 2026-05-15 --exclude-newer-package duckdb=2026-07-23 --generate-hashes --no-emit-index-url --custom-compile-command "make lock" requirements.in -o requirements.lock

clean: ## remove everything that was built or written
	rm -rf $(VENV) $(SUPERSET) $(DEMO) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis dist
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
