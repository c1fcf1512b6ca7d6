# Two commands do everything: `make demo` and `make test`. Needs Python 3.11 or later, make, git, a package index.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
SECONDS_TO_PLAN ?= 36

.PHONY: setup demo test lint docs validation bench race lock clean
.DELETE_ON_ERROR:

setup: $(READY)

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Standto needs Python 3.11 or later; say which with: make PYTHON=python3.11"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	$(BIN)/standto warm-up
	@touch $(READY)

demo: $(READY)
	$(BIN)/standto brief examples/eastern-flank-2022 -o out/eastern-flank-2022 --seconds $(SECONDS_TO_PLAN)

test: $(READY)
	$(MAKE) --no-print-directory lint
	$(BIN)/python -m pytest -n 2 --dist loadgroup

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/mypy
	@! grep -nE 'https?://' requirements.lock || { echo "requirements.lock names a host"; exit 1; }

docs: $(READY)
	$(BIN)/python tools/reference.py
	$(BIN)/python tools/machines.py
	$(BIN)/python tools/alert_machines.py
	$(BIN)/python tools/record_2022.py

validation: $(READY)
	$(BIN)/python tools/validation.py

bench: $(READY)
	$(BIN)/python -m benchmarks

race: $(READY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade 'pip>=25.1'
	$(BIN)/python -m pip install --quiet --group peers
	$(BIN)/python -m benchmarks.race
	$(BIN)/python -m benchmarks.race --write

lock:
	$(PYTHON) -m pip install --quiet uv
	$(PYTHON) -m uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --group dev pyproject.toml -o requirements.lock --custom-compile-command "make lock"

clean:
	rm -rf $(VENV) out .mypy_cache .ruff_cache .pytest_cache
