# The API's description, fuzzed against the deployed whole.
EXAMPLES ?= 540

.PHONY: fuzz
fuzz: $(INSTALLED) ## Ten thousand made-up requests, no 5xx, no answer that is not described (EXAMPLES=.. of each operation; a quarter of an hour)
	@FUZZ_EXAMPLES=$(EXAMPLES) $(PYTEST) -q tests/e2e/test_fuzz.py
