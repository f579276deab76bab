BIN := .venv/bin
export CHROMIUM ?= $(shell command -v chromium || command -v chromium-browser || command -v google-chrome)
MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := help
.PHONY: help lab app site env test check browser modes bench lock clean

help:  ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-8s %s\n", $$1, $$2}' Makefile

lab: env  ## open the course in JupyterLab, where you left off (as in ARGS="--port=8890 --no-browser")
	@$(BIN)/python tools/lab.py $(ARGS)

app: env  ## open the course as pages without code (ARGS="--port=8877 --no-browser")
	@sh tools/environment.sh requirements-app.txt
	@$(BIN)/python tools/app.py $(ARGS)

site: env  ## build the static site _site: Python in the browser, for any file server
	@$(BIN)/python tools/site.py

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
	@$(MAKE) driven TESTS=tests/browser

modes: env  ## start and drive each other way to open the course
	@sh tools/environment.sh requirements-app.txt
	@sh tools/environment.sh requirements-hub.txt
	@$(MAKE) driven TESTS=tests/modes

driven:
	@sh tools/environment.sh requirements-ci.txt
	@test -n "$(CHROMIUM)" || { echo "Chromium was not found: install it (on Debian and Ubuntu:" \
		"apt install chromium), or name it as in: make browser CHROMIUM=/path/to/chromium" >&2; exit 1; }
	$(BIN)/pytest $(TESTS) -n 2 --dist loadfile --no-loadscope-reorder

bench: env  ## speed, as ratios
	@sh tools/environment.sh requirements-ci.txt
	$(BIN)/python benchmarks/suite.py
	$(BIN)/python benchmarks/latency.py
	$(BIN)/python tools/binder.py

lock: env  ## write the requirements files anew from pyproject.toml (ARGS=--upgrade for the newest)
	$(BIN)/python tools/install.py uv pip compile --quiet --universal --python-version 3.11 --extra lab --extra test \
		--custom-compile-command "make lock" --output-file requirements.txt $(ARGS) pyproject.toml
	$(BIN)/python tools/install.py uv pip compile --quiet --universal --python-version 3.11 --group ci \
		--constraint requirements.txt --custom-compile-command "make lock" \
		--output-file requirements-ci.txt $(ARGS)
	$(BIN)/python tools/install.py uv pip compile --quiet --universal --python-version 3.11 --group app \
		--constraint requirements.txt --custom-compile-command "make lock" \
		--output-file requirements-app.txt $(ARGS)
	$(BIN)/python tools/install.py uv pip compile --quiet --universal --python-version 3.11 --group hub \
		--constraint requirements.txt --custom-compile-command "make lock" \
		--output-file requirements-hub.txt $(ARGS)
	$(BIN)/python tools/install.py uv pip compile --quiet --universal --python-version 3.11 --group site \
		--custom-compile-command "make lock" \
		--output-file requirements-site.txt $(ARGS)

clean:  ## remove the environment, the caches and what was built
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache build dist _site
	find notebooks tests tpmlib tools \( -name __pycache__ -o -name .ipynb_checkpoints \) -prune -exec rm -rf {} +
