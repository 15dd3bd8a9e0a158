# Two commands do everything: `make demo` and `make test`. Each makes what it needs, and neither needs the network
# a second time.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

BIN := .venv/bin
PYTEST_ARGS ?= -n 2 --dist worksteal

# The tests start the program hundreds of times: Python keeps what it has compiled, even where an environment says otherwise.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help demo test bench soak mutation lint format lock clean run-environment dev-environment npm system-packages

help:  ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: run-environment npm  ## compile the examples, show the line of one treaty, compare two published lines
	@$(BIN)/merestone demo

test: dev-environment system-packages lint  ## everything: form, types, layers, tests, documentation
	$(BIN)/pytest $(PYTEST_ARGS)

lint: dev-environment  ## form, types and layers only
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

format: dev-environment  ## put the code into its form
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

bench: dev-environment  ## how fast, beside what one would use otherwise
	$(BIN)/python -m benchmarks

soak: dev-environment system-packages  ## properties, crashes and histories again, with many more examples (hours)
	HYPOTHESIS_PROFILE=soak $(BIN)/pytest $(PYTEST_ARGS) --timeout=3600 tests/properties tests/crash
	MERESTONE_HISTORIES=200000 MERESTONE_DEFECTS=all MERESTONE_STEPS=8 $(BIN)/pytest $(PYTEST_ARGS) --timeout=3600 tests/simulation

mutation: dev-environment  ## what the tests of the register would miss if its code were wrong (a quarter of an hour)
	$(BIN)/python tools/mutate.py

lock:  ## write requirements/*.lock anew from pyproject.toml (LOCK_ARGS=--upgrade for newer versions)
	@[ -x $(BIN)/uv ] || tools/environment.sh dev
	tools/lock.sh $(LOCK_ARGS)

clean:  ## remove what the commands above made
	rm -rf .venv .venv-pip .cache .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage build dist out
	find src tests benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +

run-environment:
	@tools/environment.sh run

dev-environment:
	@tools/environment.sh dev

npm:
	@tools/npm.sh

system-packages:
	@tools/system-packages.sh
