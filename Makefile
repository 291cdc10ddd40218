# NEXUS. Called bare, make lists what it can do.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
WORKERS ?= 2
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
# uv is ten times as fast; pip is there for machines whose index only pip has been told of.
INSTALL = install() { $(BIN)/uv pip install --quiet --python $(BIN)/python "$$@" || $(PIP) install --quiet "$$@"; }; install

COMPILE = $(BIN)/uv pip compile --quiet --generate-hashes --no-header --no-annotate --universal \
	--python-version 3.11 $(PINS)

# Each stamp says that a list of requirements is installed, so that nothing is installed twice.
VENV_MADE := .venv/.made
RUN_READY := .venv/.run
DEV_READY := .venv/.dev
BENCH_READY := .venv-bench/.ready

.PHONY: help
help: ## list these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: demo
demo: $(RUN_READY) ## set everything up, take the sample through the whole flow, show what happened
	@$(BIN)/nexus demo

.PHONY: serve
serve: $(RUN_READY) ## serve the API with its workers on http://127.0.0.1:8088
	@$(BIN)/nexus serve --with-workers

.PHONY: psql
psql: $(RUN_READY) ## open the database in psql
	@$(BIN)/nexus psql

.PHONY: test
test: $(DEV_READY) ## run every test, in parallel
	@$(BIN)/pytest -n $(WORKERS) --dist worksteal

.PHONY: faults
faults: $(DEV_READY) ## kill the server, clients and workers many times; random examples of every property
	@NEXUS_FAULTS=long $(BIN)/pytest tests/faults
	@NEXUS_FAULTS=long $(BIN)/pytest -n $(WORKERS) --dist worksteal \
		-m "hypothesis and not real_data" --timeout 1800 tests

.PHONY: check
check: $(DEV_READY) ## run every guard: style, types, imports, SQL, generated files, house rules, docs
	@PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/python -m nexus_tools.check

.PHONY: gen
gen: $(DEV_READY) ## make the generated files anew
	@PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/python -m nexus_tools.generate

.PHONY: docs
docs: $(DEV_READY) ## build the documentation into site/
	@NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --quiet --strict && echo "open site/index.html"

.PHONY: bench
bench: $(DEV_READY) $(BENCH_READY) ## measure, side by side in one run
	@$(BIN)/python -m benchmarks

.PHONY: reset
reset: $(RUN_READY) ## delete the embedded database and everything taken in, after asking
	@$(BIN)/python tools/nexus_tools/reset.py

.PHONY: pins
pins: $(DEV_READY) ## write requirements/*.txt; the newest versions with PINS=--upgrade
	@$(COMPILE) requirements/install.in -o requirements/install.txt
	@$(COMPILE) pyproject.toml -o requirements/run.txt
	@$(COMPILE) pyproject.toml requirements/docs.in requirements/dev.in \
		-c requirements/install.txt -c requirements/run.txt -o requirements/dev.txt
	@$(COMPILE) requirements/bench.in -o requirements/bench.txt

$(VENV_MADE): requirements/install.txt
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed; name it: make PYTHON=/path/to/python3"; exit 1; }
	@echo "making .venv"
	@$(PYTHON) -m venv .venv || { echo "The module venv is incomplete here. Debian and Ubuntu: apt install python3-venv"; exit 1; }
	@$(PIP) install --quiet --require-hashes -r requirements/install.txt
	@touch $@

$(RUN_READY): requirements/run.txt pyproject.toml $(VENV_MADE)
	@echo "installing what NEXUS needs (about 670 MB)"
	@$(INSTALL) --require-hashes -r requirements/run.txt
	@$(INSTALL) --no-deps --no-build-isolation -e .
	@touch $@

$(DEV_READY): requirements/dev.txt tools/pyproject.toml $(RUN_READY)
	@echo "installing what developers need"
	@$(INSTALL) --require-hashes -r requirements/dev.txt
	@$(INSTALL) --no-deps --no-build-isolation -e tools
	@touch $@

$(BENCH_READY): requirements/bench.txt $(DEV_READY)
	@echo "installing what NEXUS is compared with into .venv-bench"
	@$(PYTHON) -m venv .venv-bench && echo '*' > .venv-bench/.gitignore
	@$(BIN)/uv pip install --quiet --python .venv-bench/bin/python --require-hashes -r requirements/bench.txt \
		|| .venv-bench/bin/python -m pip install --quiet --require-hashes -r requirements/bench.txt
	@touch $@
