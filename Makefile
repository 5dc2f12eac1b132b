# Everything a person does with this repository. `make` alone prints this list.
# Only python3 (3.11 or newer) and make are taken for granted.

PORT ?= 8000
PYTHON ?= python3
UV_VERSION := 0.13.9
UV := .tools/bin/uv
RUN := .venv/bin
export UV_PYTHON_DOWNLOADS := never
# Bytecode is worth keeping: a cold start without it takes twice as long.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help setup setup-run run demo test test-nightly check fix live bench chromium clean

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1|/' \
		| awk -F'|' '{ printf "  make %-13s %s\n", $$1, $$2 }'

setup: .venv/.ready-dev ## everything needed to run and to test
setup-run: .venv/.ready-run

run: setup-run ## set up what is missing and serve the portal on http://localhost:8000 (PORT=)
	@$(RUN)/smup up --port $(PORT)

demo: setup-run ## the same with invented figures for every variable (PORT=)
	@$(RUN)/smup demo up --port $(PORT)

test: setup chromium ## all tests but the nightly ones
	$(RUN)/python -m pytest -n 2 --dist loadgroup -m "not nightly"

test-nightly: export HYPOTHESIS = random
test-nightly: setup chromium ## the slow proofs too, and new random examples
	$(RUN)/python -m pytest -n 2 --dist loadgroup

check: setup ## style, types, layers, catalogue, generated pages; changes nothing
	$(RUN)/ruff check .
	$(RUN)/ruff format --check .
	$(RUN)/mypy
	$(RUN)/lint-imports
	$(RUN)/smup catalogue check
	$(RUN)/smup docs --check
	$(UV) lock --check --quiet

fix: setup ## mend style and write the generated pages anew
	$(RUN)/ruff check --fix .
	$(RUN)/ruff format .
	$(RUN)/smup docs

live: setup ## ask every real service one cheap question; keeps nothing, needs a network
	@$(RUN)/python -m smup.sync.live

bench: setup ## measure speed and memory; writes var/bench.json
	$(RUN)/python -m bench

clean: ## remove what can be made again (environment and var/)
	rm -rf .venv .tools var

chromium:
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null \
		|| { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null \
			&& echo "Instaluję Chromium dla testów w przeglądarce…" \
			&& apt-get update -qq && apt-get install -y -qq chromium >/dev/null; } \
		|| echo "Brak Chromium: testy w przeglądarce nie zostaną uruchomione."

$(UV):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Potrzebny jest Python 3.11 lub nowszy ($(PYTHON) jest starszy)."; exit 2; }
	@echo "Przygotowuję środowisko…"
	@$(PYTHON) -m venv .tools \
		|| { echo "Brak modułu venv: zainstaluj pakiet python3-venv."; exit 2; }
	@.tools/bin/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)

# --inexact: running must not take away what testing installed.
.venv/.ready-run: uv.lock pyproject.toml | $(UV)
	$(UV) sync --frozen --inexact --no-default-groups --python "$$(command -v $(PYTHON))"
	@touch $@

.venv/.ready-dev: uv.lock pyproject.toml | $(UV)
	$(UV) sync --frozen --python "$$(command -v $(PYTHON))"
	@touch $@ .venv/.ready-run
