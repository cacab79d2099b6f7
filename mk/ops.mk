# The operator's command line: `make ops STAGE=embedded ARGS="lane list"` works on what `make up` left running.
ARGS ?= --help

.PHONY: ops
ops: $(INSTALLED) ## Operate a stage (STAGE=embedded, dev or prod, ARGS="lane list"; ARGS=--help lists the commands)
	@$(LOCAL) -m local.ops --stage $(STAGE) $(ARGS)
