# libvtep.so: the C ABI as one file. The Swift runtime is linked in and only vtep.map's symbols leave it.
# These flags live here and not in Package.swift because SwiftPM refuses "unsafe flags" in a package that is used as
# a dependency; for the same reason the library has a scratch folder of its own. The linker is the toolchain's lld, by
# way of mk/linker/ld, which leaves out what nothing refers to: Debian's gold leaves names of Swift's protected symbols in
# the table of exports. Folding functions whose code is the same saves 2 %: no Swift code asks for a function's address to
# tell it from another. -Osize would save 0.35 MB, and take up to twice as many instructions for every table.

version_part = $(shell sed -nE 's/^.define[ \t]+VTEP_VERSION_$(1)[ \t]+([0-9]+).*/\1/p' include/vtep.h 2>/dev/null)
MAJOR := $(call version_part,MAJOR)
VERSION := $(MAJOR).$(call version_part,MINOR).$(call version_part,PATCH)
SONAME := libvtep.so.$(MAJOR)
REALNAME := libvtep.so.$(VERSION)

RELEASE := $(BUILD)/release-lib
RELEASE_FLAGS := -c release --product vtep --scratch-path $(RELEASE) -Xswiftc -static-stdlib -Xswiftc -DVTEP_C_LIBRARY \
	-Xswiftc -ld-path=$(CURDIR)/mk/linker/ld -Xlinker "--version-script=$(CURDIR)/vtep.map" -Xlinker -soname=$(SONAME) \
	-Xlinker --icf=all $(WARNINGS)

.PHONY: lib install uninstall deb

lib: need-swift need-build-packages ## build libvtep.so (release) into .build/lib
	@[[ -n '$(MAJOR)' ]] || { echo 'error: include/vtep.h defines no VTEP_VERSION_MAJOR' >&2; exit 1; }
	@# SwiftPM does not know of these: without this, what changed in them would not be linked in.
	@for file in vtep.map mk/linker/*; do \
		if [[ $$file -nt $(RELEASE)/release/libvtep.so ]]; then rm -f $(RELEASE)/release/libvtep.so; fi; \
	done
	swift build $(RELEASE_FLAGS)
	@install -d $(LIB)
	@install -m 0755 $(RELEASE)/release/libvtep.so $(LIB)/$(REALNAME)
	@ln -sfn $(REALNAME) $(LIB)/$(SONAME)
	@ln -sfn $(SONAME) $(LIB)/libvtep.so
	@echo "built $(LIB)/$(REALNAME)"

CMAKE_FILES := vtep-config.cmake vtep-config-version.cmake

# `sudo make install` after `make lib` must not build again as root.
install: $(if $(wildcard $(LIB)/$(REALNAME)),,lib) ## install library, header, vtep.pc and CMake files: PREFIX= LIBDIR= DESTDIR=
	install -d "$(DESTDIR)$(LIBDIR)/pkgconfig" "$(DESTDIR)$(LIBDIR)/cmake/vtep" "$(DESTDIR)$(INCLUDEDIR)"
	install -m 0755 $(LIB)/$(REALNAME) "$(DESTDIR)$(LIBDIR)/$(REALNAME)"
	strip --strip-unneeded "$(DESTDIR)$(LIBDIR)/$(REALNAME)"
	ln -sfn $(REALNAME) "$(DESTDIR)$(LIBDIR)/$(SONAME)"
	ln -sfn $(SONAME) "$(DESTDIR)$(LIBDIR)/libvtep.so"
	install -m 0644 include/vtep.h "$(DESTDIR)$(INCLUDEDIR)/vtep.h"
	sed -e 's|@PREFIX@|$(PREFIX)|' -e 's|@LIBDIR@|$(LIBDIR)|' -e 's|@INCLUDEDIR@|$(INCLUDEDIR)|' \
		-e 's|@VERSION@|$(VERSION)|' vtep.pc.in > "$(DESTDIR)$(LIBDIR)/pkgconfig/vtep.pc"
	@for file in $(CMAKE_FILES); do \
		sed -e 's|@SONAME@|$(SONAME)|' -e 's|@VERSION@|$(VERSION)|' \
			-e "s|@INCLUDE_FROM_LIB@|$$(realpath -m --relative-to="$(LIBDIR)" "$(INCLUDEDIR)")|" \
			cmake/$$file.in > "$(DESTDIR)$(LIBDIR)/cmake/vtep/$$file"; \
	done
	@if [[ -z "$(DESTDIR)" && $$(id -u) -eq 0 ]]; then ldconfig; fi

uninstall: ## remove what install put there (same PREFIX= LIBDIR= DESTDIR=)
	rm -f "$(DESTDIR)$(LIBDIR)/libvtep.so" "$(DESTDIR)$(LIBDIR)/$(SONAME)" "$(DESTDIR)$(LIBDIR)/$(REALNAME)" \
		"$(DESTDIR)$(INCLUDEDIR)/vtep.h" "$(DESTDIR)$(LIBDIR)/pkgconfig/vtep.pc" \
		$(CMAKE_FILES:%="$(DESTDIR)$(LIBDIR)/cmake/vtep/%")
	@-rmdir --ignore-fail-on-non-empty "$(DESTDIR)$(LIBDIR)/cmake/vtep"
	@if [[ -z "$(DESTDIR)" && $$(id -u) -eq 0 ]]; then ldconfig; fi

# Debian keeps libraries in a folder for each architecture.
DEBS := $(BUILD)/debs

deb: lib ## build the Debian packages libvtep0 and libvtep-dev into .build/debs
	@mk/install-packages dpkg-dev binutils gcc git
	@rm -rf $(DEBS) && install -d $(DEBS)
	@$(MAKE) -s install DESTDIR=$(CURDIR)/$(DEBS)/staged PREFIX=/usr LIBDIR=/usr/lib/$$(gcc -print-multiarch) \
		INCLUDEDIR=/usr/include
	@mk/deb $(VERSION) $(DEBS)/staged $(DEBS)
	@rm -rf $(DEBS)/staged
