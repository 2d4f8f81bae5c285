# Sets the dashboard up, starts it, and runs its checks. GNU make 3.81 is enough; the folder's path may hold a space.
#
#   make run            start the dashboard (PORT=8600 chooses a port)
#   make test           run the tests
#   make check          format, lint, types, tests
#   make look           screenshots of every page, into screenshots/
#   make bench          measure the time budgets
#   make clean          remove everything that make has made
#
# PYTHON=/path/to/python3.12 chooses the Python that the environment is made with.

PYTHON ?= $(shell for name in python3 python python3.14 python3.13 python3.12 python3.11; do \
	"$$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$name" && break; done)
IN_VENV = .venv/bin/python -m
# On all processors, in the order of tests/conftest.py: what drives a browser first, together on one of them.
PYTEST = $(IN_VENV) pytest -n auto --dist loadgroup --no-loadscope-reorder
# Each process of the tests would otherwise compile the whole code anew, where a machine asks for that.
unexport PYTHONDONTWRITEBYTECODE
PIP_INSTALL = $(IN_VENV) pip install --quiet --disable-pip-version-check

.PHONY: run test check look bench clean environment runtime development

run: runtime
	@$(IN_VENV) streamlit run app.py $(if $(PORT),--server.port $(PORT))

test: development
	@$(PYTEST)

check: development
	@$(IN_VENV) ruff format --check .
	@$(IN_VENV) ruff check .
	@$(IN_VENV) mypy
	@$(PYTEST)

look: development
	@$(IN_VENV) tests.look

bench: development
	@$(IN_VENV) benchmarks

clean:
	@rm -rf .venv screenshots .pytest_cache .hypothesis .mypy_cache .ruff_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# An environment without a working pip was left half made, or lost its Python: it is made anew.
environment:
	@if .venv/bin/python -c 'import pip' 2>/dev/null; then exit 0; fi; \
	python='$(PYTHON)'; \
	if ! "$${python:-none}" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
		echo "This needs Python 3.11 or newer, and $${python:-the Python on this machine} is not: install it from python.org or name one with 'make run PYTHON=/path/to/python3.12'." >&2; exit 1; \
	fi; \
	if ! "$$python" -c 'import venv, ensurepip' 2>/dev/null; then \
		echo "Python's venv package is missing: on Debian or Ubuntu 'sudo apt-get install -y python3-venv' adds it, then type the same command again." >&2; exit 1; \
	fi; \
	rm -rf .venv; \
	if ! "$$python" -m venv .venv; then \
		rm -rf .venv; echo "The Python environment .venv could not be made in this folder; the lines above say why." >&2; exit 1; \
	fi

# The requirements that are installed are kept beside them, so that a change is noticed and a failed install tried again.
runtime: environment
	@cmp -s requirements.txt .venv/requirements.txt || { \
		echo "Installing what the dashboard needs: about a minute, only this time."; \
		$(PIP_INSTALL) -r requirements.txt && cp requirements.txt .venv/requirements.txt; }

development: runtime
	@cmp -s requirements-dev.txt .venv/requirements-dev.txt || { \
		echo "Installing what the tests need."; \
		$(PIP_INSTALL) -r requirements-dev.txt && cp requirements-dev.txt .venv/requirements-dev.txt; }
