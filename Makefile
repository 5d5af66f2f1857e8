# Everything a newcomer needs: `make demo` and `make test` install what they need if Python 3.11, git and make are available.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
LOCK := requirements/dev.lock
INSTALLED := $(VENV)/ready
PO := src/fii_cli/locale/nl/LC_MESSAGES/fii.po
MO := $(PO:.po=.mo)
READY := $(INSTALLED) $(MO)
COMPILE = uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
  --no-emit-index-url $(UPGRADE) pyproject.toml
GOLDEN_DAY := 2025-03-10
# The modules that make mutants changes, the minutes that it may take, and the order in which it tries the changes.
MUTATED ?= src/fii_cli/analysis/*.py src/fii_cli/rules/*.py src/fii_cli/edits/*.py
MINUTES ?= 20
SEED ?= 1
# The pairs of random edits that make merge-fuzz merges.
MERGES ?= 10000
# The texts that make read-fuzz reads with both parsers.
TEXTS ?= 10000

# What make bench runs, how often at most, and whether also what takes minutes: FULL=1.
ONLY ?=
ROUNDS ?= 10
FULL ?=
BENCH = $(if $(ONLY),--only $(ONLY)) --rounds $(ROUNDS) $(if $(FULL),--full)

.PHONY: demo test advice guide outside coverage lowest mutants merge-fuzz read-fuzz lint golden docs words pictures site lock bench bench-peers bench-rows wheel-test dist clean

demo: $(READY)
	@$(BIN)/fii check --as-of $(GOLDEN_DAY) examples
	@$(BIN)/fii status --as-of $(GOLDEN_DAY) examples/samen-leren.yaml
	@echo
	@mkdir -p demo
	@cd demo && ../$(BIN)/fii report --as-of $(GOLDEN_DAY) --output . ../examples/samen-leren.yaml >/dev/null
	@echo "$(CURDIR)/demo/samen-leren.html"

test: $(READY)
	@$(BIN)/python -m pytest -n auto --dist worksteal

outside:  ## install the node packages that the tests use; install chromium and LibreOffice on the system yourself
	npm ci --prefix tests/node --no-audit --no-fund

coverage: $(READY)  ## run the tests, and show which lines and branches none of them runs
	@$(BIN)/python -m coverage erase
	@$(BIN)/python -m coverage run -m pytest -n auto --dist worksteal
	@$(BIN)/python -m coverage combine -q
	@$(BIN)/python -m coverage report

lowest:  ## run the checks, the tests and the build with the lowest versions that pyproject.toml allows
	@$(MAKE) --no-print-directory lint test wheel-test VENV=.venv-lowest LOCK=requirements/lowest.lock

mutants: .coverage  ## change the core in small ways, and show the changes that no test notices
	@$(BIN)/python tools/mutants.py --minutes $(MINUTES) --seed $(SEED) $(MUTATED)

.coverage:
	@$(MAKE) --no-print-directory coverage

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/reuse lint --quiet
	$(BIN)/python tools/words.py --check
	$(BIN)/python tools/docs.py --check
	$(BIN)/python tools/screens.py --check

golden: $(READY)  ## regenerate the golden files; read the diff as a user would
	$(BIN)/python -m pytest --renew tests/test_golden.py

docs: $(READY)  ## regenerate the generated parts of README and docs, and the pictures of screens
	$(BIN)/python tools/docs.py
	$(BIN)/python tools/screens.py

guide: $(READY)  ## list the facts of the published guide, and the place in content that carries each of them
	@$(BIN)/python tools/guide_facts.py

words: $(INSTALLED)  ## extract texts into the Dutch catalogue and compile it
	$(BIN)/python tools/words.py

pictures: $(READY)  ## regenerate the pictures of editions, a portfolio and an editor; requires chromium and make outside
	$(BIN)/python tools/docs.py --pictures
	$(BIN)/python tools/editor_picture.py

advice: $(READY)  ## print how good the advice is, measured against the lights and profiles in tests/cases/advice
	@$(BIN)/python tools/advice.py

merge-fuzz: $(READY)  ## merge ten thousand pairs of random edits, and show how many of git's conflicts fii solves
	@$(BIN)/python tools/merge_fuzz.py $(MERGES)

read-fuzz: $(READY)  ## read ten thousand texts with ? and : in them with both parsers, and show what they read differently
	@$(BIN)/python tools/read_fuzz.py $(TEXTS)

bench: $(READY)  ## measure fii as users run it, and write docs/performance; ONLY=start ROUNDS=5 and FULL=1 choose what
	@PYTHONPATH=tools $(BIN)/python -m bench $(BENCH)

bench-rows: $(READY)  ## add a row of dashes to docs/performance for each case that is new, without measuring
	@PYTHONPATH=tools $(BIN)/python -m bench rows

bench-peers: $(READY)  ## measure other programs on the same files beside fii; installs them aside, which needs the network
	@PYTHONPATH=tools $(BIN)/python -m bench peers $(BENCH)

site: $(READY)  ## make a site of README and docs in build/site, to be read without network; a broken link is an error
	@$(BIN)/python tools/docs_site.py

wheel-test: $(READY)
	$(BIN)/python tools/wheel_test.py

dist: $(READY)  ## build the sdist and the wheel; FII_URL=https://… names the repository that their pages link to
	$(BIN)/python -m build --no-isolation

lock:  ## update the lock files; requires uv. UPGRADE=--upgrade takes the newest versions
	$(COMPILE) --group test --group lint --group docs --group build -o $(LOCK)
	$(COMPILE) -c $(LOCK) -o requirements/run.lock
	$(filter-out --upgrade,$(COMPILE)) --upgrade --resolution lowest-direct --group test --group lint --group docs --group build -o requirements/lowest.lock

# Create a venv with pip if Python includes ensurepip; otherwise create one without pip, and install with the system's pip.
$(INSTALLED): $(LOCK) pyproject.toml hatch_build.py
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "fii needs Python 3.11 or newer: make PYTHON=python3.11"; exit 1; }
	@$(PYTHON) -m venv $(VENV) >/dev/null 2>&1 || { rm -rf $(VENV); $(PYTHON) -m venv --without-pip $(VENV); }
	@pip=; for try in "$(BIN)/python -m pip" "$(PYTHON) -m pip --python $(BIN)/python" \
	  "pip3 --python $(BIN)/python" "pip --python $(BIN)/python"; do \
	    if $$try --version >/dev/null 2>&1; then pip="$$try"; break; fi; done; \
	  [ -n "$$pip" ] || { echo "no pip found: install python3-venv or python3-pip"; exit 1; }; \
	  $$pip install -q --disable-pip-version-check --require-hashes -r $(LOCK) && \
	  $$pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $(INSTALLED)

$(MO): $(PO) tools/catalogue.py $(INSTALLED)
	@$(BIN)/python tools/catalogue.py

clean:
	rm -rf $(VENV) .venv-lowest demo dist build .coverage
