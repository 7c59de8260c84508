# Handrail. Two commands do everything: `make serve` and `make test`. `make` alone lists the others.
# What a target needs is installed once, into this folder where that is possible, and again when a lock file changes.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.SUFFIXES:

PORT ?= 8000
WORKERS ?= auto

PY := .venv/bin/python
STAMPS := .venv/stamps
RUN := $(STAMPS)/run
TEST := $(STAMPS)/test
PIP := $(PY) -m pip install -qq --disable-pip-version-check
HANDRAIL := $(PY) -m handrail.cli.main

# Material for MkDocs is told that the next major version of MkDocs is known.
export NO_MKDOCS_2_WARNING := 1

.PHONY: help serve live site test check deep bench bench-search fonts lock clean

help: ## list what can be made
	@echo "Handrail: make serve shows the site, make test runs every test."
	@echo
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1|\2/p' Makefile | awk -F'|' '{printf "  make %-13s %s\n", $$1, $$2}'

serve: site ## check the registry, build the site and show it on this machine (PORT=8000)
	@$(PY) tools/serve.py site $(PORT)

live: $(RUN) fonts ## show the site and build it again after each change (no content security policy here)
	@$(PY) -m mkdocs serve --dev-addr 127.0.0.1:$(PORT)

site: $(RUN) fonts ## check the registry and build the site into site/
	@echo "→ Checking the registry"
	@$(HANDRAIL) check
	@echo "→ Building the site into site/"
	@rm -rf site.next
	@$(PY) -m mkdocs --quiet build --strict --site-dir site.next
	@tools/promote site.next site

test: $(TEST) fonts ## run every test but the long ones
	@tools/npm all
	@tools/need chromium chromium
	@echo "→ Running the tests"
	@$(PY) -m pytest -n $(WORKERS) -m "not deep"

check: $(TEST) fonts ## the fast part, in about a minute: lint, types, tests without a browser, the registry
	@tools/npm all
	@echo "→ Lint"
	@$(PY) -m ruff check --quiet --output-format=concise
	@echo "→ Types"
	@$(PY) -m mypy --no-error-summary
	@echo "→ Tests without a browser"
	@$(PY) -m pytest -q -n $(WORKERS) -m "not browser and not deep"
	@echo "→ The registry"
	@$(HANDRAIL) check

deep: $(TEST) fonts ## the long tests: full state matrix, mutation, validity of every page
	@tools/npm all
	@tools/need chromium chromium
	@tools/need java default-jre-headless
	@$(PY) -m pytest -n $(WORKERS) -m deep
	@echo "→ Changing one thing at a time"
	@$(PY) tools/mutate.py

bench: $(TEST) fonts ## measure; every bench/*/run.py
	@tools/npm all
	@tools/need chromium chromium
	@for script in bench/*/run.py; do echo "→ $$script"; $(PY) "$$script" || exit 1; done

bench-search: $(TEST) fonts ## measure the search on 10,000 entries
	@tools/npm all
	@tools/need chromium chromium
	@$(PY) bench/search/run.py

fonts: ## put the typeface of the site in place, where npm can be had
	@tools/fonts

lock: $(TEST) ## write the lock files again, from pyproject.toml, requirements.in and package.json
	@tools/lock

clean: ## remove everything that was installed or built here
	@rm -rf .venv node_modules site site.next site.old .site.new .site.spare .cache dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage plugins/handrail/theme/fonts plugins/handrail/theme/vendor
	@find plugins tests tools bench -name __pycache__ -type d -prune -exec rm -rf {} +

$(STAMPS)/made:
	@tools/venv
	@mkdir -p $(STAMPS)
	@touch $@

# The lock is whole, so pip resolves nothing: a version of Python with other markers gets the same packages.
$(RUN): requirements.lock pyproject.toml $(STAMPS)/made
	@echo "→ Installing Python packages into .venv"
	@$(PIP) --no-deps --require-hashes -r requirements.lock
	@$(PIP) --no-deps --no-build-isolation -e .
	@touch $@

$(TEST): requirements-test.lock $(RUN)
	@echo "→ Installing what the tests need into .venv"
	@$(PIP) --no-deps --require-hashes -r requirements-test.lock
	@touch $@
