# Everything goes wrong on the deployed whole.
SEED ?= 1

.PHONY: chaos
chaos: $(INSTALLED) ## Kill functions while Kling lies, and compare the books (SEED=.. for other moments; five minutes)
	@nice env $(LOCAL) -m tests.chaos --seed $(SEED)
