# make site: build the report. make test: run every check. Each does its own set-up.
# Needed on the machine: Python 3.11 or newer, make, git. Node.js and Chromium are used where they are
# found and installed for the project where they are not.

PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
RUN := $(BIN)/python build.py
# Modules are compiled when they are first used: most never are.
PIP := $(BIN)/pip install --quiet --disable-pip-version-check --no-compile --require-hashes \
	--only-binary :all:
# And they are kept then, whatever the machine's habit: else each of a hundred processes compiles all
# that it loads anew, which takes longer than its work.
unexport PYTHONDONTWRITEBYTECODE
# What does not wait for each other is installed side by side.
SET_UP := @$(MAKE) --no-print-directory -j3
LOCK := pip-compile --quiet --generate-hashes --no-emit-options --strip-extras \
	--allow-unsafe --no-header --upgrade

.DEFAULT_GOAL := help
.PHONY: help ready ready-dev browser site check serve test lint types format bench bench-scale bench-pages bench-peers audit advisories renderers messages lock clean

help: ## list the commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 12

ready: ## install what the builder needs, build nothing
	$(SET_UP) $(VENV)/ready node_modules/.ready

ready-dev: ## install what the tests need as well
	$(SET_UP) $(VENV)/ready-dev node_modules/.ready browser
	@$(BIN)/python -m tests.browser.chromium

browser:
	@$(PYTHON) -m tests.browser.chromium --system

site: ready ## build the whole site into site/
	$(RUN) site

check: $(VENV)/ready ## read and check everything, write nothing
	$(RUN) check

serve: ready ## build, serve on this machine, rebuild what changes
	$(RUN) serve --port $(PORT)

test: ready-dev ## run linters, types and all tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	@# Types are checked beside the tests, whose workers wait for the first site. Three workers on two
	@# cores, as a quarter of a worker's time is waiting.
	$(BIN)/mypy & types=$$!; trap "kill $$types; exit 130" INT TERM; \
	$(BIN)/pytest -n 3; tested=$$?; \
	wait $$types || { echo "types are wrong: see above, or run make types" >&2; exit 1; }; exit $$tested

lint: $(VENV)/ready-dev ## linter and formatter, as in make test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/ready-dev ## type checker, as in make test
	$(BIN)/mypy

format: $(VENV)/ready-dev ## put the code in its standard form
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: ready-dev ## measure the builder and what peers are installed, side by side
	PATH="$$PATH:$(CURDIR)/$(BIN)" $(BIN)/python -m benchmarks --browser

bench-scale: $(VENV)/ready-dev node_modules/.ready ## measure made-up reports of up to 3,000 pages, and of many editions
	$(BIN)/python -m benchmarks --runs 0 --scale 10 60 300 1000 3000 --editions 20

bench-peers: $(VENV)/ready-dev benchmarks/node_modules/.ready benchmarks/.venv-sphinx/.ready ## install the peers of the benchmarks

bench-pages: ready-dev benchmarks/node_modules/.ready ## measure pages on a slow phone with Lighthouse
	PATH="$$PATH:$(CURDIR)/$(BIN)" $(BIN)/python -m benchmarks.pages

audit: ready-dev ## try the tests: mutants, branches, long runs (takes hours)
	@$(MAKE) --no-print-directory $(VENV)/ready-audit
	$(BIN)/python -m tests.audit

advisories: $(VENV)/ready-audit node_modules/.ready ## ask whether locked libraries have known faults (needs the network)
	$(BIN)/pip-audit --require-hashes --disable-pip -r requirements.txt -r requirements-dev.txt \
		-r requirements-audit.txt -r requirements-node.txt
	PATH="$$PATH:$(CURDIR)/$(BIN)" npm audit

renderers: ready-dev ## build with each other renderer, into .renderers/
	$(RUN) site --renderer properdocs --site-dir .renderers/properdocs
	$(RUN) site --renderer zensical --site-dir .renderers/zensical

messages: $(VENV)/ready ## gather interface words for translators into templates/locale/
	mkdir -p templates/locale
	$(BIN)/pybabel --quiet extract --no-location --sort-output --omit-header -F babel.cfg \
		-k gettext -k _ -k say -o templates/locale/report.pot .

lock: ## resolve the locked requirements anew (needs pip-tools and npm)
	$(LOCK) -o requirements.txt requirements.in
	$(LOCK) -o requirements-dev.txt requirements-dev.in
	$(LOCK) -o requirements-audit.txt requirements-audit.in
	$(LOCK) -o requirements-node.txt requirements-node.in
	$(LOCK) -o benchmarks/requirements-sphinx.txt benchmarks/requirements-sphinx.in
	npm install --package-lock-only --no-progress

clean: ## remove what was built; keeps the installed libraries
	rm -rf site .cache .renderers

$(VENV)/python: 
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.12 ...")'
	$(PYTHON) -m venv $(VENV)
	touch $@

# npm from a wheel, where the system has none.
$(VENV)/npm: requirements-node.txt | $(VENV)/python
	@command -v npm >/dev/null || { $(PIP) -r $<; }
	touch $@

$(VENV)/ready: requirements.txt | $(VENV)/npm
	$(PIP) -r requirements.txt
	touch $@

$(VENV)/ready-dev: requirements-dev.txt $(VENV)/ready
	$(PIP) -r requirements-dev.txt
	touch $@

$(VENV)/ready-audit: requirements-audit.txt $(VENV)/ready
	$(PIP) -r requirements-audit.txt
	touch $@

node_modules/.ready: package-lock.json | $(VENV)/npm
	PATH="$$PATH:$(CURDIR)/$(BIN)" npm ci --no-progress --loglevel=error
	touch $@

benchmarks/node_modules/.ready: benchmarks/package-lock.json node_modules/.ready
	cd benchmarks && PATH="$$PATH:$(CURDIR)/$(BIN)" npm ci --no-progress --loglevel=error
	touch $@

# A peer with libraries of its own, which may ask for other versions than the builder.
benchmarks/.venv-sphinx/.ready: benchmarks/requirements-sphinx.txt | $(VENV)/python
	$(BIN)/python -m venv benchmarks/.venv-sphinx
	benchmarks/.venv-sphinx/bin/pip install --quiet --disable-pip-version-check --require-hashes \
		--only-binary :all: -r $<
	touch $@
