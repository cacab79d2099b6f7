# A real AWS account: credentials and region as boto3 finds them (AWS_PROFILE, AWS_REGION).
CONTEXT ?=

.PHONY: deploy destroy
deploy: $(INSTALLED) ## Deploy to an AWS account (STAGE=dev or prod, CONTEXT="-c alarm_email=you@example.com")
	@$(BIN)/python -m tools.deploy up --stage $(STAGE) $(CONTEXT)

destroy: $(INSTALLED) ## Take it away again (prod keeps its data, and refuses while it is protected)
	@$(BIN)/python -m tools.deploy down --stage $(STAGE) $(CONTEXT)
