# Every target sets up what it needs; see README.md.
.DEFAULT_GOAL := help
PYTHON ?= python3
BIN := .venv/bin
# One more than processors, because tests of Bluetooth mostly wait.
TEST_JOBS ?= $(shell expr $$(getconf _NPROCESSORS_ONLN) + 1)
# Tests that reach every package and together take under a minute: `make check` prints their coverage.
QUICK_TESTS := tests/sensor/families tests/sensor/table_import tests/sensor/accelerometer \
	tests/gui/pages/test_settings_page.py \
	tests/processing/test_reference_recordings.py -k 'b_good or not test_reference_recordings'
export UV_PYTHON_DOWNLOADS = never

.PHONY: help setup demo demo-ble test check coverage bench accuracy verify screenshots picture recordings clean

help:  ## show this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

.venv/ready: pyproject.toml uv.lock .ci/setup
	@PYTHON=$(PYTHON) bash .ci/setup

setup: .venv/ready  ## create .venv and install everything from the lock file

demo: .venv/ready  ## simulate a session of protocol B, judge its reps and write a report
	@$(BIN)/toepoint demo

demo-ble: .venv/ready  ## run the program against two virtual Bluetooth sensors (Linux)
	@$(BIN)/python -m tests.rig.demo

test: .venv/ready  ## run the tests
	@$(BIN)/pytest -n $(TEST_JOBS)

check: .venv/ready  ## lint, check types and import contracts; print the coverage of quick tests
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/pytest -q --no-header -n $(TEST_JOBS) --cov --cov-report= $(QUICK_TESTS)
	@echo "coverage of the quick tests: $$($(BIN)/coverage report --format=total) % (of all tests: make coverage)"

coverage: .venv/ready  ## run all tests and print how much of each module they reach
	@$(BIN)/pytest -n $(TEST_JOBS) --cov --cov-report=term:skip-covered

bench: .venv/ready  ## measure what the program costs; write docs/performance.md
	@$(BIN)/python -m tests.benchmarks.performance

accuracy: .venv/ready  ## compare the angle with references and other filters; write docs/accuracy.md (SESSIONS, FIRST_SEED)
	@$(BIN)/python -m tests.benchmarks.accuracy $(if $(SESSIONS),--sessions $(SESSIONS)) $(if $(FIRST_SEED),--first-seed $(FIRST_SEED))

verify: .venv/ready  ## check that the angle is as accurate as the stored figures (half a minute)
	@$(BIN)/python -m tests.benchmarks.accuracy --check

screenshots: .venv/ready  ## make the pictures of the window in docs/ again
	@$(BIN)/python -m tests.screenshots

picture: .venv/ready  ## draw docs/architecture.svg from the imports
	@$(BIN)/python -m tests.screenshots.rooms

recordings: .venv/ready  ## make the reference recordings again
	@$(BIN)/python recordings/make.py

clean:  ## remove what was built
	rm -rf .venv .coverage dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis toepoint-demo
