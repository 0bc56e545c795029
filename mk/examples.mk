# The example programs, the same in every language, and the demonstration that runs them.

EXAMPLES := point-to-point multicast docker-cross-host show watch userspace-endpoint
C_EXAMPLES := $(EXAMPLES:%=$(BUILD)/examples/c/%)
C_COMMON := $(wildcard examples/c/common/*.c)
C_HEADERS := include/vtep.h $(wildcard examples/c/common/*.h)
C_FLAGS := -std=c99 -O2 -g -Wall -Wextra -Wpedantic -Werror

SWIFT_EXAMPLES := $(BUILD)/examples/swift
SWIFT_EXAMPLES_BUILD := $(BUILD)/examples-swift

DEMO_FLAGS := $(if $(filter 1 yes true,$(DOCKER)),--docker)

.PHONY: examples examples-c examples-go examples-python examples-swift demo

examples: examples-c examples-go examples-python examples-swift ## build the example programs into .build/examples/

examples-c: $(C_EXAMPLES)

# The run path is relative to the program: it works wherever the checkout lies, and from any folder.
$(C_EXAMPLES): $(BUILD)/examples/c/%: examples/c/%.c $(C_COMMON) $(C_HEADERS) | lib
	@install -d $(@D)
	gcc $(C_FLAGS) -Iinclude -Iexamples/c/common -o $@ $< $(C_COMMON) -L$(LIB) -lvtep -Wl,-rpath,'$$ORIGIN/../../lib'

examples-go: lib
	@mk/install-packages golang-go
	mk/go examples/go build -o $(CURDIR)/$(BUILD)/examples/go/ ./...

# Programs that call theirs: the interpreter is that of the virtual environment in which the wheel is installed.
examples-python: wheel
	@install -d $(BUILD)/examples/python
	@for name in $(EXAMPLES); do \
		[[ -e examples/python/$$name.py ]] || continue; \
		printf '#!/bin/sh\nexec "%s" "%s" "$$@"\n' "$(CURDIR)/$(PYTHON_INSTALLED)/bin/python" \
			"$(CURDIR)/examples/python/$$name.py" > $(BUILD)/examples/python/$$name; \
		chmod 0755 $(BUILD)/examples/python/$$name; \
	done

examples-swift: need-swift need-build-packages
	@# SwiftPM does not see files that are new in a package it depends on by path: without its plan it looks again.
	@rm -f $(SWIFT_EXAMPLES_BUILD)/debug.yaml
	swift build --package-path examples/swift --scratch-path $(SWIFT_EXAMPLES_BUILD)
	@install -d $(SWIFT_EXAMPLES)
	@for name in $(EXAMPLES); do install -m 0755 $(SWIFT_EXAMPLES_BUILD)/debug/$$name $(SWIFT_EXAMPLES)/$$name; done

demo: examples need-demo-packages ## join two hosts in the tutorial's three ways; DOCKER=1: with two real Docker Engines
	examples/demo/run $(DEMO_FLAGS)
