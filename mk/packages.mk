# What the targets need from the system. mk/install-packages asks apt only for what is missing.

BUILD_PACKAGES := gcc g++ libc6-dev libnl-3-dev libnl-route-3-dev pkg-config git
TEST_PACKAGES := abigail-tools binutils bridge-utils busybox-static cmake curl docker.io doxygen ethtool golang-go iperf3 iproute2 \
	iputils-ping net-tools nginx openvswitch-switch procps python3 python3-dev python3-venv shellcheck tshark valgrind

.PHONY: need-swift need-build-packages need-demo-packages need-test-packages

need-swift:
	@mk/need-swift

need-build-packages:
	@mk/install-packages $(BUILD_PACKAGES)

# The demo knows best what it calls; an empty answer would be an error in the script, not a list of nothing.
need-demo-packages:
	@packages=$$(examples/demo/run --packages $(DEMO_FLAGS)) && mk/install-packages $$packages

need-test-packages:
	@packages=$$(examples/demo/run --packages --docker) && mk/install-packages $(TEST_PACKAGES) $$packages
