# make run: sets up and starts the demonstration · make test: sets up and passes all tests · make bench: measures, side by side with a plain bot
# make test passes what failed once more, one at a time: among four at once a stalled machine is a reason to fail, alone it is not
# make vendor: bundles what the dashboard draws with anew, after another version in tools/vendor/package.json (npm, Node 20)
# make demo: the demonstration on a simulated campaign that ends today (drawn anew each day, in some minutes)
# make torture: a thousand kills over bad lines, in at most half an hour
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/ready

DEMO := data/demo-$(shell date +%F).db

.PHONY: run demo test bench torture vendor lint clean

run: $(READY)
	$(BIN)/bacung run --demo

demo: $(READY) $(DEMO)
	BACUNG_STORAGE__PATH=$(DEMO) $(BIN)/bacung run --demo

$(DEMO): | $(READY)
	mkdir -p $(@D)
	rm -f data/demo-*.db*
	$(BIN)/bacung simulate $@ --today --odd

test: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/pytest -n 4 || $(BIN)/pytest --last-failed --last-failed-no-failures none

bench: $(READY)
	$(BIN)/python -m bench

torture: $(READY)
	$(BIN)/python -m tests.crash.torture

vendor:
	cd tools/vendor && npm ci --no-audit --no-fund && node build.mjs

$(READY): requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed: set PYTHON=…"; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --requirement requirements.lock
	$(BIN)/pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache
