# What is measured: one command a figure, kept in benchmarks/RESULTS.md.
BENCH ?= makespan

.PHONY: bench
bench: $(INSTALLED) ## Measure one thing (BENCH=makespan, fairness, hand_off, contention, leaks, cost, cold_start, latency, webhooks, observability, tracing)
	@PYTHONPATH=.:layers/reelwright/python $(BIN)/python -m benchmarks.$(BENCH)
