// Prints what the tutorial's commands print about this host.
package main

import (
	"fmt"

	"vtepexamples/options"
	"vtepexamples/overlay"
	"vtepexamples/tables"
)

var program = options.Program{
	Name:     "show",
	Overview: "Prints a host's links, addresses, routes, bridges and FDB.",
	Advice:   "Each table is headed by the command whose words it uses.",
	Usage:    []string{"show [--netns PATH]"},
	Options:  []string{"netns"},
}

func main() {
	options := options.Parse(&program)
	host := overlay.Open(options)
	defer host.Close()
	read, err := tables.Read(host)
	if err != nil {
		overlay.Fail(err)
	}
	fdb, err := host.FDB("")
	if err != nil {
		overlay.Fail(err)
	}
	fmt.Printf("# ip address\n%s\n# ip -d link show type vxlan\n%s\n# route -n\n%s\n", read.Addresses(), read.VXLANs(),
		read.Routes())
	fmt.Printf("# ip -6 route\n%s\n# brctl show\n%s\n# bridge fdb\n%s", read.Routes6(), read.Bridges(), read.FDB(fdb))
}
