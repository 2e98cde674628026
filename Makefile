# `make help` lists what can be done. Every target sets up what it needs first.
.DEFAULT_GOAL := help
BIN := .venv/bin
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard locales/*/LC_MESSAGES/kiosk.po))

.PHONY: help setup run test check lint types imports catalogues test-slow corpus bench pictures lock clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: ## system packages, virtual environment, locked dependencies, compiled texts
	@packaging/setup.sh
	@$(MAKE) --silent --no-print-directory $(CATALOGUES)

locales/%/LC_MESSAGES/kiosk.mo: locales/%/LC_MESSAGES/kiosk.po
	@$(BIN)/pybabel --quiet compile --use-fuzzy --input-file=$< --output-file=$@

run: setup ## open the terminal (RUN="--profile tablet-10 --windowed" for options)
	@if [ -z "$$DISPLAY$$WAYLAND_DISPLAY" ]; then \
		echo "There is no screen here. A pretended one: xvfb-run -s '-screen 0 1080x1920x24' make run"; exit 1; fi
	@$(BIN)/kiosk run $(RUN)

test: setup ## all tests but the slow ones
ifdef TEST
	@$(BIN)/python -m pytest -q $(TEST)
else
	@# The voice alone: its deadlines are real, and two windows drawn in software beside it starve it.
	@$(BIN)/python -m pytest -q tests/voice
	@$(BIN)/python -m pytest -n 2 -q --ignore=tests/voice
endif

check: setup lint types imports catalogues test ## the whole gate, what CI runs

lint:
	@$(BIN)/ruff format --check --quiet . && $(BIN)/ruff check --quiet .
	@echo "lint: ok"

types:
	@$(BIN)/mypy

imports:
	@$(BIN)/lint-imports --no-cache | tail -n 3

catalogues:
	@$(BIN)/python -m tests.support.catalogues

test-slow: setup ## the slow tests
	@$(BIN)/python -m pytest -q -m slow

corpus: setup ## the official library of November 2020 as XML in build/corpus, to test and measure with (needs npm)
	@$(BIN)/python -m tests.support.corpus

bench: setup ## measure; the figures of docs/benchmarks.md
	@$(BIN)/python -m pytest -q -m benchmark tests/benchmarks
	@$(BIN)/kiosk bench

pictures: setup ## every screen as a picture, in build/pictures
	@$(BIN)/kiosk pictures --out build/pictures

lock: setup ## resolve the dependencies anew into packaging/requirements.lock
	@$(BIN)/python -m pip install --quiet uv
	@$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --extra terminal --group dev \
		--generate-hashes --no-header --no-emit-index-url --output-file packaging/requirements.lock pyproject.toml

clean: ## remove what was built
	@rm -rf .venv build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache $(CATALOGUES)
