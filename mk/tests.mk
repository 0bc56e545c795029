# The tests run on the real kernel, in namespaces they make themselves. mk/test names the stages.

.PHONY: test test-userns test-install test-debian abi abi-baseline conformance embedded lint format

test: need-swift need-build-packages need-test-packages ## everything CI runs: lint, build, all tests, the demo
	@mk/test

test-userns: need-swift need-build-packages ## the Swift tests alone, in a user namespace (never needs root)
	swift build --build-tests --scratch-path $(BUILD) $(WARNINGS)
	unshare -Urnm swift test --skip-build --disable-xctest --scratch-path $(BUILD) $(WARNINGS)

conformance: need-swift need-build-packages ## what a VTEP does with any packet: a table, the kernel's beside ours
	@mk/install-packages iproute2
	swift build --build-tests --scratch-path $(BUILD) $(WARNINGS)
	@mk/conformance

embedded: need-swift need-build-packages ## compile VTEPWire and VTEPEngine as Embedded Swift, and run what comes of it
	@mk/embedded

# Learning, ageing, reload, ports that come and go, statistics and traffic at once.
MINUTES ?= 10
soak: need-swift need-build-packages ## the userspace endpoint under load for MINUTES=n (10): nothing may grow
	swift build --build-tests --scratch-path $(BUILD) $(WARNINGS)
	VTEP_SOAK_SECONDS=$$(($(MINUTES) * 60)) swift test --skip-build --disable-xctest --scratch-path $(BUILD) $(WARNINGS) \
		--filter SoakTests

thread-sanitizer: need-swift need-build-packages ## the same for some seconds, and the endpoint's tests, under ThreadSanitizer
	@mk/thread-sanitizer

lint: need-swift ## check formatting and house rules; changes nothing
	@mk/lint

format: need-swift ## rewrite the Swift files in the house format
	@mk/swift-files -z | xargs -0 swift format format --in-place --parallel

test-install: lib deb ## check install, uninstall and the Debian packages, in a root without Swift
	@mk/install-packages binutils pkg-config libc-bin
	Tests/install/run

test-debian: deb wheel ## the same on a Debian made for it by debootstrap (two minutes, root)
	@mk/install-packages debootstrap
	Tests/install/debian

abi: lib ## hold header, version map, library and the promised ABI against each other
	@mk/install-packages abigail-tools binutils gcc
	Tests/abi/check-exports
	Tests/abi/check-abi

abi-baseline: ## make the header's ABI what this version promises (docs/abi.md)
	@mk/install-packages abigail-tools gcc
	Tests/abi/check-abi --update
