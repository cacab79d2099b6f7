# The virtual environment, from pinned and hashed requirements.
INSTALLED := $(VENV)/.installed

.PHONY: install
install: $(INSTALLED) ## Make .venv and install the pinned requirements

$(INSTALLED): requirements.txt mk/install.sh
	@PYTHON="$(PYTHON)" VENV="$(VENV)" sh mk/install.sh
	@touch $@
