# Checks and tests.
PYTEST := $(BIN)/python -m pytest
FAST := tests/unit

.PHONY: check test format static suite
check: static ## Format, lint, types, imports, unit tests (under a minute)
	$(PYTEST) -q $(FAST)

test: $(INSTALLED) ## Everything, with the slowest ten tests printed (under ten minutes)
	@$(MAKE) --jobs=2 static suite

static: $(INSTALLED) ## Format, lint, types, imports
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	@[ ! -f .importlinter ] || PYTHONPATH=layers/reelwright/python $(BIN)/lint-imports

# Beside it, for types are checked by one core and many tests wait.
suite: $(INSTALLED)
	$(PYTEST) -n 2 --dist loadgroup --durations 10

format: $(INSTALLED) ## Put every file into the house format
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

.PHONY: openapi
openapi: $(INSTALLED) ## Write the API's description and request schema from the code
	PYTHONPATH=.:layers/reelwright/python $(BIN)/python -m tools.openapi
