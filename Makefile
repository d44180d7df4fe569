# Run `make` for the list of targets. Everything lives in .venv, node_modules and app/static/dist; nothing is installed elsewhere.
.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --quiet --disable-pip-version-check --require-virtualenv
STAMPS := .venv/.stamps
NODE = $$($(BIN)/python -c 'import hatch_build; print(hatch_build.find_node()[0])')
# directories count, too: a file that was taken away changes its directory
FRONT := $(shell find app/static/js app/static/css app/activities/*/static -not -name '.*' 2>/dev/null)
WORDS := $(shell find app/locale -name '*.po' 2>/dev/null)

.PHONY: help setup tools run demo test check fmt e2e load migration docs-screenshots lock words env-example

help: ## print this list
	@grep -hE '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z0-9-]+):.*## /\1\t/' | while IFS=$$'\t' read -r name told; do printf '  make %-17s %s\n' "$$name" "$$told"; done

setup: $(STAMPS)/run app/static/dist/manifest.json ## make .venv with concord in it, and the built front end
	@:

tools: setup $(STAMPS)/dev # what tests and checks need on top
	@:

run: setup ## start Concord here; prints the trainer's link and the address for phones
	@exec $(BIN)/concord serve

demo: setup ## watch a whole workshop played by robots, on a database that is thrown away
	@exec $(BIN)/concord demo

test: tools ## run every test, browser tests and doctests included
	@$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder -q

check: tools ## lint, types, floors of the house, locks, catalogues: all that needs no running server
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@PYTHONPATH=. $(BIN)/lint-imports --no-cache --no-logo
	@$(NODE) node_modules/eslint/bin/eslint.js --no-error-on-unmatched-pattern app
	@$(BIN)/python -m tools.words --check
	@echo "All checks passed."

fmt: tools ## format the code and mend what can be mended by rule
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

e2e: tools ## run the browser tests only
	@$(BIN)/python -m pytest tests/e2e -q

load: tools ## measure the promises about speed; prints each figure, its limit and its anchor
	@$(BIN)/python -m tests.load

migration: setup ## draft a migration from the models: make migration m="add colour to table"
	@test -n "$(m)" || { echo 'Say what it does: make migration m="add colour to table"'; exit 2; }
	@$(BIN)/alembic revision --autogenerate -m "$(m)"

docs-screenshots: tools ## take the pictures in docs/screenshots again
	@CONCORD_SCREENSHOTS=docs/screenshots $(BIN)/python -m pytest tests/e2e -q

lock: $(STAMPS)/run ## write the locks again; needs the package index; make lock upgrade=1 takes the newest
	@$(BIN)/python -m tools.lock $(if $(upgrade),--upgrade)

words: tools ## collect the words of the screens into the catalogues
	@$(BIN)/python -m tools.words

env-example: setup ## write .env.example from app/config.py
	@$(BIN)/python -m tools.env_example

$(STAMPS)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Concord needs Python 3.11 or newer; $$($(PYTHON) --version) is what $(PYTHON) is. Name another: make setup PYTHON=python3.12"; exit 1; }
	@echo "Making .venv …"
	@$(PYTHON) -m venv .venv
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/run: $(STAMPS)/python requirements/run.txt requirements/build.txt requirements/node.txt pyproject.toml hatch_build.py
	@echo "Installing what Concord needs …"
	@$(PIP) --require-hashes -r requirements/build.txt -r requirements/run.txt
	@$(BIN)/python -c 'import sys, hatch_build; sys.exit(hatch_build.node_of_the_machine() is None)' || { echo "Installing a Node for the front-end build …"; $(PIP) --require-hashes -r requirements/node.txt; }
	@echo "Building the front end and installing Concord …"
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

$(STAMPS)/dev: $(STAMPS)/run requirements/dev.txt
	@echo "Installing what tests and checks need …"
	@$(PIP) --require-hashes -r requirements/dev.txt
	@touch $@

app/static/dist/manifest.json: $(STAMPS)/run $(FRONT) $(WORDS) package.json package-lock.json
	@$(BIN)/python hatch_build.py
	@touch $@
