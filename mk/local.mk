# The whole thing on one machine: embedded AWS, Kling simulator, front door.
KLING_BASE_URL ?=
KLING_ACCESS_KEY ?=
KLING_SECRET_KEY ?=
PORT ?= 8080
DRILLS ?=
LOCAL := PYTHONPATH=layers/reelwright/python $(BIN)/python
export KLING_BASE_URL KLING_ACCESS_KEY KLING_SECRET_KEY

.PHONY: demo up down
demo: $(INSTALLED) ## Deploy everything here, run one job, show the video, clean up
	@$(LOCAL) -m local.demo

up: $(INSTALLED) ## Leave it running behind http://127.0.0.1:8080 (KLING_BASE_URL=.. KLING_ACCESS_KEY=.. KLING_SECRET_KEY=.. for another Kling)
	@$(LOCAL) -m local.up --port $(PORT)

down: ## End what `make up` started and leave nothing behind
	@[ ! -x $(BIN)/python ] || $(LOCAL) -m local.down

.PHONY: pictures
pictures: $(INSTALLED) ## Draw the dashboards from a run on this machine, into docs/pictures (ten minutes)
	@$(LOCAL) -m local.pictures

.PHONY: runbooks
runbooks: $(INSTALLED) ## Inject the runbooks' faults on this machine and follow them (DRILLS="breaker-open --write"; twenty minutes)
	@$(LOCAL) -m local.drills $(DRILLS)
