# The Swift reference as a static site in .build/docs, from the toolchain's own docc; the C reference out of
# include/vtep.h, which is as good a manual by itself.

DOCS := $(BUILD)/docs
SYMBOLS := $(BUILD)/symbol-graphs

.PHONY: docs docs-c

docs-c: ## build the C reference into .build/docs-c; whatever of vtep.h has no description fails
	@mk/install-packages doxygen
	@rm -rf $(BUILD)/docs-c
	@install -d $(BUILD)/docs-c
	doxygen docs/Doxyfile
	@echo "the C reference: $(BUILD)/docs-c/html/vtep_8h.html"

docs: need-swift need-build-packages ## build the Swift reference into .build/docs
	@# From nothing each time: a module that is not compiled writes no symbol graph.
	@rm -rf $(SYMBOLS) $(DOCS) $(BUILD)/docs-build
	@install -d $(SYMBOLS)
	swift build --target VTEP --scratch-path $(BUILD)/docs-build -Xswiftc -emit-symbol-graph \
		-Xswiftc -emit-symbol-graph-dir -Xswiftc $(SYMBOLS)
	docc convert $(wildcard Sources/VTEP/VTEP.docc) --additional-symbol-graph-dir $(SYMBOLS) --output-path $(DOCS) \
		--fallback-display-name VTEP --fallback-bundle-identifier vtep --transform-for-static-hosting
	@echo "the Swift reference: $(DOCS)/documentation/vtep/; guides: docs/; the C reference: include/vtep.h"
