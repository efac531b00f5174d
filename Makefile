# `make demo` and `make test` do all the set-up themselves; see README.md.
.DEFAULT_GOAL := help
PYTHON ?= python3
BIN := .venv/bin
TEST_JOBS ?= auto
export UV_PYTHON_DOWNLOADS = never

.PHONY: help setup demo demo-ble test check bench accuracy verify screenshots picture recordings clean

help:  ## show this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

.venv/ready: pyproject.toml uv.lock .ci/setup
	@PYTHON=$(PYTHON) bash .ci/setup

setup: .venv/ready  ## create .venv and install everything from the lock file

demo: .venv/ready  ## simulate a session of protocol B, judge it and write a report
	@$(BIN)/toepoint demo

demo-ble: .venv/ready  ## run the program against two virtual Bluetooth sensors (Linux)
	@$(BIN)/python -m tests.rig.demo

test: .venv/ready  ## run the tests
	@$(BIN)/pytest -n $(TEST_JOBS) --dist loadgroup

check: .venv/ready  ## lint, types and the direction of the imports
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

bench: .venv/ready  ## print the benchmarks
	@$(BIN)/python -m tests.benchmarks

accuracy: .venv/ready  ## measure the angle against references and peers
	@$(BIN)/python -m tests.benchmarks.accuracy

verify: .venv/ready  ## compare the angle with its stored figures (half a minute)
	@$(BIN)/python -m tests.benchmarks.accuracy --check

screenshots: .venv/ready  ## make the pictures of the window in docs/ anew
	@$(BIN)/python -m tests.screenshots

picture: .venv/ready  ## draw docs/architecture.svg from the imports
	@$(BIN)/python -m tests.screenshots.rooms

recordings: .venv/ready  ## make the reference recordings anew
	@$(BIN)/python recordings/make.py

clean:  ## remove what was built
	rm -rf .venv dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis toepoint-demo
