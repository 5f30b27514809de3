# Two commands do everything: `make demo` and `make test`.
PYTHON ?= python3
BIN := .venv/bin
INSTALLED := .venv/installed

.PHONY: demo test test-slow lint clean

demo: $(INSTALLED)
	$(BIN)/medgraph demo demo --no-open

test: demo
	$(BIN)/python -m pytest -n auto --dist loadgroup -m "not slow"

test-slow: $(INSTALLED)
	$(BIN)/python -m pytest -n auto --dist loadgroup -m slow

lint: $(INSTALLED)
	$(BIN)/ruff check medgraph tests tools benchmarks

$(INSTALLED): pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --editable "$$(command -v java >/dev/null && echo '.[dev,spark]' || echo '.[dev]')"
	touch $@

clean:
	rm -rf .venv demo build dist
