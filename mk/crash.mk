# Killing functions at every outside effect.
.PHONY: crash
crash: $(INSTALLED) ## Every crash and all pairs of crashes, in every scenario (`make test`: all pairs once in every flow; most of an hour)
	CRASH_SCHEDULES=all $(PYTEST) -n 2 --dist loadgroup -q tests/crash tests/integration/tell/test_every_crash.py
