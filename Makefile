# zhongshi 中试. `make help` says what there is.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
BASE := $(VENV)/.base
DEMO_KEY ?= CG-000060
FULL := $(VENV)/.full
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.PHONY: help install demo test check lint docs docs-check serve neo4j neo4j-stop bench clean

help: ## this list
	@grep -E '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

$(BASE): pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/pip install -q -e .
	@touch $@

$(FULL): pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/pip install -q -e '.[transformers,train,dev]'
	@touch $@ $(BASE)

install: $(FULL) ## make .venv with everything, sentence-transformers and the developer's tools included

demo: $(BASE) ## load the demonstration registry and show a route (no server, no download of models)
	$(BIN)/zhongshi demo --out build/demo
	$(BIN)/zhongshi routes $(DEMO_KEY) --limit 1 --as-of 2026-11-25

test: $(FULL) ## run every test; Neo4j's too where Java 17+ and Maven are there
	GLIBC_TUNABLES=glibc.rtld.optional_static_tls=16384 $(BIN)/python -m pytest

check: $(FULL) lint docs-check test ## exactly what CI runs: ruff, mypy, generated docs, every test

lint: $(FULL)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

docs: $(FULL) ## write docs/schema.md, docs/cli.md and what the README shows of the command
	$(BIN)/python -m kg.schema.doc docs/schema.md
	$(BIN)/python -m api.cli.doc docs/cli.md
	$(BIN)/python -m tools.readme

docs-check: $(FULL)
	$(BIN)/python -m kg.schema.doc --check docs/schema.md
	$(BIN)/python -m api.cli.doc --check docs/cli.md

serve: $(BASE) ## serve the HTTP API on 127.0.0.1:8000
	$(BIN)/zhongshi serve

neo4j: $(BASE) ## start a real Neo4j on loopback (Java 17+ and Maven)
	@$(BIN)/python tools/neo4j/neo4jctl.py start

neo4j-stop: $(BASE) ## stop that Neo4j
	@$(BIN)/python tools/neo4j/neo4jctl.py stop

bench: $(FULL) ## time ingest, search and routes (BENCH=--record writes docs/bench.md)
	$(BIN)/python -m bench $(BENCH)

clean: ## remove what was built
	rm -rf $(VENV) build zhongshi-data *.egg-info
