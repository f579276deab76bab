BIN := .venv/bin
export CHROMIUM ?= $(shell command -v chromium || command -v chromium-browser || command -v google-chrome)
MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := help
.PHONY: help lab env test check browser bench site sitetest lock clean

help:  ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-8s %s\n", $$1, $$2}' Makefile

lab: env  ## open the course in JupyterLab (as in ARGS="--port=8890 --no-browser")
	@$(BIN)/python tools/lab.py $(ARGS)

env:  ## only create or update the environment .venv (PYTHON=python3.12 chooses for a new one)
	@sh tools/environment.sh

test: env  ## format, lint, types, content, tests, then every ready lesson
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/tpm check
	$(BIN)/pytest -n 2
	$(BIN)/python tests/run_notebooks.py

check: env  ## only the content: tables, YAML, notebooks, and how they fit together
	@$(BIN)/tpm check

browser: env  ## the tests that need a browser: JupyterLab in Chromium
	@sh tools/environment.sh requirements-ci.txt
	@test -n "$(CHROMIUM)" || { echo "Chromium was not found: install it (on Debian and Ubuntu:" \
		"apt install chromium), or name it as in: make browser CHROMIUM=/path/to/chromium" >&2; exit 1; }
	$(BIN)/pytest tests/browser

bench: env  ## speed, as ratios
	@sh tools/environment.sh requirements-ci.txt
	$(BIN)/python benchmarks/suite.py
	$(BIN)/python benchmarks/latency.py

site: env  ## build the static site _site: Python in the browser, any file server
	@$(BIN)/python tools/site.py

sitetest: env  ## build the site and run lessons of it in Chromium
	@sh tools/environment.sh requirements-ci.txt
	@test -n "$(CHROMIUM)" || { echo "Chromium was not found: see make browser" >&2; exit 1; }
	$(BIN)/pytest -rs tests/site

lock: env  ## write the requirements files anew from pyproject.toml (ARGS=--upgrade for the newest)
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --extra lab --extra test \
		--custom-compile-command "make lock" --output-file requirements.txt $(ARGS) pyproject.toml
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --group ci \
		--constraint requirements.txt --custom-compile-command "make lock" \
		--output-file requirements-ci.txt $(ARGS)
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --group site \
		--custom-compile-command "make lock" \
		--output-file requirements-site.txt $(ARGS)

clean:  ## remove the environment, the caches and what was built
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache build dist _site
	find notebooks tests tpmlib tools \( -name __pycache__ -o -name .ipynb_checkpoints \) -prune -exec rm -rf {} +
