# The one front door. `make` alone lists the targets; every one works from a clean clone, installs the
# system packages it lacks (apt) and ends with a non-zero status on failure.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL: # two `swift build`s side by side only fight for the cores
MAKEFLAGS += --no-print-directory

PREFIX ?= /usr/local
LIBDIR ?= $(PREFIX)/lib
INCLUDEDIR ?= $(PREFIX)/include
DESTDIR ?=

# The scratch folder. examples/demo and the tests look for the built things under .build, so it has no override.
BUILD := .build
LIB := $(BUILD)/lib

# CI treats every compiler warning as an error; a new compiler must not stop somebody who only wants to build.
ifeq ($(CI),true)
WARNINGS := -Xswiftc -warnings-as-errors -Xcc -Werror
endif

include mk/packages.mk
include mk/library.mk
include mk/examples.mk
include mk/tests.mk
include mk/bench.mk
include mk/fuzz.mk
include mk/docs.mk
include mk/python.mk

.PHONY: help build clean

help: ## list these targets
	@echo 'VTEP: an embeddable VXLAN tunnel endpoint. Targets:'
	@sed -nE 's/^([a-z][a-z-]*):[^#]*## (.*)$$/  \1|\2/p' $(MAKEFILE_LIST) | column -t -s '|'

build: need-swift need-build-packages ## compile the Swift package (debug)
	swift build --scratch-path $(BUILD) $(WARNINGS)

clean: ## remove everything that was built
	rm -rf $(BUILD) examples/swift/.build Benchmarks/*/.build
