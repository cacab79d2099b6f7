# Checks and tests.
PYTEST := $(BIN)/python -m pytest
FAST := tests/unit

.PHONY: check test format
check: $(INSTALLED) ## Format, lint, types, imports, unit tests (under a minute)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	@[ ! -f .importlinter ] || PYTHONPATH=layers/reelwright/python $(BIN)/lint-imports
	$(PYTEST) -q $(FAST)

test: $(INSTALLED) ## Everything, with the slowest ten tests printed (under ten minutes)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	@[ ! -f .importlinter ] || PYTHONPATH=layers/reelwright/python $(BIN)/lint-imports
	$(PYTEST) -n 2 --dist loadgroup --durations 10

format: $(INSTALLED) ## Put every file into the house format
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

.PHONY: openapi
openapi: $(INSTALLED) ## Write the API's description and request schema from the code
	PYTHONPATH=.:layers/reelwright/python $(BIN)/python -m tools.openapi
