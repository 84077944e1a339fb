# `make conformance` and `make test` do everything on a fresh machine; the rest is for those who work on the project.
.DEFAULT_GOAL := help
.PHONY: help conformance test test-fast lint format bench mutants programs requirements clean

PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready
HEADLESS := /usr/bin/chromium-headless-shell
SFTP := /usr/bin/sftp
AS_ROOT := $(shell test "$$(id -u)" = 0 || echo sudo)
# Two workers more than there are cores: tests wait for other processes, for browsers, and for what another worker makes.
WORKERS ?= $(shell expr $$(nproc) + 2)
# A file of tests stays with one worker, which makes its fixtures once; the longest are begun first (tests/schedule.py).
PYTEST = $(BIN)/python -m pytest -p xdist --numprocesses $(WORKERS) --dist loadfile --no-loadscope-reorder
# The tests start many processes: what Python has compiled is kept, whatever the environment says.
unexport PYTHONDONTWRITEBYTECODE
# Make runs a line that says $(MAKE) even when it is only asked what it would do: under another name, -n starts no tests.
LINT := $(MAKE) --no-print-directory lint
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

help: ## Show what there is to make
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sort | awk -F ':.*## ' '{printf "make %-14s %s\n", $$1, $$2}'

$(READY): requirements.txt pyproject.toml
	@echo "setting up .venv (once; a minute or two)"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.11")'
	@$(PYTHON) -m venv --clear .venv
	@$(PIP) install --require-hashes --requirement requirements.txt
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

conformance: $(READY) ## Exercise every rule against the reference and write the report to out/conformance
	@$(BIN)/appuntamento conformance

test: $(READY) programs ## Check the code and run the tests, side by side
	@mkdir -p out
	@$(LINT) > out/lint.txt 2>&1 & lint=$$!; \
	$(PYTEST); tests=$$?; wait $$lint; checks=$$?; cat out/lint.txt; test $$tests$$checks = 00

# These wait for nobody.
test-fast: WORKERS = $(shell nproc)
test-fast: $(READY) ## Only the tests that take no other process, browser or long run, while you work
	@$(PYTEST) -m "not slow"

programs: $(HEADLESS) $(SFTP) ## Install what the tests need of Debian's: Chromium without windows, OpenSSH's sftp

$(HEADLESS): PACKAGE := chromium-headless-shell
$(HEADLESS): INSTEAD := /usr/bin/chromium
$(SFTP): PACKAGE := openssh-client
$(HEADLESS) $(SFTP):
	@echo "installing Debian's $(PACKAGE) for the tests (once)"
	@$(AS_ROOT) apt-get update --quiet=2 && $(AS_ROOT) apt-get install --yes --quiet=2 $(PACKAGE) \
		|| test -x "$(INSTEAD)"

lint: $(READY) ## Style, types, import contracts and declared dependencies
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/deptry . --optional-dependencies-dev-groups dev --extend-exclude tests/
	@$(BIN)/deptry .

format: $(READY) ## Put the code into its one form
	@$(BIN)/ruff check --fix --quiet
	@$(BIN)/ruff format

bench: $(READY) ## Speed, as ratios side by side in one run, and how often intervals hold the truth
	@$(BIN)/python -m tests.benchmark
	@$(BIN)/python -m tests.benchmark.interval_coverage
	@$(BIN)/python -m tests.benchmark.twins
	@$(BIN)/python -m tests.sandbox.benchmark
	@$(BIN)/python -m tests.benchmark.conformance_over_wires
	@$(BIN)/python -m tests.benchmark.judge_stream
	@$(BIN)/python -m tests.benchmark.validation

mutants: $(READY) ## Weaken the checkers and the reference in each small way, and see who notices (FILES=... for a part)
	@$(BIN)/python -m tests.mutation $(FILES)

requirements: ## Pin the dependencies anew, with hashes (needs uv)
	uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-header \
		--extra dev --extra cluster --extra fast --extra sign --output-file requirements.txt pyproject.toml

clean: ## Remove what was made
	rm -rf .venv out dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
