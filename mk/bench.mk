# Measurements. They print a table and append to .build/bench.jsonl; what each line holds: Benchmarks/README.md.

.PHONY: bench bench-netlink

bench: bench-netlink ## every benchmark there is

bench-netlink: lib ## set up an overlay: through libvtep.so against the tutorial's ip commands
	@mk/install-packages iproute2
	Benchmarks/netlink/run
