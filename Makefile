# Open Keuzecatalogus. `make` alone lists what there is.
PORT ?= 8000
RECORDS ?= 20830
WORKERS ?= 2
PYTEST_ARGS ?=
WHO ?= beheerder
BENCH_ARGS ?=
FAULTS_ARGS ?=
ARGS ?=
VENV := .venv
PY := $(VENV)/bin/python
MANAGE := $(PY) manage.py
TRANSLATIONS := $(patsubst %.po,%.mo,$(wildcard locale/*/LC_MESSAGES/*.po))

.DEFAULT_GOAL := help
.PHONY: help run demo-code demo-mail test lint format stop clean distclean bench screenshots faults judged lock install install-dev messages rights

help: ## deze lijst
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: install $(TRANSLATIONS) ## start alles op http://127.0.0.1:8000 (PORT=8001: andere poort, RECORDS=500: minder records, NO_ENGINE=1: zonder zoekmachine)
	@$(PY) -m devstack run --port $(PORT) --records $(RECORDS)

demo-code: ## de code van nu voor de tweede stap van een verzonnen account (WHO=moderator voor een ander)
	@$(PY) -m devstack manage -- demo_people code "$(WHO)"

demo-mail: ## het laatste bericht dat de demonstratie verstuurde
	@last=$$(ls -t .devstack/mail/*.log 2>/dev/null | head -1); \
	if [ -n "$$last" ]; then cat "$$last"; else echo "Er is nog geen bericht verstuurd."; fi

# Lint needs one core for a minute and no service: it runs beside the start of the services and the first tests. What it
# says is shown when it ends, and below the last test once more where something is wrong. An engine that lives for a
# quarter of an hour does not earn back what compiling its code a second time costs (docs/architecture.md).
test: install-dev $(TRANSLATIONS) ## stijl, typen en alle tests, op echte diensten (PYTEST_ARGS="-k zoek" voor een deel)
	@$(PY) -m devstack.system
	@mkdir -p .devstack
	@{ $(lint) >.devstack/lint.log 2>&1; code=$$?; echo; cat .devstack/lint.log; exit $$code; } & beside=$$!; \
	trap 'kill $$beside 2>/dev/null; exit 130' INT TERM; \
	JAVA_TOOL_OPTIONS="$$JAVA_TOOL_OPTIONS -XX:TieredStopAtLevel=1" \
		$(PY) -m devstack exec -- pytest -n $(WORKERS) --dist loadgroup $(PYTEST_ARGS); tests=$$?; \
	wait $$beside; lint=$$?; \
	if [ $$lint -ne 0 ]; then echo; cat .devstack/lint.log; echo "✗ make lint gaf $$lint terug; het staat hierboven."; fi; \
	if [ $$tests -ne 0 ]; then echo "✗ pytest gaf $$tests terug."; fi; \
	[ $$tests -eq 0 ] && [ $$lint -eq 0 ]

# By a variable, for `make -n test` would run a line that names make itself.
lint = $(MAKE) --no-print-directory lint

lint: install-dev ## stijl, typen, sjablonen, richting van imports, migraties en instellingen
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy .
	$(VENV)/bin/djlint templates --check --quiet
	$(VENV)/bin/djlint templates --lint --quiet
	$(VENV)/bin/lint-imports
	@# Without a database Django warns that it cannot compare the history; here the models alone count.
	DJANGO_SETTINGS_MODULE=config.settings.test $(PY) -W ignore::RuntimeWarning manage.py makemigrations --check --dry-run
	@# Values that guard nothing: the check looks at the settings' shape.
	DJANGO_SETTINGS_MODULE=config.settings.prod ALLOWED_HOSTS=catalogus.example \
		EMAIL_URL=smtp://mail.catalogus.example:587 SITE_URL=https://catalogus.example TRUSTED_PROXY_COUNT=1 \
		SECRET_KEY=$$($(PY) -c 'import secrets; print(secrets.token_urlsafe(50))') $(MANAGE) check --deploy --fail-level WARNING

format: install-dev ## zet code en sjablonen in de afgesproken vorm
	$(VENV)/bin/ruff check --fix .
	$(VENV)/bin/ruff format .
	$(VENV)/bin/djlint templates --reformat --quiet

stop: ## stop alles wat vanuit deze map gestart is, en niets anders
	@if [ -x $(PY) ] && [ -d .devstack ]; then $(PY) -m devstack down; else echo "Er is hier nog niets gestart."; fi

clean: stop ## stop, en verwijder gegevens, index en caches van deze map (.venv blijft)
	@python=$$($(find_python)); "$${python:-python3}" -m devstack.clean

distclean: clean ## als clean, en verwijder ook .venv
	rm -rf $(VENV)

bench: install-dev $(TRANSLATIONS) ## metingen (BENCH_ARGS="..." gaat naar python -m bench)
	@$(PY) -m devstack exec -- python -m bench $(BENCH_ARGS)

screenshots: install-dev $(TRANSLATIONS) ## plaatjes van elke soort pagina van de demonstratie die draait, in screenshots/ (PORT=8001, ARGS="home results")
	@$(PY) -m shots --site http://127.0.0.1:$(PORT) $(ARGS)

faults: install-dev $(TRANSLATIONS) ## storingen, echt geprobeerd (FAULTS_ARGS="stopped frozen --records 3000" gaat naar python -m faults)
	@$(PY) -m devstack exec --no-engine -- python -m faults $(FAULTS_ARGS)

judged: install-dev $(TRANSLATIONS) ## hoe goed zoeken de beoordeelde vragen beantwoordt (ARGS="..." gaat naar tests/catalogus/search/judged)
	@$(PY) -m devstack exec -- python -m tests.catalogus.search.judged $(ARGS)

# Texts for operators (commands, harvest reports) stay Dutch.
messages: install-dev ## werk de vertaaltabel bij met de teksten in code en sjablonen (vraagt gettext)
	$(MANAGE) makemessages -l en --no-wrap --no-obsolete --add-location file \
		-i .venv -i .devstack -i tests -i bench -i shots -i faults -i devstack -i 'catalogus/management/*' -i catalogus/http.py \
		-i 'catalogus/search/indexing/*' -i catalogus/search/client.py -i 'ingest/management/*' -i 'ingest/services/*' \
		-i 'ingest/demo/*' -i 'ingest/koppelpunt/*' -i 'accounts/demo/*' -i 'accounts/management/*' \
		-i 'reviews/demo/*' -i 'reviews/management/*'

rights: install-dev ## schrijf docs/rights.md opnieuw uit de tabel van tests/rights
	@DJANGO_SETTINGS_MODULE=config.settings.test $(PY) -m tests.rights.write

lock: .devstack/uv/bin/uv ## leg de versies in requirements*.txt opnieuw vast
	$(compile) -o requirements.txt
	$(compile) --extra devstack -c requirements.txt -o requirements-devstack.txt
	$(compile) --extra devstack --extra dev -c requirements-devstack.txt -o requirements-dev.txt

install: $(PY) ## Python-pakketten voor make run in .venv (gaat vanzelf)
	@$(PY) -m devstack.requirements requirements-devstack.txt

install-dev: $(PY) ## Python-pakketten voor make test in .venv (gaat vanzelf)
	@$(PY) -m devstack.requirements requirements-dev.txt

compile = .devstack/uv/bin/uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links

%.mo: %.po
	@$(VENV)/bin/pybabel --quiet compile --input-file $< --output-file $@

# Prints the first Python that is new enough, or nothing. PYTHON=... names one.
find_python = for python in $(PYTHON) python3 python3.14 python3.13 python3.12 python3.11; do \
	"$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$python" && break; done

$(PY):
	@python=$$($(find_python)); \
	if [ -z "$$python" ]; then \
		echo "✗ Python 3.11 of nieuwer is nodig en niet gevonden." >&2; \
		echo "  → Installeer die (Debian, Ubuntu: apt-get install python3 python3-venv) of noem er een: make run PYTHON=/pad/naar/python3.11" >&2; \
		exit 1; \
	fi; \
	"$$python" -m venv $(VENV) || { rm -rf $(VENV); \
		echo "✗ Een virtuele omgeving maken lukt niet met $$python." >&2; \
		echo "  → Debian, Ubuntu: apt-get install python3-venv" >&2; exit 1; }

.devstack/uv/bin/uv:
	@python=$$($(find_python)); "$$python" -m venv .devstack/uv && .devstack/uv/bin/pip install -q uv
