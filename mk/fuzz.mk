# The API's description, fuzzed against the deployed whole: three at a time, for a call waits more than it works.
EXAMPLES ?= 540

.PHONY: fuzz
fuzz: $(INSTALLED) ## Ten thousand made-up requests: no 5xx, no answer that is not described (EXAMPLES=.. of each operation; ten minutes)
	@$(LOCAL) -m tools.build --target embedded
	@FUZZ_EXAMPLES=$(EXAMPLES) $(PYTEST) -q -n 3 --dist worksteal tests/e2e/test_fuzz.py
