# The Swift reference as a static site in .build/docs, from the toolchain's own docc. The C reference is include/vtep.h.

DOCS := $(BUILD)/docs
SYMBOLS := $(BUILD)/symbol-graphs

.PHONY: docs

docs: need-swift need-build-packages ## build the Swift reference into .build/docs
	@# From nothing each time: a module that is not compiled writes no symbol graph.
	@rm -rf $(SYMBOLS) $(DOCS) $(BUILD)/docs-build
	@install -d $(SYMBOLS)
	swift build --target VTEP --scratch-path $(BUILD)/docs-build -Xswiftc -emit-symbol-graph \
		-Xswiftc -emit-symbol-graph-dir -Xswiftc $(SYMBOLS)
	docc convert $(wildcard Sources/VTEP/VTEP.docc) --additional-symbol-graph-dir $(SYMBOLS) --output-path $(DOCS) \
		--fallback-display-name VTEP --fallback-bundle-identifier vtep --transform-for-static-hosting
	@echo "the Swift reference: $(DOCS)/documentation/vtep/; guides: docs/; the C reference: include/vtep.h"
