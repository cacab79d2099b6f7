# Every order of events: seeded, on a virtual clock.
SEEDS ?= 10000

.PHONY: simulate
simulate: $(INSTALLED) ## Run ten thousand hostile worlds (SEEDS=.. for another number) and print what broke
	@PYTHONPATH=.:layers/reelwright/python $(BIN)/python -m tests.simulation --seeds $(SEEDS)
