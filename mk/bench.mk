# Measurements. They print a table and append to .build/bench.jsonl; what each line holds: Benchmarks/README.md.

.PHONY: bench bench-bindings bench-endpoint bench-engine bench-netlink

bench: bench-netlink bench-engine bench-endpoint bench-bindings ## every benchmark there is

bench-netlink: lib ## the kernel path against ip and bridge, vishvananda/netlink and pyroute2
	@mk/install-packages iproute2 python3 python3-venv golang-go golang-github-vishvananda-netlink-dev
	Benchmarks/netlink/run

bench-engine: lib ## the engine in memory, against a C version compiled with gcc -O3
	Benchmarks/engine/run

bench-endpoint: lib ## the userspace endpoint against the kernel's VXLAN device and Open vSwitch's userspace datapath
	@mk/install-packages ethtool iperf3 iproute2 iputils-ping openvswitch-switch python3
	Benchmarks/endpoint/run

bench-bindings: wheel ## the same calls through C and through the bindings
	@mk/install-packages python3 golang-go
	Benchmarks/bindings/run
