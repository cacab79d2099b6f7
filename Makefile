# Reelwright. `make` alone prints the targets. Everything lives in .venv, build and .local.
.DEFAULT_GOAL := help
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAGE ?= dev

include mk/install.mk mk/check.mk mk/audit.mk mk/local.mk mk/aws.mk mk/ops.mk mk/simulate.mk mk/crash.mk mk/chaos.mk mk/fuzz.mk mk/bench.mk

.PHONY: help
help: ## Print this list
	@printf 'Reelwright: make <target>\n\n'
	@grep -hE '^[a-z][a-z-]*:.*## ' $(MAKEFILE_LIST) | sort | awk -F ':.*## ' '{printf "  %-14s %s\n", $$1, $$2}'
