# What is inside, and what is known to be wrong with it.
AUDIT := build/audit
PINNED := requirements.txt $(wildcard layers/*/requirements.txt) tools/audit/requirements.txt

.PHONY: audit sbom
audit: $(AUDIT)/.installed ## Ask PyPI's advisories about every pinned package (needs the network)
	@for pinned in $(PINNED); do \
		echo "$$pinned"; \
		$(AUDIT)/bin/pip-audit --strict --disable-pip --require-hashes --progress-spinner off -r "$$pinned"; \
	done

sbom: $(AUDIT)/.installed ## Write bills of materials (CycloneDX JSON) to build/sbom
	@mkdir -p build/sbom
	@for pinned in $(PINNED); do \
		name="build/sbom/$$(echo "$${pinned%requirements.txt}development" | tr / - | sed 's/-development$$//').cdx.json"; \
		$(AUDIT)/bin/cyclonedx-py requirements "$$pinned" --output-reproducible --of JSON -o "$$name"; \
		echo "$$name"; \
	done

$(AUDIT)/.installed: tools/audit/requirements.txt
	@$(PYTHON) -m venv $(AUDIT)
	@$(AUDIT)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@
